"""The segment map."""

from __future__ import annotations

from generator.model.vocabulary import Preference, SegmentKind
from tests.pages.knowledge import CORPUS, EMPTY, assert_matches_snapshot, changed, texts_in, whole_site


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["segments/"])


def test_map_has_nine_cells():
    """Four kinds split by preference, and the unaware whole: also before the first case."""
    for corpus in (CORPUS, EMPTY):
        assert len(texts_in(whole_site(corpus)["segments/"].body, "cb-cell")) == 2 * (len(SegmentKind) - 1) + 1


def test_a_case_stands_in_its_cell():
    """The lapsed customer who would not choose us again stands there and nowhere else."""
    cells = [text for text in texts_in(whole_site()["segments/"].body, "cb-cell") if "壊れないのに" in text]
    assert len(cells) == 1
    assert cells[0].startswith("次は選ばない")


def test_each_empty_cell_says_whom_to_interview():
    """Nine different calls on an empty map, none without words."""
    calls = texts_in(whole_site(EMPTY)["segments/"].body, "cb-cell-call")
    assert len(set(calls)) == 9
    assert all(calls)


def test_voices_are_counted_by_cell():
    """How many of the nine are heard, counted here from the cases."""
    cells = {(c.facts.segment.kind, c.facts.segment.preference) for c in CORPUS.cases if c.facts.segment}
    assert f"9マスのうち{len(cells)}マスで声を聞けています" in whole_site()["segments/"].body


def test_cases_without_a_place_are_named():
    """A case that does not say where its customer stands is asked for."""
    body = whole_site()["segments/"].body
    unplaced = body[body.index('id="unplaced"') :]
    assert "重くても、落ちないほうがいい" in unplaced
    assert "壊れないのに" not in unplaced


def test_a_case_without_preference_does_not_count_as_a_voice_of_the_nine():
    """It stands in a cell of its own, which is no call to interview anybody."""
    case = CORPUS.cases[0]
    segment = case.facts.segment.model_copy(update={"preference": None}) if case.facts.segment else None
    undecided = type(case)(case.slug, case.facts.model_copy(update={"segment": segment}), case.language)
    body = whole_site(changed(cases=(undecided,), paths={}))["segments/"].body
    assert "9マスのうち0マス" in body
    assert len(texts_in(body, "cb-cell")) == 10
    assert len(texts_in(body, "cb-cell-call")) == 9
    assert Preference.POSITIVE.value in body
