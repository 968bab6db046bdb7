"""The page itself."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.decisions import (
    Decision,
    Ending,
    participants,
)
from generator.model.vocabulary import DecisionPart
from generator.pages.decisions.durations import (
    DURATIONS_SHOWN,
    DurationCase,
    DurationRow,
    duration_rows,
    in_months,
    strips_of,
)
from generator.pages.decisions.parts import (
    PEOPLE,
    Figure,
    LastWord,
    PartsRow,
    StanceRow,
    by_industry,
    by_size,
    crowds_of,
    last_word_of,
    stance_rows_of,
)
from generator.pages.decisions.people import ADDRESS, ROOT, PersonView, person_view
from generator.pages.drawings.decisions import (
    LEVELS,
    STANCES,
    TICKS,
    duration_strips,
    influence_map,
)
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page

PAIRS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PairView:
    """A case in which choosers are not users: both, with their words."""

    decision: Decision
    href: str
    choosers: tuple[PersonView, ...]
    users: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """The view behind `decisions.html.j2`."""

    decisions: int
    people: int
    drawing: Markup
    small_drawing: Markup
    crowds: tuple[tuple[int, tuple[Figure, ...]], ...]
    """Influence with the people of each stance: the drawing as a table."""
    stances: tuple[str, ...]
    parts: tuple[str, ...]
    industries: tuple[PartsRow, ...]
    sizes: tuple[PartsRow, ...]
    stance_rows: tuple[StanceRow, ...]
    most_in_a_stance: int
    last_words: tuple[LastWord, ...]
    """Lost and won."""
    strips: Markup | None
    small_strips: Markup | None
    durations: tuple[DurationRow, ...]
    duration_cases: tuple[DurationCase, ...]
    timed: int
    apart: Figure
    """Decisions in which choosers are not users, of those that name both sides."""
    both_named: int
    pairs: tuple[PairView, ...]


def main_page(library: Library, made: tuple[Decision, ...]) -> Page:
    """The page over all decisions."""
    words = library.words
    people = participants(made)
    crowds = crowds_of(library, people)
    stances = tuple(words.label(stance) for stance in STANCES)
    names = (words.say("People of all decisions by influence and stance"), words.say("Influence"))
    strips = strips_of(library, made)
    months = [words.say("{count} mo", count=tick) for tick in TICKS]
    apart = [decision for decision in made if decision.apart]
    timed = sorted((decision for decision in made if decision.months is not None), key=lambda item: -(item.months or 0))
    stance_rows = stance_rows_of(words, made)
    by_cell = {(crowd.influence, crowd.stance): Figure(crowd.count, crowd.href) for crowd in crowds}
    label = words.say("Months from the first contact to the decision")
    view = DecisionsView(
        decisions=len(made),
        people=len(people),
        drawing=influence_map(crowds, stances, names, narrow=False),
        small_drawing=influence_map(crowds, stances, names, narrow=True),
        crowds=tuple(
            (level, tuple(by_cell.get((level, stance), Figure(0, "")) for stance in STANCES)) for level in LEVELS
        ),
        stances=stances,
        parts=tuple(words.label(part) for part in DecisionPart),
        industries=by_industry(library, made),
        sizes=by_size(library, made),
        stance_rows=stance_rows,
        most_in_a_stance=max((max(row.won.count, row.lost.count) for row in stance_rows), default=1),
        last_words=tuple(last_word_of(library, made, ended) for ended in (Ending.LOST, Ending.WON)),
        strips=duration_strips(strips, months, label, narrow=False) if strips else None,
        small_strips=duration_strips(strips, months, label, narrow=True) if strips else None,
        durations=duration_rows(library, made),
        duration_cases=tuple(
            DurationCase(
                decision,
                f"{ROOT}cases/{decision.case.slug}/",
                in_months(words, decision.months or 0),
                min(decision.case.facts.lead, key=lambda step: step.on).stage,
            )
            for decision in timed[:DURATIONS_SHOWN]
        ),
        timed=len(timed),
        apart=Figure(len(apart), f"{PEOPLE}?apart=apart"),
        both_named=sum(decision.apart is not None for decision in made),
        pairs=tuple(_pair(library, decision) for decision in apart[:PAIRS_SHOWN]),
    )
    headings = (
        ("map", words.say("Influence and stance")),
        ("last-word", words.say("Who had the last word")),
        ("apart", words.say("Choosers are not users")),
        ("months", words.say("How long it took")),
        ("industries", words.say("Parts by industry")),
        ("sizes", words.say("Parts by size")),
    )
    return Page(
        address=ADDRESS,
        title=words.say("Decisions"),
        body=environment(library.texts).get_template("decisions.html.j2").render(v=view),
        kind="decisions",
        description=words.say("Who decides about us, how they stand towards us, and how long it takes."),
        headings=tuple(Heading(identifier, text, 2) for identifier, text in headings) if made else (),
    )


def _pair(library: Library, decision: Decision) -> PairView:
    return PairView(
        decision,
        f"{ROOT}cases/{decision.case.slug}/",
        tuple(person_view(library, item, ROOT) for item in decision.choosers),
        tuple(person_view(library, item, ROOT) for item in decision.users),
    )
