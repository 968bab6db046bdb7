"""The search index, looked through as a reader's browser would: text stands in it as rows of tokens.

A file of Pagefind's index (1.5) is a list in CBOR (RFC 8949): each word with the pages on which it stands, each page
with the places, both as differences from the one before; a negative number among the places begins another weight, and
places count from zero again. Only the words that are asked for are decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.search.cbor import decoded
from generator.search.letters import tokens
from generator.search.rows import places

_WORD = re.compile(rb"(?:[\x61-\x77]|\x78.)(0[0-9a-f]{4}z|0[0-9a-f]{8}|[a-z]{1,254}0)(?=[\x80-\x9f])", re.DOTALL)
"""A word as the index writes it, before the list of its pages."""

Places = dict[int, set[int]]
"""Page -> places on it."""


class SearchIndex:
    """The words of a part of the index."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """`chunks` are the files of the part, unpacked."""
        self._chunks = list(chunks)
        self._words: dict[str, tuple[int, int]] = {}
        for number, chunk in enumerate(self._chunks):
            for found in _WORD.finditer(chunk):
                self._words[found[1].decode("ascii")] = (number, found.end())
        self._places: dict[str, Places] = {}

    def holds(self, text: str) -> bool:
        """Whether the tokens of `text` stand in a row on any page."""
        row = tokens(text)
        if len(row) > 1 and row[-1].endswith("z"):
            row.pop()  # The end of a run: text may go on behind what is looked for.
        if len(row) < 1 or any(token not in self._words for token in row):
            return False
        standing = [self._places_of(token) for token in row]
        pages = set.intersection(*(set(pages) for pages in standing))
        return any(self._stands_on(page, standing, places(row)) for page in pages)

    @staticmethod
    def _stands_on(page: int, standing: list[Places], distances: list[int]) -> bool:
        starts = standing[0][page]
        for others, distance in zip(standing[1:], distances[1:], strict=True):
            starts = starts & {place - distance for place in others[page]}
        return bool(starts)

    def _places_of(self, token: str) -> Places:
        known = self._places.get(token)
        if known is None:
            number, at = self._words[token]
            known = self._places[token] = _places(self._chunks[number], at)
        return known


def _places(chunk: bytes, at: int) -> Places:
    try:
        pages, _ = decoded(chunk, at)
    except (IndexError, ValueError):
        return {}
    found: Places = {}
    page = 0
    for step, standing, *_ in pages:
        page += step
        place, here = 0, found.setdefault(page, set())
        for number in standing:
            place = 0 if number < 0 else place + number
            if number >= 0:
                here.add(place)
    return found
