"""The case page as a whole: what it says first, what it leaves out, and what it never lets through."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.model.base import Record
from generator.model.case import CaseFile
from generator.model.transcript import Cue, Transcript
from generator.model.vocabulary import InsightState
from generator.pages.hubs import hubs_pages
from generator.pages.library import Library
from generator.publication import PublicCase
from generator.texts import load_texts
from tests.pages.rendering import Outline, render, words_of
from tests.pages.sample import CASE, CORPUS, FACTS, INSIGHTS, OTHER, REVIEW, transcript

SNAPSHOT = Path(__file__).parent / "snapshots" / "case.html"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&{{ 7*7 }}"


def test_snapshot():
    """The page changes only on purpose. Renew the snapshot with UPDATE_SNAPSHOTS=1 and read the difference."""
    body = render().body
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(body, encoding="utf-8")
    assert body == SNAPSHOT.read_text(encoding="utf-8")


def test_first_screen_answers_who_what_why_and_for_whom():
    """Before anything else stand the customer, the turning point, the core, the words, the gap and the departments."""
    first = words_of(render().body.partition('<section class="cb-section')[0])
    for said in (
        "北陸の港湾荷役会社",
        "港湾・物流",
        "1,240名",
        "他社へ乗り換え",
        "サイレント",
        "丈夫さをほめる言葉が、やめたいという相談の口をふさいでいた。",
        "一日の終わり、腕も首も疲れた岸壁で",
        "「壊れないのに替えたい、とは言えないでしょう。」",
        "6か月後",
        "営業 3",
        "開発 1",
    ):
        assert said in first


def test_departments_lead_to_their_first_insight():
    """A reader of a department is one click away from what concerns it, also without script."""
    body = render().body
    assert 'href="#insight-i2" data-department="product"' in body


def test_every_anchor_of_the_contract_stands_on_the_page():
    """Lines, notes, claims, needs, offers, steps, actions and people can be linked to."""
    ids = Outline(render().body).ids
    expected = {"core", "insights", "value-map", "journey", "people", "actions", "template", "transcript"}
    expected |= {"review", "lead", "account", "notes", "related", "q001", "q022", "note-n01", "note-n04"}
    expected |= {"insight-i1", "need-n1", "offer-o1", "offer-o3", "offer-r1", "offer-r3", "step-j1", "action-a1"}
    expected |= {"person-safety-deputy"}
    assert expected <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_link_on_the_page_leads_somewhere():
    """No link to an anchor that is not there; links to other cases are relative and go through the site's root."""
    outline = Outline(render().body)
    missing = {href for href in outline.hrefs if href.startswith("#") and href[1:] not in outline.ids}
    assert not missing
    others = {href for href in outline.hrefs if not href.startswith("#")}
    folders = ("tags", "products", "competitors", "industries", "challenges")
    words = {href for href in others if href.split("/")[2] in folders}
    assert words == {
        "../../tags/weight/", "../../tags/choosers-users/", "../../products/tf14/", "../../competitors/orban/",
        "../../competitors/in-house/", "../../industries/port/", "../../challenges/why-silent/",
    }  # fmt: skip
    assert words <= {f"../../{page.address}" for page in hubs_pages(Library(CORPUS, load_texts("ja")))}
    assert others - words == {
        f"../../cases/{OTHER.slug}/",
        f"../../cases/{OTHER.slug}/#insight-i1",
        "../../segments/",
        *(f"../../insights/?department={department}" for department in ("sales", "marketing", "product")),
        *(f"../../actions/?department={department}" for department in ("sales", "marketing", "product")),
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_markup_is_whole_and_bound_by_the_house_rules(language: str):
    """Elements close in order, classes carry the product's prefix, nothing runs inline, no other host is named."""
    page = render(language=language)
    outline = Outline(page.body)
    assert outline.unclosed == []
    assert outline.misplaced == []
    assert {name for name in outline.classes if not name.startswith("cb-")} == set()
    assert {name for name in outline.attributes if name.startswith("on")} == set()
    assert "script" not in outline.tags
    assert "style" not in outline.tags
    assert "http" not in page.body


def test_english_page_says_nothing_of_the_interface_in_japanese():
    """Read in English, a case keeps its own words and everything around them is English."""
    body = words_of(render(language="en").body)
    for said in ("For your department", "6 months later", "Switched away", "Nobody meets it", "Can say no", "Recall"):
        assert said in body
    for said in ("部門ごと", "か月後", "乗り換え", "断れる人", "そういえば 三"):
        assert said not in body


def test_words_are_marked_with_the_language_they_are_in():
    """The case's words are read out, hyphenated and set in their own language, whatever the interface speaks."""
    outline = Outline(render(language="en").body)
    japanese = {text for text, language in outline.texts if language == "ja"}
    unmarked = {text for text, language in outline.texts if language is None}
    english = {text for text, language in outline.texts if language == "en"}
    casebook = CORPUS.casebook
    vocabulary = {
        term.name for terms in (casebook.departments, casebook.products, casebook.competitors) for term in terms
    }
    vocabulary |= {term.name for terms in (casebook.industries, casebook.tags, casebook.needs) for term in terms}
    vocabulary |= {phase.name for phase in casebook.phases} | {challenge.title for challenge in CORPUS.challenges}
    for text in unmarked:
        own = re.sub("|".join(map(re.escape, sorted(vocabulary, key=len, reverse=True))), "", text)
        assert not re.search("[\u3041-\u9fff]", own), text
    assert {text for text in japanese if re.search("[A-Za-z]{3}", text)} <= {
        "MQL",
        f"[Refuted] {INSIGHTS[2].claim}",
    }
    assert {"Reading", "3 notes", "Insight i1"} <= english
    assert not any(re.search("[\u3041-\u9fff]", text) for text in english - vocabulary)


def test_in_the_readers_language_nothing_needs_a_mark():
    """A page in one language says so once; only quotes, which travel, carry their language always."""
    body = render().body
    assert (
        re.sub(
            '<blockquote class="cb-quote-words" lang="ja">|<(a|span class="cb-quiet")[^>]* lang="ja">', "", body
        ).count(" lang=")
        == 0
    )


def test_claims_that_fell_never_read_as_true():
    """Wherever a refuted claim stands, it says so: above its words, beside its actions, at its dots and in search."""
    fallen = INSIGHTS[0].model_copy(update={"state": InsightState.REFUTED})
    page = render(dataclasses.replace(CASE, insights=(fallen, *INSIGHTS[1:])))
    row = page.body.partition('<tr id="action-a1">')[2].partition("</tr>")[0]
    assert "反証あり" in words_of(row)
    assert 'class="cb-insight cb-insight-fallen" id="insight-i1"' in page.body
    assert f"<title>[反証あり] {fallen.claim}" in page.body
    assert page.search is not None
    assert next(found.voice for found in page.search.passages if found.anchor == "insight-i1") == "反証あり"
    standing = page.body.partition('<tr id="action-a3">')[2].partition("</tr>")[0]
    assert "cb-badge-refuted" not in standing


def test_keys_are_told_on_the_page():
    """What the keyboard does is one click away; without a talk there is nothing to tell."""
    help_ = render().body.partition('id="cb-keys"')[2]
    assert [key for key in ("k", "j", "l", "[", "]", "n", "p", "?") if f"<kbd>{key}</kbd>" not in help_] == []
    assert 'popovertarget="cb-keys"' in render().body
    assert "cb-keys" not in render(dataclasses.replace(CASE, transcript=None, review=None)).body


def test_without_recording_everything_but_the_player_works():
    """Readers who may not listen get the page without a player and without play buttons."""
    body = render(dataclasses.replace(CASE, recording=None)).body
    assert "cb-player" not in body
    assert "cb-play" not in body
    assert "<audio" not in body
    assert 'id="q022"' in body


def test_player_without_script_is_the_browsers_own():
    """The recording can be heard where scripts are switched off."""
    noscript = render().body.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "<audio controls" in noscript
    assert 'src="../../cases/2025-09-harbour-cargo/audio.m4a"' in noscript


def test_bare_case_says_what_would_make_it_complete():
    """A case of which only case.yml exists is a page, and names the files that would add the rest."""
    bare = PublicCase(
        slug="2025-01-bare",
        facts=CaseFile.model_validate(
            {
                "title": "まだ何もない",
                "type": "lost",
                "customer": {"name": "ある会社", "alias": "ある会社", "industry": "construction"},
                "dates": {"decision": "2024-06-01", "interview": "2025-01-10"},
            }
        ),
        language="ja",
    )
    page = render(bare, audible=False)
    for file in ("transcript.vtt", "review.yml", "insights.yml", "value-map.yml", "journey.yml"):
        assert file in page.body
    assert [heading.id for heading in page.headings] == ["related"]
    assert Outline(page.body).unclosed == []


def test_headings_are_the_sections_in_their_order():
    """The table of contents shows what is there, in the order of the page."""
    page = render()
    order = [page.body.index(f'id="{heading.id}"') for heading in page.headings]
    assert order == sorted(order)
    assert page.headings[0].text == "核心"


def _hostile(value: Any) -> Any:
    """`value` with the hostile string in every free text of it; identifiers, dates and vocabulary stay."""
    if isinstance(value, Record):
        update = {name: _hostile(getattr(value, name)) for name in type(value).model_fields}
        for name in type(value).model_fields:
            held = getattr(value, name)
            if name in _REFERENCES:
                update[name] = held
            elif type(held) is str:
                update[name] = HOSTILE
            elif name in _LISTS_OF_TEXT:
                update[name] = tuple(HOSTILE for _ in held)
        return value.model_copy(update=update)
    if isinstance(value, tuple):
        return tuple(_hostile(item) for item in value)
    return value


_REFERENCES = frozenset(
    {"id", "industry", "department", "competitor", "shared", "voice", "cues", "case", "challenge", "superseded_by"}
    | {"from_department", "to_department"}
)
_LISTS_OF_TEXT = frozenset({"touchpoints", "thoughts", "whys"})


def test_hostile_words_in_every_field_appear_as_words():
    """Whatever an editor or a transcript holds is text: it is shown, never run."""
    facts = _hostile(FACTS)
    assert isinstance(facts, BaseModel)
    cues = tuple(cue._replace(text=HOSTILE) for cue in transcript().cues)
    cues = (*cues, cues[-1]._replace(id="q999", voice=HOSTILE))
    review = REVIEW.model_copy(
        update={"notes": tuple(note.model_copy(update={"text": HOSTILE}) for note in REVIEW.notes)}
    )
    case = dataclasses.replace(
        CASE,
        facts=facts,
        transcript=Transcript(cues),
        review=review,
        insights=_hostile(CASE.insights),
        value_map=_hostile(CASE.value_map),
        journey=_hostile(CASE.journey),
        notes_markdown=HOSTILE + "\n\n[x](javascript:alert(3)) ![y](https://elsewhere.example/y.png)",
    )
    page = render(case)
    outline = Outline(page.body)
    assert page.body.count("&lt;script&gt;") > 100
    assert "script" not in outline.tags
    assert "img" not in outline.tags
    assert {name for name in outline.attributes if name.startswith("on")} == set()
    assert not [href for href in outline.hrefs if href.startswith("javascript")]
    assert page.body.count("{{ 7*7 }}") > 100
    assert outline.unclosed == []


def test_page_of_an_hours_talk_stays_light():
    """A thousand lines with eighty notes weigh at most 250 KB: a page opens at once on a slow line."""
    said = "あの日は朝から雨で、手袋が濡れてね。"
    cues = tuple(
        Cue(f"q{place:04}", place * 3.6, place * 3.6 + 3.2, "荷役課長" if place % 3 else "聞き手", said, place)
        for place in range(1, 1001)
    )
    notes = tuple(
        REVIEW.notes[place % len(REVIEW.notes)].model_copy(
            update={"id": f"m{place}", "cues": f"q{place * 12 + 1:04}", "reply_to": None}
        )
        for place in range(80)
    )
    quoted = [
        insight.model_copy(update={"evidence": (insight.evidence[0].model_copy(update={"cues": "q0007"}),)})
        for insight in CASE.insights
    ]
    case = dataclasses.replace(
        CASE,
        transcript=Transcript(cues),
        review=REVIEW.model_copy(update={"notes": notes, "topics": ()}),
        insights=tuple(quoted),
    )
    page = render(case)
    assert cues[-1].end_s >= 3600
    assert len(page.body.encode()) <= 250_000


def test_case_written_in_another_language_says_so():
    """Screen readers and line breaking follow the language of the case, not of the site."""
    assert ' lang="en"' in render(dataclasses.replace(CASE, language="en")).body


def test_what_has_ended_leaves_a_notice_and_nothing_else():
    """Where a link led to a case that is no longer shown, readers are told so; links that are there stay."""
    notices = ("ここで参照していたものの一部は、公開を終了しました。", "ここにあった事例は、公開を終了しました。")
    ended = dataclasses.replace(CASE, ended_links=frozenset({"insight-i1", "related"}))
    body = render(ended).body
    assert [body.count(notice) for notice in notices] == [1, 1]
    assert [render().body.count(notice) for notice in notices] == [0, 0]
