"""What can be found of a case, and where a searcher lands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.model.evidence import split_cue_range
from generator.pages.page import Passage
from generator.pages.passages import KIND_NAMES
from generator.texts import load_texts
from tests.pages.rendering import Outline, render
from tests.pages.sample import CASE, REVIEW

SCRIPTS = Path(__file__).parents[2] / "overrides" / "assets" / "casebook" / "scripts" / "search"


def test_every_passage_lands_on_the_page():
    """A search result leads to something that is there."""
    page = render()
    assert page.search is not None
    anchors = {passage.anchor for passage in page.search.passages} - {""}
    assert anchors <= set(Outline(page.body).ids)
    assert {passage.kind for passage in page.search.passages} == {
        "cue", "note", "insight", "need", "offer", "journey", "action", "fact",
    }  # fmt: skip


def test_lines_are_found_with_their_voice_and_their_moment():
    """A hit in the talk can be heard."""
    search = render().search
    assert search is not None
    line = next(passage for passage in search.passages if passage.anchor == "q018")
    assert line.voice == "荷役課長"
    assert line.start_s is not None
    assert line.start_s > 60
    assert search.audio == "cases/2025-09-harbour-cargo/audio.m4a"


def test_who_may_not_listen_is_told_when_it_was_said():
    """Without a recording no hit offers to play; the line still knows its moment."""
    search = render(dataclasses.replace(CASE, recording=None)).search
    assert search is not None
    assert search.audio == ""
    assert {passage.start_s is None for passage in search.passages if passage.kind == "cue"} == {False}


def test_lines_know_which_side_they_come_from():
    """The customer's sentence can be preferred to the question that asked for it."""
    search = render().search
    assert search is not None
    sides = {passage.anchor: passage.side for passage in search.passages}
    assert (sides["q001"], sides["q002"], sides["insight-i1"]) == ("own", "customer", "")


def test_facets_are_in_the_readers_words():
    """Facets show names, not identifiers."""
    search = render().search
    assert search is not None
    assert search.filters == {
        "type": ("他社へ乗り換え",),
        "segment": ("離反", "離反 - 次は選ばない"),
        "industry": ("港湾・物流",),
        "product": ("フィールドノート TF14",),
        "competitor": ("オルバン", "内製・紙"),
        "year": ("2025",),
        "language": ("日本語",),
    }
    assert search.sort_date == "2025-09-19"


def passages_by_anchor() -> dict[str, Passage]:
    """The passages of the sample case by where they land."""
    search = render().search
    assert search is not None
    return {passage.anchor: passage for passage in search.passages}


def test_lines_have_facets_of_their_own():
    """Side, topic, phase, department and kind say which lines count, not which cases."""
    found = passages_by_anchor()
    notes = {note.id: note for note in REVIEW.notes}
    marks = [(split_cue_range(mark.cues), load_texts("ja").label(mark.topic)) for mark in REVIEW.topics]
    for anchor, passage in found.items():
        assert set(passage.filters) <= {"side", "topic", "phase", "department", "kind"}, anchor
        assert len(passage.filters["kind"]) == 1, anchor
        if passage.kind == "cue":
            topics = {topic for (first, last), topic in marks if first <= anchor <= last}
            assert set(passage.filters.get("topic", ())) == topics, anchor
            assert passage.filters["side"] in {("お客様",), ("自社",)}, anchor
        if passage.kind == "note" and anchor != "review":
            assert notes[anchor.removeprefix("note-")].text == passage.text
            assert passage.filters["department"] == (passage.voice,), anchor
    assert found["q018"].filters["kind"] == ("発言",)
    assert any("phase" in passage.filters for passage in found.values() if passage.kind == "cue")


def test_each_cell_of_the_journey_is_a_place_of_its_own():
    """Who searches a thought lands on the thought, in its phase."""
    cells = {anchor: passage for anchor, passage in passages_by_anchor().items() if passage.kind == "journey"}
    rows = {anchor.rpartition("-")[2] for anchor in cells if anchor.count("-") == 2}
    assert {"touchpoints", "thoughts", "actions"} <= rows
    thought = next(passage for anchor, passage in cells.items() if anchor.endswith("-thoughts"))
    assert thought.voice == f"{thought.filters['phase'][0]} · 思ったこと"


def strings(value: object) -> Iterator[str]:
    """All texts in a piece of a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from strings(part)


def test_whatever_was_written_and_stands_on_the_page_can_be_found():
    """Recall begins here: a text that the page shows and the index lacks would never be found."""
    case = dataclasses.replace(CASE, notes_markdown="# 覚え書き\n\n岸壁の**風速**は、\n\n- 朝に測る\n- 夕方に測る\n")
    page = render(case)
    assert page.search is not None
    found = "\n".join(passage.text for passage in page.search.passages)
    shown = " ".join(text for text, _ in Outline(page.body).texts)
    parts = (case.facts, case.review, case.value_map, case.journey, *case.insights)
    written = {text for part in parts if part is not None for text in strings(part.model_dump(mode="json"))}
    written |= {cue.text for cue in case.transcript.cues} if case.transcript else set()
    on_page = {text for text in written if not text.isascii() and text in shown}
    assert len(on_page) > 60
    assert {text for text in on_page if text not in found} == set()
    assert "岸壁の風速は、" in found.splitlines()
    assert "夕方に測る" in found.splitlines()


def test_one_kind_of_page_calls_its_kinds_as_the_results_do():
    """The facet and the label beside a result are the same word."""
    script = (SCRIPTS / "results.js").read_text(encoding="utf-8")
    assert dict(re.findall(r'(\w+): text\("([^"]+)"\),', script)) == KIND_NAMES
