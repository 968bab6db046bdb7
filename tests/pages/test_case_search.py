"""What can be found of a case, and where a searcher lands."""

from __future__ import annotations

import dataclasses

from tests.pages.rendering import Outline, render
from tests.pages.sample import CASE


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
        "industry": ("港湾・物流",),
        "product": ("フィールドノート TF14",),
        "competitor": ("オルバン", "内製・紙"),
        "department": ("営業", "マーケティング", "開発", "SE"),
        "year": ("2025",),
    }
    assert search.sort_date == "2025-09-19"
