"""Decisions across cases: every figure is counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import numpy as np
import pytest

from generator.knowledge.decisions import (
    DAYS_IN_A_MONTH,
    Decision,
    Ending,
    Size,
    decisions,
    duration,
    ending,
    last_word,
    last_words_by_stance,
    participants,
    size,
)
from generator.model.case import Stakeholder
from generator.model.vocabulary import Stance
from tests.pages.figures import plain_cases, samples

CHOOSE = {"decider", "approver", "buyer"}


@cache
def made() -> tuple[Decision, ...]:
    """The decisions of the samples."""
    return decisions(samples())


def plain_people(slug: str) -> list[dict[str, Any]]:
    """The people of a sample who took part in the decision: not ours, and with a part."""
    return [
        person
        for person in plain_cases()[slug]["people"]
        if person.get("side", "customer") != "own" and person.get("part")
    ]


def plain_last(slug: str) -> set[str]:
    """Who had the last word in a sample."""
    people = plain_people(slug)
    for part in ("decider", "approver"):
        found = {person["id"] for person in people if part in person["part"]}
        if found:
            return found
    most = max(person.get("influence", 0) for person in people)
    return {person["id"] for person in people if person.get("influence") == most}


def test_everybody_with_a_part_is_there() -> None:
    """Our own people are not: they sell, they do not decide."""
    expected = {(slug, person["id"]) for slug in plain_cases() for person in plain_people(slug)}
    assert {(item.case.slug, item.person.id) for item in participants(made())} == expected


def test_who_decided_had_the_last_word() -> None:
    """Else who approved, else the most influential."""
    found = {decision.case.slug: {item.person.id for item in decision.last_words} for decision in made()}
    assert found == {slug: plain_last(slug) for slug in plain_cases()}


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([("a", ["decider"], 2), ("b", ["approver"], 5)], "a"),
        ([("a", ["user"], 5), ("b", ["approver"], 1)], "b"),
        ([("a", ["user"], 3), ("b", ["buyer"], 4), ("c", ["influencer"], 4)], "bc"),
        ([("a", ["user"], None)], ""),
    ],
)
def test_the_last_word_falls_to_the_next(people: list[tuple[str, list[str], int | None]], expected: str) -> None:
    """Deciders, approvers, the strongest; nobody where nothing is known."""
    made = [
        Stakeholder.model_validate({"id": name, "role": name, "part": part, "influence": influence})
        for name, part, influence in people
    ]
    assert "".join(person.id for person in last_word(made)) == expected


def test_stances_of_the_last_word_in_won_and_lost_decisions() -> None:
    """How the deciders stood, apart by how it ended."""
    for ended in Ending:
        for stance in Stance:
            expected = 0
            for slug, facts in plain_cases().items():
                won = facts["type"] in {"loyal", "switched_to_us"}
                if won == (ended is Ending.WON):
                    last = plain_last(slug)
                    expected += sum(
                        person["id"] in last and person.get("stance") == stance.value for person in plain_people(slug)
                    )
            inside = [decision for decision in made() if decision.ending is ended]
            assert len(last_words_by_stance(inside, stance)) == expected


def test_the_strongest_had_the_last_word_or_not() -> None:
    """Whether somebody who decided had the greatest influence of the case."""
    for decision in made():
        people = plain_people(decision.case.slug)
        most = max(person.get("influence", 0) for person in people)
        last = plain_last(decision.case.slug)
        expected = any(person.get("influence") == most and person["id"] in last for person in people)
        assert any(item.strongest for item in decision.last_words) is expected


def test_choosers_are_not_users_where_nobody_is_both() -> None:
    """Who decided, approved or bought, and who works with it."""
    for decision in made():
        people = plain_people(decision.case.slug)
        choosers = [person for person in people if CHOOSE & set(person["part"])]
        users = [person for person in people if "user" in person["part"]]
        expected = all("user" not in person["part"] for person in choosers) if choosers and users else None
        assert decision.apart is expected
    assert {decision.apart for decision in made()} == {True, False}


def test_months_from_the_first_hand_over_to_the_decision() -> None:
    """Days over the mean month of the Gregorian calendar."""
    for decision in made():
        facts = plain_cases()[decision.case.slug]
        days = (facts["dates"]["decision"] - min(step["on"] for step in facts["lead"])).days
        assert decision.months == pytest.approx(days / DAYS_IN_A_MONTH)


def test_a_lead_that_begins_after_the_decision_tells_no_time() -> None:
    """Nor does a case without one."""
    decision = made()[0]
    for lead in ((), tuple(step for step in decision.case.facts.lead[-1:])):
        moved = tuple(step.model_copy(update={"on": decision.case.facts.dates.interview}) for step in lead)
        facts = decision.case.facts.model_copy(update={"lead": moved})
        case = dataclasses.replace(decision.case, facts=facts)
        assert dataclasses.replace(decision, case=case).months is None
    assert duration(()) is None


def test_median_and_quartiles_of_durations() -> None:
    """As numpy computes them."""
    months = [decision.months for decision in made()]
    found = duration(made())
    assert found is not None
    assert (found.low, found.median, found.high) == pytest.approx(tuple(np.percentile(months, (25, 50, 75))))
    assert [decision.months for decision in found.decisions] == sorted(months)


def test_endings_are_those_of_the_case_types() -> None:
    """Loyal customers chose us again."""
    for case in samples().cases:
        won = plain_cases()[case.slug]["type"] in {"loyal", "switched_to_us"}
        assert (ending(case) is Ending.WON) == won


@pytest.mark.parametrize(
    ("employees", "expected"),
    [
        (1, Size.UP_TO_100),
        (100, Size.UP_TO_100),
        (101, Size.UP_TO_300),
        (300, Size.UP_TO_300),
        (301, Size.UP_TO_999),
        (999, Size.UP_TO_999),
        (1000, Size.FROM_1000),
        (None, Size.UNKNOWN),
    ],
)
def test_sizes_begin_and_end_where_the_law_says(employees: int | None, expected: Size) -> None:
    """The bounds belong to the smaller class, but for a thousand."""
    case = samples().cases[0]
    customer = case.facts.customer.model_copy(update={"employees": employees})
    assert size(dataclasses.replace(case, facts=case.facts.model_copy(update={"customer": customer}))) is expected
