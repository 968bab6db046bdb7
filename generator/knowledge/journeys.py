"""Journeys across cases: how the phases feel, where feelings fall, and what went wrong for us.

A case counts once in each phase, with the median of its steps there, so that a journey told in many steps weighs no
more than another.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from generator.model.journey import Issue, JourneyStep
from generator.model.vocabulary import Phase
from generator.publication import PublicCase, PublicCorpus


@dataclass(frozen=True, slots=True)
class CaseJourney:
    """A case's journey by phase."""

    case: PublicCase
    steps: Mapping[Phase, tuple[JourneyStep, ...]]
    """In the order of the file; phases without a step are left out."""
    feelings: Mapping[Phase, float]
    """Median feeling of the steps in each of these phases, -2 to +2."""

    def feeling(self, phase: Phase) -> float | None:
        """Median feeling of the steps in a phase, -2 to +2; None when the journey has none there."""
        return self.feelings.get(phase)


@dataclass(frozen=True, slots=True)
class PhaseFeeling:
    """How a phase feels over all cases. The numbers are None where no case tells of it."""

    phase: Phase
    cases: int
    median: float | None
    low: float | None
    """First quartile: a quarter of the cases feel this or worse (inclusive method, Hyndman and Fan type 7)."""
    high: float | None
    """Third quartile."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A step at which the feeling fell below that of the step before."""

    case: PublicCase
    before: JourneyStep
    step: JourneyStep

    @property
    def drop(self) -> int:
        """1 to 4."""
        return self.before.feeling - self.step.feeling

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#step-j3`."""
        return f"cases/{self.case.slug}/#step-{self.step.id}"


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """Where customers of several cases met us or a competitor: one place, several feelings."""

    name: str
    visits: tuple[tuple[PublicCase, JourneyStep], ...]
    """Newest case first."""


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """An issue at a step of a journey."""

    case: PublicCase
    step: JourneyStep
    issue: Issue

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#step-j3`."""
        return f"cases/{self.case.slug}/#step-{self.step.id}"


def journeys(corpus: PublicCorpus) -> tuple[CaseJourney, ...]:
    """The cases that have a journey, newest interview first."""
    return tuple(told for case in corpus.cases if (told := case_journey(case)) is not None)


def case_journey(case: PublicCase) -> CaseJourney | None:
    """The journey of a case by phase; None when it has no step."""
    if case.journey is None or not case.journey.steps:
        return None
    steps: defaultdict[Phase, list[JourneyStep]] = defaultdict(list)
    for step in case.journey.steps:
        steps[step.phase].append(step)
    by_phase = {phase: tuple(steps[phase]) for phase in Phase if phase in steps}
    feelings = {phase: median([step.feeling for step in inside]) for phase, inside in by_phase.items()}
    return CaseJourney(case, by_phase, feelings)


def phase_feelings(told: Sequence[CaseJourney]) -> tuple[PhaseFeeling, ...]:
    """How each of the five phases feels over all cases, in the order of a journey."""
    found = []
    for phase in Phase:
        feelings = [feeling for journey in told if (feeling := journey.feeling(phase)) is not None]
        if not feelings:
            found.append(PhaseFeeling(phase, 0, None, None, None))
            continue
        low, middle, high = quantiles(feelings, n=4, method="inclusive") if len(feelings) > 1 else feelings * 3
        found.append(PhaseFeeling(phase, len(feelings), middle, low, high))
    return tuple(found)


def falls(told: Sequence[CaseJourney]) -> tuple[Fall, ...]:
    """Where feelings fall: the deepest fall first, of equal ones the lower end, then the newest case."""
    found = [
        Fall(journey.case, before, step)
        for journey in told
        if journey.case.journey is not None
        for before, step in pairwise(journey.case.journey.steps)
        if step.feeling < before.feeling
    ]
    return tuple(sorted(found, key=lambda fall: (-fall.drop, fall.step.feeling)))


def touchpoints(told: Sequence[CaseJourney]) -> Mapping[str, Touchpoint]:
    """Key of a touchpoint's name (`touchpoint_key`) -> those that more than one case tells of."""
    visits: defaultdict[str, list[tuple[PublicCase, JourneyStep]]] = defaultdict(list)
    names: dict[str, str] = {}
    for journey in told:
        for step in journey.case.journey.steps if journey.case.journey else ():
            for name in dict.fromkeys(step.touchpoints):
                key = touchpoint_key(name)
                names.setdefault(key, name)
                visits[key].append((journey.case, step))
    return {
        key: Touchpoint(names[key], tuple(places))
        for key, places in visits.items()
        if len({case.slug for case, _ in places}) > 1
    }


def touchpoint_key(name: str) -> str:
    """What makes two spellings of a touchpoint one: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def issues(told: Sequence[CaseJourney]) -> Iterator[FoundIssue]:
    """Every issue, newest case first, in the order of the journey."""
    for journey in told:
        for step in journey.case.journey.steps if journey.case.journey else ():
            for issue in step.issues:
                yield FoundIssue(journey.case, step, issue)
