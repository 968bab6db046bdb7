"""Where customers came from."""

from __future__ import annotations

from typing import Any

import pytest

from generator.knowledge.segments import Direction, ToldBy, flows, movements
from generator.publication import PublicCorpus
from tests.support.cases import a_case, published


def corpus(*told: tuple[str, str, str, str | None]) -> PublicCorpus:
    """Cases from slug, customer, type and segment; the first is the newest."""
    cases = []
    for age, (slug, alias, kind, segment) in enumerate(told):
        facts: dict[str, Any] = {
            "type": kind,
            "customer": {"name": f"{alias}株式会社", "alias": alias, "industry": "power"},
            "segment": {"kind": segment} if segment else None,
            "dates": {"decision": f"{2024 - age}-01-20", "interview": f"{2024 - age}-07-18"},
        }
        cases.append(a_case(slug, facts=facts))
    return published(*cases)


@pytest.mark.parametrize(
    ("kind", "segment", "origins", "direction"),
    [
        ("switched_to_us", "general", ("aware",), Direction.NEARER),
        ("switched_to_us", "loyal", ("aware",), Direction.NEARER),
        ("lost", "aware", ("aware",), Direction.STAYED),
        ("lost", "unaware", ("aware",), Direction.FARTHER),
        ("switched_away", "lapsed", ("loyal", "general"), Direction.FARTHER),
        ("switched_away", "general", ("loyal", "general"), Direction.STAYED),
    ],
)
def test_the_type_tells_where_a_customer_stood(
    kind: str, segment: str, origins: tuple[str, ...], direction: Direction
) -> None:
    """Before the decision, by what such a customer was."""
    (flow,) = flows(movements(corpus(("a", "a", kind, segment))))
    assert (flow.origins, flow.target, flow.direction) == (origins, segment, direction)
    assert flow.movements[0].told_by is ToldBy.CASE_TYPE
    assert flow.movements[0].on == flow.movements[0].case.facts.dates.decision


def test_two_interviews_say_more_than_the_type() -> None:
    """The later case is read against the earlier one; the first of a customer by its type."""
    found = movements(corpus(("new", "a", "switched_away", "lapsed"), ("old", "a", "switched_to_us", "loyal")))
    assert [(item.case.slug, item.origins, item.target, item.told_by.value) for item in found] == [
        ("new", ("loyal",), "lapsed", "interviews"),
        ("old", ("aware",), "loyal", "case_type"),
    ]


def test_loyal_customers_and_cases_without_a_place_tell_nothing() -> None:
    """No movement is made up."""
    assert movements(corpus(("a", "a", "loyal", "loyal"), ("b", "b", "lost", None))) == ()


def test_flows_put_the_same_ways_together() -> None:
    """The most frequent first, the newest customer of each on top."""
    found = flows(
        movements(
            corpus(
                ("a", "a", "switched_away", "lapsed"),
                ("b", "b", "lost", "aware"),
                ("c", "c", "lost", "aware"),
            )
        )
    )
    assert [(flow.target, [item.case.slug for item in flow.movements]) for flow in found] == [
        ("aware", ["b", "c"]), ("lapsed", ["a"]),
    ]  # fmt: skip
