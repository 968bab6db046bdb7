"""Value gaps at `gaps/`: what customers need, who meets it, and so what to defend, to win, to open up, to stop doing.

The page shows all cases. Scripts compute the same for some of them (`?product=tf14&year=2025`) from the file of slices
beside it. Behind every figure stand the needs that it counts, in the list at `gaps/needs/`; offers that nobody wanted
are listed at `gaps/offers/`.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.gaps import WANTED_ZONES, Gaps, HeardNeed, HeardOffer, SharedNeed, gaps
from generator.model.vocabulary import Zone
from generator.pages.cases import case_facets, case_marks
from generator.pages.drawings.gaps import NARROW, WIDE, Column, Mark, needs_plot
from generator.pages.drawings.value_map import ZONE_MEANINGS
from generator.pages.environment import Words, environment
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.quotes import Quote, said_in_case
from generator.publication import PublicCase

ADDRESS = "gaps/"
NEEDS_ADDRESS = f"{ADDRESS}needs/"
OFFERS_ADDRESS = f"{ADDRESS}offers/"
SLICES = f"{ADDRESS}slices.json"
ROOT = "../"
SLICED_BY = ("product", "competitor", "segment", "year")
UNMAPPED = "-"
"""Stands for a shared need where there is none; no identifier looks like it."""
DRAWN = 24
"""Needs in the drawing, the heaviest; the table names all."""
OFFERS_SHOWN = 24
UNMAPPED_SHOWN = 12
QUOTES_IN_ALL = 120
"""Shared out over the needs: each shows one, and keeps up to three more for those who look at some of the cases."""
ROWS_ON_A_PAGE = 120
"""A row with its quote takes about one and a half kilobytes of HTML."""


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


def gaps_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page, its slices, and the lists behind its figures."""
    found = gaps(library.corpus)
    mapped_cases = {case.slug: case for case in (*found.cases, *(item.case for item in found.unwanted))}
    cases = tuple(case for case in library.corpus.cases if case.slug in mapped_cases)
    facets = tuple(
        item for item in case_facets(library, [case_marks(case) for case in cases]) if item.name in SLICED_BY
    )
    slices = _slices_file(library, found, cases, facets)
    yield slices
    yield _main_page(library, found, cases, facets, slices)
    yield from _needs_pages(library, found)
    yield from _offers_pages(library, found)


def rounded(value: float) -> float:
    """To one decimal, halves upwards, as `scripts/gaps.js` does."""
    return math.floor(value * 10 + 0.5) / 10


def _main_page(
    library: Library, found: Gaps, cases: Sequence[PublicCase], facets: tuple[Facet, ...], slices: SiteFile
) -> Page:
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
        ours_unwanted=tuple(_offer_row(library, item, ROOT, places) for item in ours[:OFFERS_SHOWN]),
        theirs_unwanted=tuple(_offer_row(library, item, ROOT, places) for item in theirs[:OFFERS_SHOWN]),
        ours_unwanted_count=len(ours),
        theirs_unwanted_count=len(theirs),
        unmapped=tuple(_need_row(library, item, ROOT, places) for item in found.unmapped[:UNMAPPED_SHOWN]),
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


def _slices_file(library: Library, found: Gaps, cases: Sequence[PublicCase], facets: Sequence[Facet]) -> SiteFile:
    """What scripts need to compute the page for some of the cases.

    A case is `[marks, needs, unwanted of ours, of theirs]`: its marks are places in `values`, one list a facet; its
    needs are `[shared need, weight, zone, competitors]` by their places in the page's table, in `WANTED_ZONES` and in
    `rivals`, with -1 for a need that is mapped to none.
    """
    numbers = {need.id: place for place, need in enumerate(found.needs)}
    rivals = list(dict.fromkeys(rival for item in found.heard for rival in item.rivals))
    values = [[option.value for option in item.options] for item in facets]
    needs: dict[str, list[list[object]]] = {case.slug: [] for case in cases}
    unwanted = {case.slug: [0, 0] for case in cases}
    for item in found.heard:
        shared = item.zoned.need.shared
        place = -1 if shared is None else numbers[shared]
        theirs = [rivals.index(rival) for rival in item.rivals] if item.zone is Zone.THEIRS_ALONE else []
        needs[item.case.slug].append([place, item.weight, WANTED_ZONES.index(item.zone), theirs])
    for offer in found.unwanted:
        unwanted[offer.case.slug][offer.unwanted.competitor is not None] += 1
    content = {
        "names": [item.name for item in facets],
        "values": values,
        # Competitors are told by how often they win, and of equal ones by their identifiers.
        "rivals": [[identifier, library.competitor(identifier).name] for identifier in rivals],
        "cases": [
            [
                [
                    [known.index(value) for value in marks.get(item.name, ()) if value in known]
                    for item, known in zip(facets, values, strict=True)
                ],
                needs[case.slug],
                *unwanted[case.slug],
            ]
            for case in cases
            for marks in (case_marks(case),)
        ],
    }
    return SiteFile(SLICES, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _sliced(case: PublicCase) -> Marks:
    marks = case_marks(case)
    return {name: marks[name] for name in SLICED_BY}


def _needs_pages(library: Library, found: Gaps) -> Iterator[Page | SiteFile]:
    words = library.words
    marks = [
        {"need": (item.zoned.need.shared or UNMAPPED,), "zone": (item.zone.value,), **_sliced(item.case)}
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
        rows = tuple(_need_row(library, item, root, {}, by_place[id(item)]) for item in leaf.items)
        yield Page(
            address=leaf.address,
            title=words.say("Needs, one by one"),
            body=template.render(v=NeedsView(leaf, rows, len(found.heard), facets)),
            kind="gaps",
            description=words.say("Every need of every customer, with who meets it and in whose words."),
            crumbs=_crumbs(words, leaf.number, (words.say("Needs, one by one"), NEEDS_ADDRESS)),
        )


def _offers_pages(library: Library, found: Gaps) -> Iterator[Page | SiteFile]:
    words = library.words
    rivals = list(dict.fromkeys(item.unwanted.competitor for item in found.unwanted if item.unwanted.competitor))
    marks = [{"by": (item.unwanted.competitor or "we",), **_sliced(item.case)} for item in found.unwanted]
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
        rows = tuple(_offer_row(library, item, root, {}, by_place[id(item)]) for item in leaf.items)
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


def _need_row(
    library: Library, item: HeardNeed, root: str, places: Mapping[str, int], marks: Marks | None = None
) -> NeedRow:
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


def _offer_row(
    library: Library, item: HeardOffer, root: str, places: Mapping[str, int], marks: Marks | None = None
) -> OfferRow:
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
