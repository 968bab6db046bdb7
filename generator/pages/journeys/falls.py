"""Where feelings fall: steps below the one before, the touchpoints they share, and the list at `journeys/falls/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from statistics import median

from generator.knowledge.journeys import Fall, touchpoint_key
from generator.model.vocabulary import Phase
from generator.pages.cases import case_facets
from generator.pages.drawings.journeys import nearest
from generator.pages.environment import environment
from generator.pages.journeys.told import (
    ADDRESS,
    ROOT,
    Count,
    Place,
    Told,
    crumbs,
    phase_facet,
    place_of,
    signed,
)
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Page, SiteFile
from generator.pages.quotes import Quote, said_in_case

FALLS_ADDRESS = f"{ADDRESS}falls/"
VISITS_SHOWN = 8
PLACES_SHOWN = 3
"""Of the same touchpoint in other cases, beside a fall."""
TOUCHPOINTS_SHOWN = 10
FALLS_ON_A_PAGE = 80
"""A fall with its faces and words takes over two kilobytes of HTML."""


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
class FallsView:
    """The view behind `journeys_falls.html.j2`."""

    leaf: Leaf[tuple[Fall, Marks]]
    rows: tuple[FallView, ...]
    total: int
    facets: tuple[Facet, ...]


def fall_view(library: Library, told: Told, fall: Fall, root: str, marks: Marks | None = None) -> FallView:
    """A fall on a page from which `root` leads to the site's root."""
    visits = chain.from_iterable(
        point.visits
        for name in fall.step.touchpoints
        if (point := told.touchpoints.get(touchpoint_key(name))) is not None
    )
    elsewhere = (place_of(case, step, root) for case, step in visits if case.slug != fall.case.slug)
    return FallView(
        fall=fall,
        phase=library.phase(fall.step.phase),
        href=root + fall.address,
        case_href=f"{root}cases/{fall.case.slug}/",
        quote=said_in_case(library, fall.case, fall.step.evidence, root),
        elsewhere=tuple(islice(elsewhere, PLACES_SHOWN)),
        marks=marks or {},
    )


def falls_by_phase(library: Library, told: Told) -> tuple[Count, ...]:
    """How many falls lie in each phase."""
    counts = Counter(fall.step.phase for fall in told.falls)
    return tuple(
        Count(library.phase(phase), counts[phase], f"falls/?phase={phase.value}") for phase in Phase if counts[phase]
    )


def touchpoint_views(library: Library, told: Told) -> tuple[TouchpointView, ...]:
    """The touchpoints of several customers, those that feel worst first."""
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
            places=tuple(place_of(case, step, ROOT) for case, step in point.visits[:VISITS_SHOWN]),
            more=max(0, len(point.visits) - VISITS_SHOWN),
        )
        for feeling, _, point in views[:TOUCHPOINTS_SHOWN]
    )


def falls_pages(library: Library, told: Told) -> Iterator[Page | SiteFile]:
    """The list of all falls, with its file of marks."""
    words = library.words
    marks: list[Marks] = [
        {"phase": (fall.step.phase.value,), "drop": (str(fall.drop),), **told.marks[fall.case.slug]}
        for fall in told.falls
    ]
    facets = tuple(
        item
        for item in (
            phase_facet(library, marks),
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
        rows = tuple(fall_view(library, told, fall, root, leaf.on_row(carried)) for fall, carried in leaf.items)
        yield Page(
            address=leaf.address,
            title=words.say("Where feelings fall"),
            body=template.render(v=FallsView(leaf, rows, len(marks), facets)),
            kind="journeys",
            description=words.say("Every step at which a customer felt worse than at the one before."),
            crumbs=crumbs(words, leaf.number, (words.say("Where feelings fall"), FALLS_ADDRESS)),
        )
