"""Needs and offers fall into zones by who meets what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.knowledge.zones import zone_of, zones
from generator.model.value_map import ValueMap
from generator.model.vocabulary import Zone

MAP = {
    "needs": [
        {"id": "gloves", "text": "手袋のまま", "weight": 5},
        {"id": "night", "text": "夜も相談", "weight": 4},
        {"id": "light", "text": "軽い", "weight": 2},
        {"id": "rain", "text": "雨でも", "weight": 3},
    ],
    "offers": [
        {"id": "o1", "text": "感圧の画面", "meets": ["gloves", "rain"]},
        {"id": "o2", "text": "金箔の箱", "meets": []},
    ],
    "rivals": [
        {"competitor": "orban", "offers": [{"id": "r1", "text": "24時間窓口", "meets": ["night", "rain"]}]},
        {"competitor": "marusen", "offers": [{"id": "r2", "text": "年賀状", "meets": []}]},
    ],
}


def test_every_need_lies_in_the_zone_of_those_who_meet_it() -> None:
    """Ours alone, theirs alone, both, nobody; the heaviest need first."""
    zoned = zones(ValueMap.model_validate(MAP))
    assert [(item.need.id, item.zone) for item in zoned.needs] == [
        ("gloves", Zone.OURS_ALONE),
        ("night", Zone.THEIRS_ALONE),
        ("rain", Zone.BOTH),
        ("light", Zone.NOBODY),
    ]
    assert [competitor for competitor, _ in zoned.zone(Zone.THEIRS_ALONE)[0].theirs] == ["orban"]


def test_offers_that_meet_nothing_are_offered_and_not_wanted() -> None:
    """Ours and theirs alike."""
    unwanted = zones(ValueMap.model_validate(MAP)).unwanted
    assert [(item.offer.id, item.competitor) for item in unwanted] == [("o2", None), ("r2", "marusen")]


@pytest.mark.parametrize(
    ("ours", "theirs", "zone"),
    [(1, 0, Zone.OURS_ALONE), (0, 1, Zone.THEIRS_ALONE), (1, 1, Zone.BOTH), (0, 0, Zone.NOBODY)],
)
def test_four_combinations(ours: int, theirs: int, zone: Zone) -> None:
    """A wanted thing has exactly one zone."""
    assert zone_of(bool(ours), bool(theirs)) is zone


@given(st.lists(st.sets(st.integers(0, 5)), max_size=6), st.lists(st.sets(st.integers(0, 5)), max_size=6))
def test_zones_divide_the_needs(ours: list[set[int]], theirs: list[set[int]]) -> None:
    """Each need is in one zone and no need is lost, whatever is offered."""
    offers = [{"id": f"o{n}", "text": "x", "meets": [f"n{i}" for i in meets]} for n, meets in enumerate(ours)]
    rival = [{"id": f"r{n}", "text": "x", "meets": [f"n{i}" for i in meets]} for n, meets in enumerate(theirs)]
    needs = [{"id": f"n{i}", "text": "x"} for i in range(6)]
    rivals = [{"competitor": "c", "offers": rival}]
    zoned = zones(ValueMap.model_validate({"needs": needs, "offers": offers, "rivals": rivals}))
    by_zone = {zone: {item.need.id for item in zoned.zone(zone)} for zone in Zone}
    met_by_us = {f"n{i}" for meets in ours for i in meets}
    met_by_them = {f"n{i}" for meets in theirs for i in meets}
    assert by_zone[Zone.BOTH] == met_by_us & met_by_them
    assert by_zone[Zone.OURS_ALONE] == met_by_us - met_by_them
    assert by_zone[Zone.THEIRS_ALONE] == met_by_them - met_by_us
    assert by_zone[Zone.NOBODY] == {f"n{i}" for i in range(6)} - met_by_us - met_by_them
    assert not by_zone[Zone.NOT_WANTED]
