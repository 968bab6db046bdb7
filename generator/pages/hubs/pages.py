"""The pages of words: `products/` and its like list all words of a kind, `products/tf14/` says all about one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.hubs import Hub, Word, WordKind
from generator.knowledge.hubs.words import vocabulary
from generator.model.casebook import Term
from generator.model.vocabulary import InsightState
from generator.pages.environment import Words, environment
from generator.pages.hubs.addresses import FOLDERS, hub_address, hub_name, insights_address, list_address
from generator.pages.hubs.view import (
    BY_STATE,
    HubView,
    Outcome,
    best_sentences,
    hub_view,
    outcome_bar,
    outcomes_of,
    standing_names,
)
from generator.pages.library import Library
from generator.pages.page import Heading, Page, Passage, SearchFacts
from generator.pages.quotes import Quote


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word in the list of its kind."""

    word: Word
    term: Term
    line: str
    href: str
    hub: Hub
    list_href: str
    """The list of cases that carry it."""
    insights_href: str
    outcomes: tuple[Outcome, ...]
    bar: Markup
    states: tuple[tuple[InsightState, int], ...]
    """Insights by how far they are proved; states without any are left out."""
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class HubsView:
    """The view behind `hubs/list.html.j2`."""

    kind: WordKind
    title: str
    lead: str
    rows: tuple[WordRow, ...]
    """Words that something carries, those of most cases first."""
    unused: tuple[tuple[Term, str], ...]
    """Words that nothing carries yet, each with its address."""
    file: str
    """The file that adds a word."""
    key: str
    """The key of that file."""


def hubs_pages(library: Library) -> Iterator[Page]:
    """The page of each kind, followed by its words; that of tags is `generator.pages.tags`."""
    for kind, identifiers in vocabulary(library.corpus).items():
        if kind is not WordKind.TAG:
            yield _list_page(library, kind, identifiers)
        for identifier in identifiers:
            yield _hub_page(library, Word(kind, identifier))


def kind_title(words: Words, kind: WordKind) -> str:
    """What readers call the words of a kind."""
    return {
        WordKind.TAG: words.say("Tags"),
        WordKind.CHALLENGE: words.say("Business challenges"),
        WordKind.PRODUCT: words.say("Products"),
        WordKind.COMPETITOR: words.say("Competitors"),
        WordKind.INDUSTRY: words.say("Industries"),
    }[kind]


def kind_lead(words: Words, kind: WordKind) -> str:
    """How to read the words of a kind."""
    return {
        WordKind.TAG: words.say("What cases and insights are about."),
        WordKind.CHALLENGE: words.say(
            "We ask first, then we listen: each challenge with what customers answered, what changed, and what is open."
        ),
        WordKind.PRODUCT: words.say("What customers say of each product when we are not selling it."),
        WordKind.COMPETITOR: words.say("Whom we are compared with, doing without included: what they win, and why."),
        WordKind.INDUSTRY: words.say("The same product means something else where the work is different."),
    }[kind]


def word_row(library: Library, word: Word, root: str, *, with_sentence: bool = True) -> WordRow:
    """A word's row on a page from which `root` leads to the site's root."""
    hub = library.hubs.hub(word)
    outcomes = outcomes_of(library, hub, root)
    states = [item.insight.state for item in hub.insights]
    sentences = best_sentences(library, hub, root, 1) if with_sentence else ()
    return WordRow(
        word=word,
        term=hub_name(library, word),
        line=library.product(word.id).line if word.kind is WordKind.PRODUCT else "",
        href=root + hub_address(word),
        hub=hub,
        list_href=root + list_address(word),
        insights_href=root + insights_address(word) if insights_address(word) else "",
        outcomes=outcomes,
        bar=outcome_bar(library, outcomes),
        states=tuple((state, states.count(state)) for state in BY_STATE if state in states),
        quote=sentences[0] if sentences else None,
    )


def _list_page(library: Library, kind: WordKind, identifiers: tuple[str, ...]) -> Page:
    words, root = library.words, "../"
    rows = [word_row(library, Word(kind, identifier), root) for identifier in identifiers]
    used = [row for row in rows if row.hub.cases]
    if kind is not WordKind.CHALLENGE:
        used.sort(key=lambda row: -len(row.hub.cases))
    title = kind_title(words, kind)
    view = HubsView(
        kind=kind,
        title=title,
        lead=kind_lead(words, kind),
        rows=tuple(used),
        unused=tuple((row.term, row.href) for row in rows if not row.hub.cases),
        file="challenges.yml" if kind is WordKind.CHALLENGE else "casebook.yml",
        key=f"{FOLDERS[kind].rstrip('/')}:",
    )
    return Page(
        address=FOLDERS[kind],
        title=title,
        body=environment(library.texts).get_template("hubs/list.html.j2").render(v=view),
        kind=FOLDERS[kind].rstrip("/"),
        description=view.lead,
        crumbs=((words.say("Tags and other ways in"), FOLDERS[WordKind.TAG]),),
    )


def _hub_page(library: Library, word: Word) -> Page:
    words = library.words
    view = hub_view(library, word)
    above = (words.say("Tags and other ways in"), FOLDERS[WordKind.TAG])
    own = () if word.kind is WordKind.TAG else ((kind_title(words, word.kind), FOLDERS[word.kind]),)
    told = Passage("", "fact", "\n".join(filter(None, (view.term.name, view.line, view.term.description))))
    return Page(
        address=hub_address(word),
        title=view.term.name,
        body=environment(library.texts)
        .get_template("hubs/hub.html.j2")
        .render(v=view, names=standing_names(words), kinds={kind: kind_title(words, kind) for kind in WordKind}),
        kind=FOLDERS[word.kind].rstrip("/"),
        description=view.term.description or kind_lead(words, word.kind),
        headings=tuple(Heading(id_, words.say(title), 2) for id_, title in _sections(view)),
        crumbs=(above, *own),
        search=SearchFacts("hub", library.corpus.casebook.language, (told,)),
    )


def _sections(view: HubView) -> Iterator[tuple[str, str]]:
    """The sections that the page has something for: anchor and msgid of the heading, in the template's order."""
    if view.sentences:
        yield "sentences", "In customers' words"
    if view.insights:
        yield "insights", "Insights"
    if view.challenge and view.challenge.changes:
        yield "changed", "What changed"
    if view.challenge and view.challenge.is_open:
        yield "open", "Still unanswered"
    if view.needs:
        yield "needs", "Needs won and lost"
    if view.lows:
        yield "low-points", "Where feelings fell"
    if view.parts:
        yield "people", "Who took part in the decisions"
    if view.rows:
        yield "cases", "Cases"
    if view.related:
        yield "related", "Spoken of together"
