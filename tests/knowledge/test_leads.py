"""Ways of leads: where they begin, where they end, and how long each step lay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.knowledge.leads import (
    STAGE_WORDS,
    Stage,
    hand_overs_to_sales,
    longest_waits,
    passings,
    spans,
    stage_of,
    way,
    ways,
)
from generator.model.case import HandOver
from generator.publication import PublicCase
from tests.support.cases import DAY, a_case, published


def lead(*steps: tuple[str, str, str | None, str | None], slug: str = "a", **facts: Any) -> PublicCase:
    """A case whose lead has these steps: stage, day, giver, taker."""
    keys = ("stage", "on", "from_department", "to_department")
    listed = [dict(zip(keys, step, strict=True)) for step in steps]
    return published(a_case(slug, facts={"lead": listed, **facts})).cases[0]


BOTH = ("sales", "product")


def test_a_way_ends_with_the_decision() -> None:
    """Years between an order and a cancellation are no waiting."""
    case = lead(("MQL", "2020-01-01", *BOTH), ("受注", "2020-03-01", *BOTH), ("解約", "2024-03-01", *BOTH))
    found = way(case, DAY)
    assert found is not None
    assert [wait.days for wait in found.waits] == [60]
    assert (found.days, found.outcome, [step.stage for step in found.later]) == (60, Stage.WON, ["解約"])


def test_an_open_lead_waits_until_today() -> None:
    """Nobody can see otherwise what lies still."""
    case = lead(("MQL", (DAY - dt.timedelta(days=40)).isoformat(), *BOTH), ("SQL", DAY.isoformat(), *BOTH))
    found = way(case, DAY + dt.timedelta(days=9))
    assert found is not None
    assert [(wait.days, wait.then is None) for wait in found.waits] == [(40, False), (9, True)]
    assert found.outcome is None


def test_steps_count_in_the_order_of_their_days() -> None:
    """Whatever order the file has."""
    case = lead(("Lost", "2024-05-01", *BOTH), ("SQL", "2024-02-01", *BOTH), ("MQL", "2024-01-01", *BOTH))
    found = way(case, DAY)
    assert found is not None
    assert [wait.step.stage for wait in found.waits] == ["MQL", "SQL"]
    assert found.outcome is Stage.LOST


def test_a_single_decision_is_no_way() -> None:
    """Without two days there is nothing to measure; without a lead there is no way."""
    assert way(lead(("受注", "2024-05-01", *BOTH)), DAY) is None
    assert way(lead(), DAY) is None


@pytest.mark.parametrize("written", ["受注", "Won", "ＷＯＮ", " won "])
def test_usual_names_are_one_stage(written: str) -> None:
    """In Japanese and English, in any width and case."""
    assert stage_of(HandOver(stage=written, on=DAY)) is Stage.WON
    assert stage_of(HandOver(stage="再開", on=DAY)) is None


def test_no_name_means_two_stages() -> None:
    """Each word belongs to one stage."""
    words = [word for listed in STAGE_WORDS.values() for word in listed]
    assert len(words) == len(set(words))
    assert set(STAGE_WORDS) == set(Stage)


def test_from_marketing_to_sales_counts_what_lies_between() -> None:
    """An MQL that was handed back and forth is still one hand-over."""
    one = lead(
        ("MQL", "2024-01-01", *BOTH), ("差し戻し", "2024-01-20", *BOTH), ("SQL", "2024-02-10", *BOTH), slug="one"
    )
    two = lead(("MQL", "2024-01-01", *BOTH), ("SQL", "2024-01-11", *BOTH), slug="two")
    none = lead(("SQL", "2024-01-11", *BOTH), ("Lost", "2024-02-11", *BOTH), slug="none")
    walked = [found for case in (one, two, none) if (found := way(case, DAY))]
    assert [(wait.case.slug, wait.days) for wait in hand_overs_to_sales(walked)] == [("two", 10), ("one", 40)]


def test_medians_are_those_of_what_was_waited() -> None:
    """By stage and by pair of departments."""
    cases = [
        lead(("MQL", "2024-01-01", *BOTH), ("SQL", f"2024-01-{day:02}", "product", None), slug=f"case-{day}")
        for day in (3, 5, 31)
    ]
    walked = [found for case in cases if (found := way(case, dt.date(2024, 1, 31)))]
    (span,) = spans(walked)
    assert (span.first, span.then, span.median_days, [wait.days for wait in span.waits]) == (
        "mql",
        "sql",
        4,
        [2, 4, 30],
    )
    first, second = passings(walked)
    assert (first.giver, first.taker, first.median_days) == ("product", None, 26)
    assert (second.giver, second.taker, second.median_days) == ("sales", "product", 4)
    assert [wait.days for wait in longest_waits(walked)] == [30, 28, 26, 4, 2, 0]


def test_limited_leads_are_not_known() -> None:
    """Who may not see a lead learns nothing that was reckoned with it."""
    steps = [{"stage": "MQL", "on": "2024-01-01"}, {"stage": "SQL", "on": "2024-02-01"}]
    corpus = published(a_case(facts={"lead": steps, "limits": {"lead": []}}), a_case("b", facts={"lead": steps}))
    assert [found.case.slug for found in ways(corpus)] == ["b"]
