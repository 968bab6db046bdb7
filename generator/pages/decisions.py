"""Decisions across cases at `decisions/`: who decides, how they stood towards us, how long it took, and who uses it.

Everybody behind the figures stands in the list at `decisions/people/`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from markupsafe import Markup

from generator.knowledge.decisions import (
    Decision,
    Duration,
    Ending,
    Participant,
    Size,
    decisions,
    duration,
    ending,
    participants,
    size,
)
from generator.model.vocabulary import CaseType, DecisionPart, Stance
from generator.pages.cases import case_facets, case_marks
from generator.pages.drawings.decisions import (
    LEVELS,
    STANCES,
    TICKS,
    Crowd,
    Dot,
    Strip,
    duration_strips,
    influence_map,
)
from generator.pages.drawings.people_map import can_say_no
from generator.pages.environment import Words, environment
from generator.pages.facets import size_options
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.quotes import Quote, said_in_case
from generator.publication import PublicCase

ADDRESS = "decisions/"
PEOPLE_ADDRESS = f"{ADDRESS}people/"
ROOT = "../"
PEOPLE = "people/"
"""The list, from the page."""
ROLES_IN_A_CELL = 2
LAST_WORDS_SHOWN = 6
ROLES_SHOWN = 4
DOTS_SHOWN = 60
"""In one line of the drawing of months, the newest; box and median are those of all."""
DURATIONS_SHOWN = 24
PAIRS_SHOWN = 8
ROWS_ON_A_PAGE = 120


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads to the people it counts."""

    count: int
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody with a part."""

    participant: Participant
    href: str
    case_href: str
    parts: str
    says_no: bool
    ending: str
    quote: Quote | None
    marks: Marks


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


@dataclass(frozen=True, slots=True)
class DurationRow:
    """How long decisions of one kind of case took, in months as readers write them."""

    name: str
    cases: Figure
    median: str
    quartiles: str
    shortest: str
    longest: str


@dataclass(frozen=True, slots=True)
class DurationCase:
    """How long one decision took."""

    decision: Decision
    href: str
    months: str
    first: str
    """Stage of the lead at which counting begins."""


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


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The view behind `decisions_people.html.j2`."""

    leaf: Leaf[tuple[Participant, Marks]]
    rows: tuple[PersonView, ...]
    total: int
    facets: tuple[Facet, ...]


