"""Words that may be used outside the company."""

from __future__ import annotations

import dataclasses
import html
import re
from functools import cache
from typing import Any

import pytest

from generator.knowledge.voices import voices
from generator.model.casebook import Casebook
from generator.model.vocabulary import Moment
from generator.pages.page import Page
from generator.pages.voices import ROWS_ON_A_PAGE, voices_pages
from tests.pages.figures import plain_cases, samples
from tests.pages.knowledge import (
    CORPUS,
    EMPTY,
    HOSTILE,
    assert_matches_snapshot,
    changed,
    library,
    texts_in,
    whole_site,
)
from tests.pages.rendering import Outline
from tests.support.cases import a_case, a_transcript, an_insight, published

BOSS = {"id": "boss", "name": "北辰 一郎", "role": "保全部 課長", "voice": "部長"}


@cache
def sample_page() -> Page:
    """The voices of the sample cases."""
    return next(page for page in voices_pages(library(samples())) if isinstance(page, Page))


def copied(body: str) -> list[str]:
    """What the buttons put on the clipboard."""
    return [html.unescape(text) for text in re.findall(r'data-cb-copy="([^"]*)"', body)]


def said(quote: str, moment: str = "before_buying", **more: Any) -> dict[str, Any]:
    """Evidence on the only line of a talk, allowed for use outside."""
    return {"cues": "q001", "quote": quote, "moment": moment, "copy_allowed": True, **more}


def a_voice(*evidence: dict[str, Any], **facts: Any) -> str:
    """The page of one case whose only line says `手袋のまま使えないと困ります。`."""
    case = a_case(
        transcript=a_transcript("手袋のまま使えないと困ります。"),
        facts={"people": [BOSS], **facts},
        insights=(an_insight(evidence=list(evidence)),),
    )
    return whole_site(published(case))["voices/"].body


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["voices/"])


def test_words_are_copied_with_whose_they_are():
    """The sentence between the marks of its language, the customer's alias and the position, nothing else."""
    assert copied(a_voice(said("手袋のまま使えない"))) == ["「手袋のまま使えない」 中部の保守会社 保全部 課長"]
    english = a_voice(said("手袋のまま使えない"), language="en")
    assert copied(english) == ["“手袋のまま使えない” - 保全部 課長, 中部の保守会社"]


def test_a_name_is_never_copied():
    """Neither the customer's nor the person's, even where readers of this site may know the person."""
    consent = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18", "names": True}
    body = a_voice(said("手袋のまま使えない"), consent=consent)
    assert "北辰" not in body
    everything = "".join(copied(sample_page().body))
    for facts in plain_cases().values():
        names = [facts["customer"]["name"], *(person["name"] for person in facts["people"] if "name" in person)]
        for name in names:
            for part in [name, *name.split()]:
                assert part not in everything


def test_all_voices_of_the_samples_stand_under_their_moment():
    """Each once, in the group of its moment, whose head counts them."""
    found = voices(samples()).allowed
    for moment in Moment:
        body = sample_page().body
        group = body[body.index(f'data-cb-group="{moment.value}"') :].partition("</section>")[0]
        expected = [voice.words for voice in found if voice.moment is moment]
        assert [words[1:-1] for words in map(html.unescape, texts_in(group, "cb-voice-words"))] == expected
        assert texts_in(group, "cb-heading-count") == [str(len(expected))]


def test_a_voice_is_heard_and_leads_to_its_line():
    """The play button plays these words alone; line and claim are a link away."""
    body = a_voice(said("手袋のまま使えない"))
    assert 'href="../cases/2025-07-tower/#q001"' in body
    assert 'href="../cases/2025-07-tower/#insight-i1"' in body
    assert re.search(
        r'href="../cases/2025-10-airport-ground-switch/\?play=1#q\d+" data-play="q\d+" data-until', sample_page().body
    )


