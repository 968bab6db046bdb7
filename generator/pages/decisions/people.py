"""Everybody with a part in a decision: a person as pages show one, and the list at `decisions/people/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.knowledge.decisions import (
    Decision,
    Ending,
    Participant,
    ending,
)
from generator.model.vocabulary import DecisionPart, Stance
from generator.pages.cases import case_facets, marks_by_case
from generator.pages.drawings.decisions import (
    LEVELS,
)
from generator.pages.drawings.people_map import can_say_no
from generator.pages.environment import Words, environment
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Page, SiteFile
from generator.pages.quotes import Quote, said_in_case

ADDRESS = "decisions/"
ROOT = "../"
PEOPLE_ADDRESS = f"{ADDRESS}people/"
ROWS_ON_A_PAGE = 120


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
class PeopleView:
    """The view behind `decisions_people.html.j2`."""

    leaf: Leaf[tuple[Participant, Marks]]
    rows: tuple[PersonView, ...]
    total: int
    facets: tuple[Facet, ...]


def ending_names(words: Words) -> Mapping[Ending, str]:
    """How a decision ended, in a word."""
    return {Ending.LOST: words.say("They chose another"), Ending.WON: words.say("They chose us")}


def person_view(library: Library, item: Participant, root: str, marks: Marks | None = None) -> PersonView:
    """Somebody on a page from which `root` leads to the site's root."""
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


def _marks(decision: Decision, item: Participant, of_case: Marks) -> Marks:
    person = item.person
    apart = {True: ("apart",), False: ("same",), None: ()}[decision.apart]
    return {
        "part": tuple(part.value for part in person.part),
        "influence": (str(person.influence),) if person.influence is not None else (),
        "stance": (person.stance.value,) if person.stance is not None else (),
        "last": ("yes",) if item.last_word else (),
        "strongest": ("yes",) if item.strongest else (),
        "ending": (decision.ending.value,),
        "apart": apart,
        **of_case,
    }


def _people_facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    words = library.words
    yes = [("yes", words.say("Only these"))]
    candidates = (
        facet("part", words.say("Part in the decision"), [(w.value, words.label(w)) for w in DecisionPart], marks),
        facet("influence", words.say("Influence"), [(str(level), str(level)) for level in LEVELS], marks),
        facet("stance", words.say("Stance"), [(w.value, words.label(w)) for w in Stance], marks),
        facet("last", words.say("Had the last word"), yes, marks),
        facet("strongest", words.say("Most influential"), yes, marks),
        facet(
            "ending", words.say("Chosen or not"), [(w.value, name) for w, name in ending_names(words).items()], marks
        ),
        facet(
            "apart",
            words.say("Choosers and users"),
            [("apart", words.say("Different people")), ("same", words.say("Somebody does both"))],
            marks,
        ),
        *case_facets(library, marks),
    )
    return tuple(candidate for candidate in candidates if candidate.options)


def people_pages(library: Library, made: Sequence[Decision]) -> Iterator[Page | SiteFile]:
    """The list of everybody, with its file of marks."""
    words = library.words
    by_case = marks_by_case(library.corpus.cases, ("industry", "size", "product", "year"))
    items = [(item, _marks(decision, item, by_case[item.case.slug])) for decision in made for item in decision.people]
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
        rows = tuple(person_view(library, item, root, leaf.on_row(carried)) for item, carried in leaf.items)
        yield Page(
            address=leaf.address,
            title=title,
            body=template.render(v=PeopleView(leaf, rows, len(items), facets)),
            kind="decisions",
            description=words.say("Everybody with a part in a customer's decision, newest case first."),
            crumbs=(above, (title, PEOPLE_ADDRESS)) if leaf.number > 1 else (above,),
        )
