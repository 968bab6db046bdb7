"""A need and an offer as one customer had them: a row of the lists, and an entry of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.knowledge.gaps import HeardNeed, HeardOffer
from generator.pages.library import Library
from generator.pages.listing import Marks
from generator.pages.quotes import Quote, said_in_case

ADDRESS = "gaps/"
ROOT = "../"
"""What leads from the page to the site's root."""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer that nobody wanted."""

    heard: HeardOffer
    by: str
    href: str
    case_href: str
    quote: Quote | None
    place: int
    marks: Marks


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as one customer had it."""

    heard: HeardNeed
    shared: str
    """Name of the shared need; empty when it is mapped to none."""
    who: str
    """Who meets it."""
    href: str
    case_href: str
    quote: Quote | None
    place: int
    marks: Marks


def need_row(
    library: Library, item: HeardNeed, root: str, places: Mapping[str, int], marks: Marks | None = None
) -> NeedRow:
    """The row of a need; `places` says where its case stands in the file of slices."""
    need = item.zoned.need
    names = [library.words.say("We")] if item.zoned.ours else []
    names += [library.competitor(rival).name for rival in item.rivals]
    return NeedRow(
        heard=item,
        shared=library.shared_need(need.shared).name if need.shared else "",
        who=library.words.say(", ").join(names) or library.words.say("Nobody"),
        href=root + item.address,
        case_href=f"{root}cases/{item.case.slug}/",
        quote=said_in_case(library, item.case, need.evidence, root),
        place=places.get(item.case.slug, 0),
        marks=marks or {},
    )


def offer_row(
    library: Library, item: HeardOffer, root: str, places: Mapping[str, int], marks: Marks | None = None
) -> OfferRow:
    """The row of an offer; `places` says where its case stands in the file of slices."""
    competitor = item.unwanted.competitor
    return OfferRow(
        heard=item,
        by=library.words.say("We") if competitor is None else library.competitor(competitor).name,
        href=root + item.address,
        case_href=f"{root}cases/{item.case.slug}/",
        quote=said_in_case(library, item.case, item.unwanted.offer.evidence, root),
        place=places.get(item.case.slug, 0),
        marks=marks or {},
    )
