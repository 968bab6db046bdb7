"""Measures on the way of customers, and whether the same phase felt better to those who came after. Never a proof.

Journeys have no dates of their own: the phases up to the purchase are lived by the day of the decision, use by the day
of the interview, and a measure is taken because of an interview, that is after its day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.knowledge.journeys import CaseJourney
from generator.model.journey import JourneyStep, Measure
from generator.model.vocabulary import ActionState, Phase
from generator.publication import PublicCase

TAKEN = frozenset({ActionState.DOING, ActionState.DONE})
"""States of a measure that may have changed something already."""


class Trend(StrEnum):
    """What the journeys lived after a measure were like, compared with those before it. Never a proof."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_YET = "not_yet"
    """No comparable journey has been lived since."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same phase in comparable cases, before and after a measure's case."""

    before: float
    """Median feeling of the cases up to the one that led to the measure, that one included."""
    before_cases: int
    after: float | None
    """None when there is no later case."""
    after_cases: int

    @property
    def trend(self) -> Trend:
        """Whether it was better afterwards."""
        if self.after is None:
            return Trend.NOT_YET
        if self.after == self.before:
            return Trend.SAME
        return Trend.BETTER if self.after > self.before else Trend.WORSE


@dataclass(frozen=True, slots=True)
class TakenMeasure:
    """A measure at a step of a journey, and what came after it."""

    case: PublicCase
    step: JourneyStep
    measure: Measure
    comparison: Comparison | None
    """None while the measure is only planned, or was dropped."""

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#step-j3`."""
        return f"cases/{self.case.slug}/#step-{self.step.id}"


def measures(told: Sequence[CaseJourney]) -> tuple[TakenMeasure, ...]:
    """Every measure with what came after it, newest case first, in the order of the journey."""
    compare = _comparisons(told)
    return tuple(
        TakenMeasure(
            journey.case,
            step,
            measure,
            compare(journey.case.slug, step.phase) if measure.state in TAKEN else None,
        )
        for journey in told
        for step in (journey.case.journey.steps if journey.case.journey else ())
        for measure in step.measures
    )


def lived_on(case: PublicCase, phase: Phase) -> dt.date:
    """By which day the customer had been through a phase."""
    return case.facts.dates.interview if phase is Phase.USE else case.facts.dates.decision


def comparable(one: PublicCase, other: PublicCase) -> bool:
    """Whether two cases share a product or stand in the same of the five segments."""
    mine, theirs = one.facts, other.facts
    if not set(mine.products).isdisjoint(theirs.products):
        return True
    return mine.segment is not None and theirs.segment is not None and mine.segment.kind is theirs.segment.kind


def _comparisons(told: Sequence[CaseJourney]) -> Callable[[str, Phase], Comparison]:
    """What compares a phase before and after a case, given by its slug.

    A thousand cases have some five thousand measured phases, each with hundreds of comparable cases: sets of cases are
    kept as the bits of integers, so that one comparison is a handful of operations.
    """
    members: defaultdict[str, int] = defaultdict(int)
    for place, journey in enumerate(told):
        for group in _groups(journey.case):
            members[group] |= 1 << place
    feelings: defaultdict[Phase, defaultdict[float, int]] = defaultdict(lambda: defaultdict(int))
    for place, journey in enumerate(told):
        for phase in journey.steps:
            feelings[phase][journey.feeling(phase) or 0.0] |= 1 << place
    places = {journey.case.slug: place for place, journey in enumerate(told)}
    later = {phase: _later(told, phase) for phase in Phase}

    def compare(slug: str, phase: Phase) -> Comparison:
        place = places[slug]
        alike = 1 << place
        for group in _groups(told[place].case):
            alike |= members[group]
        afterwards = later[phase][place]
        before = {feeling: (bits & alike & ~afterwards).bit_count() for feeling, bits in feelings[phase].items()}
        after = {feeling: (bits & alike & afterwards).bit_count() for feeling, bits in feelings[phase].items()}
        # The case itself is always among those before.
        return Comparison(_median_of(before) or 0.0, sum(before.values()), _median_of(after), sum(after.values()))

    return compare


def _groups(case: PublicCase) -> Iterator[str]:
    """What makes cases comparable; see `comparable`."""
    for product in case.facts.products:
        yield f"product {product}"
    if case.facts.segment is not None:
        yield f"segment {case.facts.segment.kind.value}"


def _later(told: Sequence[CaseJourney], phase: Phase) -> list[int]:
    """For each case, as bits, those who lived the phase after its interview."""
    by_day = sorted(range(len(told)), key=lambda place: lived_on(told[place].case, phase), reverse=True)
    days = [lived_on(told[place].case, phase) for place in by_day]
    asked = sorted(range(len(told)), key=lambda place: told[place].case.facts.dates.interview, reverse=True)
    found = [0] * len(told)
    bits = taken = 0
    for place in asked:
        interview = told[place].case.facts.dates.interview
        while taken < len(by_day) and days[taken] > interview:
            bits |= 1 << by_day[taken]
            taken += 1
        found[place] = bits
    return found


def _median_of(counts: Mapping[float, int]) -> float | None:
    """The median of values given by how often each occurs; None when there are none."""
    total = sum(counts.values())
    if not total:
        return None
    values = sorted(counts.items())
    return (_at(values, (total - 1) // 2) + _at(values, total // 2)) / 2


def _at(values: Sequence[tuple[float, int]], place: int) -> float:
    for value, count in values:
        if place < count:
            return value
        place -= count
    raise IndexError(place)
