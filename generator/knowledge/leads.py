"""How leads pass from marketing to sales and on to a decision: who handed over to whom, and where it stuck.

Editors name stages as they like; the usual names in Japanese and English are known as the same stage, so that they can
be compared across cases. A lead's way ends with the first decision: what comes after it is the customer's life with us,
in which years between two steps are no waiting.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Final

from generator.model.case import HandOver
from generator.publication import PublicCase, PublicCorpus


class Stage(StrEnum):
    """A stage that all companies know, in order."""

    MQL = "mql"
    """Marketing's lead."""
    SQL = "sql"
    """Sales' lead."""
    MEETING = "meeting"
    TRIAL = "trial"
    QUOTE = "quote"
    WON = "won"
    LOST = "lost"


STAGE_WORDS: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.MQL: ("mql",),
    Stage.SQL: ("sql",),
    Stage.MEETING: ("商談", "案件化", "提案", "opportunity", "meeting", "proposal"),
    Stage.TRIAL: ("試用", "検証", "評価", "poc", "trial", "pilot"),
    Stage.QUOTE: ("見積", "見積もり", "見積り", "稟議", "quote", "quotation"),
    Stage.WON: ("受注", "成約", "契約", "won", "order"),
    Stage.LOST: ("失注", "見送り", "lost"),
}
"""What editors write for a stage; width and case do not matter."""
DECISIONS: Final = frozenset({Stage.WON, Stage.LOST})
_KNOWN: Final = {word: stage for stage, words in STAGE_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Wait:
    """The time from one step to the next: with whoever took the first one over."""

    case: PublicCase
    step: HandOver
    then: HandOver | None
    """None while nobody knows how it goes on."""
    days: int

    @property
    def stages(self) -> tuple[Stage, Stage] | None:
        """Both stages, when they are known ones."""
        first, second = stage_of(self.step), stage_of(self.then) if self.then else None
        return (first, second) if first and second else None


@dataclass(frozen=True, slots=True)
class Way:
    """A lead of a case, from its first step to the first decision."""

    case: PublicCase
    waits: tuple[Wait, ...]
    later: tuple[HandOver, ...]
    """Steps after the decision."""

    @property
    def steps(self) -> tuple[HandOver, ...]:
        """The steps up to the decision."""
        then = self.waits[-1].then if self.waits else None
        return (*(wait.step for wait in self.waits), *((then,) if then else ()))

    @property
    def days(self) -> int:
        """How long the whole way took, or has taken so far."""
        return sum(wait.days for wait in self.waits)

    @property
    def outcome(self) -> Stage | None:
        """Won, lost, or None while it is open."""
        last = self.waits[-1].then
        return stage_of(last) if last else None

    @property
    def longest(self) -> Wait:
        """Where it waited longest."""
        return max(self.waits, key=lambda wait: wait.days)


@dataclass(frozen=True, slots=True)
class Span:
    """How long the step from one stage to another took, over all cases in which one followed the other."""

    first: Stage
    then: Stage
    waits: tuple[Wait, ...]
    """Shortest first."""

    @property
    def median_days(self) -> float:
        """The middle one."""
        return median(wait.days for wait in self.waits)


@dataclass(frozen=True, slots=True)
class Passing:
    """What one department handed to another."""

    giver: str | None
    taker: str | None
    """Identifiers of departments; None where an editor names none."""
    waits: tuple[Wait, ...]
    """Until the next step: how long it lay with the one who took it over."""

    @property
    def median_days(self) -> float:
        """The middle one."""
        return median(wait.days for wait in self.waits)


def stage_of(step: HandOver) -> Stage | None:
    """The stage that a step reaches, when its name is a usual one."""
    return _KNOWN.get(unicodedata.normalize("NFKC", step.stage).strip().casefold())


def way(case: PublicCase, on: dt.date) -> Way | None:
    """The way of a case's lead as known on the day `on`; None when fewer than two days are known for it."""
    steps = sorted(case.facts.lead, key=lambda step: step.on)
    end = next((place for place, step in enumerate(steps) if stage_of(step) in DECISIONS), None)
    walked, later = (steps, []) if end is None else (steps[: end + 1], steps[end + 1 :])
    waits = [Wait(case, step, then, (then.on - step.on).days) for step, then in pairwise(walked)]
    if end is None and walked and walked[-1].on <= on:
        waits.append(Wait(case, walked[-1], None, (on - walked[-1].on).days))
    return Way(case, tuple(waits), tuple(later)) if waits else None


def ways(corpus: PublicCorpus) -> tuple[Way, ...]:
    """The ways of all leads, newest case first."""
    walked = (way(case, corpus.built_on) for case in corpus.cases)
    return tuple(found for found in walked if found is not None)


def hand_overs_to_sales(walked: Iterable[Way]) -> tuple[Wait, ...]:
    """For each lead that marketing had and sales took, the time from the first MQL to the first SQL; shortest first.

    Whatever lies between the two counts as a part of it.
    """
    found = []
    for lead in walked:
        steps = lead.steps
        first = next((step for step in steps if stage_of(step) is Stage.MQL), None)
        then = next((step for step in steps if stage_of(step) is Stage.SQL), None)
        if first and then and first.on <= then.on:
            found.append(Wait(lead.case, first, then, (then.on - first.on).days))
    return _shortest_first(found)


def spans(walked: Sequence[Way]) -> tuple[Span, ...]:
    """From stage to stage, in the order of the stages."""
    found: dict[tuple[Stage, Stage], list[Wait]] = {}
    for wait in (wait for lead in walked for wait in lead.waits):
        if wait.stages:
            found.setdefault(wait.stages, []).append(wait)
    order = list(Stage)
    pairs = sorted(found, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return tuple(Span(*pair, _shortest_first(found[pair])) for pair in pairs)


def longest_waits(walked: Iterable[Way]) -> tuple[Wait, ...]:
    """Every wait, the longest first."""
    waits = [wait for lead in walked for wait in lead.waits]
    return tuple(sorted(waits, key=lambda wait: (-wait.days, wait.case.slug, wait.step.on)))


def passings(walked: Iterable[Way]) -> tuple[Passing, ...]:
    """Who handed over to whom, the most frequent first."""
    found: dict[tuple[str | None, str | None], list[Wait]] = {}
    for wait in (wait for lead in walked for wait in lead.waits):
        found.setdefault((wait.step.from_department, wait.step.to_department), []).append(wait)
    made = [Passing(*pair, _shortest_first(waits)) for pair, waits in found.items()]
    return tuple(sorted(made, key=lambda passing: (-len(passing.waits), passing.giver or "", passing.taker or "")))


def _shortest_first(waits: Iterable[Wait]) -> tuple[Wait, ...]:
    return tuple(sorted(waits, key=lambda wait: (wait.days, wait.case.slug)))
