"""Leads at `leads/`: how marketing's leads become sales' leads and deals, how long that takes, and where it sticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

from generator.knowledge.leads import (
    STAGE_WORDS,
    Passing,
    Span,
    Stage,
    Wait,
    Way,
    hand_overs_to_sales,
    longest_waits,
    passings,
    spans,
    ways,
)
from generator.model.casebook import Department
from generator.pages.drawings.waiting import Lain, band, strip
from generator.pages.environment import Words, environment
from generator.pages.library import Library
from generator.pages.listing import Leaf, leaves
from generator.pages.page import Heading, Page

ADDRESS = "leads/"
WAYS_ON_A_PAGE = 30
"""A way takes about five kilobytes with its drawing and its table."""
WAYS_SHOWN = 120
"""Those of the newest cases; the others stand on the pages of their cases."""
STUCK_SHOWN = 8
SPANS_SHOWN = 16
"""The most frequent; each has a drawing of up to forty discs."""
PASSINGS_SHOWN = 20
NEUTRAL_HUE = 40
"""For time in which nobody is named as having the lead."""


@dataclass(frozen=True, slots=True)
class WaitView:
    """A wait with the names that a reader knows."""

    wait: Wait
    href: str
    """To the lead on the case's page."""
    stage: str
    then: str
    """Empty while it is open."""
    taker: Department | None
    giver: Department | None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """From one stage to another."""

    name: str
    span: Span
    drawing: Markup
    longest: WaitView


@dataclass(frozen=True, slots=True)
class PassingRow:
    """What one department handed to another."""

    passing: Passing
    giver: Department | None
    taker: Department | None
    longest: WaitView


@dataclass(frozen=True, slots=True)
class WayRow:
    """A lead on the page."""

    way: Way
    id: str
    href: str
    drawing: Markup
    waits: tuple[WaitView, ...]
    longest: WaitView
    outcome: str
    last: str
    """Name of the last step; empty while it is open."""


@dataclass(frozen=True, slots=True)
class WholeRow:
    """How long leads take from their first step to one outcome."""

    outcome: str
    median_days: float
    count: int


@dataclass(frozen=True, slots=True)
class AcrossView:
    """What all leads have in common."""

    hand_over: SpanRow | None
    """From marketing's lead to sales' lead."""
    whole: tuple[WholeRow, ...]
    spans: tuple[SpanRow, ...]
    spans_left_out: int
    stuck: tuple[WaitView, ...]
    passings: tuple[PassingRow, ...]
    passings_left_out: int
    stage_words: tuple[tuple[str, str], ...]
    """Names of stages, and what editors may write for each."""


@dataclass(frozen=True, slots=True)
class LeadsView:
    """The view behind `leads.html.j2`."""

    leaf: Leaf[Way]
    rows: tuple[WayRow, ...]
    total: int
    left_out: int
    across: AcrossView


def leads_pages(library: Library) -> Iterator[Page]:
    """The pages of leads; the first has what is across them."""
    words = library.words
    walked = ways(library.corpus)
    template = environment(library.texts).get_template("leads.html.j2")
    shown_ways = walked[:WAYS_SHOWN]
    most = max((lead.days for lead in shown_ways), default=0)
    across = _across(library, walked)
    for leaf in leaves(shown_ways, ADDRESS, WAYS_ON_A_PAGE):
        root = "../" * leaf.address.count("/")
        rows = tuple(_way_row(library, lead, root, most) for lead in leaf.items)
        view = LeadsView(leaf, rows, len(walked), len(walked) - len(shown_ways), across)
        is_first = leaf.number == 1 and bool(walked)
        sections = (
            ("hand-over", words.say("From marketing to sales")),
            ("spans", words.say("How long each stage takes")),
            ("stuck", words.say("Where it stuck")),
            ("passings", words.say("Who handed to whom")),
        )
        shown = [item for item in sections if item[0] != "hand-over" or across.hand_over]
        yield Page(
            address=leaf.address,
            title=words.say("Leads"),
            body=template.render(v=view),
            kind="leads",
            description=words.say("From marketing's lead to the deal: who handed over what, and where it stuck."),
            headings=(
                *((Heading(id, title, 2) for id, title in shown) if is_first else ()),
                *((Heading("ways", words.say("Lead by lead"), 2),) if walked else ()),
            ),
            crumbs=((words.say("Leads"), ADDRESS),) if leaf.number > 1 else (),
        )


