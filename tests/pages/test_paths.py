"""Guided paths."""

from __future__ import annotations

import dataclasses

from tests.pages.knowledge import CORPUS, PATH, assert_matches_snapshot, changed, texts_in, whole_site
from tests.pages.rendering import Outline

ADDRESS = "paths/first-half-hour/"


def test_snapshots():
    """The pages change only on purpose."""
    assert_matches_snapshot(whole_site()["paths/"])
    assert_matches_snapshot(whole_site()[ADDRESS])


def test_stops_stand_in_order_with_what_is_heard_and_asked():
    """A newcomer needs no one beside them: where to listen, what for, and what to think about."""
    stops = texts_in(whole_site()[ADDRESS].body, "cb-stop")
    assert [stop.split(" ")[1] for stop in stops] == [stop.title for stop in PATH.stops]
    transcript = CORPUS.cases[0].transcript
    assert transcript is not None
    first, last = transcript.cue("q006"), transcript.cue("q007")
    assert first is not None and last is not None
    assert (
        f"{int(first.start_s) // 60}:{int(first.start_s) % 60:02}〜{int(last.end_s) // 60}:{int(last.end_s) % 60:02}"
        in stops[0]
    )
    assert "声が小さくなるところ" in stops[0]
    assert "担当先で同じことは起きていないか" in stops[0]


def test_minutes_are_those_of_the_stops():
    """Who has half an hour knows before beginning."""
    minutes = sum(stop.minutes for stop in PATH.stops)
    for address in ("", "paths/", ADDRESS):
        assert f"{minutes}分" in whole_site()[address].body


def test_a_stop_plays_only_what_readers_may_hear():
    """Without the right to listen a stop leads to the lines."""
    deaf = changed(cases=tuple(dataclasses.replace(case, recording=None) for case in CORPUS.cases))
    hrefs = Outline(whole_site(deaf)[ADDRESS].body).hrefs
    assert not [href for href in hrefs if "play=1" in href]
    assert "../../cases/2025-09-harbour-cargo/#q006" in hrefs


def test_what_was_done_is_remembered_by_the_stop_not_by_its_place():
    """A new order of the stops must not tick others: each has a key of its own."""
    body = whole_site()[ADDRESS].body
    assert 'data-cb-stop="2025-09-harbour-cargo:q006..q007"' in body
    assert body.count("data-cb-stop=") == len({*body.split("data-cb-stop=")[1:]}) == len(PATH.stops)


def test_searchers_land_on_the_stop():
    """A question of a path can be found, and leads to where it is asked."""
    page = whole_site()[ADDRESS]
    assert page.search is not None
    ids = {"", *Outline(page.body).ids}
    assert all(passage.anchor in ids for passage in page.search.passages)
    assert any("担当先で同じことは起きていないか" in passage.text for passage in page.search.passages)


def test_a_stop_that_has_ended_leaves_a_notice():
    """Who remembers one stop more is not left wondering; nothing says which it was."""
    notice = "この道案内の一部は、公開を終了しました。"
    name = ADDRESS.split("/")[1]
    assert notice in whole_site(changed(shortened_paths=frozenset({name})))[ADDRESS].body
    assert notice not in whole_site()[ADDRESS].body
