"""Issues and measures: what came after them, by phase, and the list at `journeys/measures/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from generator.knowledge.journeys import FoundIssue
from generator.knowledge.measures import TakenMeasure, Trend
from generator.model.casebook import Challenge, Department
from generator.model.vocabulary import ActionState, Phase
from generator.pages.cases import case_facets
from generator.pages.environment import Words, environment
from generator.pages.facets import department_facet
from generator.pages.journeys.told import ADDRESS, ROOT, Count, Told, crumbs, phase_facet, signed
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Page, SiteFile

MEASURES_ADDRESS = f"{ADDRESS}measures/"
ISSUES_SHOWN = 5
MEASURES_SHOWN = 5
"""In each phase, the newest."""
ROWS_ON_A_PAGE = 200
"""An issue or a measure takes one."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue with its case."""

    is_issue: ClassVar[bool] = True

    found: FoundIssue
    phase: str
    href: str
    case_href: str
    challenge: Challenge | None
    marks: Marks


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, who takes it, and what came after it."""

    is_issue: ClassVar[bool] = False

    taken: TakenMeasure
    phase: str
    href: str
    case_href: str
    department: Department | None
    trend: str
    """In words, with how many cases stand behind it; empty while the measure is only planned."""
    marks: Marks


@dataclass(frozen=True, slots=True)
class PhaseView:
    """What went wrong in a phase, and what we do about it."""

    phase: Phase
    name: str
    issues: tuple[IssueRow, ...]
    issues_count: Count
    measures: tuple[MeasureRow, ...]
    measures_count: Count
    who: tuple[tuple[Department, Count], ...]
    """Departments with the number of their measures, most first."""


@dataclass(frozen=True, slots=True)
class MeasuresView:
    """The view behind `journeys_measures.html.j2`."""

    leaf: Leaf[tuple[FoundIssue | TakenMeasure, Marks]]
    rows: tuple[IssueRow | MeasureRow, ...]
    total: int
    facets: tuple[Facet, ...]


def trend_words(words: Words) -> Mapping[Trend, str]:
    """What came after a measure, in a word."""
    return {
        Trend.BETTER: words.say("Better afterwards"),
        Trend.SAME: words.say("No different"),
        Trend.WORSE: words.say("Worse afterwards"),
        Trend.NOT_YET: words.say("No later case yet"),
    }


def phase_views(library: Library, told: Told) -> tuple[PhaseView, ...]:
    """Issues and measures of each phase, the newest of them."""
    views = []
    for phase in Phase:
        found = [item for item in told.issues if item.step.phase is phase]
        taken = [item for item in told.measures if item.step.phase is phase]
        who = Counter(item.measure.department for item in taken if item.measure.department)
        base = f"measures/?phase={phase.value}"
        views.append(
            PhaseView(
                phase=phase,
                name=library.phase(phase),
                issues=tuple(_issue_row(library, item, ROOT) for item in found[:ISSUES_SHOWN]),
                issues_count=Count(library.words.say("Issues"), len(found), f"{base}&kind=issue"),
                measures=tuple(_measure_row(library, item, ROOT) for item in taken[:MEASURES_SHOWN]),
                measures_count=Count(library.words.say("Measures"), len(taken), f"{base}&kind=measure"),
                who=tuple(
                    (library.department(identifier), Count("", count, f"{base}&kind=measure&department={identifier}"))
                    for identifier, count in who.most_common()
                ),
            )
        )
    return tuple(views)


def trends(words: Words, told: Told) -> tuple[tuple[Trend, Count], ...]:
    """How many measures were followed by what."""
    counts = Counter(item.comparison.trend for item in told.measures if item.comparison is not None)
    names = trend_words(words)
    return tuple((trend, Count(names[trend], counts[trend], f"measures/?trend={trend.value}")) for trend in Trend)


def _issue_row(library: Library, found: FoundIssue, root: str, marks: Marks | None = None) -> IssueRow:
    return IssueRow(
        found=found,
        phase=library.phase(found.step.phase),
        href=root + found.address,
        case_href=f"{root}cases/{found.case.slug}/",
        challenge=library.challenge(found.issue.challenge) if found.issue.challenge else None,
        marks=marks or {},
    )


def _measure_row(library: Library, taken: TakenMeasure, root: str, marks: Marks | None = None) -> MeasureRow:
    return MeasureRow(
        taken=taken,
        phase=library.phase(taken.step.phase),
        href=root + taken.address,
        case_href=f"{root}cases/{taken.case.slug}/",
        department=library.department(taken.measure.department) if taken.measure.department else None,
        trend=_trend(library.words, taken),
        marks=marks or {},
    )


def _trend(words: Words, taken: TakenMeasure) -> str:
    found = taken.comparison
    if found is None:
        return ""
    if found.after is None:
        return words.say("No comparable case has come since")
    return words.say(
        "From {before} in {before_cases} cases to {after} in {after_cases}",
        before=signed(words, found.before),
        before_cases=found.before_cases,
        after=signed(words, found.after),
        after_cases=found.after_cases,
    )


def measures_pages(library: Library, told: Told) -> Iterator[Page | SiteFile]:
    """The list of all issues and measures, with its file of marks."""
    words = library.words
    items: list[tuple[FoundIssue | TakenMeasure, Marks]] = [
        (found, {"kind": ("issue",), "phase": (found.step.phase.value,), **told.marks[found.case.slug]})
        for found in told.issues
    ]
    for taken in told.measures:
        by = taken.measure.department
        marks = {
            "kind": ("measure",),
            "phase": (taken.step.phase.value,),
            "department": (by,) if by else (),
            "state": (taken.measure.state.value,),
            "trend": (taken.comparison.trend.value,) if taken.comparison else (),
            **told.marks[taken.case.slug],
        }
        items.append((taken, marks))
    all_marks = [carried for _, carried in items]
    kinds = [("issue", words.say("Issues")), ("measure", words.say("Measures"))]
    facets = tuple(
        item
        for item in (
            facet("kind", words.say("Kind"), kinds, all_marks),
            phase_facet(library, all_marks),
            department_facet(words, library.corpus.casebook.departments, all_marks),
            facet("state", words.say("State"), [(word.value, words.label(word)) for word in ActionState], all_marks),
            facet(
                "trend",
                words.say("What came after"),
                [(trend.value, text) for trend, text in trend_words(words).items()],
                all_marks,
            ),
            *case_facets(library, all_marks),
        )
        if item.options
    )
    kept = marks_file(MEASURES_ADDRESS, facets, all_marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template("journeys_measures.html.j2")
    for leaf in leaves(items, MEASURES_ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(
            _issue_row(library, item, root, leaf.on_row(carried))
            if isinstance(item, FoundIssue)
            else _measure_row(library, item, root, leaf.on_row(carried))
            for item, carried in leaf.items
        )
        yield Page(
            address=leaf.address,
            title=words.say("Issues and measures"),
            body=template.render(v=MeasuresView(leaf, rows, len(items), facets)),
            kind="journeys",
            description=words.say("What went wrong for us on the way, and what we do about it."),
            crumbs=crumbs(words, leaf.number, (words.say("Issues and measures"), MEASURES_ADDRESS)),
        )
