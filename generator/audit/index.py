"""The search index, looked through as a reader's browser would: text stands in it as rows of tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile

from generator.search.letters import is_behind_any, tokens
from generator.search.postings import places_in
from generator.search.rows import places
from generator.search.word_files import Word


class SearchIndex:
    """The words of a part of the index. Only the places of words that are asked for are read."""

    def __init__(self, words: Iterable[Word]) -> None:
        """`words` are those of all files of the part."""
        self._packed = {word.token: word.places for word in words}
        self._tokens = sorted(self._packed)
        self._read: dict[str, list[frozenset[int]]] = {}

    def holds(self, text: str) -> bool:
        """Whether the tokens of `text` stand in a row anywhere."""
        row = tokens(text)
        if len(row) > 1 and row[-1].endswith("z"):
            row.pop()  # The end of a run: text may go on behind what is looked for.
        standing = [
            self._behind_any(token) if not at and is_behind_any(token) else [token] for at, token in enumerate(row)
        ]
        if not row or not all(any(token in self._packed for token in ways) for ways in standing):
            return False
        slices = zip(*(self._places_of(ways) for ways in standing), strict=True)
        distances = places(row)
        return any(_in_a_row(found, distances) for found in slices)

    def _behind_any(self, pair: str) -> list[str]:
        return list(takewhile(lambda token: token.startswith(pair), self._tokens[bisect_left(self._tokens, pair) :]))

    def _places_of(self, ways: list[str]) -> list[frozenset[int]]:
        """In each slice, where any of these tokens stands."""
        found = [self._places(token) for token in ways if token in self._packed]
        return [frozenset().union(*each) for each in zip(*found, strict=True)]

    def _places(self, token: str) -> list[frozenset[int]]:
        if token not in self._read:
            self._read[token] = [frozenset(places_in(content)) for content in self._packed[token]]
        return self._read[token]


def _in_a_row(standing: Iterable[frozenset[int]], distances: Iterable[int]) -> bool:
    starts = [{place - distance for place in found} for found, distance in zip(standing, distances, strict=True)]
    return bool(set.intersection(*starts))
