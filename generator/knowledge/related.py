"""Which cases to read next, and why: named by the editor, then linked insights, then what two cases share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.publication import PublicCase, PublicCorpus


class Relation(StrEnum):
    """Why another case is worth reading next; the strongest first."""

    NAMED = "named"
    """The editor named it."""
    CONTRADICTS = "contradicts"
    SUPPORTS = "supports"
    TAG = "tag"
    PRODUCT = "product"
    COMPETITOR = "competitor"
    INDUSTRY = "industry"


WEIGHTS: Mapping[Relation, int] = {
    Relation.NAMED: 20,
    Relation.CONTRADICTS: 8,
    Relation.SUPPORTS: 6,
    Relation.TAG: 2,
    Relation.PRODUCT: 2,
    Relation.COMPETITOR: 1,
    Relation.INDUSTRY: 1,
}
"""Points by which cases are ranked. Chosen so that an editor's word beats any number of shared words, and a case that
contradicts comes before one that agrees: disagreement teaches more."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another case and why it belongs here."""

    case: PublicCase
    reasons: tuple[tuple[Relation, str], ...]
    """Relation and, for shared words, the identifier shared (tag, product ...); empty text otherwise."""


class RelatedIndex:
    """Finds related cases for every case of a corpus without comparing all pairs."""

    def __init__(self, corpus: PublicCorpus) -> None:
        """Index the corpus' cases by the words they carry."""
        self._cases = {case.slug: case for case in corpus.cases}
        self._order = {case.slug: place for place, case in enumerate(corpus.cases)}
        self._carriers: dict[tuple[Relation, str], list[str]] = {}
        self._linked: dict[str, list[tuple[str, Relation]]] = {}
        for case in corpus.cases:
            for mark in _marks(case):
                self._carriers.setdefault(mark, []).append(case.slug)
            for insight in case.insights:
                for relation, targets in (
                    (Relation.CONTRADICTS, insight.contradicts),
                    (Relation.SUPPORTS, insight.supports),
                ):
                    for target in targets:
                        other = target.partition("#")[0]
                        self._linked.setdefault(case.slug, []).append((other, relation))
                        self._linked.setdefault(other, []).append((case.slug, relation))

    def related(self, case: PublicCase, limit: int = 4) -> tuple[Related, ...]:
        """At most `limit` cases to read next, best first; ties in the corpus' order. Marks that more than a hundred
        cases carry tell little and are passed over, which also bounds the work.
        """
        reasons: dict[str, dict[tuple[Relation, str], None]] = {}
        for slug in case.facts.related:
            reasons.setdefault(slug, {})[(Relation.NAMED, "")] = None
        for slug, relation in self._linked.get(case.slug, ()):
            reasons.setdefault(slug, {})[(relation, "")] = None
        for mark in _marks(case):
            carriers = self._carriers[mark]
            if len(carriers) <= 100:
                for slug in carriers:
                    reasons.setdefault(slug, {})[mark] = None
        reasons.pop(case.slug, None)
        ranked = sorted(
            (slug for slug in reasons if slug in self._cases),
            key=lambda slug: (-sum(WEIGHTS[relation] for relation, _ in reasons[slug]), self._order[slug]),
        )
        return tuple(
            Related(self._cases[slug], tuple(sorted(reasons[slug], key=lambda reason: -WEIGHTS[reason[0]])))
            for slug in ranked[:limit]
        )


def _marks(case: PublicCase) -> list[tuple[Relation, str]]:
    facts = case.facts
    tags = dict.fromkeys((*facts.tags, *(tag for insight in case.insights for tag in insight.tags)))
    return [
        *((Relation.TAG, tag) for tag in tags),
        *((Relation.PRODUCT, product) for product in facts.products),
        *((Relation.COMPETITOR, competitor) for competitor in facts.competitors),
        (Relation.INDUSTRY, facts.customer.industry),
    ]