def decisions_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page, and the list of everybody behind its figures."""
    made = decisions(library.corpus)
    yield _main_page(library, made)
    yield from _people_pages(library, made)


def ending_names(words: Words) -> Mapping[Ending, str]:
    """How a decision ended, in a word."""
    return {Ending.LOST: words.say("They chose another"), Ending.WON: words.say("They chose us")}


def _main_page(library: Library, made: tuple[Decision, ...]) -> Page:
    words = library.words
    people = participants(made)
    crowds = _crowds(library, people)
    stances = tuple(words.label(stance) for stance in STANCES)
    names = (words.say("People of all decisions by influence and stance"), words.say("Influence"))
    strips = _strips(library, made)
    months = [words.say("{count} mo", count=tick) for tick in TICKS]
    apart = [decision for decision in made if decision.apart]
    timed = sorted((decision for decision in made if decision.months is not None), key=lambda item: -(item.months or 0))
    stance_rows = _stance_rows(words, made)
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
        industries=_by_industry(library, made),
        sizes=_by_size(library, made),
        stance_rows=stance_rows,
        most_in_a_stance=max((max(row.won.count, row.lost.count) for row in stance_rows), default=1),
        last_words=tuple(_last_word(library, made, ended) for ended in (Ending.LOST, Ending.WON)),
        strips=duration_strips(strips, months, label, narrow=False) if strips else None,
        small_strips=duration_strips(strips, months, label, narrow=True) if strips else None,
        durations=_duration_rows(library, made),
        duration_cases=tuple(
            DurationCase(
                decision,
                f"{ROOT}cases/{decision.case.slug}/",
                _months(words, decision.months or 0),
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


def _crowds(library: Library, people: Sequence[Participant]) -> tuple[Crowd, ...]:
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
        name, Figure(len(inside), cases_href), tuple(figures), tuple(_person(library, item, ROOT) for item in last)
    )


def _by_industry(library: Library, made: Sequence[Decision]) -> tuple[PartsRow, ...]:
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


def _by_size(library: Library, made: Sequence[Decision]) -> tuple[PartsRow, ...]:
    names = dict(size_options(library.words))
    return tuple(
        _parts_row(library, names[found], inside, f"{ROOT}cases/?size={found.value}", f"size={found.value}")
        for found in Size
        if (inside := [decision for decision in made if size(decision.case) is found])
    )


def _stance_rows(words: Words, made: Sequence[Decision]) -> tuple[StanceRow, ...]:
    counts = Counter((decision.ending, item.person.stance) for decision in made for item in decision.last_words)

    def figure(ended: Ending, stance: Stance) -> Figure:
        query = f"last=yes&ending={ended.value}&stance={stance.value}"
        return Figure(counts[ended, stance], f"{PEOPLE}?{query}")

    return tuple(
        StanceRow(words.label(stance), figure(Ending.LOST, stance), figure(Ending.WON, stance))
        for stance in reversed(STANCES)
    )


def _last_word(library: Library, made: Sequence[Decision], ended: Ending) -> LastWord:
    inside = [decision for decision in made if decision.ending is ended]
    people = [item for decision in inside for item in decision.last_words]
    query = f"last=yes&ending={ended.value}"
    return LastWord(
        ending=ended,
        name=ending_names(library.words)[ended],
        decisions=len(inside),
        people=Figure(len(people), f"{PEOPLE}?{query}"),
        strongest=Figure(sum(item.strongest for item in people), f"{PEOPLE}?{query}&strongest=yes"),
        shown=tuple(_person(library, item, ROOT) for item in people[:LAST_WORDS_SHOWN]),
    )


def _by_type(made: Sequence[Decision]) -> Iterator[tuple[CaseType, Duration]]:
    for kind in CaseType:
        found = duration(decision for decision in made if decision.case.facts.type is kind)
        if found is not None:
            yield kind, found


def _strips(library: Library, made: Sequence[Decision]) -> tuple[Strip, ...]:
    words = library.words
    newest = {decision.case.slug: place for place, decision in enumerate(made)}
    strips = []
    for kind, found in _by_type(made):
        shown = sorted(found.decisions, key=lambda decision: newest[decision.case.slug])[:DOTS_SHOWN]
        dots = tuple(
            Dot(
                decision.months or 0,
                f"{decision.case.facts.customer.alias}: {_months(words, decision.months or 0)}",
                f"{ROOT}cases/{decision.case.slug}/",
                str(words.lang(decision.case.language)),
            )
            for decision in shown
        )
        figure = words.say("median {months}", months=_months(words, found.median))
        href = f"{ROOT}cases/?type={kind.value}"
        strips.append(Strip(words.label(kind), href, figure, found.median, found.low, found.high, dots))
    return tuple(strips)


def _duration_rows(library: Library, made: Sequence[Decision]) -> tuple[DurationRow, ...]:
    words = library.words
    rows = []
    for kind, found in _by_type(made):
        ends = (found.decisions[0].months or 0, found.decisions[-1].months or 0)
        rows.append(
            DurationRow(
                name=words.label(kind),
                cases=Figure(len(found.decisions), f"{ROOT}cases/?type={kind.value}"),
                median=_months(words, found.median),
                quartiles=words.say("{low} to {high}", low=_months(words, found.low), high=_months(words, found.high)),
                shortest=_months(words, ends[0]),
                longest=_months(words, ends[1]),
            )
        )
    return tuple(rows)


def _months(words: Words, months: float) -> str:
    return words.say("{months} months", months=words.number(round(months, 1)))


def _pair(library: Library, decision: Decision) -> PairView:
    return PairView(
        decision,
        f"{ROOT}cases/{decision.case.slug}/",
        tuple(_person(library, item, ROOT) for item in decision.choosers),
        tuple(_person(library, item, ROOT) for item in decision.users),
    )


def _person(library: Library, item: Participant, root: str, marks: Marks | None = None) -> PersonView:
    words = library.words
    return PersonView(
        participant=item,
        href=root + item.address,
        case_href=f"{root}cases/{item.case.slug}/",
        parts=words.say(", ").join(words.label(part) for part in item.person.part),
        says_no=can_say_no(item.person),
        ending=ending_names(words)[ending(item.case)],
        quote=said_in_case(library, item.case, item.person.evidence, root),
        marks=marks or {},
    )


def _marks(decision: Decision, item: Participant) -> Marks:
    person, case = item.person, item.case
    apart = {True: ("apart",), False: ("same",), None: ()}[decision.apart]
    return {
        "part": tuple(part.value for part in person.part),
        "influence": (str(person.influence),) if person.influence is not None else (),
        "stance": (person.stance.value,) if person.stance is not None else (),
        "last": ("yes",) if item.last_word else (),
        "strongest": ("yes",) if item.strongest else (),
        "ending": (decision.ending.value,),
        "apart": apart,
        **_case_marks(case),
    }


def _case_marks(case: PublicCase) -> Marks:
    marks = case_marks(case)
    return {name: marks[name] for name in ("industry", "size", "product", "year")}


def _people_facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    words = library.words
    yes = [("yes", words.say("Only these"))]
    candidates = (
        facet("part", words.say("Part in the decision"), [(w.value, words.label(w)) for w in DecisionPart], marks),
        facet("influence", words.say("Influence"), [(str(level), str(level)) for level in LEVELS], marks),
        facet("stance", words.say("Stance"), [(w.value, words.label(w)) for w in Stance], marks),
        facet("last", words.say("Had the last word"), yes, marks),
        facet("strongest", words.say("Most influential"), yes, marks),
        facet("ending", words.say("Chosen or not"), [(w.value, name) for w, name in ending_names(words).items()], marks),
        facet(
            "apart",
            words.say("Choosers and users"),
            [("apart", words.say("Different people")), ("same", words.say("Somebody does both"))],
            marks,
        ),
        *case_facets(library, marks),
    )
    return tuple(candidate for candidate in candidates if candidate.options)


def _people_pages(library: Library, made: Sequence[Decision]) -> Iterator[Page | SiteFile]:
    words = library.words
    items = [(item, _marks(decision, item)) for decision in made for item in decision.people]
    marks = [carried for _, carried in items]
    facets = _people_facets(library, marks)
    kept = marks_file(PEOPLE_ADDRESS, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template("decisions_people.html.j2")
    title = words.say("People in the decisions")
    above = (words.say("Decisions"), ADDRESS)
    for leaf in leaves(items, PEOPLE_ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(_person(library, item, root, carried) for item, carried in leaf.items)
        yield Page(
            address=leaf.address,
            title=title,
            body=template.render(v=PeopleView(leaf, rows, len(items), facets)),
            kind="decisions",
            description=words.say("Everybody with a part in a customer's decision, newest case first."),
            crumbs=(above, (title, PEOPLE_ADDRESS)) if leaf.number > 1 else (above,),
        )
