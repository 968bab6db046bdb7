"""Value gaps: every figure is counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.knowledge.gaps import WANTED_ZONES, gaps, leading_zone
from generator.model.vocabulary import Zone
from tests.pages.figures import plain_cases, plain_file, samples


def plain_zone(value_map: dict[str, Any], need: str) -> str:
    """Who meets a need, read from the file."""
    ours = any(need in offer.get("meets", []) for offer in value_map.get("offers", []))
    theirs = any(need in offer.get("meets", []) for rival in value_map.get("rivals", []) for offer in rival["offers"])
    return {(True, True): "both", (True, False): "ours_alone", (False, True): "theirs_alone"}.get(
        (ours, theirs), "nobody"
    )


def plain_needs() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Folder, need and zone of every need of the samples."""
    for slug in plain_cases():
        value_map = plain_file(slug, "value-map.yml")
        for need in value_map["needs"]:
            yield slug, need, plain_zone(value_map, need["id"])


def test_every_need_of_every_case_is_heard_in_its_zone() -> None:
    """Nothing is lost, whether it is mapped to a shared need or not."""
    found = {(item.case.slug, item.zoned.need.id, item.zone.value) for item in gaps(samples()).heard}
    assert found == {(slug, need["id"], zone) for slug, need, zone in plain_needs()}


def test_shared_needs_add_up_what_is_mapped_to_them() -> None:
    """How often heard, in how many cases, with which weight in all and in the mean."""
    heard: Counter[str] = Counter()
    weight: Counter[str] = Counter()
    cases: dict[str, set[str]] = {}
    for slug, need, _ in plain_needs():
        if "shared" in need:
            heard[need["shared"]] += 1
            weight[need["shared"]] += need.get("weight", 3)
            cases.setdefault(need["shared"], set()).add(slug)
    needs = gaps(samples()).needs
    assert {need.id: len(need.heard) for need in needs} == heard
    assert {need.id: need.total_weight for need in needs} == weight
    assert {need.id: need.cases for need in needs} == {shared: len(slugs) for shared, slugs in cases.items()}
    assert {need.id: need.mean_weight for need in needs} == {
        shared: pytest.approx(weight[shared] / heard[shared]) for shared in heard
    }
    assert [need.total_weight for need in needs] == sorted(weight.values(), reverse=True)


def test_zones_divide_a_shared_need() -> None:
    """Each need that is mapped to it lies in one of four zones."""
    counted = Counter((need["shared"], zone) for _, need, zone in plain_needs() if "shared" in need)
    found = {(need.id, zone.value): len(need.zone(zone)) for need in gaps(samples()).needs for zone in WANTED_ZONES}
    assert {key: count for key, count in found.items() if count} == counted


def test_who_wins_a_need_is_the_zone_that_weighs_most() -> None:
    """And of zones that weigh the same, the one that asks more of us."""
    weights: dict[str, Counter[str]] = {}
    for _, need, zone in plain_needs():
        if "shared" in need:
            weights.setdefault(need["shared"], Counter())[zone] += need.get("weight", 3)
    urgent = ["theirs_alone", "nobody", "ours_alone", "both"]
    expected = {
        shared: sorted(found, key=lambda zone, found=found: (-found[zone], urgent.index(zone)))[0]
        for shared, found in weights.items()
    }
    assert {need.id: need.lead.value for need in gaps(samples()).needs} == expected


def test_competitors_that_win_are_those_that_alone_meet_it() -> None:
    """Counted once for each need in which they do and we do not."""
    expected: dict[str, Counter[str]] = {}
    for slug, need, zone in plain_needs():
        if zone == "theirs_alone" and "shared" in need:
            for rival in plain_file(slug, "value-map.yml")["rivals"]:
                if any(need["id"] in offer.get("meets", []) for offer in rival["offers"]):
                    expected.setdefault(need["shared"], Counter())[rival["competitor"]] += 1
    found = {need.id: Counter(dict(need.winners)) for need in gaps(samples()).needs if need.winners}
    assert found == expected


def test_offers_that_meet_nothing_are_unwanted() -> None:
    """Ours and theirs apart."""
    expected = set()
    for slug in plain_cases():
        value_map = plain_file(slug, "value-map.yml")
        sides = [(None, value_map.get("offers", []))]
        sides += [(rival["competitor"], rival["offers"]) for rival in value_map.get("rivals", [])]
        expected |= {(slug, by, offer["id"]) for by, offers in sides for offer in offers if not offer.get("meets")}
    found = {(item.case.slug, item.unwanted.competitor, item.unwanted.offer.id) for item in gaps(samples()).unwanted}
    assert found == expected


def test_needs_without_a_shared_one_stand_apart() -> None:
    """They wait to be mapped."""
    expected = {(slug, need["id"]) for slug, need, _ in plain_needs() if "shared" not in need}
    assert {(item.case.slug, item.zoned.need.id) for item in gaps(samples()).unmapped} == expected


def test_a_slice_is_computed_as_the_whole_is() -> None:
    """Slices by year divide what is heard."""
    corpus = samples()
    years = {case.facts.dates.interview.year for case in corpus.cases}
    parts = [gaps(corpus, [case for case in corpus.cases if case.facts.dates.interview.year == year]) for year in years]
    assert sum(len(part.heard) for part in parts) == len(gaps(corpus).heard)
    power = gaps(corpus, [case for case in corpus.cases if case.slug == "2025-07-power-line-maintenance"])
    assert {need.id: need.lead for need in power.needs}["glove-operation"] is Zone.BOTH


@given(st.dictionaries(st.sampled_from(WANTED_ZONES), st.integers(1, 50), min_size=1))
def test_no_zone_outweighs_the_leading_one(weights: dict[Zone, int]) -> None:
    """Whatever weighs in them."""
    assert weights[leading_zone(weights)] == max(weights.values())
