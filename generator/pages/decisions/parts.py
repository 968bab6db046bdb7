"""Who plays which part, by industry and by size, and who had the last word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from generator.knowledge.decisions import (
    Decision,
    Ending,
    Participant,
    Size,
    ending,
    last_words_by_stance,
    participants,
    size,
)
from generator.model.vocabulary import DecisionPart, Stance
from generator.pages.decisions.people import ROOT, PersonView, ending_names, person_view
from generator.pages.drawings.decisions import (
    LEVELS,
    STANCES,
    Crowd,
)
from generator.pages.environment import Words
from generator.pages.facets import size_options
from generator.pages.library import Library

PEOPLE = "people/"
"""The list, from the page."""
ROLES_IN_A_CELL = 2
LAST_WORDS_SHOWN = 6
ROLES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads to the people it counts."""

    count: int
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartsRow:
    """The parts played in one industry, or by customers of one size."""

    name: str
    cases: Figure
    parts: tuple[Figure, ...]
    """In the order of `DecisionPart`, each with the mean influence as its note."""
    last: tuple[PersonView, ...]
    """Some of those with the last word, newest first."""


@dataclass(frozen=True, slots=True)
class StanceRow:
    """Those with the last word who stood towards us in one way, in lost and in won decisions."""

    name: str
    lost: Figure
    won: Figure


@dataclass(frozen=True, slots=True)
class LastWord:
    """Who had the last word in the decisions that ended in one way."""

    ending: Ending
    name: str
    decisions: int
    people: Figure
    strongest: Figure
    """Those of them than whom nobody had more influence."""
    shown: tuple[PersonView, ...]


def crowds_of(library: Library, people: Sequence[Participant]) -> tuple[Crowd, ...]:
    """The people of each influence and stance."""
    words = library.words
    cells: defaultdict[tuple[int, Stance], list[Participant]] = defaultdict(list)
    for item in people:
        if item.person.influence is not None and item.person.stance is not None:
            cells[item.person.influence, item.person.stance].append(item)
    return tuple(
        Crowd(
            influence=level,
            stance=stance,
            won=sum(ending(item.case) is Ending.WON for item in inside),
            lost=sum(ending(item.case) is Ending.LOST for item in inside),
            roles=tuple((item.person.role, str(words.lang(item.case.language))) for item in inside[:ROLES_IN_A_CELL]),
            href=f"{PEOPLE}?influence={level}&stance={stance.value}",
            title=words.say("Influence {level}, {stance}", level=level, stance=words.label(stance)),
        )
        for level in LEVELS
        for stance in STANCES
        if (inside := cells[level, stance])
    )


def _parts_row(library: Library, name: str, inside: Sequence[Decision], cases_href: str, query: str) -> PartsRow:
    words = library.words
    people = participants(inside)
    figures = []
    for part in DecisionPart:
        playing = [item for item in people if part in item.person.part]
        known = [item.person.influence for item in playing if item.person.influence is not None]
        note = words.number(round(fmean(known), 1)) if known else ""
        figures.append(Figure(len(playing), f"{PEOPLE}?{query}&part={part.value}", note))
    last = [item for item in people if item.last_word][:ROLES_SHOWN]
    return PartsRow(
        name, Figure(len(inside), cases_href), tuple(figures), tuple(person_view(library, item, ROOT) for item in last)
    )


def by_industry(library: Library, made: Sequence[Decision]) -> tuple[PartsRow, ...]:
    """The parts in each industry that has a case, in the order of casebook.yml."""
    groups: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in made:
        groups[decision.case.facts.customer.industry].append(decision)
    order = [term.id for term in library.corpus.casebook.industries]
    known = [*(item for item in order if item in groups), *(item for item in groups if item not in order)]
    return tuple(
        _parts_row(
            library, library.industry(item).name, groups[item], f"{ROOT}cases/?industry={item}", f"industry={item}"
        )
        for item in known
    )


def by_size(library: Library, made: Sequence[Decision]) -> tuple[PartsRow, ...]:
    """The parts with customers of each size."""
    names = dict(size_options(library.words))
    return tuple(
        _parts_row(library, names[found], inside, f"{ROOT}cases/?size={found.value}", f"size={found.value}")
        for found in Size
        if (inside := [decision for decision in made if size(decision.case) is found])
    )


def stance_rows_of(words: Words, made: Sequence[Decision]) -> tuple[StanceRow, ...]:
    """Who had the last word, by stance, from champion to opponent."""

    def figure(ended: Ending, stance: Stance) -> Figure:
        found = last_words_by_stance((decision for decision in made if decision.ending is ended), stance)
        return Figure(len(found), f"{PEOPLE}?last=yes&ending={ended.value}&stance={stance.value}")

    return tuple(
        StanceRow(words.label(stance), figure(Ending.LOST, stance), figure(Ending.WON, stance))
        for stance in reversed(STANCES)
    )


def last_word_of(library: Library, made: Sequence[Decision], ended: Ending) -> LastWord:
    """Who had the last word in the decisions that ended in one way."""
    inside = [decision for decision in made if decision.ending is ended]
    people = [item for decision in inside for item in decision.last_words]
    query = f"last=yes&ending={ended.value}"
    return LastWord(
        ending=ended,
        name=ending_names(library.words)[ended],
        decisions=len(inside),
        people=Figure(len(people), f"{PEOPLE}?{query}"),
        strongest=Figure(sum(item.strongest for item in people), f"{PEOPLE}?{query}&strongest=yes"),
        shown=tuple(person_view(library, item, ROOT) for item in people[:LAST_WORDS_SHOWN]),
    )
