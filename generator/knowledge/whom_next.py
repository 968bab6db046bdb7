"""Whom to interview next: closed deals that come to their time, voices that are lacking, cases that have grown old.

About six months after a loss people say what they really think; right after it they are polite. How many months that
is, until when a deal is worth asking about, and from what age on a case is stale, stands in casebook.yml under
`interviews` (6, 12 and 24 months when nothing is said there).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.knowledge.segments import SegmentCell, nine_segments
from generator.model.casebook import Term
from generator.model.vocabulary import DealOutcome, SegmentKind
from generator.publication import PublicCase, PublicCorpus, PublicDeal
from generator.publication.consent import months_later

SEGMENT_AFTER = {DealOutcome.LOST: SegmentKind.AWARE, DealOutcome.SWITCHED_AWAY: SegmentKind.LAPSED}
"""Where the customer of a deal stands when the file does not say: who chose another knows us and has not bought; who
left has bought."""


@dataclass(frozen=True, slots=True)
class Call:
    """A closed deal whose customer has not been interviewed about it."""

    deal: PublicDeal
    ask_on: dt.date
    """The day from which on to ask."""
    days: int
    """From the day of the build to that day: below zero when it has passed."""

    @property
    def is_due(self) -> bool:
        """Whether the time has come."""
        return self.days <= 0

    @property
    def segment(self) -> SegmentKind | None:
        """Where the customer stands, as the file says or as the outcome tells."""
        return self.deal.segment or SEGMENT_AFTER.get(self.deal.outcome)


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something of which no case tells, and the closed deals that could."""

    term: Term
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class UnheardCell:
    """A cell of the segment map without a case, and the closed deals that would fit."""

    cell: SegmentCell
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class StaleCase:
    """A case that may no longer be true."""

    case: PublicCase
    months: int
    """Whole months since the interview."""


def calls(corpus: PublicCorpus) -> tuple[Call, ...]:
    """Deals to ask about, earliest first; those of customers who were interviewed since are left out."""
    months = corpus.casebook.interviewing.after_months
    found = []
    for deal in corpus.deals:
        if not deal.case:
            ask_on = months_later(deal.decided_on, months)
            found.append(Call(deal, ask_on, (ask_on - corpus.built_on).days))
    return tuple(sorted(found, key=lambda call: (call.ask_on, call.deal.uid)))


def answered(corpus: PublicCorpus) -> tuple[tuple[PublicDeal, PublicCase], ...]:
    """Deals whose customer was interviewed since, each with that case; newest interview first."""
    cases = {case.slug: case for case in corpus.cases}
    found = [(deal, cases[deal.case]) for deal in corpus.deals if deal.case in cases]
    return tuple(sorted(found, key=lambda pair: (-pair[1].facts.dates.interview.toordinal(), pair[0].uid)))


def unheard_cells(corpus: PublicCorpus, known: Iterable[Call]) -> tuple[UnheardCell, ...]:
    """The empty cells of the segment map, in its order. A deal that tells no preference fits both sides."""
    listed = tuple(known)
    return tuple(
        UnheardCell(cell, tuple(call for call in listed if fits(call, cell)))
        for cell in nine_segments(corpus)
        if not cell.cases
    )


def fits(call: Call, cell: SegmentCell) -> bool:
    """Whether the customer of a deal would stand in a cell of the map."""
    return call.segment is cell.kind and (
        cell.preference is None or call.deal.preference is None or call.deal.preference is cell.preference
    )


def unheard_products(corpus: PublicCorpus, known: Iterable[Call]) -> tuple[Unheard, ...]:
    """Products of which no case tells, in casebook.yml's order."""
    heard = {product for case in corpus.cases for product in case.facts.products}
    return _unheard(corpus.casebook.products, heard, [(call, call.deal.products) for call in known])


def unheard_competitors(corpus: PublicCorpus, known: Iterable[Call]) -> tuple[Unheard, ...]:
    """Competitors against whom no case was decided."""
    heard = {competitor for case in corpus.cases for competitor in case.facts.competitors}
    return _unheard(corpus.casebook.competitors, heard, [(call, call.deal.competitors) for call in known])


def unheard_industries(corpus: PublicCorpus, known: Iterable[Call]) -> tuple[Unheard, ...]:
    """Industries from which nobody has spoken."""
    heard = {case.facts.customer.industry for case in corpus.cases}
    about = [(call, (call.deal.industry,) if call.deal.industry else ()) for call in known]
    return _unheard(corpus.casebook.industries, heard, about)


def stale(corpus: PublicCorpus) -> tuple[StaleCase, ...]:
    """Cases whose interview lies as many months back as casebook.yml says, or more; oldest first."""
    limit, today = corpus.casebook.interviewing.stale_after_months, corpus.built_on
    found = [
        StaleCase(case, months_since(case.facts.dates.interview, today))
        for case in corpus.cases
        if months_later(case.facts.dates.interview, limit) <= today
    ]
    return tuple(sorted(found, key=lambda item: (item.case.facts.dates.interview, item.case.slug)))


def months_since(day: dt.date, today: dt.date) -> int:
    """Whole months from one day to another."""
    months = (today.year - day.year) * 12 + today.month - day.month
    return months - (months_later(day, months) > today)


def _unheard(
    terms: Iterable[Term], heard: set[str], about: Iterable[tuple[Call, tuple[str, ...]]]
) -> tuple[Unheard, ...]:
    listed = tuple(about)
    return tuple(
        Unheard(term, tuple(call for call, named in listed if term.id in named))
        for term in terms
        if term.id not in heard
    )
