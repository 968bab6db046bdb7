"""What readers may see, as a type of its own, so that a type checker guards against leaks.

Only `generator.publication.gate` makes these values. Pages, search, feeds and exports take them and never a `Corpus`;
knowledge is derived from them after redaction, so that no count or index can reveal what was withheld.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from generator.model.case import CaseFile
from generator.model.casebook import Casebook, Challenge, GlossaryEntry, GuidedPath
from generator.model.corpus import Recording
from generator.model.insight import Insight
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.transcript import Transcript
from generator.model.value_map import ValueMap
from generator.model.vocabulary import DealOutcome, Preference, SegmentKind

Key: TypeAlias = tuple[str | int, ...]
"""The way to a value in a file. A thing in a list is named by its identifier: `("insights", "i2", "only")`."""


class WithholdingReason(StrEnum):
    """Why something is not shown. Readers see counts by reason, editors see the things themselves."""

    NO_CONSENT = "no_consent"
    """The case has no consent record, or the customer did not agree to the recording."""
    WITHDRAWN = "withdrawn"
    """The customer withdrew the consent."""
    EXPIRED = "expired"
    """The consent or the retention period has ended."""
    AUDIENCE = "audience"
    """This site is built for an audience that may not see it."""
    DEPENDS = "depends"
    """The words on which it rests, or that to which it leads, are withheld."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that was left out, and why."""

    slug: str
    """Case folder; for the editor's report only, never for a page."""
    part: str
    """`case`, `audio`, `names`, a part as `generator.model.case.Limits` names it, a single thing by kind and
    identifier (`insight i2`, `note n03`), what a person said (`words of plant-manager`, `voice of plant-manager`), or
    what leads to something withheld (`evidence of insight i2`, `related`)."""
    reason: WithholdingReason
    detail: str = ""
    """What decided, in the editor's words: a day, audiences, or the thing on which it depends."""
    file: str = "case.yml"
    """The file that decided, from the case's folder."""
    key: Key = ()
    """Where in that file."""


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case as readers may see it: alias for the customer's name, terms redacted, names gone where not allowed."""

    slug: str
    """The page's address is `/cases/<slug>/`."""
    facts: CaseFile
    """`facts.customer.name` holds the alias; `facts.people[].name` is empty unless names may be shown; `facts.consent`,
    `facts.people[].consent`, `facts.limits` and `facts.redact` are emptied, and so is `only` wherever it stood."""
    language: str
    """`ja` or `en`: the case's own, or the knowledge base's."""
    transcript: Transcript | None = None
    """All cues with their times, so that the timeline holds; see `withheld_cues`."""
    withheld_cues: frozenset[str] = frozenset()
    """Cues of people whose words may not be read: without speaker and text."""
    review: Review | None = None
    insights: tuple[Insight, ...] = ()
    value_map: ValueMap | None = None
    journey: Journey | None = None
    recording: Recording | None = None
    """None when there is none or when this audience may not listen."""
    muted_s: tuple[tuple[float, float], ...] = ()
    """Stretches of the recording, in seconds, where a redacted term or a person who may not be heard is speaking."""
    notes_markdown: str = ""
    ended_links: frozenset[str] = frozenset()
    """Where a link or a quote led to a case that is no longer shown: `related`, `insight-i2`. Readers are told that
    something is no longer available, and nothing more."""
    changed_on: dt.date | None = None

    @property
    def months_between(self) -> int:
        """Whole months from the decision to the interview."""
        start, end = self.facts.dates.decision, self.facts.dates.interview
        return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


@dataclass(frozen=True, slots=True)
class PublicDeal:
    """A closed deal that calls for an interview, as readers may see it: without its number and its customer's name."""

    uid: str
    """16 hexadecimal figures, the same for the same deal in every build: `9f86d081884c7d65`."""
    decided_on: dt.date
    outcome: DealOutcome
    """Lost or switched away."""
    alias: str = ""
    """By which readers may know the customer; empty when only industry and product are told."""
    industry: str | None = None
    products: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    segment: SegmentKind | None = None
    preference: Preference | None = None
    case: str = ""
    """Folder name of the interview that followed; empty while there was none."""
    earlier_case: str = ""
    """Folder name of the customer's last interview before the decision; empty when there was none."""


@dataclass(frozen=True, slots=True)
class PublicCorpus:
    """Everything one audience may see, and nothing else."""

    casebook: Casebook
    """`casebook.redact` is emptied."""
    cases: tuple[PublicCase, ...]
    """Newest interview first."""
    challenges: tuple[Challenge, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    paths: Mapping[str, GuidedPath] = field(default_factory=dict)
    withheld: Mapping[WithholdingReason, int] = field(default_factory=dict)
    """How many cases are withheld, by reason: counts only."""
    withheld_parts: Mapping[WithholdingReason, int] = field(default_factory=dict)
    """How many parts of the cases that are shown are withheld, by reason."""
    deals: tuple[PublicDeal, ...] = ()
    """Closed deals that call for an interview, oldest decision first."""
    deals_limited: bool = False
    """Closed deals are for other readers, whether or not there are any."""
    shortened_paths: frozenset[str] = frozenset()
    """Guided paths that lost a stop at something that is no longer shown."""
    audience: str | None = None
    built_on: dt.date = field(default_factory=dt.date.today)

    def case(self, slug: str) -> PublicCase | None:
        """The case of that folder name, or None when there is none or it is withheld."""
        return next((case for case in self.cases if case.slug == slug), None)
