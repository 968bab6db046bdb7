"""The home page: search first, a voice, what is new, what changed, doors."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from generator.pages.home import VOICES_FROM, voice_of_the_day
from generator.publication import PublicCorpus
from tests.pages.knowledge import CORPUS, EMPTY, TODAY, assert_matches_snapshot, changed, library, texts_in, whole_site
from tests.pages.rendering import Outline


def home(corpus: PublicCorpus = CORPUS) -> str:
    """The body of the home page."""
    return whole_site(corpus)[""].body


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()[""])


def test_search_comes_first_and_works_without_scripts():
    """A real form that leads to the search page stands before everything else."""
    body = home()
    form = re.search(r"<form[^>]*>", body)
    assert form is not None
    assert 'action="search/"' in form[0] and 'method="get"' in form[0] and 'role="search"' in form[0]
    assert body.index('name="q"') < body.index("cb-hero")


def test_voice_is_the_same_on_the_same_day_and_another_on_another():
    """A build can be repeated, and who comes back tomorrow hears somebody else."""
    days = [TODAY + dt.timedelta(days=offset) for offset in range(4)]
    voices = [voice_of_the_day(library(changed(built_on=day))) for day in days]
    assert all(voice is not None for voice in voices)
    assert voices[0] == voice_of_the_day(library(changed(built_on=days[0])))
    assert len({voice.quote.words for voice in voices if voice}) > 1


def test_voice_is_a_customers_and_leads_to_its_line():
    """The sentence stands in the transcript, was not said by ourselves, and can be heard."""
    for offset in range(10):
        voice = voice_of_the_day(library(changed(built_on=TODAY + dt.timedelta(days=offset))))
        assert voice is not None
        transcript = voice.row.case.transcript
        assert transcript is not None
        cue = transcript.cue(voice.quote.cue_id)
        assert cue is not None and cue.voice != "聞き手"
        assert voice.quote.words in "".join(item.text for item in transcript.cues)
        assert voice.quote.play_href == f"cases/{voice.row.case.slug}/?play=1#{cue.id}"


def test_voice_that_readers_may_not_hear_has_no_play_button():
    """Without the right to listen the words still stand there."""
    silent = changed(cases=tuple(dataclasses.replace(case, recording=None) for case in CORPUS.cases))
    assert 'class="cb-hero-words"' in home(silent)
    assert "cb-hero-play" not in home(silent)
    assert VOICES_FROM > 1


def test_figures_are_those_of_the_cases():
    """Customers, minutes, insights that hold, segments and share, counted here another way; each leads on."""
    insights = [insight for case in CORPUS.cases for insight in case.insights]
    minutes = sum(max(cue.end_s for cue in case.transcript.cues) for case in CORPUS.cases if case.transcript) / 60
    shown = texts_in(home(), "cb-tally")[0]
    changed_something = sum(any(a.state == "done" for a in insight.actions) for insight in insights)
    for figure in (
        f"{len(CORPUS.cases)}人のお客様",
        f"{round(minutes)}分の会話",
        f"{sum(i.state == 'holds' for i in insights)} / {len(insights)}確かめられた",
        f"{len({c.facts.segment.kind for c in CORPUS.cases if c.facts.segment})} / 5声を聞けた",
        f"{round(100 * changed_something / len(insights))}%の",
    ):
        assert figure in shown
    assert home().count('<li><a href="', home().index("cb-tally")) == 5


def test_every_department_has_a_door():
    """Each role finds its way in, with what it looks for."""
    doors = Outline(home()).hrefs
    assert [f"insights/?eyes={d.id}" for d in CORPUS.casebook.departments] == [
        href for href in doors if href.startswith("insights/?eyes=")
    ]
    assert "次の商談で使える言葉を知りたい" in home()


def test_only_changes_with_an_outcome_are_told():
    """What changed lately is done and has a result; what is late stands apart."""
    body = home()
    assert texts_in(body, "cb-change-text") == ["一番上の言葉を「壊れない」から「夕方まで、首にかかっている」に変える"]
    assert "首ひもを肩と背中に分ける背板を試作する" in texts_in(body, "cb-overdue-box")[0]


def test_empty_knowledge_base_says_how_to_begin():
    """Before the first case: what this is for, and the command that adds one."""
    assert "casebook new 2026-01-first-customer" in home(EMPTY)
    assert "cb-tally" not in home(EMPTY)
