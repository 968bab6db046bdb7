"""The page itself: the drawing, what follows, the table."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.gaps import WANTED_ZONES, Gaps, SharedNeed
from generator.model.vocabulary import Zone
from generator.pages.drawings.gaps import NARROW, WIDE, Column, Mark, needs_plot
from generator.pages.drawings.value_map import ZONE_MEANINGS
from generator.pages.environment import Words, environment
from generator.pages.gaps.rows import ADDRESS, ROOT, NeedRow, OfferRow, need_row, offer_row
from generator.pages.library import Library
from generator.pages.listing import Facet
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.quotes import Quote, said_in_case
from generator.publication import PublicCase

DRAWN = 24
"""Needs in the drawing, the heaviest; the table names all."""
OFFERS_SHOWN = 24
UNMAPPED_SHOWN = 12
QUOTES_IN_ALL = 120
"""Shared out over the needs: each shows one, and keeps up to three more for those who look at some of the cases."""


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """Words with the place of their case in the file of slices."""

    quote: Quote
    case: int


@dataclass(frozen=True, slots=True)
class ZoneFigure:
    """How often a need lies in a zone."""

    zone: Zone
    count: int
    href: str
    """To the needs that are counted."""


@dataclass(frozen=True, slots=True)
class NeedView:
    """A shared need in the lists and in the table."""

    need: SharedNeed
    number: int
    """By which the drawing names it, from 1."""
    name: str
    href: str
    mean: str
    reason: str
    figures: tuple[ZoneFigure, ...]
    winner: str
    quotes: tuple[PlacedQuote, ...]


@dataclass(frozen=True, slots=True)
class LeadView:
    """The needs in which one zone leads."""

    zone: Zone
    title: str
    meaning: str
    needs: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True)
class GapsView:
    """The view behind `gaps.html.j2`."""

    gaps: Gaps
    drawing: Markup
    small_drawing: Markup
    """For a phone: numbers without names."""
    leads: tuple[LeadView, ...]
    table: tuple[NeedView, ...]
    drawn: int
    ours_unwanted: tuple[OfferRow, ...]
    theirs_unwanted: tuple[OfferRow, ...]
    ours_unwanted_count: int
    theirs_unwanted_count: int
    unmapped: tuple[NeedRow, ...]
    unheard: tuple[str, ...]
    facets: tuple[Facet, ...]
    slices: str
    """Name of the file of slices, with a mark of its content."""


def rounded(value: float) -> float:
    """To one decimal, halves upwards, as `scripts/gaps.js` does."""
    return math.floor(value * 10 + 0.5) / 10


def main_page(
    library: Library, found: Gaps, cases: Sequence[PublicCase], facets: tuple[Facet, ...], slices: SiteFile
) -> Page:
    """The page over all cases; `cases` in the order of the file of slices."""
    words = library.words
    places = {case.slug: place for place, case in enumerate(cases)}
    kept = max(1, min(4, QUOTES_IN_ALL // max(1, len(found.needs))))
    table = tuple(_need_view(library, need, number, places, kept) for number, need in enumerate(found.needs, start=1))
    ours = [item for item in found.unwanted if item.unwanted.competitor is None]
    theirs = [item for item in found.unwanted if item.unwanted.competitor is not None]
    titles = lead_titles(words)
    columns = tuple(
        Column(zone, titles[zone][0], words.label(zone), words.say(ZONE_MEANINGS[zone])) for zone in WANTED_ZONES
    )
    marks = tuple(map(_mark, table[:DRAWN]))
    unwanted = (len(ours), words.say("of our offers that nobody wanted: stop doing"), "#stop")
    labels = (words.say("Needs by weight and by who meets them"), words.say("Weight"))
    view = GapsView(
        gaps=found,
        drawing=needs_plot(marks, columns, unwanted, WIDE, labels),
        small_drawing=needs_plot(
            marks, columns, (len(ours), words.say("offers nobody wanted"), "#stop"), NARROW, labels
        ),
        leads=tuple(
            LeadView(zone, titles[zone][1], titles[zone][2], tuple(view for view in table if view.need.lead is zone))
            for zone in (Zone.OURS_ALONE, Zone.THEIRS_ALONE, Zone.NOBODY, Zone.BOTH)
        ),
        table=table,
        drawn=len(marks),
        ours_unwanted=tuple(offer_row(library, item, ROOT, places) for item in ours[:OFFERS_SHOWN]),
        theirs_unwanted=tuple(offer_row(library, item, ROOT, places) for item in theirs[:OFFERS_SHOWN]),
        ours_unwanted_count=len(ours),
        theirs_unwanted_count=len(theirs),
        unmapped=tuple(need_row(library, item, ROOT, places) for item in found.unmapped[:UNMAPPED_SHOWN]),
        unheard=tuple(library.shared_need(identifier).name for identifier in found.unheard),
        facets=facets,
        slices=f"slices.json?v={hashlib.sha256(slices.content).hexdigest()[:8]}",
    )
    sections = (
        *((f"lead-{lead.zone.value}", lead.title) for lead in view.leads),
        ("stop", words.say("To stop doing")),
        ("table", words.say("All needs as a table")),
        *((("unmapped", words.say("Not mapped yet")),) if view.unmapped else ()),
    )
    return Page(
        address=ADDRESS,
        title=words.say("Value gaps"),
        body=environment(library.texts).get_template("gaps.html.j2").render(v=view),
        kind="gaps",
        description=words.say("What customers need, who meets it, and what follows for us."),
        headings=(
            *((Heading("map", words.say("Who meets what"), 2),) if found.heard else ()),
            *(Heading(identifier, title, 2) for identifier, title in sections if found.heard),
        ),
    )


def lead_titles(words: Words) -> Mapping[Zone, tuple[str, str, str]]:
    """Zone -> what to do there: in a word, as a heading, and what the heading means."""
    return {
        Zone.OURS_ALONE: (
            words.say("Defend"),
            words.say("To defend"),
            words.say("Only we meet these. Say so first, and do not lose them."),
        ),
        Zone.BOTH: (
            words.say("Keep up"),
            words.say("To keep up"),
            words.say("Both meet these. They win nothing, but without them we are out."),
        ),
        Zone.NOBODY: (
            words.say("Open up"),
            words.say("To open up"),
            words.say("Nobody meets these yet. Who comes first has them alone."),
        ),
        Zone.THEIRS_ALONE: (
            words.say("Win"),
            words.say("To win"),
            words.say("Only competitors meet these. This is why we are not chosen."),
        ),
    }


def _need_view(library: Library, need: SharedNeed, number: int, places: Mapping[str, int], kept: int) -> NeedView:
    words = library.words
    # The words of those for whom it weighs most, and of the zone in which it leads, come first.
    lead = need.lead
    best = sorted(need.heard, key=lambda item: (item.zone is not lead, -item.weight))
    said = [
        PlacedQuote(found, places[item.case.slug])
        for item in best[: 2 * kept]
        if (found := said_in_case(library, item.case, item.zoned.need.evidence, ROOT))
    ]
    return NeedView(
        need=need,
        number=number,
        name=library.shared_need(need.id).name,
        href=f"needs/?need={need.id}",
        mean=words.number(rounded(need.mean_weight)),
        reason=_reason(library, need),
        figures=tuple(
            ZoneFigure(zone, len(need.zone(zone)), f"needs/?need={need.id}&zone={zone.value}") for zone in WANTED_ZONES
        ),
        winner=_winner(library, need),
        quotes=tuple(said[:kept]),
    )


def _rivals(library: Library, need: SharedNeed) -> str:
    return library.words.say(", ").join(library.competitor(identifier).name for identifier, _ in need.winners)


def _reason(library: Library, need: SharedNeed) -> str:
    say = library.words.say
    part, whole = len(need.zone(need.lead)), len(need.heard)
    if need.lead is Zone.OURS_ALONE:
        return say("Heard {whole} times; in {part} of them only we meet it.", part=part, whole=whole)
    if need.lead is Zone.THEIRS_ALONE:
        rivals = _rivals(library, need)
        return say(
            "Heard {whole} times; in {part} of them only {rivals} meet it.", part=part, whole=whole, rivals=rivals
        )
    if need.lead is Zone.BOTH:
        return say("Heard {whole} times; in {part} of them both sides meet it.", part=part, whole=whole)
    return say("Heard {whole} times; in {part} of them nobody meets it.", part=part, whole=whole)


def _winner(library: Library, need: SharedNeed) -> str:
    say = library.words.say
    if need.lead is Zone.THEIRS_ALONE:
        return _rivals(library, need)
    return {Zone.OURS_ALONE: say("We"), Zone.BOTH: say("Both"), Zone.NOBODY: say("Nobody")}[need.lead]


def _mark(view: NeedView) -> Mark:
    need = view.need
    weights = need.weights
    return Mark(
        number=view.number,
        name=view.name,
        href=f"#need-{need.id}",
        zone=need.lead,
        weight=need.mean_weight,
        heard=len(need.heard),
        shares={zone: weights.get(zone, 0) / need.total_weight for zone in WANTED_ZONES},
    )
