"""Journeys across cases at `journeys/`: how each phase feels, where feelings fall, and what came after our measures.

The map of all steps has pages of its own when there are many cases; the row of medians is always over all of them. All
falls stand at `journeys/falls/`, all issues and measures at `journeys/measures/`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from statistics import median

from markupsafe import Markup

from generator.knowledge.journeys import (
    CaseJourney,
    Fall,
    FoundIssue,
    PhaseFeeling,
    TakenMeasure,
    Touchpoint,
    Trend,
    falls,
    issues,
    journeys,
    measures,
    phase_feelings,
    touchpoint_key,
    touchpoints,
)
from generator.model.casebook import Challenge, Department
from generator.model.journey import JourneyStep
from generator.model.vocabulary import ActionState, Phase
from generator.pages.cases import case_facets, case_marks
from generator.pages.drawings.icons import face_shapes
from generator.pages.drawings.journeys import NARROW, WIDE, Point, median_curve, nearest
from generator.pages.environment import Words, environment
from generator.pages.facets import department_facet
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.quotes import Quote, said_in_case
from generator.publication import PublicCase

ADDRESS = "journeys/"
FALLS_ADDRESS = f"{ADDRESS}falls/"
MEASURES_ADDRESS = f"{ADDRESS}measures/"
ROOT = "../"
CASES_ON_A_PAGE = 50
"""In the map; a row takes two to three kilobytes of HTML."""
FALLS_SHOWN = 10
TOUCHPOINTS_SHOWN = 10
VISITS_SHOWN = 8
PLACES_SHOWN = 3
"""Of the same touchpoint in other cases, beside a fall."""
ISSUES_SHOWN = 5
MEASURES_SHOWN = 5
"""In each phase, the newest."""
FALLS_ON_A_PAGE = 80
"""A fall with its faces and words takes over two kilobytes of HTML."""
ROWS_ON_A_PAGE = 150
"""An issue or a measure takes one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A phase of one case in the map."""

    level: int | None
    """The median feeling, to the nearest whole; None where the journey has no step."""
    steps: tuple[JourneyStep, ...]


@dataclass(frozen=True, slots=True)
class MapRow:
    """A case in the map."""

    case: PublicCase
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MedianCell:
    """A phase over all cases."""

    name: str
    feeling: PhaseFeeling
    level: int | None
    figure: str


@dataclass(frozen=True, slots=True)
class Place:
    """The same touchpoint in another case."""

    case: PublicCase
    href: str
    step: JourneyStep


@dataclass(frozen=True, slots=True)
class FallView:
    """A step at which the feeling fell."""

    fall: Fall
    phase: str
    href: str
    case_href: str
    quote: Quote | None
    elsewhere: tuple[Place, ...]
    """Steps of other cases at one of its touchpoints."""
    marks: Marks


@dataclass(frozen=True, slots=True)
class TouchpointView:
    """A touchpoint of several cases."""

    name: str
    cases: int
    figure: str
    level: int
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue with its case."""

    found: FoundIssue
    phase: str
    href: str
    case_href: str
    challenge: Challenge | None
    marks: Marks


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, who takes it, and what came after it."""

    taken: TakenMeasure
    phase: str
    href: str
    case_href: str
    department: Department | None
    trend: str
    """In words, with how many cases stand behind it; empty while the measure is only planned."""
    marks: Marks


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that leads to what it counts."""

    label: str
    count: int
    href: str


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
class JourneysView:
    """The view behind `journeys.html.j2`."""

    leaf: Leaf[CaseJourney]
    above: str
    """What leads to the first page."""
    total: int
    drawing: Markup
    small_drawing: Markup
    medians: tuple[MedianCell, ...]
    rows: tuple[MapRow, ...]
    falls: tuple[FallView, ...]
    falls_count: int
    falls_by_phase: tuple[Count, ...]
    touchpoints: tuple[TouchpointView, ...]
    phases: tuple[PhaseView, ...]
    trends: tuple[tuple[Trend, Count], ...]
    """Measures that were taken, by what came after them."""
    taken: Count

    @staticmethod
    def face_shapes(level: int) -> Markup:
        """The strokes of a face: drawn once on the page, and shown by reference a thousand times."""
        return Markup(face_shapes(level))  # noqa: S704 - constants of the icons


@dataclass(frozen=True, slots=True)
class FallsView:
    """The view behind `journeys_falls.html.j2`."""

    leaf: Leaf[tuple[Fall, Marks]]
    rows: tuple[FallView, ...]
    total: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class MeasuresView:
    """The view behind `journeys_measures.html.j2`."""

    leaf: Leaf[tuple[FoundIssue | TakenMeasure, Marks]]
    rows: tuple[IssueRow | MeasureRow, ...]
    total: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """All that the pages are made of, computed once."""

    journeys: tuple[CaseJourney, ...]
    feelings: tuple[PhaseFeeling, ...]
    falls: tuple[Fall, ...]
    touchpoints: Mapping[str, Touchpoint]
    issues: tuple[FoundIssue, ...]
    measures: tuple[TakenMeasure, ...]


