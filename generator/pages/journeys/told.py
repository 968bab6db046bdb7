"""What the pages of journeys are made of, computed once, and how feelings are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.knowledge.journeys import (
    CaseJourney,
    Fall,
    FoundIssue,
    PhaseFeeling,
    Touchpoint,
    falls,
    issues,
    journeys,
    phase_feelings,
    touchpoints,
)
from generator.knowledge.measures import TakenMeasure, measures
from generator.model.journey import JourneyStep
from generator.model.vocabulary import Phase
from generator.pages.cases import marks_by_case
from generator.pages.environment import Words
from generator.pages.library import Library
from generator.pages.listing import Facet, Marks, facet
from generator.publication import PublicCase

ADDRESS = "journeys/"
ROOT = "../"
SLICED_BY = ("product", "segment", "year")
"""Marks of a case by which lists of journeys are narrowed down."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that the pages are made of, computed once."""

    journeys: tuple[CaseJourney, ...]
    feelings: tuple[PhaseFeeling, ...]
    falls: tuple[Fall, ...]
    touchpoints: Mapping[str, Touchpoint]
    issues: tuple[FoundIssue, ...]
    measures: tuple[TakenMeasure, ...]
    marks: Mapping[str, Marks]
    """Folder name of a case -> its marks that are called `SLICED_BY`."""


def told_in(library: Library) -> Told:
    """What the journeys of a corpus tell together."""
    told = journeys(library.corpus)
    return Told(
        journeys=told,
        feelings=phase_feelings(told),
        falls=falls(told),
        touchpoints=touchpoints(told),
        issues=tuple(issues(told)),
        measures=measures(told),
        marks=marks_by_case((journey.case for journey in told), SLICED_BY),
    )


def signed(words: Words, feeling: float) -> str:
    """A feeling with its sign: +1.5, −2, 0."""
    return "0" if feeling == 0 else f"{'+' if feeling > 0 else '−'}{words.number(abs(feeling))}"


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that leads to what it counts."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """The same touchpoint in another case."""

    case: PublicCase
    href: str
    step: JourneyStep


def place_of(case: PublicCase, step: JourneyStep, root: str) -> Place:
    """Where a step of another case stands."""
    return Place(case, f"{root}cases/{case.slug}/#step-{step.id}", step)


def phase_facet(library: Library, marks: Sequence[Marks]) -> Facet:
    """The phases, by the company's own names."""
    return facet("phase", library.words.say("Phase"), [(phase.value, library.phase(phase)) for phase in Phase], marks)


def crumbs(words: Words, number: int, this: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way back from a list; `number` is that of its page."""
    above = (words.say("Journeys"), ADDRESS)
    return (above, this) if number > 1 else (above,)
