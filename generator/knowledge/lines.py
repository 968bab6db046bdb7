"""On which lines of a talk a piece of evidence leans."""

from __future__ import annotations

from generator.model.evidence import Evidence, split_cue_range
from generator.publication import PublicCase


def lines_of(case: PublicCase, evidence: Evidence) -> range:
    """Places, from 0, in the case's own talk; none when the words were said in another case, or stand nowhere."""
    if case.transcript is None or evidence.case not in (None, case.slug):
        return range(0)
    return case.transcript.positions(*split_cue_range(evidence.cues))
