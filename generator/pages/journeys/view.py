"""The page itself: the median journey over the map of all steps, and what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.journeys import CaseJourney, PhaseFeeling
from generator.knowledge.measures import Trend
from generator.model.journey import JourneyStep
from generator.model.vocabulary import Phase
from generator.pages.drawings.icons import face_shapes
from generator.pages.drawings.journeys import NARROW, WIDE, Point, median_curve, nearest
from generator.pages.environment import Words, environment
from generator.pages.journeys.falls import FallView, TouchpointView, fall_view, falls_by_phase, touchpoint_views
from generator.pages.journeys.measures import PhaseView, phase_views, trends
from generator.pages.journeys.told import ADDRESS, Count, Told, signed
from generator.pages.library import Library
from generator.pages.listing import Leaf, leaves
from generator.pages.page import Heading, Page
from generator.publication import PublicCase

CASES_ON_A_PAGE = 50
"""In the map; a row takes two to three kilobytes of HTML."""
FALLS_SHOWN = 10


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


def map_pages(library: Library, told: Told) -> Iterator[Page]:
    """The page, and further pages of its map."""
    words = library.words
    template = environment(library.texts).get_template("journeys.html.j2")
    medians = tuple(_median_cell(library, feeling) for feeling in told.feelings)
    label = words.say("Median feeling in each phase, with the middle half of the cases")
    by_phase = falls_by_phase(library, told)
    after = trends(words, told)
    taken = Count("", sum(item.comparison is not None for item in told.measures), "measures/?kind=measure")
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
            falls=tuple(fall_view(library, told, fall, root) for fall in told.falls[:FALLS_SHOWN]) if first else (),
            falls_count=len(told.falls),
            falls_by_phase=by_phase,
            touchpoints=touchpoint_views(library, told) if first else (),
            phases=phase_views(library, told) if first else (),
            trends=after,
            taken=taken,
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
