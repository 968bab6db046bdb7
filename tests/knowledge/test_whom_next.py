"""Whom next: the day to ask, what nobody has spoken of, and what has grown old."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.knowledge.whom_next import (
    answered,
    calls,
    fits,
    months_since,
    stale,
    unheard_cells,
    unheard_competitors,
    unheard_industries,
    unheard_products,
)
from generator.model.corpus import Case
from generator.model.deals import Deal
from generator.publication import PublicCorpus, publish
from tests.support.cases import a_case, a_casebook, a_corpus

ON = dt.date(2026, 1, 15)


def a_deal(number: int, decided_on: str, **changes: Any) -> Deal:
    """A lost deal."""
    return Deal.model_validate({"id": f"D-{number}", "decided_on": decided_on, "outcome": "lost", **changes})


def corpus(*deals: Deal, cases: tuple[Case, ...] | None = None, **casebook: Any) -> PublicCorpus:
    """What everybody may see of these deals and cases on the day `ON`."""
    terms = {
        "products": [{"id": "tf14", "name": "a"}, {"id": "navi", "name": "b"}],
        "competitors": [{"id": "orban", "name": "c"}],
        "industries": [{"id": "power", "name": "電力"}, {"id": "food", "name": "食品"}],
    }
    shown = (a_case(facts={"products": ["tf14"]}),) if cases is None else cases
    whole = a_corpus(*shown, casebook=a_casebook(**{**terms, **casebook}), deals=deals)
    return publish(whole, on=ON)[0]


def test_the_day_to_ask_is_six_months_after_the_decision() -> None:
    """The same day of the month, or the last one that it has; today counts as come."""
    found = calls(corpus(a_deal(1, "2025-08-31"), a_deal(2, "2025-07-15"), a_deal(3, "2025-07-16")))
    assert [(call.ask_on.isoformat(), call.days, call.is_due) for call in found] == [
        ("2026-01-15", 0, True), ("2026-01-16", 1, False), ("2026-02-28", 44, False),
    ]  # fmt: skip


def test_a_company_may_ask_earlier_or_later() -> None:
    """The months stand in casebook.yml."""
    (call,) = calls(corpus(a_deal(1, "2025-09-15"), interviews={"after_months": 3}))
    assert call.ask_on == dt.date(2025, 12, 15)


def test_who_was_interviewed_is_not_called() -> None:
    """The deal counts as answered, with the case that answers it."""
    public = corpus(a_deal(1, "2025-05-01", customer="北辰電設"), a_deal(2, "2025-08-01", customer="北辰電設"))
    assert [call.deal.decided_on.month for call in calls(public)] == [8]
    assert [(deal.decided_on.month, case.slug) for deal, case in answered(public)] == [(5, "2025-07-tower")]


def test_deals_are_offered_where_a_voice_is_lacking() -> None:
    """By product, competitor and industry."""
    public = corpus(a_deal(1, "2025-08-01", products=["navi"], competitors=["orban"], industry="food"))
    known = calls(public)
    for find, identifier in (
        (unheard_products, "navi"), (unheard_competitors, "orban"), (unheard_industries, "food"),
    ):  # fmt: skip
        (gap,) = find(public, known)
        assert (gap.term.id, len(gap.calls)) == (identifier, 1)


def test_an_empty_cell_gets_the_deals_that_fit() -> None:
    """By the segment of the file, or by what the outcome tells; no preference fits both sides."""
    public = corpus(
        a_deal(1, "2025-08-01"),
        a_deal(2, "2025-08-02", outcome="switched_away", preference="negative"),
        a_deal(3, "2025-08-03", segment="unaware"),
        cases=(),
    )
    fitting = {
        (item.cell.kind.value, item.cell.preference.value if item.cell.preference else ""): [
            call.deal.decided_on.day for call in item.calls
        ]
        for item in unheard_cells(public, calls(public))
    }
    assert len(fitting) == 9
    assert {cell: days for cell, days in fitting.items() if days} == {
        ("aware", "positive"): [1], ("aware", "negative"): [1], ("lapsed", "negative"): [2], ("unaware", ""): [3],
    }  # fmt: skip


def test_cells_with_a_case_are_not_lacking() -> None:
    """One voice is enough."""
    case = a_case(facts={"segment": {"kind": "aware", "preference": "positive"}})
    cells = [item.cell for item in unheard_cells(corpus(cases=(case,)), ())]
    assert len(cells) == 8
    assert not any(cell.kind == "aware" and cell.preference == "positive" for cell in cells)
    (call,) = calls(corpus(a_deal(1, "2025-08-01")))
    assert [fits(call, cell) for cell in cells if cell.kind == "aware"] == [True]


@pytest.mark.parametrize(("interview", "is_stale"), [("2024-01-15", True), ("2024-01-16", False)])
def test_a_case_is_stale_after_its_months(interview: str, is_stale: bool) -> None:
    """24 months unless casebook.yml says otherwise, to the day."""
    case = a_case(facts={"dates": {"decision": "2023-01-01", "interview": interview}})
    assert bool(stale(corpus(cases=(case,)))) is is_stale
    assert [item.months for item in stale(corpus(cases=(case,), interviews={"stale_after_months": 6}))] == [
        24 if is_stale else 23
    ]


def test_months_are_whole_months() -> None:
    """The last day of a shorter month completes it."""
    assert months_since(dt.date(2025, 1, 31), dt.date(2025, 2, 28)) == 1
    assert months_since(dt.date(2025, 1, 31), dt.date(2025, 2, 27)) == 0
