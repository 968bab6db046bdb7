"""The way in by word, at `tags/`: every word of the vocabulary with how much is known of it, and the way to its page.

An entry's anchor (`tags/#gloves`, `tags/#product-tf14`) lasts: links to it stand in chats and mails.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.knowledge.hubs import Word, WordKind
from generator.knowledge.hubs.words import vocabulary
from generator.model.casebook import Term
from generator.pages.environment import environment
from generator.pages.hubs.addresses import FOLDERS, hub_address, hub_name, insights_address, list_address
from generator.pages.hubs.pages import kind_lead, kind_title
from generator.pages.library import Library
from generator.pages.page import Heading, Page

ADDRESS = "tags/"
ROOT = "../"


@dataclass(frozen=True, slots=True)
class WordEntry:
    """A word of the vocabulary with how much carries it."""

    anchor: str
    """`gloves` for a tag, `product-tf14` for the others."""
    term: Term
    href: str
    case_count: int
    cases_href: str
    """The list of cases, narrowed down to this word."""
    insight_count: int
    insights_href: str
    """The list of insights, narrowed down to this word; empty for words that it does not know."""


@dataclass(frozen=True, slots=True)
class WordSection:
    """Words of one kind."""

    id: str
    title: str
    lead: str
    href: str
    """The page of this kind; empty for tags, whose page this is."""
    entries: tuple[WordEntry, ...]
    """Words that something carries."""
    unused: tuple[WordEntry, ...]
    """Words of the vocabulary that nothing carries yet."""


@dataclass(frozen=True, slots=True)
class TagsView:
    """The view behind `tags.html.j2`."""

    sections: tuple[WordSection, ...]


def tags_page(library: Library) -> Page:
    """The page of all words."""
    words = library.words
    sections = (_section(library, kind, identifiers) for kind, identifiers in vocabulary(library.corpus).items())
    view = TagsView(tuple(section for section in sections if section.entries or section.unused))
    return Page(
        address=ADDRESS,
        title=words.say("Tags and other ways in"),
        body=environment(library.texts).get_template("tags.html.j2").render(v=view),
        kind="tags",
        description=words.say("Every word of our vocabulary with the cases and insights that carry it."),
        headings=tuple(Heading(section.id, section.title, 2) for section in view.sections),
    )


def _section(library: Library, kind: WordKind, identifiers: tuple[str, ...]) -> WordSection:
    entries = tuple(_entry(library, Word(kind, identifier)) for identifier in identifiers)
    return WordSection(
        id=f"all-{kind.value}",
        title=kind_title(library.words, kind),
        lead=kind_lead(library.words, kind),
        href="" if kind is WordKind.TAG else ROOT + FOLDERS[kind],
        entries=tuple(entry for entry in entries if entry.case_count),
        unused=tuple(entry for entry in entries if not entry.case_count),
    )


def _entry(library: Library, word: Word) -> WordEntry:
    hub = library.hubs.hub(word)
    insights = insights_address(word)
    return WordEntry(
        anchor=word.id if word.kind is WordKind.TAG else f"{word.kind.value}-{word.id}",
        term=hub_name(library, word),
        href=ROOT + hub_address(word),
        case_count=len(hub.cases),
        cases_href=ROOT + list_address(word),
        insight_count=len(hub.insights),
        insights_href=ROOT + insights if insights else "",
    )
