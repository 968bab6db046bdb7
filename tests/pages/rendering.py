"""Rendering the sample case in tests, and reading what came out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Page
from generator.publication import PublicCase, PublicCorpus
from generator.texts import load_texts
from tests.pages.sample import CASE, CORPUS, OTHER, sound

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def render(
    case: PublicCase = CASE, *, language: str = "ja", audible: bool = True, corpus: PublicCorpus | None = None
) -> Page:
    """The page of `case` in a corpus with one other case."""
    if corpus is None:
        corpus = CORPUS if case is CASE else PublicCorpus(CORPUS.casebook, (case, OTHER), CORPUS.challenges)
    return render_case(Library(corpus, load_texts(language)), case, sound(case) if audible else None)


def words_of(markup: str) -> str:
    """The text of a piece of HTML without its tags."""
    return re.sub(r"<[^>]*>", "", markup)


class Outline(HTMLParser):
    """Identifiers, links and open elements of a body. `unclosed` must be empty for well-formed HTML."""

    def __init__(self, body: str) -> None:
        """Read `body` at once."""
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.attributes: set[str] = set()
        self.classes: set[str] = set()
        self.tags: list[str] = []
        self.unclosed: list[str] = []
        self.misplaced: list[str] = []
        self.texts: list[tuple[str, str | None]] = []
        """Texts with the language that the nearest element around them says, None where none does."""
        self._languages: list[str | None] = [None]
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and, unless it is void, that it is open."""
        self._note(tag, attrs)
        if tag not in VOID:
            self.unclosed.append(tag)
            self._languages.append(dict(attrs).get("lang") or self._languages[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself, as those of a drawing do."""
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost open element, which must be of this name."""
        if self.unclosed and self.unclosed[-1] == tag:
            self.unclosed.pop()
            self._languages.pop()
        else:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text and its language."""
        if data.strip():
            self.texts.append((data.strip(), self._languages[-1]))

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.hrefs.append(value or "")
            elif name == "class":
                self.classes.update((value or "").split())
