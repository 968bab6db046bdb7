"""Whom to interview next at `whom-next/`, with the calendar `whom-next/interviews.ics`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.whom_next import (
    Call,
    StaleCase,
    Unheard,
    answered,
    calls,
    stale,
    unheard_cells,
    unheard_competitors,
    unheard_industries,
    unheard_products,
)
from generator.model.casebook import Competitor, Interviews, Product
from generator.model.deals import Deal
from generator.model.vocabulary import DealOutcome, Preference, SegmentKind
from generator.pages.calendar import AllDay, calendar
from generator.pages.cases import CaseRow, case_row
from generator.pages.drawings.time_line import DayMark, time_line
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.segments import whom_next

ADDRESS = "whom-next/"
CALENDAR = f"{ADDRESS}interviews.ics"
ROOT = "../"
CALLS_SHOWN = 60
"""Of those that are due, and of those to come."""
ANSWERED_SHOWN = 10
STALE_SHOWN = 30
FITTING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CallRow:
    """A deal to ask about."""

    call: Call
    id: str
    whom: str
    """The alias, or what is known of the customer without it."""
    is_named: bool
    """`whom` is an alias."""
    industry: str
    products: tuple[Product, ...]
    competitors: tuple[Competitor, ...]
    earlier: CaseRow | None
    """The customer's last interview before the decision."""


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A deal whose customer was interviewed since."""

    whom: str
    case: CaseRow


@dataclass(frozen=True, slots=True)
class GapRow:
    """Something without a voice."""

    name: str
    call: str
    """Whom to look for; empty where the name says it."""
    href: str
    """To where it belongs; empty when there is no such place."""
    fitting: tuple[CallRow, ...]
    """The first closed deals that would fill it."""
    fitting_count: int


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Things of one kind without a voice."""

    id: str
    title: str
    rows: tuple[GapRow, ...]
    complete: str
    """What is said when there is none."""


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A case that may no longer be true."""

    item: StaleCase
    row: CaseRow


@dataclass(frozen=True, slots=True)
class WhomNextView:
    """The view behind `whom_next.html.j2`."""

    language: str
    """In which aliases of deals are written: that of the knowledge base."""
    interviewing: Interviews
    drawing: Markup
    due: tuple[CallRow, ...]
    due_count: int
    coming: tuple[CallRow, ...]
    coming_count: int
    answered: tuple[AnsweredRow, ...]
    answered_count: int
    limited: bool
    """Closed deals are for other readers."""
    has_deals: bool
    example: str
    """Two lines of deals.csv: headings and a row."""
    gaps: tuple[GapGroup, ...]
    stale: tuple[StaleRow, ...]
    stale_count: int
    calendar_href: str


def whom_next_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page and, unless deals are for other readers, the calendar."""
    words, corpus = library.words, library.corpus
    known = calls(corpus)
    rows = {call.deal.uid: call_row(library, call) for call in known}
    due = [rows[call.deal.uid] for call in known if call.is_due]
    coming = [rows[call.deal.uid] for call in known if not call.is_due]
    replied, old = answered(corpus), stale(corpus)
    view = WhomNextView(
        language=corpus.casebook.language,
        interviewing=corpus.casebook.interviewing,
        drawing=_drawing(library, [*due, *coming]),
        due=tuple(due[:CALLS_SHOWN]),
        due_count=len(due),
        coming=tuple(coming[:CALLS_SHOWN]),
        coming_count=len(coming),
        answered=tuple(
            AnsweredRow(deal.alias, case_row(library, case, ROOT)) for deal, case in replied[:ANSWERED_SHOWN]
        ),
        answered_count=len(replied),
        limited=corpus.deals_limited,
        has_deals=bool(corpus.deals),
        example=_example(library),
        gaps=tuple(_gaps(library, known, rows)),
        stale=tuple(StaleRow(item, case_row(library, item.case, ROOT)) for item in old[:STALE_SHOWN]),
        stale_count=len(old),
        calendar_href="" if corpus.deals_limited else CALENDAR.removeprefix(ADDRESS),
    )
    yield Page(
        address=ADDRESS,
        title=words.say("Whom next"),
        body=environment(library.texts).get_template("whom_next.html.j2").render(v=view),
        kind="whom-next",
        description=words.say("Lost deals whose time has come, voices that are lacking, cases that have grown old."),
        headings=(
            Heading("deals", words.say("Closed deals whose time comes"), 2),
            Heading("gaps", words.say("Voices that are lacking"), 2),
            *(Heading(f"gap-{group.id}", group.title, 3) for group in view.gaps),
            Heading("stale", words.say("Cases that have grown old"), 2),
        ),
    )
    if not corpus.deals_limited:
        name = words.say("Interviews to ask for: {title}", title=corpus.casebook.title)
        events = [_event(library, row) for row in (*due, *coming)]
        yield SiteFile(CALENDAR, calendar(name, words.language, events, corpus.built_on))


