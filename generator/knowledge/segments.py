"""The segment map: five kinds of customer, the first four split by preference into nine cells in all.

Segments after Nishiguchi's N1 analysis: loyal, general, lapsed, aware but never bought, unaware; preference is whether
the customer would choose us the next time.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.vocabulary import Preference, SegmentKind
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
    cells = []
    for kind in SegmentKind:
        preferences: tuple[Preference | None, ...] = (*Preference, None)
        for preference in (None,) if kind is SegmentKind.UNAWARE else preferences:
            cases = _in_cell(corpus, kind, preference)
            if cases or preference is not None or kind is SegmentKind.UNAWARE:
                cells.append(SegmentCell(kind, preference, cases))
    return tuple(cells)


def five_segments(corpus: PublicCorpus) -> tuple[SegmentCell, ...]:
    """The five segments, whatever the preference."""
    return tuple(
        SegmentCell(
            kind,
            None,
            tuple(case for case in corpus.cases if case.facts.segment and case.facts.segment.kind is kind),
        )
        for kind in SegmentKind
    )


def without_segment(corpus: PublicCorpus) -> tuple[PublicCase, ...]:
    """Cases that do not say where the customer stands."""
    return tuple(case for case in corpus.cases if case.facts.segment is None)


def _in_cell(corpus: PublicCorpus, kind: SegmentKind, preference: Preference | None) -> tuple[PublicCase, ...]:
    return tuple(
        case
        for case in corpus.cases
        if case.facts.segment is not None
        and case.facts.segment.kind is kind
        # The unaware have one cell, whatever was written beside them.
        and (kind is SegmentKind.UNAWARE or case.facts.segment.preference is preference)
    )
