"""Where feelings fell in the journeys of a word's cases."""

from __future__ import annotations

from dataclasses import dataclass

from generator.knowledge.hubs.words import Hub, WordKind
from generator.model.journey import JourneyStep
from generator.publication import PublicCase

LOW = -1
"""A feeling (-2 to +2) from which downwards a step is a low point."""


@dataclass(frozen=True, slots=True)
class LowPoint:
    """A step of a journey at which the customer felt bad."""

    case: PublicCase
    step: JourneyStep

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#step-j1`."""
        return f"cases/{self.case.slug}/#step-{self.step.id}"


def low_points(hub: Hub) -> tuple[LowPoint, ...]:
    """The low points of the hub's cases, the deepest first, then the newest.

    For a challenge only steps that name it as an issue count: it is about them, not about the whole case.
    """
    found = [
        LowPoint(case, step)
        for case in hub.cases
        for step in (case.journey.steps if case.journey else ())
        if step.feeling <= LOW and _is_about(hub, step)
    ]
    return tuple(sorted(found, key=lambda point: point.step.feeling))


def _is_about(hub: Hub, step: JourneyStep) -> bool:
    if hub.word.kind is not WordKind.CHALLENGE:
        return True
    return any(issue.challenge == hub.word.id for issue in step.issues)