@pytest.mark.parametrize("name", ["moment", "product", "industry", "type", "tag", "language"])
def test_options_count_the_voices(name: str):
    """The figure beside each option is how many voices it leaves, counted from the case of each."""
    counts: dict[str, int] = {}
    for voice in voices(samples()).allowed:
        facts = plain_cases()[voice.case.slug]
        values = {
            "moment": [voice.moment.value],
            "product": facts["products"],
            "industry": [facts["customer"]["industry"]],
            "type": [facts["type"], *(["silent"] if facts.get("silent") == "true" else [])],
            "tag": [tag for insight in voice.insights for tag in insight.tags],
            "language": [facts.get("language", "ja")],
        }[name]
        for value in dict.fromkeys(values):
            counts[value] = counts.get(value, 0) + 1
    field = sample_page().body.partition(f'<select name="{name}">')[2].partition("</select>")[0]
    shown = re.findall(r'value="([^"]+)" data-label="[^"]*">[^<]*\((\d+)\)', field)
    assert dict(shown) == {value: str(count) for value, count in counts.items()}


@pytest.mark.parametrize("moment", list(Moment))
def test_an_empty_moment_says_how_to_fill_it(moment: Moment):
    """What to ask for and which keys to write; where voices may be read here only, how many there are to ask about."""
    other = next(item for item in Moment if item is not moment)
    body = a_voice(said("手袋", other.value), said("困ります", moment.value, copy_allowed=False))
    assert f"moment: {moment.value}, copy_allowed: true" in body
    assert "consent: {quotes: [q042]}" in body
    assert "この時点の声は1件ありますが" in body


def test_a_knowledge_base_without_voices_teaches_all_three():
    """Nothing to filter, nothing to copy, three moments to ask for."""
    body = whole_site(EMPTY)["voices/"].body
    assert "data-cb-filters" not in body
    assert body.count("cb-voices-none") == 3
    assert body.count("この時点で語られた言葉は、まだありません") == 3


def test_how_many_may_leave_and_how_many_may_not():
    """Both figures of the head, counted from what the page itself holds and from the corpus."""
    found = voices(samples())
    body = sample_page().body
    assert f"社外で使える声は{body.count('data-cb-copy=')}件" in body
    assert f"ほかに{sum(found.inside.values())}件は" in body


def test_hostile_words_stay_words():
    """What is copied and shown is text, whatever the customer said and is called."""
    transcript = a_transcript(HOSTILE)
    people = [{**BOSS, "role": HOSTILE}]
    case = a_case(
        transcript=transcript,
        facts={"people": people, "customer": {"name": "北辰電設", "alias": HOSTILE, "industry": "power"}},
        insights=(an_insight(evidence=[said(HOSTILE)]),),
    )
    body = whole_site(published(case))["voices/"].body
    outline = Outline(body)
    assert (outline.unclosed, outline.misplaced) == ([], [])
    assert not {"script", "img", "onerror"} & {*outline.tags, *outline.attributes}
    assert copied(body) == [f"「{HOSTILE}」 {HOSTILE} {HOSTILE}"]


def test_the_company_may_have_no_words_of_its_own():
    """Voices need neither products nor industries of the vocabulary."""
    casebook = Casebook.model_validate(
        {"title": "声", "own_company": {"name": "自社"}, "departments": [{"id": "sales", "name": "営業"}]}
    )
    body = whole_site(changed(casebook=casebook))["voices/"].body
    assert len(copied(body)) == len(voices(CORPUS).allowed)


def test_many_voices_come_on_light_pages():
    """A thousand cases with a voice each: every one once, and no page near 300 kB."""
    cases = tuple(dataclasses.replace(CORPUS.cases[0], slug=f"case-{number:04}") for number in range(1000))
    pages = [page for page in voices_pages(library(changed(cases=cases))) if isinstance(page, Page)]
    allowed = voices(changed(cases=cases)).allowed
    assert sum(len(copied(page.body)) for page in pages) == len(allowed) >= 1000
    assert len(pages) == -(-len(allowed) // ROWS_ON_A_PAGE)
    assert max(len(page.body.encode()) for page in pages) < 280_000
