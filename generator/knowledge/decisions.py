"""Decisions across cases: who plays which part in buying, who had the last word, how long it took, and who uses it.

Parts after the buying centre of Webster and Wind (1972). People of the own company are left out: they sell, they do not
decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles

from generator.model.case import Stakeholder
from generator.model.vocabulary import CaseType, DecisionPart, Side, Stance
from generator.publication import PublicCase, PublicCorpus

DAYS_IN_A_MONTH = 365.2425 / 12

CHOOSING = frozenset({DecisionPart.DECIDER, DecisionPart.APPROVER, DecisionPart.BUYER})
"""Parts that choose: who decides, who approves, who buys."""


class Ending(StrEnum):
    """How a case ended for us."""

    WON = "won"
    """The customer chose us, or stayed: loyal, switched to us."""
    LOST = "lost"
    """The customer chose another: lost, switched away."""


class Size(StrEnum):
    """Size of a customer by its employees.

    100 and 300 are the bounds of the Japanese Small and Medium-sized Enterprise Basic Act, article 2 (services and
    wholesale, manufacturing); 1,000 is where the Basic Survey on Wage Structure begins to speak of large enterprises.
    """

    UP_TO_100 = "up_to_100"
    UP_TO_300 = "up_to_300"
    UP_TO_999 = "up_to_999"
    FROM_1000 = "from_1000"
    UNKNOWN = "unknown"


_BOUNDS = ((100, Size.UP_TO_100), (300, Size.UP_TO_300), (999, Size.UP_TO_999))


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a part in a customer's decision."""

    case: PublicCase
    person: Stakeholder
    last_word: bool
    """Whether this person, perhaps with others, had the last word; see `last_word`."""
    strongest: bool
    """Whether nobody in the case had more influence. False where no influence is known."""

    @property
    def chooses(self) -> bool:
        """Whether one of the parts is to choose."""
        return not CHOOSING.isdisjoint(self.person.part)

    @property
    def uses(self) -> bool:
        """Whether one of the parts is to use what was bought."""
        return DecisionPart.USER in self.person.part

    @property
    def address(self) -> str:
        """Relative to the site's root: the people of the case, as they have no anchors of their own."""
        return f"cases/{self.case.slug}/#person-{self.person.id}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One customer's decision."""

    case: PublicCase
    people: tuple[Participant, ...]
    """Most influential first."""

    @property
    def ending(self) -> Ending:
        """How it ended for us."""
        return ending(self.case)

    @property
    def choosers(self) -> tuple[Participant, ...]:
        """Who chose."""
        return tuple(item for item in self.people if item.chooses)

    @property
    def users(self) -> tuple[Participant, ...]:
        """Who works with it."""
        return tuple(item for item in self.people if item.uses)

    @property
    def apart(self) -> bool | None:
        """Whether nobody who chose is also a user; None where one of the two sides is not named."""
        if not self.choosers or not self.users:
            return None
        return not any(item.uses for item in self.choosers)

    @property
    def last_words(self) -> tuple[Participant, ...]:
        """Who had the last word."""
        return tuple(item for item in self.people if item.last_word)

    @property
    def months(self) -> float | None:
        """Months from the first hand-over of the lead to the decision; None where none is told, or a later one."""
        days = [step.on for step in self.case.facts.lead if step.on <= self.case.facts.dates.decision]
        if not days:
            return None
        return (self.case.facts.dates.decision - min(days)).days / DAYS_IN_A_MONTH


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the decisions of some cases took, in months."""

    decisions: tuple[Decision, ...]
    """Those whose time is known, the shortest first."""
    median: float
    low: float
    """First quartile (inclusive method, Hyndman and Fan type 7)."""
    high: float
    """Third quartile."""


def ending(case: PublicCase) -> Ending:
    """How a case ended for us."""
    return Ending.WON if case.facts.type in {CaseType.LOYAL, CaseType.SWITCHED_TO_US} else Ending.LOST


def size(case: PublicCase) -> Size:
    """The customer's size."""
    employees = case.facts.customer.employees
    if employees is None:
        return Size.UNKNOWN
    return next((found for bound, found in _BOUNDS if employees <= bound), Size.FROM_1000)


def last_word(people: Sequence[Stakeholder]) -> tuple[Stakeholder, ...]:
    """Who of `people` had the last word.

    Those who decided; where nobody is said to have, those who approved; where nobody did, the most influential.
    """
    for part in (DecisionPart.DECIDER, DecisionPart.APPROVER):
        found = tuple(person for person in people if part in person.part)
        if found:
            return found
    return strongest(people)


def strongest(people: Sequence[Stakeholder]) -> tuple[Stakeholder, ...]:
    """Those of `people` than whom nobody has more influence; none where no influence is known."""
    most = max((person.influence or 0 for person in people), default=0)
    return tuple(person for person in people if most and person.influence == most)


def decisions(corpus: PublicCorpus) -> tuple[Decision, ...]:
    """The cases that name somebody with a part in the decision, newest interview first."""
    found = []
    for case in corpus.cases:
        people = [person for person in case.facts.people if person.side is not Side.OWN and person.part]
        if people:
            last = {person.id for person in last_word(people)}
            top = {person.id for person in strongest(people)}
            people.sort(key=lambda person: -(person.influence or 0))
            found.append(
                Decision(case, tuple(Participant(case, item, item.id in last, item.id in top) for item in people))
            )
    return tuple(found)


def participants(made: Iterable[Decision]) -> tuple[Participant, ...]:
    """Everybody with a part, newest case first."""
    return tuple(item for decision in made for item in decision.people)


def duration(made: Iterable[Decision]) -> Duration | None:
    """How long those decisions took whose beginning is known; None when there are none."""
    known = [(months, decision) for decision in made if (months := decision.months) is not None]
    if not known:
        return None
    known.sort(key=lambda entry: entry[0])
    months_known = [entry[0] for entry in known]
    low, _, high = quantiles(months_known, n=4, method="inclusive") if len(known) > 1 else months_known * 3
    return Duration(tuple(entry[1] for entry in known), median(months_known), low, high)


def last_words_by_stance(made: Iterable[Decision], stance: Stance) -> tuple[Participant, ...]:
    """Those with the last word who stood towards us like that."""
    return tuple(item for decision in made for item in decision.last_words if item.person.stance is stance)
