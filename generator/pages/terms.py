"""Links from running text to the glossary: a word that may be new is a link where a page explains itself with it first.

A plain link, so that everybody can follow it, by mouse, finger, keyboard or voice; what customers said word for word is
left as it is.
"""

from __future__ import annotations

import re
from html import escape

from markupsafe import Markup

from generator.knowledge.term_finder import TermFinder

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements of an editor's Markdown in which no word becomes a link."""


def term_anchor(term: str) -> str:
    """Anchor of a word on the page of the glossary: itself, without spaces, which no identifier may hold."""
    return "term-" + "-".join(term.split())


class TermLinks:
    """The links of one page. Texts are given in the order of the page: each word is linked once."""

    def __init__(self, finder: TermFinder, page: str) -> None:
        """Link what `finder` knows to the glossary at `page` (`../../glossary/`)."""
        self._finder = finder
        self._page = page
        self._linked: set[str] = set()

    def skip(self, term: str) -> None:
        """Never link `term` here."""
        self._linked.add(term)

    def __call__(self, text: str) -> Markup:
        """`text` with its new words linked."""
        return Markup(self._linked_text(text, is_html=False))  # noqa: S704 - every piece is escaped

    def in_html(self, html: Markup) -> Markup:
        """The same in an editor's Markdown that was rendered and cleaned already."""
        made, closed = [], 0
        for piece in _TAG.split(html):
            if piece.startswith("<"):
                name = piece.strip("</>").split(" ")[0]
                if name in _CLOSED:
                    closed += -1 if piece.startswith("</") else 1
                made.append(piece)
            else:
                made.append(piece if closed else self._linked_text(piece, is_html=True))
        return Markup("".join(made))  # noqa: S704 - cleaned already, and links are made of escaped pieces

    def _linked_text(self, text: str, *, is_html: bool) -> str:
        made: list[str] = []
        at = 0
        for start, spelling, term in self._finder.found_in(text):
            if term in self._linked:
                continue
            self._linked.add(term)
            before, word = (text[at:start], spelling) if is_html else (escape(text[at:start]), escape(spelling))
            href = escape(f"{self._page}#{term_anchor(term)}")
            made += (before, f'<a class="cb-term" href="{href}">{word}</a>')
            at = start + len(spelling)
        made.append(text[at:] if is_html else escape(text[at:]))
        return "".join(made)


def marked(text: str, word: str) -> Markup:
    """`text` with the first `word` in it marked."""
    before, found, after = text.partition(word)
    mark = f"<mark>{escape(found)}</mark>" if found else ""
    return Markup(f"{escape(before)}{mark}{escape(after)}")  # noqa: S704 - escaped
