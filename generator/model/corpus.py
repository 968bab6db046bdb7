"""A whole case, and the whole knowledge base, as read from the repository and before anything is withheld."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.model.case import CaseFile
from generator.model.casebook import Casebook, Challenge, GlossaryEntry, GuidedPath
from generator.model.deals import Deal
from generator.model.insight import Insight
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.transcript import Transcript
from generator.model.value_map import ValueMap


@dataclass(frozen=True, slots=True)
class RecordingPart:
    """One file of a recording."""

    path: Path
    """Absolute path of the file, for example `.../cases/2025-07-rugged-laptop/audio.m4a`."""
    duration_s: float


@dataclass(frozen=True, slots=True)
class Recording:
    """The parts of an interview's recording, joined on one timeline in this order."""

    parts: tuple[RecordingPart, ...]

    @property
    def duration_s(self) -> float:
        """Length of the joined recording in seconds."""
        return sum(part.duration_s for part in self.parts)


@dataclass(frozen=True, slots=True)
class Case:
    """One interview case: a folder of cases/. Only `facts` is always there."""

    slug: str
    """Folder name, for example `2025-07-rugged-laptop`; the page's address is `/cases/<slug>/`."""
    facts: CaseFile
    transcript: Transcript | None = None
    review: Review | None = None
    insights: tuple[Insight, ...] = ()
    value_map: ValueMap | None = None
    journey: Journey | None = None
    recording: Recording | None = None
    notes_markdown: str = ""
    changed_on: dt.date | None = None
    """Day of the last commit that touched the folder, when the repository tells."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything under cases/. Not to be published as it is: see `generator.publication`."""

    casebook: Casebook
    cases: tuple[Case, ...]
    """Newest interview first."""
    challenges: tuple[Challenge, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    paths: Mapping[str, GuidedPath] = field(default_factory=dict)
    """Guided paths by file name without ending, for example `new-sales-rep`."""
    deals: tuple[Deal, ...] = ()
    """Closed deals in the order of their file."""
