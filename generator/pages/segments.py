"""The segment map at `segments/`: whose voices we have, and whose we lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.segments import (
    Direction,
    Flow,
    SegmentCell,
    ToldBy,
    five_segments,
    flows,
    movements,
    nine_segments,
    without_segment,
)
from generator.knowledge.whom_next import Call, calls, fits
from generator.model.vocabulary import Preference, SegmentKind
from generator.pages.cases import CaseRow, case_row
from generator.pages.drawings.flows import flow_drawing
from generator.pages.environment import Words, environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page

ADDRESS = "segments/"
ROOT = "../"
CASES_SHOWN = 5
"""In one cell, or of one flow; the rest is a link away."""
DEALS_HREF = f"{ROOT}whom-next/#gap-segments"


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the map."""

    kind: SegmentKind
    preference: Preference | None
    rows: tuple[CaseRow, ...]
    count: int
    href: str
    """The list of cases, narrowed down to this cell."""
    whom_next: str
    """Whom to interview when nobody is here."""
    deals: int
    """Closed deals whose customer would stand here."""


@dataclass(frozen=True, slots=True)
class Band:
    """One of the five segments with its cells."""

    kind: SegmentKind
    meaning: str
    count: int
    href: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Customers who went the same way."""

    flow: Flow
    origin: str
    target: str
    direction: Direction
    rows: tuple[CaseRow, ...]
    count: int
    href: str
    """The list of cases, narrowed down to where they stand now."""
    by_interviews: int
    """How many of them were interviewed before and after."""


@dataclass(frozen=True, slots=True)
class SegmentsView:
    """The view behind `segments.html.j2`."""

    bands: tuple[Band, ...]
    heard: int
    """Cells of the nine that have a voice."""
    deals_href: str
    flow_drawing: Markup
    """Empty when no case tells where its customer came from."""
    flows: tuple[FlowRow, ...]
    unplaced: tuple[CaseRow, ...]
    unplaced_count: int


def segments_page(library: Library) -> Page:
    """The page of the map."""
    words = library.words
    known = calls(library.corpus)
    nine = [_cell_view(library, cell, known) for cell in nine_segments(library.corpus)]
    # A case that does not tell its preference stands in a tenth cell, which is no call to interview anybody.
    proper = [cell for cell in nine if cell.preference is not None or cell.kind is SegmentKind.UNAWARE]
    meanings = _meanings(words)
    unplaced = without_segment(library.corpus)
    moved = flows(movements(library.corpus))
    rows = tuple(_flow_row(library, flow) for flow in moved)
    view = SegmentsView(
        bands=tuple(
            Band(
                kind=cell.kind,
                meaning=meanings[cell.kind],
                count=len(cell.cases),
                href=f"{ROOT}cases/?segment={cell.kind.value}",
                cells=tuple(item for item in nine if item.kind is cell.kind),
            )
            for cell in five_segments(library.corpus)
        ),
        heard=sum(cell.count > 0 for cell in proper),
        deals_href=DEALS_HREF,
        flow_drawing=flow_drawing(moved, [_told(words, row) for row in rows], words) if moved else Markup(),
        flows=rows,
        unplaced=tuple(case_row(library, case, ROOT) for case in unplaced[:CASES_SHOWN]),
        unplaced_count=len(unplaced),
    )
    return Page(
        address=ADDRESS,
        title=words.say("Segment map"),
        body=environment(library.texts).get_template("segments.html.j2").render(v=view),
        kind="segments",
        description=words.say("Whose voices we have, and whose we lack."),
        headings=(
            Heading("map", words.say("The map"), 2),
            *(Heading(f"segment-{band.kind.value}", words.label(band.kind), 3) for band in view.bands),
            Heading("movement", words.say("Where customers came from"), 2),
            *((Heading("unplaced", words.say("Not on the map yet"), 2),) if unplaced else ()),
        ),
    )


def _flow_row(library: Library, flow: Flow) -> FlowRow:
    words = library.words
    return FlowRow(
        flow=flow,
        origin=words.say(" or ").join(words.label(kind) for kind in flow.origins),
        target=words.label(flow.target),
        direction=flow.direction,
        rows=tuple(case_row(library, movement.case, ROOT) for movement in flow.movements[:CASES_SHOWN]),
        count=len(flow.movements),
        href=f"{ROOT}cases/?segment={flow.target.value}",
        by_interviews=sum(movement.told_by is ToldBy.INTERVIEWS for movement in flow.movements),
    )


def _told(words: Words, row: FlowRow) -> str:
    cases = words.count("{count} case", "{count} cases", row.count)
    return words.say("{origin} → {target}: {cases}", origin=row.origin, target=row.target, cases=cases)


def _cell_view(library: Library, cell: SegmentCell, known: Sequence[Call]) -> CellView:
    value = f"{cell.kind.value}-{cell.preference.value}" if cell.preference else cell.kind.value
    return CellView(
        kind=cell.kind,
        preference=cell.preference,
        rows=tuple(case_row(library, case, ROOT) for case in cell.cases[:CASES_SHOWN]),
        count=len(cell.cases),
        href=f"{ROOT}cases/?segment={value}",
        whom_next=whom_next(library.words).get((cell.kind, cell.preference), ""),
        deals=0 if cell.cases else sum(fits(call, cell) for call in known),
    )


def _meanings(words: Words) -> Mapping[SegmentKind, str]:
    return {
        SegmentKind.LOYAL: words.say("Buys again and again, and can say why"),
        SegmentKind.GENERAL: words.say("Buys, but not only from us"),
        SegmentKind.LAPSED: words.say("Bought once, no longer does"),
        SegmentKind.AWARE: words.say("Knows us, has never bought"),
        SegmentKind.UNAWARE: words.say("Does not know us"),
    }


def whom_next(words: Words) -> Mapping[tuple[SegmentKind, Preference | None], str]:
    """Whom to look for, and what to ask, where a cell of the map is empty."""
    yes, no = Preference.POSITIVE, Preference.NEGATIVE
    return {
        (SegmentKind.LOYAL, yes): words.say("Somebody who renewed without comparing: what would they miss first?"),
        (SegmentKind.LOYAL, no): words.say("Somebody who still orders but has begun to look around: since when?"),
        (SegmentKind.GENERAL, yes): words.say("Somebody who likes us and buys little: what keeps the rest elsewhere?"),
        (SegmentKind.GENERAL, no): words.say("Somebody who uses us for want of better: what would be better?"),
        (SegmentKind.LAPSED, yes): words.say("Somebody who left and would come back: what stands in the way?"),
        (SegmentKind.LAPSED, no): words.say("Somebody who left about six months ago: what did they not tell us then?"),
        (SegmentKind.AWARE, yes): words.say("Somebody who wanted us and bought another: who said no?"),
        (SegmentKind.AWARE, no): words.say("Somebody who never considered us: what do they take us for?"),
        (SegmentKind.UNAWARE, None): words.say("Somebody with the problem who never heard of us: how do they cope?"),
    }
