"""Guided paths."""

from __future__ import annotations

import dataclasses
import html
import json
import re

from generator.model.vocabulary import NoteKind
from generator.pages.paths import NOTES_SHOWN, path_cards, paths_pages, stop_key
from tests.pages.figures import samples
from tests.pages.knowledge import CORPUS, PATH, assert_matches_snapshot, changed, library, texts_in, whole_site
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


def test_paths_in_the_readers_language_come_first():
    """A Japanese newcomer begins in Japanese, an English one in English."""
    for language in ("ja", "en"):
        languages = [card.language for card in path_cards(library(samples(), language), "../")]
        assert languages[0] == language
        assert languages == sorted(languages, key=lambda other: other != language)


def test_a_stop_plays_only_what_readers_may_hear():
    """Without the right to listen a stop leads to the lines."""
    deaf = changed(cases=tuple(dataclasses.replace(case, recording=None) for case in CORPUS.cases))
    body = whole_site(deaf)[ADDRESS].body
    assert "<audio" not in body and "data-cb-clip" not in body
    assert "../../cases/2025-09-harbour-cargo/#q006" in Outline(body).hrefs


def test_a_clip_is_exactly_the_moment():
    """From the first line's beginning to the last line's end, for scripts and, as a fragment, for browsers alone."""
    transcript = CORPUS.cases[0].transcript
    assert transcript is not None
    first, last = transcript.cue("q006"), transcript.cue("q007")
    assert first is not None and last is not None
    start, end = f"{first.start_s:.2f}", f"{last.end_s:.2f}"
    body = whole_site()[ADDRESS].body
    assert f'data-start="{start}" data-end="{end}"' in body
    assert f'src="../../cases/2025-09-harbour-cargo/audio.m4a#t={start},{end}"' in body


def test_the_review_answers_after_the_question():
    """What colleagues claim and noted on these lines is folded behind the question, and nothing of other lines."""
    stop = whole_site()[ADDRESS].body.split('id="stop-1"')[1].split('id="stop-2"')[0]
    answer = stop[stop.index("<details") :]
    assert stop.index("cb-stop-question") < stop.index("<details")
    assert "「壊れない」という評判が、不満を言う口をふさぐ。" in answer
    review = CORPUS.cases[0].review
    assert review is not None
    on_lines = [note for note in review.notes if note.first_cue in ("q006", "q007")]
    assert answer.count("<li>") == min(NOTES_SHOWN, len(on_lines))
    assert all(note.text in answer for note in on_lines if note.kind is NoteKind.RECALL)
    assert "夕方の場面" not in answer


def test_a_withheld_stop_leaves_no_hole():
    """Stops are counted, timed and kept in mind as if the withheld one had never been there."""
    first, second = PATH.stops
    gone = first.model_copy(update={"case": "2020-01-withdrawn"})
    path = PATH.model_copy(update={"stops": (gone, second, first)})
    pages = whole_site(changed(paths={"first-half-hour": path}))
    assert texts_in(pages[ADDRESS].body, "cb-stop-number") == ["1", "2"]
    for address in ("", "paths/", ADDRESS):
        assert f"2か所</span> <span>{first.minutes + second.minutes}分" in pages[address].body
    kept = json.loads(html.unescape(re.findall('data-stops="([^"]*)"', pages["paths/"].body)[0]))
    assert kept == [
        [stop_key(second), "stop-1", second.title, second.minutes],
        [stop_key(first), "stop-2", first.title, first.minutes],
    ]


def test_the_sample_paths_are_complete():
    """Two in Japanese and one in English: six stops or more, each with a clip, a question, and an answer behind it."""
    languages = []
    for name, path in samples().paths.items():
        page = next(page for page in paths_pages(library(samples())) if page.address == f"paths/{name}/")
        assert len(path.stops) >= 6, name
        assert page.body.count("<audio") == page.body.count("cb-stop-answer") == len(path.stops), name
        assert all(stop.question and stop.look_for for stop in path.stops), name
        minutes = sum(stop.minutes for stop in path.stops)
        assert f"{minutes}分" in page.body
        assert 30 <= minutes <= 60, name
        languages.append(path.language or samples().casebook.language)
    assert sorted(languages) == ["en", "ja", "ja"]


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
