"""Finds the words of the glossary in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model.casebook import GlossaryEntry

_LATIN = re.compile(r"[A-Za-z0-9]")
_KATAKANA = re.compile(r"[ァ-ヺー]")


class TermFinder:
    """Knows every spelling of every word explained."""

    def __init__(self, entries: Sequence[GlossaryEntry]) -> None:
        """Look for the terms of `entries` and for their other spellings."""
        self._terms: dict[str, str] = {}
        for entry in entries:
            for spelling in (entry.term, *entry.also):
                self._terms.setdefault(spelling, entry.term)
        # The longest first: サイレント失注 is one word, not 失注 with something before it. The alternatives begin with
        # plain letters, which the engine finds without trying each of them everywhere; borders are looked at later.
        longest = sorted(self._terms, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest))) if longest else None

    def found_in(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Place, spelling and term of each mention, from left to right.

        A word of Latin letters or katakana that goes on to the left or right is another word: SQL is not in MySQL.
        """
        if self._any is None:
            return
        for match in self._any.finditer(text):
            spelling = match[0]
            if not _goes_on(text, match.start(), match.end()):
                yield match.start(), spelling, self._terms[spelling]


def _goes_on(text: str, start: int, end: int) -> bool:
    return any(
        alphabet.match(text[inside]) and 0 <= outside < len(text) and alphabet.match(text[outside])
        for alphabet in (_LATIN, _KATAKANA)
        for inside, outside in ((start, start - 1), (end - 1, end))
    )
