"""Accounts across cases: one for each customer, each year once."""

from __future__ import annotations

from typing import Any

from generator.knowledge.accounts import accounts, visits
from tests.support.cases import a_case, published


def figures(*years: tuple[int, int | None, float | None, int | None]) -> dict[str, Any]:
    """An account from year, sales, share and visits."""
    keys = ("year", "sales_k_yen", "wallet_share_percent", "visits")
    return {"category": "端末", "figures": [dict(zip(keys, year, strict=True)) for year in years]}


def case_of(slug: str, alias: str, interview: str, account: dict[str, Any] | None) -> Any:
    """A case of a customer with an account."""
    customer = {"name": f"{alias}株式会社", "alias": alias, "industry": "power"}
    return a_case(
        slug,
        facts={"customer": customer, "account": account, "dates": {"decision": "2025-01-20", "interview": interview}},
    )


def test_cases_of_one_customer_make_one_account() -> None:
    """Where two cases tell of one year, the newer one counts; years of both stand in order."""
    old = case_of("a", "北の工場", "2024-07-01", figures((2022, 10, 40, 1), (2023, 20, 50, 2)))
    new = case_of("b", "北の工場", "2025-07-01", figures((2023, 21, 51, 3), (2024, 30, None, 4)))
    (account,) = accounts(published(new, old))
    assert account.case.slug == "b"
    assert [(year.figure.year, year.figure.sales_k_yen, year.case.slug) for year in account.years] == [
        (2022, 10, "a"), (2023, 21, "b"), (2024, 30, "b"),
    ]  # fmt: skip
    assert account.change_points == 11


def test_the_deepest_fall_comes_first() -> None:
    """Then smaller ones, then what grew, and what nobody can tell at the end."""
    cases = [
        case_of("up", "a", "2025-07-04", figures((2023, 1, 10, 1), (2024, 1, 30, 1))),
        case_of("one-year", "b", "2025-07-03", figures((2024, 1, 30, 1))),
        case_of("fallen", "c", "2025-07-02", figures((2023, 1, 60, 1), (2024, 1, 20, 1))),
        case_of("down", "d", "2025-07-01", figures((2023, 1, 60, 1), (2024, 1, 50, 1))),
        case_of("without", "e", "2025-07-05", None),
    ]
    assert [account.case.slug for account in accounts(published(*cases))] == ["fallen", "down", "up", "one-year"]


def test_only_years_with_both_figures_are_points() -> None:
    """A year without visits is not a year of no visits."""
    case = case_of("a", "a", "2025-07-01", figures((2022, 10, 1, None), (2023, None, 1, 3), (2024, 0, 1, 0)))
    found = visits(published(case))
    assert [(year.figure.visits, year.figure.sales_k_yen) for year in found.points] == [(0, 0)]
    assert found.line is None


def test_limited_accounts_do_not_count() -> None:
    """Whoever may not see an account is told nothing that was reckoned with it."""
    account = figures((2023, 1, 10, 1), (2024, 1, 30, 1))
    case = case_of("a", "a", "2025-07-01", account)
    limited = a_case("b", facts={"account": account, "limits": {"account": []}})
    assert len(accounts(published(case, limited))) == 1
    assert len(visits(published(case, limited)).points) == 2
