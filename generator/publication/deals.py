"""Closed deals as readers may see them: only those that call for an interview, and none by its customer's name.

Left out are deals that were won, those of which the time to ask has not begun or is over, and all of them where
casebook.yml limits deals to other readers. A deal of a customer whose case is withheld is left out too, so that
nothing tells of that case, and nobody who withdrew is asked again. Identifiers of a CRM system stay in the repository:
a deal is known by a number that is made of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable

from generator.model.corpus import Case, Corpus
from generator.model.deals import Deal
from generator.model.vocabulary import DealOutcome
from generator.publication.audiences import may
from generator.publication.consent import Sight, months_later
from generator.publication.hidden import MASK
from generator.publication.public import PublicDeal
from generator.spellings import company_core, fold

ASKED = frozenset({DealOutcome.LOST, DealOutcome.SWITCHED_AWAY})
"""What happened to a deal that calls for an interview."""
SHORTEST_NAME = 2
"""Letters: a customer's name of one letter would be hidden in every word that has it."""


def may_see_deals(corpus: Corpus, sight: Sight) -> bool:
    """Whether deals are for the readers of this site."""
    return may(corpus.casebook.interviewing.deals, sight.circle)


def deal_names(corpus: Corpus, sight: Sight) -> dict[str, str]:
    """The customers' names of deals.csv that no case has, and what stands in their place in every text."""
    known = {name_key(case.facts.customer.name) for case in corpus.cases}
    open_to_readers = may_see_deals(corpus, sight)
    names: dict[str, str] = {}
    for deal in corpus.deals:
        key = name_key(deal.customer)
        if len(key) >= SHORTEST_NAME and key not in known:
            names[deal.customer] = deal.alias if deal.alias and open_to_readers else names.get(deal.customer, MASK)
    return names


def public_deals(
    corpus: Corpus, sight: Sight, hidden: Collection[str], redact: Callable[[str], str]
) -> tuple[PublicDeal, ...]:
    """The deals that call for an interview, oldest decision first.

    `hidden` are the folders of the cases that are withheld; `redact` hides names and terms in an alias.
    """
    if not may_see_deals(corpus, sight):
        return ()
    interviewing = corpus.casebook.interviewing
    months = interviewing.until_months
    if corpus.casebook.retention is not None:
        months = min(months, corpus.casebook.retention.months)
    cases_of = _Customers(corpus.cases)
    made = []
    for deal in corpus.deals:
        if deal.outcome not in ASKED or not deal.decided_on <= sight.today < months_later(deal.decided_on, months):
            continue
        cases = cases_of.deal(deal)
        if any(case.slug in hidden for case in cases):
            continue
        made.append(_public(deal, cases, redact))
    return tuple(sorted(made, key=lambda deal: (deal.decided_on, deal.uid)))


def name_key(name: str) -> str:
    """What two spellings of one company's name have in common."""
    return fold(company_core(name)) if name else ""


class _Customers:
    """Finds the interviews of a deal's customer."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._known: dict[tuple[str, str], list[Case]] = {}
        for case in cases:
            customer = case.facts.customer
            for key in (("case", case.slug), ("name", name_key(customer.name)), ("alias", fold(customer.alias))):
                self._known.setdefault(key, []).append(case)

    def deal(self, deal: Deal) -> list[Case]:
        """The one that the deal names, and those of the same name or alias; newest first."""
        keys = (("case", deal.case or ""), ("name", name_key(deal.customer)), ("alias", fold(deal.alias)))
        found = {case.slug: case for key in keys if key[1] for case in self._known.get(key, ())}
        return sorted(found.values(), key=lambda case: case.facts.dates.interview, reverse=True)


def _public(deal: Deal, cases: list[Case], redact: Callable[[str], str]) -> PublicDeal:
    after = [case for case in cases if case.slug == deal.case or case.facts.dates.interview >= deal.decided_on]
    before = [case for case in cases if case not in after]
    return PublicDeal(
        uid=hashlib.sha256(f"deal {deal.id}".encode()).hexdigest()[:16],
        decided_on=deal.decided_on,
        outcome=deal.outcome,
        alias=redact(cases[0].facts.customer.alias if cases else deal.alias),
        industry=deal.industry,
        products=deal.products,
        competitors=deal.competitors,
        segment=deal.segment,
        preference=deal.preference,
        case=after[0].slug if after else "",
        earlier_case=before[0].slug if before else "",
    )
