"""Who took part in the decisions of a word's cases, and how those people stood towards us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from generator.knowledge.hubs.words import Hub
from generator.model.case import Stakeholder
from generator.model.vocabulary import DecisionPart, Side, Stance

LEANINGS: Mapping[Stance, str] = {
    Stance.CHAMPION: "for",
    Stance.SUPPORTER: "for",
    Stance.NEUTRAL: "between",
    Stance.SCEPTIC: "against",
    Stance.OPPONENT: "against",
}
"""Stance -> on whose side the person stood."""


@dataclass(frozen=True, slots=True)
class PartPlayed:
    """A part in the buying decision, over all cases of a word."""

    part: DecisionPart
    people: int
    """All but our own."""
    influence: float | None
    """Median influence, 1 to 5, of those whose influence is known."""
    for_us: int
    between: int
    against_us: int
    """Those whose stance is known, by where they stood."""


def parts_played(hub: Hub) -> tuple[PartPlayed, ...]:
    """The parts that somebody played, in the order of the vocabulary. A person with two parts counts in both."""
    people: dict[DecisionPart, list[Stakeholder]] = {part: [] for part in DecisionPart}
    for case in hub.cases:
        for person in case.facts.people:
            if person.side is not Side.OWN:
                for part in person.part:
                    people[part].append(person)
    return tuple(_part_played(part, found) for part, found in people.items() if found)


def _part_played(part: DecisionPart, people: list[Stakeholder]) -> PartPlayed:
    leanings = [LEANINGS[person.stance] for person in people if person.stance is not None]
    influences = [person.influence for person in people if person.influence is not None]
    return PartPlayed(
        part=part,
        people=len(people),
        influence=median(influences) if influences else None,
        for_us=leanings.count("for"),
        between=leanings.count("between"),
        against_us=leanings.count("against"),
    )