def call_row(library: Library, call: Call) -> CallRow:
    """A deal with the names that a reader knows."""
    deal = call.deal
    industry = library.industry(deal.industry).name if deal.industry else ""
    products = tuple(map(library.product, deal.products))
    about = (industry, *(product.name for product in products))
    earlier = library.corpus.case(deal.earlier_case) if deal.earlier_case else None
    return CallRow(
        call=call,
        id=f"deal-{deal.uid}",
        whom=deal.alias or library.words.say("A customer ({about})", about=", ".join(filter(None, about)) or "…"),
        is_named=bool(deal.alias),
        industry=industry,
        products=products,
        competitors=tuple(map(library.competitor, deal.competitors)),
        earlier=case_row(library, earlier, ROOT) if earlier else None,
    )


def _example(library: Library) -> str:
    """What an editor would write, in the words of this knowledge base."""
    keys = ("id", "decided_on", "outcome", "alias", "products")
    japanese = library.words.language == "ja"
    headings = [(Deal.model_fields[key].title or key) if japanese else key for key in keys]
    products = library.corpus.casebook.products
    alias = library.words.say("A power maintenance company")
    row = ("D-0142", "2025-06-30", library.words.label(DealOutcome.LOST), alias, products[0].name if products else "")
    return "\n".join(",".join(cells) for cells in (headings, row))


def _drawing(library: Library, rows: Sequence[CallRow]) -> Markup:
    if not rows:
        return Markup()
    words = library.words
    shown = {row.id for row in (*_first(rows, due=True), *_first(rows, due=False))}
    marks = [
        DayMark(
            row.call.ask_on,
            words.say("{day}: {whom}", day=words.day(row.call.ask_on), whom=row.whom),
            f"#{row.id}" if row.id in shown else "#deals",
        )
        for row in rows
    ]
    label = words.say("When to ask about closed deals")
    return time_line(marks, library.corpus.built_on, words, label)


def _first(rows: Sequence[CallRow], *, due: bool) -> list[CallRow]:
    return [row for row in rows if row.call.is_due is due][:CALLS_SHOWN]


def _gaps(library: Library, known: Sequence[Call], rows: dict[str, CallRow]) -> Iterator[GapGroup]:
    words, corpus = library.words, library.corpus
    texts = whom_next(words)
    cells = unheard_cells(corpus, known)
    yield GapGroup(
        "segments",
        words.say("Segments"),
        tuple(
            GapRow(
                _cell_name(library, item.cell.kind, item.cell.preference),
                texts.get((item.cell.kind, item.cell.preference), ""),
                f"{ROOT}segments/#segment-{item.cell.kind.value}",
                *_fitting(item.calls, rows),
            )
            for item in cells
        ),
        words.say("Every cell of the segment map has a voice."),
    )
    kinds = (
        ("products", words.say("Products"), unheard_products, words.say("Every product has a voice.")),
        ("competitors", words.say("Competitors"), unheard_competitors, words.say("Every competitor has a case.")),
        ("industries", words.say("Industries"), unheard_industries, words.say("Every industry has a voice.")),
    )  # fmt: skip
    for identifier, title, find, complete in kinds:
        yield GapGroup(identifier, title, _rows_of(find(corpus, known), rows), complete)


def _rows_of(unheard: Iterable[Unheard], rows: dict[str, CallRow]) -> tuple[GapRow, ...]:
    return tuple(GapRow(item.term.name, "", "", *_fitting(item.calls, rows)) for item in unheard)


def _fitting(fitting: Sequence[Call], rows: dict[str, CallRow]) -> tuple[tuple[CallRow, ...], int]:
    return tuple(rows[call.deal.uid] for call in fitting[:FITTING_SHOWN]), len(fitting)


def _cell_name(library: Library, kind: SegmentKind, preference: Preference | None) -> str:
    words = library.words
    if preference is None:
        return words.label(kind)
    return words.say("{segment}, {preference}", segment=words.label(kind), preference=words.label(preference))


def _event(library: Library, row: CallRow) -> AllDay:
    words, deal = library.words, row.call.deal
    lines = [
        words.say("Decided on {day}: {outcome}", day=words.day(deal.decided_on), outcome=words.label(deal.outcome)),
        words.say("Product: {names}", names=", ".join(one.name for one in row.products)) if row.products else "",
        words.say("Compared with: {names}", names=", ".join(one.name for one in row.competitors))
        if row.competitors
        else "",
        words.count(
            "{count} month after a decision people say what they really think.",
            "{count} months after a decision people say what they really think.",
            library.corpus.casebook.interviewing.after_months,
        ),
    ]
    return AllDay(
        uid=f"deal-{deal.uid}@casebook",
        on=row.call.ask_on,
        summary=words.say("Ask for an interview: {whom}", whom=row.whom),
        description="\n".join(filter(None, lines)),
    )
