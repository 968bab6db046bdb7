"""Where feelings fell in the journeys of a word's cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

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


class LowPoints:
    """The low points of all cases, each case looked at once however many words it carries. Made once a build."""

    def __init__(self) -> None:
        """Begin with none: a case is read when the first word asks for it."""
        self._cases: dict[str, tuple[LowPoint, ...]] = {}

    def of(self, hub: Hub) -> tuple[LowPoint, ...]:
        """The low points of the hub's cases, the deepest first, then the newest.

        For a challenge only steps that name it as an issue count: it is about them, not about the whole case.
        """
        found: Iterable[LowPoint] = chain.from_iterable([self._of_case(case) for case in hub.cases])
        if hub.word.kind is WordKind.CHALLENGE:
            found = (point for point in found if any(issue.challenge == hub.word.id for issue in point.step.issues))
        return tuple(sorted(found, key=lambda point: point.step.feeling))

    def _of_case(self, case: PublicCase) -> tuple[LowPoint, ...]:
        found = self._cases.get(case.slug)
        if found is None:
            steps = case.journey.steps if case.journey else ()
            found = tuple([LowPoint(case, step) for step in steps if step.feeling <= LOW])
            self._cases[case.slug] = found
        return found
