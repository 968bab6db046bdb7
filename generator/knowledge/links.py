"""How insights of different cases support, contradict and replace one another, seen from both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.insight import Insight
from generator.publication import PublicCase, PublicCorpus


@dataclass(frozen=True, slots=True)
class LinkedInsight:
    """An insight together with the case it stands in."""

    case: PublicCase
    insight: Insight

    @property
    def reference(self) -> str:
        """`<case slug>#<insight id>`"""
        return f"{self.case.slug}#{self.insight.id}"

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#insight-i1`."""
        return f"cases/{self.case.slug}/#insight-{self.insight.id}"


@dataclass(frozen=True, slots=True)
class InsightLinks:
    """What other insights say to one insight. Each pair is named once, whoever wrote it down."""

    agrees: tuple[LinkedInsight, ...] = ()
    """Supports it, or is supported by it."""
    contradicts: tuple[LinkedInsight, ...] = ()
    replaced_by: LinkedInsight | None = None
    replaces: tuple[LinkedInsight, ...] = ()


@dataclass(slots=True)
class _Gathered:
    agrees: dict[str, LinkedInsight] = field(default_factory=dict)
    contradicts: dict[str, LinkedInsight] = field(default_factory=dict)
    replaced_by: LinkedInsight | None = None
    replaces: dict[str, LinkedInsight] = field(default_factory=dict)


def all_insights(corpus: PublicCorpus) -> tuple[LinkedInsight, ...]:
    """Every published insight with its case, newest interview first."""
    return tuple(LinkedInsight(case, insight) for case in corpus.cases for insight in case.insights)


def insight_links(corpus: PublicCorpus) -> Mapping[str, InsightLinks]:
    """Reference (`slug#i1`) -> its links, for every published insight. References to nothing are passed over."""
    insights = {item.reference: item for item in all_insights(corpus)}
    gathered = {reference: _Gathered() for reference in insights}
    for reference, item in insights.items():
        for target in item.insight.supports:
            if target in insights:
                gathered[reference].agrees[target] = insights[target]
                gathered[target].agrees[reference] = item
        for target in item.insight.contradicts:
            if target in insights:
                gathered[reference].contradicts[target] = insights[target]
                gathered[target].contradicts[reference] = item
        successor = item.insight.superseded_by
        if successor in insights:
            gathered[reference].replaced_by = insights[successor]
            gathered[successor].replaces[reference] = item
    return {
        reference: InsightLinks(
            tuple(links.agrees.values()),
            tuple(links.contradicts.values()),
            links.replaced_by,
            tuple(links.replaces.values()),
        )
        for reference, links in gathered.items()
    }


def cases_behind(item: LinkedInsight, links: InsightLinks) -> tuple[PublicCase, ...]:
    """The cases whose customers say so: the insight's own, then those whose insights agree. A contradiction, and what
    the insight replaced, count for nobody.
    """
    cases = {case.slug: case for case in (item.case, *(other.case for other in links.agrees))}
    return tuple(cases.values())
