"""Accounts in figures, year by year, put together from the cases of the same customer."""

from __future__ import annotations

from dataclasses import dataclass

from generator.knowledge.regression import Line, fitted
from generator.model.case import AccountFigure
from generator.publication import PublicCase, PublicCorpus


@dataclass(frozen=True, slots=True)
class AccountYear:
    """A year of an account, and the case that tells of it."""

    case: PublicCase
    figure: AccountFigure


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """A customer's account, by the alias under which readers know it."""

    case: PublicCase
    """The newest case of the customer that tells of the account."""
    category: str
    years: tuple[AccountYear, ...]
    """Oldest first; where two cases tell of one year, the newer one counts."""

    @property
    def shares(self) -> tuple[AccountYear, ...]:
        """The years in which our share is known."""
        return tuple(year for year in self.years if year.figure.wallet_share_percent is not None)

    @property
    def change_points(self) -> float | None:
        """By how many points our share changed from the last year but one that is known to the last."""
        known = [year.figure.wallet_share_percent or 0.0 for year in self.shares]
        return known[-1] - known[-2] if len(known) > 1 else None


@dataclass(frozen=True, slots=True)
class Visits:
    """Years of accounts of which both visits and sales are known, and the line through them."""

    points: tuple[AccountYear, ...]
    """Newest case first, then by year."""
    line: Line | None
    """Sales in thousand yen over visits; None when the points are too few or do not differ."""


def accounts(corpus: PublicCorpus) -> tuple[KnownAccount, ...]:
    """All accounts: the deepest fall of our share on top, those of which no change is known at the end."""
    by_customer: dict[str, list[PublicCase]] = {}
    for case in corpus.cases:
        if case.facts.account is not None and case.facts.account.figures:
            by_customer.setdefault(case.facts.customer.alias, []).append(case)
    known = [_account(cases) for cases in by_customer.values()]
    return tuple(sorted(known, key=lambda account: (account.change_points is None, account.change_points or 0.0)))


def visits(corpus: PublicCorpus) -> Visits:
    """Visits against sales, over all accounts and years."""
    place = {case.slug: number for number, case in enumerate(corpus.cases)}
    points = tuple(
        year
        for account in sorted(accounts(corpus), key=lambda account: place[account.case.slug])
        for year in account.years
        if year.figure.visits is not None and year.figure.sales_k_yen is not None
    )
    return Visits(points, fitted([(year.figure.visits or 0, year.figure.sales_k_yen or 0) for year in points]))


def _account(cases: list[PublicCase]) -> KnownAccount:
    """The account of a customer; `cases` are its own, newest first."""
    years: dict[int, AccountYear] = {}
    for case in cases:
        for figure in case.facts.account.figures if case.facts.account else ():
            years.setdefault(figure.year, AccountYear(case, figure))
    account = cases[0].facts.account
    return KnownAccount(cases[0], account.category if account else "", tuple(years[year] for year in sorted(years)))
