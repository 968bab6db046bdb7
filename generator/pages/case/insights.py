"""The insights of a case and what changed because of them, as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.knowledge.actions import ActionRow, case_actions
from generator.knowledge.links import InsightLinks, LinkedInsight
from generator.model.casebook import Challenge, Department, Term
from generator.model.insight import Insight
from generator.model.vocabulary import InsightState
from generator.pages.library import Library
from generator.pages.quotes import Quote, quotes
from generator.publication import PublicCase

FALLEN = frozenset({InsightState.REFUTED, InsightState.SUPERSEDED})
"""States of claims that must never be read as true."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """One row of the actions' table."""

    row: ActionRow
    department: Department


@dataclass(frozen=True, slots=True)
class Voice:
    """Another insight that says something about this one."""

    insight: Insight
    language: str
    case_title: str
    href: str

    @property
    def fallen(self) -> bool:
        """True when nobody holds to it any more."""
        return self.insight.state in FALLEN


@dataclass(frozen=True, slots=True)
class InsightView:
    """The view behind `case/insights.html.j2`, one for each insight."""

    insight: Insight
    evidence: tuple[Quote, ...]
    against: tuple[Quote, ...]
    departments: tuple[Department, ...]
    tags: tuple[Term, ...]
    challenges: tuple[Challenge, ...]
    actions: tuple[ActionView, ...]
    voices: tuple[tuple[str, tuple[Voice, ...]], ...]
    """Relation (`contradicts`, `agrees`, `replaced_by` or `replaces`) -> the insights that stand in it."""
    has_ended_links: bool
    """Whether it quoted or led to a case that is no longer available."""

    @property
    def fallen(self) -> bool:
        """True when nobody holds to it any more."""
        return self.insight.state in FALLEN


@dataclass(frozen=True, slots=True)
class DepartmentDoor:
    """How many insights of the page a department should know, and the first of them."""

    department: Department
    count: int
    href: str


def insight_views(library: Library, case: PublicCase, root: str) -> tuple[InsightView, ...]:
    """The insights in the order of the file."""
    actions: dict[str, list[ActionView]] = {}
    for view in action_views(library, case):
        actions.setdefault(view.row.insight.id, []).append(view)
    return tuple(
        InsightView(
            insight=insight,
            evidence=quotes(library, case, insight.evidence, page_of=case, root=root),
            against=quotes(library, case, insight.against, page_of=case, root=root),
            departments=tuple(map(library.department, insight.departments)),
            tags=tuple(map(library.tag, insight.tags)),
            challenges=tuple(map(library.challenge, insight.challenges)),
            actions=tuple(actions.get(insight.id, ())),
            voices=_voices(library.insight_links.get(f"{case.slug}#{insight.id}", InsightLinks()), case, root),
            has_ended_links=f"insight-{insight.id}" in case.ended_links,
        )
        for insight in case.insights
    )


def action_views(library: Library, case: PublicCase) -> tuple[ActionView, ...]:
    """The actions in the order of the file."""
    return tuple(
        ActionView(row, library.department(row.action.department))
        for row in case_actions(case, library.corpus.built_on)
    )


def department_doors(library: Library, case: PublicCase) -> tuple[DepartmentDoor, ...]:
    """One door for each department that an insight of the case concerns, in the casebook's order."""
    doors = []
    for department in library.corpus.casebook.departments:
        concerned = [insight for insight in case.insights if department.id in insight.departments]
        if concerned:
            doors.append(DepartmentDoor(department, len(concerned), f"#insight-{concerned[0].id}"))
    return tuple(doors)


def _voices(links: InsightLinks, case: PublicCase, root: str) -> tuple[tuple[str, tuple[Voice, ...]], ...]:
    related: Mapping[str, tuple[LinkedInsight, ...]] = {
        "contradicts": links.contradicts,
        "agrees": links.agrees,
        "replaced_by": (links.replaced_by,) if links.replaced_by is not None else (),
        "replaces": links.replaces,
    }
    return tuple(
        (
            relation,
            tuple(
                Voice(item.insight, item.case.language, item.case.facts.title, _href(item, case, root))
                for item in items
            ),
        )
        for relation, items in related.items()
        if items
    )


def _href(item: LinkedInsight, case: PublicCase, root: str) -> str:
    return f"#insight-{item.insight.id}" if item.case.slug == case.slug else root + item.address
