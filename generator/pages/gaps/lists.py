"""The lists behind the figures: every need at `gaps/needs/`, every unwanted offer at `gaps/offers/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.knowledge.gaps import WANTED_ZONES, Gaps, HeardNeed, HeardOffer
from generator.pages.cases import case_facets
from generator.pages.environment import Words, environment
from generator.pages.gaps.rows import ADDRESS, NeedRow, OfferRow, need_row, offer_row
from generator.pages.gaps.slices import sliced_marks
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, facet, leaves, marks_file
from generator.pages.page import Page, SiteFile

NEEDS_ADDRESS = f"{ADDRESS}needs/"
OFFERS_ADDRESS = f"{ADDRESS}offers/"
UNMAPPED = "-"
"""Stands for a shared need where there is none; no identifier looks like it."""
ROWS_ON_A_PAGE = 120
"""A row with its quote takes about one and a half kilobytes of HTML."""


@dataclass(frozen=True, slots=True)
class NeedsView:
    """The view behind `gaps_needs.html.j2`."""

    leaf: Leaf[HeardNeed]
    rows: tuple[NeedRow, ...]
    total: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class OffersView:
    """The view behind `gaps_offers.html.j2`."""

    leaf: Leaf[HeardOffer]
    rows: tuple[OfferRow, ...]
    total: int
    facets: tuple[Facet, ...]


def needs_pages(library: Library, found: Gaps) -> Iterator[Page | SiteFile]:
    """The list of all needs, with its file of marks."""
    words = library.words
    marks = [
        {"need": (item.zoned.need.shared or UNMAPPED,), "zone": (item.zone.value,), **sliced_marks(item.case)}
        for item in found.heard
    ]
    shared = [(need.id, library.shared_need(need.id).name) for need in found.needs]
    facets = tuple(
        item
        for item in (
            facet("need", words.say("Shared need"), [*shared, (UNMAPPED, words.say("Not mapped yet"))], marks),
            facet("zone", words.say("Zone"), [(zone.value, words.label(zone)) for zone in WANTED_ZONES], marks),
            *case_facets(library, marks),
        )
        if item.options
    )
    kept = marks_file(NEEDS_ADDRESS, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    by_place = dict(zip(map(id, found.heard), marks, strict=True))
    template = environment(library.texts).get_template("gaps_needs.html.j2")
    for leaf in leaves(found.heard, NEEDS_ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(need_row(library, item, root, {}, by_place[id(item)]) for item in leaf.items)
        yield Page(
            address=leaf.address,
            title=words.say("Needs, one by one"),
            body=template.render(v=NeedsView(leaf, rows, len(found.heard), facets)),
            kind="gaps",
            description=words.say("Every need of every customer, with who meets it and in whose words."),
            crumbs=_crumbs(words, leaf.number, (words.say("Needs, one by one"), NEEDS_ADDRESS)),
        )


def offers_pages(library: Library, found: Gaps) -> Iterator[Page | SiteFile]:
    """The list of all offers that nobody wanted, with its file of marks."""
    words = library.words
    rivals = list(dict.fromkeys(item.unwanted.competitor for item in found.unwanted if item.unwanted.competitor))
    marks = [{"by": (item.unwanted.competitor or "we",), **sliced_marks(item.case)} for item in found.unwanted]
    makers = [("we", words.say("We")), *((rival, library.competitor(rival).name) for rival in rivals)]
    facets = tuple(
        item
        for item in (facet("by", words.say("Offered by"), makers, marks), *case_facets(library, marks))
        if item.options
    )
    kept = marks_file(OFFERS_ADDRESS, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    by_place = dict(zip(map(id, found.unwanted), marks, strict=True))
    template = environment(library.texts).get_template("gaps_offers.html.j2")
    for leaf in leaves(found.unwanted, OFFERS_ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(offer_row(library, item, root, {}, by_place[id(item)]) for item in leaf.items)
        yield Page(
            address=leaf.address,
            title=words.say("Offers that nobody wanted"),
            body=template.render(v=OffersView(leaf, rows, len(found.unwanted), facets)),
            kind="gaps",
            description=words.say("What was offered to a customer and met none of the needs."),
            crumbs=_crumbs(words, leaf.number, (words.say("Offers that nobody wanted"), OFFERS_ADDRESS)),
        )


def _crumbs(words: Words, number: int, this: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    above = (words.say("Value gaps"), ADDRESS)
    return (above, this) if number > 1 else (above,)
