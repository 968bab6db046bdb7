"""The overview at `across/`: what all cases say together, a door for each question with a figure that says why to go.

Every figure is that of the page behind the door, computed by the same room of `generator.knowledge`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.knowledge.changes import share_changed
from generator.knowledge.gaps import gaps
from generator.knowledge.links import all_insights
from generator.knowledge.segments import nine_segments
from generator.knowledge.voices import voices
from generator.knowledge.whom_next import calls
from generator.model.vocabulary import InsightState, SegmentKind, Zone
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page

ADDRESS = "across/"
ROOT = "../"


@dataclass(frozen=True, slots=True)
class Door:
    """A page across cases, and the question it answers."""

    href: str
    title: str
    question: str
    figure: str = ""
    """What stands there now, in a few words; empty where no figure says anything."""


@dataclass(frozen=True, slots=True)
class Room:
    """Doors that belong together."""

    id: str
    title: str
    lead: str
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class AcrossView:
    """The view behind `across.html.j2`."""

    rooms: tuple[Room, ...]
    cases: int


BELOW = frozenset(
    {
        "accounts",
        "data",
        "decisions",
        "gaps",
        "glossary",
        "journeys",
        "leads",
        "segments",
        "success",
        "voices",
        "whom-next",
    }
)
"""First parts of addresses that are reached from here and have no tab of their own, nor one above them."""


def crumb(library: Library) -> tuple[str, str]:
    """What leads back here from the pages below."""
    return library.words.say("Across all cases"), ADDRESS


def across_page(library: Library) -> Page:
    """The overview."""
    words = library.words
    rooms = (
        Room("why", words.say("Why they choose"), words.say("What decides, and what is missing."), (*_why(library),)),
        Room("whose", words.say("Whose voice"), words.say("Whom we hear, and whom we do not."), (*_whose(library),)),
        Room(
            "change", words.say("What changes"), words.say("From a sentence to something done."), (*_change(library),)
        ),
        Room(
            "figures", words.say("Beside the figures"), words.say("Small data next to big data."), (*_figures(library),)
        ),
        Room("words", words.say("By word"), words.say("Everything about one thing."), (*_by_word(library),)),
    )
    view = AcrossView(rooms, len(library.corpus.cases))
    return Page(
        address=ADDRESS,
        title=words.say("Across all cases"),
        body=environment(library.texts).get_template("across.html.j2").render(v=view),
        kind="across",
        description=words.say("What all cases say together: needs, journeys, decisions, changes."),
        headings=tuple(Heading(room.id, room.title, 2) for room in rooms),
    )


def _why(library: Library) -> Iterator[Door]:
    words, cases = library.words, library.corpus.cases
    insights = all_insights(library.corpus)
    holding = sum(item.insight.state is InsightState.HOLDS for item in insights)
    yield Door(
        f"{ROOT}insights/",
        words.say("Insights"),
        words.say("What do we believe about our customers, and who says otherwise?"),
        words.say("{count} claims, {holding} of them hold", count=len(insights), holding=holding) if insights else "",
    )
    found = gaps(library.corpus)
    unmet = len(found.led_by(Zone.NOBODY))
    yield Door(
        f"{ROOT}gaps/",
        words.say("Value gaps"),
        words.say("Which needs do we win with, and which does nobody meet yet?"),
        words.count("{count} shared need that nobody meets", "{count} shared needs that nobody meets", unmet)
        if found.needs
        else "",
    )
    told = sum(case.journey is not None for case in cases)
    yield Door(
        f"{ROOT}journeys/",
        words.say("Journeys"),
        words.say("Where do feelings fall on the way to us?"),
        words.count("{count} journey", "{count} journeys", told) if told else "",
    )
    people = sum(bool(person.part) for case in cases for person in case.facts.people)
    yield Door(
        f"{ROOT}decisions/",
        words.say("Decisions"),
        words.say("Who decides, who uses, and who could say no?"),
        words.count("{count} person with a part in it", "{count} people with a part in it", people) if people else "",
    )


def _whose(library: Library) -> Iterator[Door]:
    words = library.words
    cells = [cell for cell in nine_segments(library.corpus) if cell.preference or cell.kind is SegmentKind.UNAWARE]
    yield Door(
        f"{ROOT}segments/",
        words.say("Segment map"),
        words.say("From which kinds of customers do we have a voice?"),
        words.say("{heard} of {all} cells", heard=sum(bool(cell.cases) for cell in cells), all=len(cells)),
    )
    due = sum(call.is_due for call in calls(library.corpus))
    yield Door(
        f"{ROOT}whom-next/",
        words.say("Whom next"),
        words.say("Whom should we ask next, and when will they say what they think?"),
        words.count("{count} to ask now", "{count} to ask now", due) if due else "",
    )
    allowed = len(voices(library.corpus).allowed)
    yield Door(
        f"{ROOT}voices/",
        words.say("Voices"),
        words.say("Which sentences may we use outside the company?"),
        words.count("{count} sentence", "{count} sentences", allowed) if allowed else "",
    )


def _change(library: Library) -> Iterator[Door]:
    words = library.words
    share = share_changed(library.corpus)
    yield Door(
        f"{ROOT}actions/",
        words.say("Actions"),
        words.say("What did we change because of a customer, and what is overdue?"),
        words.say("{percent} % of the insights changed something", percent=share.percent) if share.insights else "",
    )
    yield Door(
        f"{ROOT}success/",
        words.say("Success scenario"),
        words.say("Which department does what, from first contact to the customer's success?"),
    )
    paths = len(library.corpus.paths)
    yield Door(
        f"{ROOT}paths/",
        words.say("Guided paths"),
        words.say("In which order does somebody new get to know our customers?"),
        words.count("{count} path", "{count} paths", paths) if paths else "",
    )


def _figures(library: Library) -> Iterator[Door]:
    words, cases = library.words, library.corpus.cases
    leads = sum(bool(case.facts.lead) for case in cases)
    yield Door(
        f"{ROOT}leads/",
        words.say("Leads"),
        words.say("Who handed what to whom, and where did it stick?"),
        words.count("{count} case", "{count} cases", leads) if leads else "",
    )
    accounts = sum(case.facts.account is not None for case in cases)
    yield Door(
        f"{ROOT}accounts/",
        words.say("Accounts"),
        words.say("What does our share mean, and what do visits bring?"),
        words.count("{count} case", "{count} cases", accounts) if accounts else "",
    )
    yield Door(
        f"{ROOT}data/",
        words.say("Feeds and data"),
        words.say("How do I follow what is new, or take the data along?"),
    )


def _by_word(library: Library) -> Iterator[Door]:
    words, corpus = library.words, library.corpus
    casebook = corpus.casebook
    challenges = words.say("Which questions have customers answered?")
    products = words.say("What do customers say about each product?")
    competitors = words.say("What do we win and lose against?")
    kinds = (
        ("challenges", words.say("Business challenges"), challenges, len(corpus.challenges)),
        ("products", words.say("Products"), products, len(casebook.products)),
        ("competitors", words.say("Compared with"), competitors, len(casebook.competitors)),
        (
            "industries",
            words.say("Industries"),
            words.say("What is it like in each industry?"),
            len(casebook.industries),
        ),
        ("tags", words.say("Tags and other ways in"), words.say("Where is this word spoken of?"), len(casebook.tags)),
        ("glossary", words.say("Glossary"), words.say("What does this word mean here?"), len(corpus.glossary)),
    )
    for folder, title, question, count in kinds:
        figure = words.count("{count} entry", "{count} entries", count) if count else ""
        yield Door(f"{ROOT}{folder}/", title, question, figure)
