"""The segment map: five kinds of customer, the first four split by preference into nine cells in all.

Segments after Nishiguchi's N1 analysis: loyal, general, lapsed, aware but never bought, unaware; preference is whether
the customer would choose us the next time. What cases say already tells where customers came from, too: `movements`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from generator.model.vocabulary import CaseType, Preference, SegmentKind
from generator.publication import PublicCase, PublicCorpus


@dataclass(frozen=True, slots=True)
class SegmentCell:
    """One cell of the map with its cases. An empty cell is a call to interview somebody."""

    kind: SegmentKind
    preference: Preference | None
    """None for the unaware, who cannot prefer, and for cases that do not tell."""
    cases: tuple[PublicCase, ...]


def nine_segments(corpus: PublicCorpus) -> tuple[SegmentCell, ...]:
    """The nine cells in the order of the map, positive before negative, newest case first.

    Cases that do not tell their preference get a cell of their own behind the two of their kind, where there are any.
    """
    inside: defaultdict[tuple[SegmentKind, Preference | None], list[PublicCase]] = defaultdict(list)
    for case in corpus.cases:
        segment = case.facts.segment
        if segment is not None:
            # The unaware have one cell, whatever was written beside them.
            is_unaware = segment.kind is SegmentKind.UNAWARE
            inside[segment.kind, None if is_unaware else segment.preference].append(case)
    cells = []
    for kind in SegmentKind:
        preferences: tuple[Preference | None, ...] = (*Preference, None)
        for preference in (None,) if kind is SegmentKind.UNAWARE else preferences:
            cases = tuple(inside[kind, preference])
            if cases or preference is not None or kind is SegmentKind.UNAWARE:
                cells.append(SegmentCell(kind, preference, cases))
    return tuple(cells)


def five_segments(corpus: PublicCorpus) -> tuple[SegmentCell, ...]:
    """The five segments, whatever the preference."""
    inside: defaultdict[SegmentKind, list[PublicCase]] = defaultdict(list)
    for case in corpus.cases:
        if case.facts.segment is not None:
            inside[case.facts.segment.kind].append(case)
    return tuple(SegmentCell(kind, None, tuple(inside[kind])) for kind in SegmentKind)


def without_segment(corpus: PublicCorpus) -> tuple[PublicCase, ...]:
    """Cases that do not say where the customer stands."""
    return tuple(case for case in corpus.cases if case.facts.segment is None)


class ToldBy(StrEnum):
    """What tells where a customer came from."""

    INTERVIEWS = "interviews"
    """Two interviews of the same customer, each with its segment."""
    CASE_TYPE = "case_type"
    """The type of the case: what the customer was before the decision follows from it."""


class Direction(StrEnum):
    """Towards us, away from us, or neither."""

    NEARER = "nearer"
    STAYED = "stayed"
    FARTHER = "farther"


ORIGINS: Final = {
    CaseType.SWITCHED_TO_US: (SegmentKind.AWARE,),
    CaseType.LOST: (SegmentKind.AWARE,),
    CaseType.SWITCHED_AWAY: (SegmentKind.LOYAL, SegmentKind.GENERAL),
}
"""Where a customer of that type of case stood before the decision. Who came over or chose another had us among the
candidates, and so knew us; who left was buying from us, whether gladly or not. Loyal customers tell of no movement."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A customer's way from one segment to another."""

    case: PublicCase
    """That tells where the customer stands now."""
    origins: tuple[SegmentKind, ...]
    """Where the customer stood before: one segment, or those of which it was one."""
    target: SegmentKind
    on: dt.date
    """Day of the decision, or of the later interview."""
    told_by: ToldBy


@dataclass(frozen=True, slots=True)
class Flow:
    """All movements from one place to another."""

    origins: tuple[SegmentKind, ...]
    target: SegmentKind
    movements: tuple[Movement, ...]
    """Newest first."""

    @property
    def direction(self) -> Direction:
        """Whether these customers came nearer, in the order of the map."""
        order = list(SegmentKind)
        to, before = order.index(self.target), [order.index(kind) for kind in self.origins]
        if to < min(before):
            return Direction.NEARER
        return Direction.FARTHER if to > max(before) else Direction.STAYED


def movements(corpus: PublicCorpus) -> tuple[Movement, ...]:
    """Where customers came from, as far as their cases tell; newest first.

    Two interviews of one customer (by alias) say it themselves, whether the segment changed or not; for the first
    interview of each customer the type of the case says it.
    """
    earlier: dict[str, PublicCase] = {}
    found: list[Movement] = []
    for case in reversed(corpus.cases):
        facts, segment = case.facts, case.facts.segment
        if segment is None:
            continue
        before = earlier.get(facts.customer.alias)
        if before is not None and before.facts.segment is not None:
            origins: tuple[SegmentKind, ...] = (before.facts.segment.kind,)
            found.append(Movement(case, origins, segment.kind, facts.dates.interview, ToldBy.INTERVIEWS))
        elif facts.type in ORIGINS:
            origins = ORIGINS[facts.type]
            found.append(Movement(case, origins, segment.kind, facts.dates.decision, ToldBy.CASE_TYPE))
        earlier[facts.customer.alias] = case
    return tuple(sorted(found, key=lambda movement: movement.on, reverse=True))


def flows(found: Iterable[Movement]) -> tuple[Flow, ...]:
    """Movements put together by where they begin and end, the most frequent first."""
    groups: dict[tuple[tuple[SegmentKind, ...], SegmentKind], list[Movement]] = {}
    for movement in found:
        groups.setdefault((movement.origins, movement.target), []).append(movement)
    order = list(SegmentKind)
    made = [Flow(origins, target, tuple(listed)) for (origins, target), listed in groups.items()]
    return tuple(
        sorted(made, key=lambda flow: (-len(flow.movements), order.index(flow.origins[0]), order.index(flow.target)))
    )
