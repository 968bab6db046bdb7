"""Finding many terms at once, however they are written. A thousand terms cost about as much as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick

from generator.spellings import fold, fold_with_places, is_short_latin, patterns, stands_alone
from generator.spellings.fold import HALF_VOICED, VOICED, coded, decoded, fold_letter


@dataclass(frozen=True, slots=True)
class Match:
    """A term that stands in a text."""

    start: int
    """Place of its first character in the text."""
    end: int
    """Place behind its last one."""
    term: int
    """0-based number of the term."""


class Matcher:
    """Looks for `terms`, in all their spellings."""

    def __init__(self, terms: Iterable[str]) -> None:
        """The terms in the order in which matches number them; those of which nothing can be seen match nothing."""
        numbers: dict[str, int] = {}
        alone: set[str] = set()
        for number, term in enumerate(terms):
            for pattern in patterns(term):
                numbers.setdefault(pattern, number)
                if is_short_latin(pattern):
                    alone.add(pattern)
        self._numbers = list(numbers.values())
        self._alone = [pattern in alone for pattern in numbers]
        self._patterns = list(numbers)
        self.longest = max(map(len, self._patterns), default=0)
        """Letters of the longest of what is looked for."""

    @cached_property
    def _automaton(self) -> BytesAhoCorasick:
        # Asked for places in a text itself, it makes a table of all the text's bytes, eight times as large as they are.
        return BytesAhoCorasick(list(map(coded, self._patterns)))

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: the automaton is made anew there, as it cannot be sent."""
        return {name: value for name, value in vars(self).items() if name != "_automaton"}

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._patterns)

    def in_folded(self, folded: str) -> list[tuple[int, int, int]]:
        """Number of the term, start and end of everything in a folded text that is one of the terms; may overlap."""
        return self.in_coded(coded(folded))

    def in_coded(self, folded: bytes) -> list[tuple[int, int, int]]:
        """The same in a folded text that is `coded` already; numbers and places are those of its letters."""
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True) if self._patterns else ()
        return [
            (self._numbers[pattern], start // 2, end // 2)
            for pattern, start, end in found
            if start % 2 == 0 and (not self._alone[pattern] or _stands_alone(folded, start, end))
        ]

    def stands_in(self, text: str) -> bool:
        """Whether any term stands in `text`."""
        return bool(self._patterns) and bool(self.in_folded(fold(text)))

    def find_all(self, text: str) -> list[Match]:
        """Every place in `text` where a term stands; they may overlap."""
        if not self.stands_in(text):
            return []
        folded, places = fold_with_places(text)
        return [
            Match(places[start], _end(text, places[end - 1]), number) for number, start, end in self.in_folded(folded)
        ]


def without_overlaps(found: Iterable[Match]) -> list[Match]:
    """Of matches that overlap the one that begins first, then the longest; in the order of their places."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start, -match.end, match.term)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _stands_alone(folded: bytes, start: int, end: int) -> bool:
    before = max(0, start - 2)
    return stands_alone(decoded(folded[before : end + 2]), (start - before) // 2, (end - before) // 2)


def _end(text: str, place: int) -> int:
    """Place behind a character and the marks that belong to it."""
    place += 1
    while place < len(text) and fold_letter(text[place]) in ("", VOICED, HALF_VOICED):
        place += 1
    return place