def stage_names(words: Words) -> Mapping[Stage, str]:
    """What readers call the usual stages."""
    return {
        Stage.MQL: words.say("MQL (marketing's lead)"),
        Stage.SQL: words.say("SQL (sales' lead)"),
        Stage.MEETING: words.say("Meeting"),
        Stage.TRIAL: words.say("Trial"),
        Stage.QUOTE: words.say("Quotation"),
        Stage.WON: words.say("Won"),
        Stage.LOST: words.say("Lost"),
    }


def _across(library: Library, walked: Sequence[Way]) -> AcrossView:
    names = stage_names(library.words)
    known = spans(walked)
    frequent = sorted(known, key=lambda span: -len(span.waits))[:SPANS_SHOWN]
    found = tuple(span for span in known if span in frequent)
    most = max((span.waits[-1].days for span in found), default=0)
    to_sales = hand_overs_to_sales(walked)
    hand_over = Span(Stage.MQL, Stage.SQL, to_sales) if to_sales else None
    passed = passings(walked)
    days = {outcome: [lead.days for lead in walked if lead.outcome is outcome] for outcome in (Stage.WON, Stage.LOST)}
    return AcrossView(
        hand_over=_span_row(library, hand_over, to_sales[-1].days) if hand_over else None,
        whole=tuple(WholeRow(names[outcome], median(took), len(took)) for outcome, took in days.items() if took),
        spans=tuple(_span_row(library, span, most) for span in found),
        spans_left_out=len(known) - len(found),
        stuck=tuple(_wait(library, wait, "../") for wait in longest_waits(walked)[:STUCK_SHOWN]),
        passings=tuple(_passing_row(library, passing) for passing in passed[:PASSINGS_SHOWN]),
        passings_left_out=max(0, len(passed) - PASSINGS_SHOWN),
        stage_words=tuple((names[stage], ", ".join(listed)) for stage, listed in STAGE_WORDS.items()),
    )


def _span_row(library: Library, span: Span, most: int) -> SpanRow:
    words, names = library.words, stage_names(library.words)
    name = words.say("{first} → {then}", first=names[span.first], then=names[span.then])
    label = words.say("{name}: days", name=name)
    waits = [
        Lain(
            wait.days,
            words.say(
                "{customer}: {days}",
                customer=wait.case.facts.customer.alias,
                days=words.count("{count} day", "{count} days", wait.days),
            ),
            f"../cases/{wait.case.slug}/#lead",
        )
        for wait in span.waits
    ]
    drawing = strip(waits, span.median_days, most, label)
    return SpanRow(name, span, drawing, _wait(library, span.waits[-1], "../"))


def _passing_row(library: Library, passing: Passing) -> PassingRow:
    return PassingRow(
        passing=passing,
        giver=library.department(passing.giver) if passing.giver else None,
        taker=library.department(passing.taker) if passing.taker else None,
        longest=_wait(library, passing.waits[-1], "../"),
    )


def _wait(library: Library, wait: Wait, root: str) -> WaitView:
    step = wait.step
    return WaitView(
        wait=wait,
        href=f"{root}cases/{wait.case.slug}/#lead",
        stage=step.stage,
        then=wait.then.stage if wait.then else "",
        taker=library.department(step.to_department) if step.to_department else None,
        giver=library.department(step.from_department) if step.from_department else None,
    )


def _way_row(library: Library, lead: Way, root: str, most: int) -> WayRow:
    words, alias = library.words, lead.case.facts.customer.alias
    waits = tuple(_wait(library, wait, root) for wait in lead.waits)
    stuck = lead.waits.index(lead.longest)
    stretches = [(view.wait.days, view.taker.hue if view.taker else NEUTRAL_HUE, _told(words, view)) for view in waits]
    then, outcome = lead.waits[-1].then, lead.outcome
    return WayRow(
        way=lead,
        id=f"lead-{lead.case.slug}",
        href=f"{root}cases/{lead.case.slug}/#lead",
        drawing=band(stretches, most, stuck, words.say("The lead of {customer} in days", customer=alias)),
        waits=waits,
        longest=waits[stuck],
        outcome=stage_names(words)[outcome] if outcome else "",
        last=then.stage if then else "",
    )


def _told(words: Words, view: WaitView) -> str:
    days = words.count("{count} day", "{count} days", view.wait.days)
    who = view.taker.name if view.taker else words.say("nobody named")
    then = view.then or words.say("still open")
    return words.say("{stage} → {then}: {days} with {who}", stage=view.stage, then=then, days=days, who=who)
