"""The lists behind the figures: every need at `gaps/needs/`, every unwanted offer at `gaps/offers/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.knowledge.gaps import WANTED_ZONES, Gaps
from generator.pages.cases import case_facets
from generator.pages.environment import Words, environment
from generator.pages.gaps.rows import ADDRESS, need_row, offer_row
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Page, SiteFile

NEEDS_ADDRESS = f"{ADDRESS}needs/"
OFFERS_ADDRESS = f"{ADDRESS}offers/"
UNMAPPED = "-"
"""Stands for a shared need where there is none; no identifier looks like it."""
ROWS_ON_A_PAGE = 160
"""A row with its quote takes about one and a half kilobytes of HTML."""


Heard = TypeVar("Heard")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ListView(Generic[Heard, Row]):
    """The view behind `gaps_needs.html.j2`, of needs, and `gaps_offers.html.j2`, of offers."""

    leaf: Leaf[tuple[Heard, Marks]]
    rows: tuple[Row, ...]
    total: int
    facets: tuple[Facet, ...]


def needs_pages(library: Library, found: Gaps, by_case: Mapping[str, Marks]) -> Iterator[Page | SiteFile]:
    """The list of all needs, with its file of marks; `by_case` are those of the cases."""
    words = library.words
    marks = [
        {"need": (item.zoned.need.shared or UNMAPPED,), "zone": (item.zone.value,), **by_case[item.case.slug]}
        for item in found.heard
    ]
    shared = [(need.id, library.shared_need(need.id).name) for need in found.needs]
    frame = _Frame(
        address=NEEDS_ADDRESS,
        title=words.say("Needs, one by one"),
        description=words.say("Every need of every customer, with who meets it and in whose words."),
        template="gaps_needs.html.j2",
        facets=(
            facet("need", words.say("Shared need"), [*shared, (UNMAPPED, words.say("Not mapped yet"))], marks),
            facet("zone", words.say("Zone"), [(zone.value, words.label(zone)) for zone in WANTED_ZONES], marks),
            *case_facets(library, marks),
        ),
    )
    yield from _list_pages(library, frame, found.heard, marks, need_row)


def offers_pages(library: Library, found: Gaps, by_case: Mapping[str, Marks]) -> Iterator[Page | SiteFile]:
    """The list of all offers that nobody wanted, with its file of marks; `by_case` are those of the cases."""
    words = library.words
    rivals = list(dict.fromkeys(item.unwanted.competitor for item in found.unwanted if item.unwanted.competitor))
    marks = [{"by": (item.unwanted.competitor or "we",), **by_case[item.case.slug]} for item in found.unwanted]
    makers = [("we", words.say("We")), *((rival, library.competitor(rival).name) for rival in rivals)]
    frame = _Frame(
        address=OFFERS_ADDRESS,
        title=words.say("Offers that nobody wanted"),
        description=words.say("What was offered to a customer and met none of the needs."),
        template="gaps_offers.html.j2",
        facets=(facet("by", words.say("Offered by"), makers, marks), *case_facets(library, marks)),
    )
    yield from _list_pages(library, frame, found.unwanted, marks, offer_row)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What tells one list from the other, apart from its rows."""

    address: str
    title: str
    description: str
    template: str
    facets: tuple[Facet, ...]
    """Those without options are left out."""


def _list_pages(
    library: Library,
    frame: _Frame,
    heard: Sequence[Heard],
    marks: Sequence[Marks],
    row: Callable[[Library, Heard, str, Mapping[str, int], Marks], Row],
) -> Iterator[Page | SiteFile]:
    facets = tuple(item for item in frame.facets if item.options)
    kept = marks_file(frame.address, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template(frame.template)
    for leaf in leaves(tuple(zip(heard, marks, strict=True)), frame.address, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(row(library, item, root, {}, leaf.on_row(its_marks)) for item, its_marks in leaf.items)
        yield Page(
            address=leaf.address,
            title=frame.title,
            body=template.render(v=ListView(leaf, rows, len(heard), facets)),
            kind="gaps",
            description=frame.description,
            crumbs=_crumbs(library.words, leaf.number, (frame.title, frame.address)),
        )


def _crumbs(words: Words, number: int, this: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    above = (words.say("Value gaps"), ADDRESS)
    return (above, this) if number > 1 else (above,)
