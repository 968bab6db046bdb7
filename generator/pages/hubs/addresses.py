"""Where the page of a word stands, what it is called, and which lists are narrowed down to it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.knowledge.hubs import Word, WordKind
from generator.model.casebook import Term
from generator.pages.library import Library

FOLDERS: Mapping[WordKind, str] = {
    WordKind.PRODUCT: "products/",
    WordKind.COMPETITOR: "competitors/",
    WordKind.INDUSTRY: "industries/",
    WordKind.CHALLENGE: "challenges/",
    WordKind.TAG: "tags/",
}
"""Kind of word -> address of the page of all words of that kind; that of tags is the way in to all."""

_FACETS_OF_INSIGHTS = frozenset({WordKind.TAG, WordKind.CHALLENGE, WordKind.PRODUCT})
"""Words by which the list of insights can be narrowed down."""


def hub_address(word: Word) -> str:
    """Relative to the site's root: `products/tf14/`."""
    return f"{FOLDERS[word.kind]}{word.id}/"


def list_address(word: Word) -> str:
    """The list of cases that carry the word, relative to the site's root: `cases/?product=tf14`."""
    return f"cases/?{word.kind.value}={word.id}"


def insights_address(word: Word) -> str:
    """The list of insights that carry the word; empty when that list knows no such condition."""
    return f"insights/?{word.kind.value}={word.id}" if word.kind in _FACETS_OF_INSIGHTS else ""


def hub_name(library: Library, word: Word) -> Term:
    """The word's name and description for readers."""
    if word.kind is WordKind.CHALLENGE:
        challenge = library.challenge(word.id)
        return Term(id=challenge.id, name=challenge.title, description=challenge.description)
    names = {
        WordKind.TAG: library.tag,
        WordKind.PRODUCT: library.product,
        WordKind.COMPETITOR: library.competitor,
    }
    return names.get(word.kind, library.industry)(word.id)
