"""How long decisions took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.knowledge.decisions import (
    Decision,
    Duration,
    duration,
)
from generator.model.vocabulary import CaseType
from generator.pages.decisions.parts import Figure
from generator.pages.decisions.people import ROOT
from generator.pages.drawings.decisions import (
    Dot,
    Strip,
)
from generator.pages.environment import Words
from generator.pages.library import Library

DOTS_SHOWN = 60
"""In one line of the drawing of months, the newest; box and median are those of all."""
DURATIONS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class DurationRow:
    """How long decisions of one kind of case took, in months as readers write them."""

    name: str
    cases: Figure
    median: str
    quartiles: str
    shortest: str
    longest: str


@dataclass(frozen=True, slots=True)
class DurationCase:
    """How long one decision took."""

    decision: Decision
    href: str
    months: str
    first: str
    """Stage of the lead at which counting begins."""


def _by_type(made: Sequence[Decision]) -> Iterator[tuple[CaseType, Duration]]:
    for kind in CaseType:
        found = duration(decision for decision in made if decision.case.facts.type is kind)
        if found is not None:
            yield kind, found


def strips_of(library: Library, made: Sequence[Decision]) -> tuple[Strip, ...]:
    """What the drawing shows: a line for each type of case."""
    words = library.words
    newest = {decision.case.slug: place for place, decision in enumerate(made)}
    strips = []
    for kind, found in _by_type(made):
        shown = sorted(found.decisions, key=lambda decision: newest[decision.case.slug])[:DOTS_SHOWN]
        dots = tuple(
            Dot(
                decision.months or 0,
                f"{decision.case.facts.customer.alias}: {in_months(words, decision.months or 0)}",
                f"{ROOT}cases/{decision.case.slug}/",
                str(words.lang(decision.case.language)),
            )
            for decision in shown
        )
        figure = words.say("median {months}", months=in_months(words, found.median))
        href = f"{ROOT}cases/?type={kind.value}"
        strips.append(Strip(words.label(kind), href, figure, found.median, found.low, found.high, dots))
    return tuple(strips)


def duration_rows(library: Library, made: Sequence[Decision]) -> tuple[DurationRow, ...]:
    """The drawing as a table."""
    words = library.words
    rows = []
    for kind, found in _by_type(made):
        ends = (found.decisions[0].months or 0, found.decisions[-1].months or 0)
        rows.append(
            DurationRow(
                name=words.label(kind),
                cases=Figure(len(found.decisions), f"{ROOT}cases/?type={kind.value}"),
                median=in_months(words, found.median),
                quartiles=words.say(
                    "{low} to {high}", low=in_months(words, found.low), high=in_months(words, found.high)
                ),
                shortest=in_months(words, ends[0]),
                longest=in_months(words, ends[1]),
            )
        )
    return tuple(rows)


def in_months(words: Words, months: float) -> str:
    """A time as readers write it, to a tenth of a month."""
    return words.say("{months} months", months=words.number(round(months, 1)))
