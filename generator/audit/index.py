"""The search index, looked through as a reader's browser would: text stands in it as rows of tokens.

A file of Pagefind's index (1.5) is a list in CBOR (RFC 8949): each word with the pages on which it stands, each page
with the places, both as differences from the one before; a negative number among the places begins another weight, and
places count from zero again. Only the words that are asked for are decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generator.search.letters import tokens

_WORD = re.compile(rb"(?:[\x61-\x77]|\x78.)(0[0-9a-f]{4}z|0[0-9a-f]{8}|[a-z]{1,254}0)(?=[\x80-\x9f])", re.DOTALL)
"""A word as the index writes it, before the list of its pages."""

Places = dict[int, set[int]]
"""Page -> places on it."""


class SearchIndex:
    """The words of an index."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """`chunks` are the index's files, unpacked."""
        self._chunks = list(chunks)
        self._words: dict[bytes, tuple[int, int]] = {}
        for number, chunk in enumerate(self._chunks):
            for found in _WORD.finditer(chunk):
                self._words[found[1]] = (number, found.end())
        self._places: dict[bytes, Places] = {}

    def holds(self, text: str) -> bool:
        """Whether the tokens of `text` stand in a row on any page."""
        row = [token.encode("ascii") for token in tokens(text)]
        if len(row) > 1 and row[-1].endswith(b"z"):
            row.pop()  # The end of a run: text may go on behind what is looked for.
        if len(row) < 1 or any(token not in self._words for token in row):
            return False
        places = [self._places_of(token) for token in row]
        pages = set.intersection(*(set(pages) for pages in places))
        return any(self._stands_on(page, places) for page in pages)

    @staticmethod
    def _stands_on(page: int, places: list[Places]) -> bool:
        starts = places[0][page]
        for behind, others in enumerate(places[1:], 1):
            starts = starts & {place - behind for place in others[page]}
        return bool(starts)

    def _places_of(self, token: bytes) -> Places:
        known = self._places.get(token)
        if known is None:
            number, at = self._words[token]
            known = self._places[token] = _places(self._chunks[number], at)
        return known


def _places(chunk: bytes, at: int) -> Places:
    try:
        pages, _ = _decoded(chunk, at)
    except (IndexError, ValueError):
        return {}
    found: Places = {}
    page = 0
    for step, places, *_ in pages:
        page += step
        place, here = 0, found.setdefault(page, set())
        for number in places:
            place = 0 if number < 0 else place + number
            if number >= 0:
                here.add(place)
    return found


def _decoded(chunk: bytes, at: int) -> tuple[Any, int]:
    """A value of CBOR and the place behind it; only whole numbers and lists of them stand here."""
    head = chunk[at]
    kind, size = head >> 5, head & 31
    at += 1
    if size >= 24:
        length = 1 << (size - 24)
        if length > 8:
            raise ValueError
        size, at = int.from_bytes(chunk[at : at + length], "big"), at + length
    if kind == 0:
        return size, at
    if kind == 1:
        return -1 - size, at
    if kind != 4:
        raise ValueError
    items = []
    for _ in range(size):
        item, at = _decoded(chunk, at)
        items.append(item)
    return items, at
