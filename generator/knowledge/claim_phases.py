"""At which phases of the customer's journey a claim is true: nobody writes it down, the shared words tell.

A claim and a step of the journey that lean on the same line of the talk speak of the same moment. Where a claim shares
no line with any step, its scene (before, deciding, after) names the phases that lie in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from generator.knowledge.lines import lines_of
from generator.model.evidence import Evidence
from generator.model.insight import Insight
from generator.model.vocabulary import Phase, Scene
from generator.publication import PublicCase

PHASES_OF_SCENE: Mapping[Scene, tuple[Phase, ...]] = {
    Scene.BEFORE: (Phase.AWARENESS, Phase.INTEREST),
    Scene.DECIDING: (Phase.COMPARISON, Phase.PURCHASE),
    Scene.AFTER: (Phase.USE,),
}


def claim_phases(
    case: PublicCase, by_line: Mapping[int, Sequence[Phase]] | None = None
) -> Mapping[str, tuple[Phase, ...]]:
    """Identifier of each insight of a case -> its phases, in the journey's order; never empty.

    `by_line` are the case's `phases_by_line`, where the caller has them.
    """
    known = phases_by_line(case) if by_line is None else by_line
    return {insight.id: _phases(case, insight, known) for insight in case.insights}


def phases_by_line(case: PublicCase) -> Mapping[int, Sequence[Phase]]:
    """Place of a line in the talk -> the phases whose steps lean on it, each once, in the order of the steps."""
    found: dict[int, list[Phase]] = {}
    for step in case.journey.steps if case.journey else ():
        for line in _lines(case, step.evidence):
            phases = found.setdefault(line, [])
            if step.phase not in phases:
                phases.append(step.phase)
    return found


def _phases(case: PublicCase, insight: Insight, by_line: Mapping[int, Sequence[Phase]]) -> tuple[Phase, ...]:
    shared = {phase for line in _lines(case, insight.evidence) for phase in by_line.get(line, ())}
    if not shared:
        return PHASES_OF_SCENE[insight.lens.scene]
    return tuple([phase for phase in Phase if phase in shared])


def _lines(case: PublicCase, evidence: Iterable[Evidence]) -> Iterable[int]:
    return chain.from_iterable([lines_of(case, item) for item in evidence])
