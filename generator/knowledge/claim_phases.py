"""At which phases of the customer's journey a claim is true: nobody writes it down, the shared words tell.

A claim and a step of the journey that lean on the same line of the talk speak of the same moment. Where a claim shares
no line with any step, its scene (before, deciding, after) names the phases that lie in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.evidence import Evidence
from generator.model.insight import Insight
from generator.model.vocabulary import Phase, Scene
from generator.publication import PublicCase

PHASES_OF_SCENE: Mapping[Scene, tuple[Phase, ...]] = {
    Scene.BEFORE: (Phase.AWARENESS, Phase.INTEREST),
    Scene.DECIDING: (Phase.COMPARISON, Phase.PURCHASE),
    Scene.AFTER: (Phase.USE,),
}


def claim_phases(case: PublicCase) -> Mapping[str, tuple[Phase, ...]]:
    """Identifier of each insight of a case -> its phases, in the journey's order; never empty."""
    phases_of_cue: dict[str, set[Phase]] = {}
    for step in case.journey.steps if case.journey else ():
        for cue in _own_cues(case, step.evidence):
            phases_of_cue.setdefault(cue, set()).add(step.phase)
    return {insight.id: _phases(case, insight, phases_of_cue) for insight in case.insights}


def _phases(case: PublicCase, insight: Insight, phases_of_cue: Mapping[str, set[Phase]]) -> tuple[Phase, ...]:
    cues = _own_cues(case, insight.evidence)
    shared = {phase for cue in cues for phase in phases_of_cue.get(cue, ())}
    return tuple(phase for phase in Phase if phase in (shared or PHASES_OF_SCENE[insight.lens.scene]))


def _own_cues(case: PublicCase, evidence: Iterable[Evidence]) -> frozenset[str]:
    """The lines of this case's talk on which `evidence` leans."""
    if case.transcript is None:
        return frozenset()
    own = (item for item in evidence if item.case in (None, case.slug))
    return frozenset(cue.id for item in own for cue in case.transcript.run(item.first_cue, item.last_cue))