def journeys_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page, further pages of its map, and the lists behind its figures."""
    told = journeys(library.corpus)
    all_told = _Told(told, phase_feelings(told), falls(told), touchpoints(told), tuple(issues(told)), measures(told))
    yield from _map_pages(library, all_told)
    yield from _falls_pages(library, all_told)
    yield from _measures_pages(library, all_told)


def signed(words: Words, feeling: float) -> str:
    """A feeling with its sign: +1.5, −2, 0."""
    return "0" if feeling == 0 else f"{'+' if feeling > 0 else '−'}{words.number(abs(feeling))}"


def trend_words(words: Words) -> Mapping[Trend, str]:
    """What came after a measure, in a word."""
    return {
        Trend.BETTER: words.say("Better afterwards"),
        Trend.SAME: words.say("No different"),
        Trend.WORSE: words.say("Worse afterwards"),
        Trend.NOT_YET: words.say("No later case yet"),
    }


def _map_pages(library: Library, told: _Told) -> Iterator[Page]:
    words = library.words
    template = environment(library.texts).get_template("journeys.html.j2")
    medians = tuple(_median_cell(library, feeling) for feeling in told.feelings)
    label = words.say("Median feeling in each phase, with the middle half of the cases")
    for leaf in leaves(told.journeys, ADDRESS, CASES_ON_A_PAGE):
        root = "../" * leaf.address.count("/")
        first = leaf.number == 1
        # Issues and measures stand on the first page.
        above = "" if first else "../"
        points = [_point(cell, above) for cell in medians]
        view = JourneysView(
            leaf=leaf,
            above=above,
            total=len(told.journeys),
            drawing=median_curve(points, WIDE, label),
            small_drawing=median_curve(points, NARROW, label),
            medians=medians,
            rows=tuple(_map_row(journey, root) for journey in leaf.items),
            falls=tuple(_fall_view(library, told, fall, root) for fall in told.falls[:FALLS_SHOWN]) if first else (),
            falls_count=len(told.falls),
            falls_by_phase=_falls_by_phase(library, told),
            touchpoints=_touchpoint_views(library, told) if first else (),
            phases=_phase_views(library, told) if first else (),
            trends=_trends(words, told),
            taken=Count("", sum(item.comparison is not None for item in told.measures), "measures/?kind=measure"),
        )
        yield Page(
            address=leaf.address,
            title=words.say("Journeys"),
            body=template.render(v=view),
            kind="journeys",
            description=words.say(
                "How each phase feels over all customers, where feelings fall, and what we did about it."
            ),
            headings=_headings(words, view, first),
            crumbs=((words.say("Journeys"), ADDRESS),) if not first else (),
        )


def _headings(words: Words, view: JourneysView, first: bool) -> tuple[Heading, ...]:
    if not view.total:
        return ()
    shown = (
        (True, "map", words.say("All journeys as one"), 2),
        (first and bool(view.falls), "falls", words.say("Where feelings fall"), 2),
        (bool(view.touchpoints), "touchpoints", words.say("Touchpoints of several customers"), 3),
        (first, "measures", words.say("Our issues and measures"), 2),
        *((first, f"phase-{phase.phase.value}", phase.name, 3) for phase in view.phases),
    )
    return tuple(Heading(identifier, text, level) for is_there, identifier, text, level in shown if is_there)


def _median_cell(library: Library, feeling: PhaseFeeling) -> MedianCell:
    known = feeling.median is not None
    return MedianCell(
        name=library.phase(feeling.phase),
        feeling=feeling,
        level=nearest(feeling.median or 0) if known else None,
        figure=signed(library.words, feeling.median or 0) if known else "–",
    )


def _point(cell: MedianCell, above: str) -> Point:
    feeling = cell.feeling
    return Point(
        name=cell.name,
        href=f"{above}#phase-{feeling.phase.value}",
        median=feeling.median,
        low=feeling.low or 0,
        high=feeling.high or 0,
        figure=cell.figure,
    )


def _map_row(journey: CaseJourney, root: str) -> MapRow:
    cells = []
    for phase in Phase:
        feeling = journey.feeling(phase)
        cells.append(Cell(None if feeling is None else nearest(feeling), journey.steps.get(phase, ())))
    return MapRow(journey.case, f"{root}cases/{journey.case.slug}/", tuple(cells))


def _place(case: PublicCase, step: JourneyStep, root: str) -> Place:
    return Place(case, f"{root}cases/{case.slug}/#step-{step.id}", step)


def _fall_view(library: Library, told: _Told, fall: Fall, root: str, marks: Marks | None = None) -> FallView:
    visits = chain.from_iterable(
        point.visits
        for name in fall.step.touchpoints
        if (point := told.touchpoints.get(touchpoint_key(name))) is not None
    )
    elsewhere = (_place(case, step, root) for case, step in visits if case.slug != fall.case.slug)
    return FallView(
        fall=fall,
        phase=library.phase(fall.step.phase),
        href=root + fall.address,
        case_href=f"{root}cases/{fall.case.slug}/",
        quote=said_in_case(library, fall.case, fall.step.evidence, root),
        elsewhere=tuple(islice(elsewhere, PLACES_SHOWN)),
        marks=marks or {},
    )


def _falls_by_phase(library: Library, told: _Told) -> tuple[Count, ...]:
    counts = Counter(fall.step.phase for fall in told.falls)
    return tuple(
        Count(library.phase(phase), counts[phase], f"falls/?phase={phase.value}") for phase in Phase if counts[phase]
    )


def _touchpoint_views(library: Library, told: _Told) -> tuple[TouchpointView, ...]:
    views = []
    for point in told.touchpoints.values():
        feeling = median(step.feeling for _, step in point.visits)
        views.append((feeling, -len(point.visits), point))
    views.sort(key=lambda view: view[:2])
    return tuple(
        TouchpointView(
            name=point.name,
            cases=len({case.slug for case, _ in point.visits}),
            figure=signed(library.words, feeling),
            level=nearest(feeling),
            places=tuple(_place(case, step, ROOT) for case, step in point.visits[:VISITS_SHOWN]),
            more=max(0, len(point.visits) - VISITS_SHOWN),
        )
        for feeling, _, point in views[:TOUCHPOINTS_SHOWN]
    )


def _phase_views(library: Library, told: _Told) -> tuple[PhaseView, ...]:
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


def _trends(words: Words, told: _Told) -> tuple[tuple[Trend, Count], ...]:
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


def _sliced(case: PublicCase) -> Marks:
    marks = case_marks(case)
    return {name: marks[name] for name in ("product", "segment", "year")}


def _phase_facet(library: Library, marks: Sequence[Marks]) -> Facet:
    return facet("phase", library.words.say("Phase"), [(phase.value, library.phase(phase)) for phase in Phase], marks)


def _falls_pages(library: Library, told: _Told) -> Iterator[Page | SiteFile]:
    words = library.words
    marks: list[Marks] = [
        {"phase": (fall.step.phase.value,), "drop": (str(fall.drop),), **_sliced(fall.case)} for fall in told.falls
    ]
    facets = tuple(
        item
        for item in (
            _phase_facet(library, marks),
            facet("drop", words.say("Fell by"), [(str(drop), f"−{drop}") for drop in (4, 3, 2, 1)], marks),
            *case_facets(library, marks),
        )
        if item.options
    )
    kept = marks_file(FALLS_ADDRESS, facets, marks, FALLS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template("journeys_falls.html.j2")
    for leaf in leaves(list(zip(told.falls, marks, strict=True)), FALLS_ADDRESS, FALLS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(_fall_view(library, told, fall, root, carried) for fall, carried in leaf.items)
        yield Page(
            address=leaf.address,
            title=words.say("Where feelings fall"),
            body=template.render(v=FallsView(leaf, rows, len(marks), facets)),
            kind="journeys",
            description=words.say("Every step at which a customer felt worse than at the one before."),
            crumbs=_crumbs(words, leaf.number, (words.say("Where feelings fall"), FALLS_ADDRESS)),
        )


def _measures_pages(library: Library, told: _Told) -> Iterator[Page | SiteFile]:
    words = library.words
    items: list[tuple[FoundIssue | TakenMeasure, Marks]] = [
        (found, {"kind": ("issue",), "phase": (found.step.phase.value,), **_sliced(found.case)})
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
            **_sliced(taken.case),
        }
        items.append((taken, marks))
    all_marks = [carried for _, carried in items]
    kinds = [("issue", words.say("Issues")), ("measure", words.say("Measures"))]
    facets = tuple(
        item
        for item in (
            facet("kind", words.say("Kind"), kinds, all_marks),
            _phase_facet(library, all_marks),
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
            _issue_row(library, item, root, carried)
            if isinstance(item, FoundIssue)
            else _measure_row(library, item, root, carried)
            for item, carried in leaf.items
        )
        yield Page(
            address=leaf.address,
            title=words.say("Issues and measures"),
            body=template.render(v=MeasuresView(leaf, rows, len(items), facets)),
            kind="journeys",
            description=words.say("What went wrong for us on the way, and what we do about it."),
            crumbs=_crumbs(words, leaf.number, (words.say("Issues and measures"), MEASURES_ADDRESS)),
        )


def _crumbs(words: Words, number: int, this: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    above = (words.say("Journeys"), ADDRESS)
    return (above, this) if number > 1 else (above,)
