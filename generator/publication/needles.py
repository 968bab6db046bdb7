"""Finding any of very many sentences in a text, each by its first letters.

An automaton of a hundred thousand sentences takes seconds to build and is slow to walk. Here every stretch of
`WINDOW` letters of a text becomes a number, and numbers are looked up all at once: about 8 ns a letter, however many
sentences there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from generator.spellings.fold import coded, decoded

WINDOW = 12
"""Letters of a folded sentence by which it is known: fewer stand in many talks."""
LATIN_WINDOW = 24
"""The same for sentences in Latin letters, a word of which takes several."""

_FACTOR = np.uint32(0x9E3779B1)
_BITS = 22
"""A table of 4 MB says which numbers may be meant, so that few have to be looked at closely."""
_AT_ONCE = 1 << 18
"""Letters whose numbers are computed at a time: those of a long text would not stay in the processor's cache."""

Numbers = npt.NDArray[np.uint32]


def needle(folded: str) -> str | None:
    """The beginning by which a folded sentence is known; None when it is too short to be told from others."""
    latin = sum(letter.isascii() for letter in folded[:LATIN_WINDOW])
    length = LATIN_WINDOW if 2 * latin > min(len(folded), LATIN_WINDOW) else WINDOW
    return folded[:length] if len(folded) >= length else None


class Needles:
    """Looks for needles in folded texts."""

    def __init__(self, needles: Iterable[str]) -> None:
        """Each at least `WINDOW` letters long."""
        self._by_start: dict[str, list[str]] = {}
        unique = dict.fromkeys(needles)
        for text in unique:
            self._by_start.setdefault(text[:WINDOW], []).append(text)
        self.longest = max(map(len, unique), default=0)
        """Letters of the longest of them."""
        starts = coded("".join(self._by_start))
        self._numbers = np.unique(_numbers(starts)[::WINDOW]) if starts else np.zeros(0, np.uint32)
        self._may_be = np.zeros(1 << _BITS, np.bool_)
        self._may_be[self._numbers >> (32 - _BITS)] = True

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._by_start)

    def find(self, folded: str) -> Iterator[tuple[str, int]]:
        """Every needle in `folded`, with its place; a needle may come several times."""
        return self.find_coded(coded(folded))

    def find_coded(self, folded: bytes) -> Iterator[tuple[str, int]]:
        """The same in a folded text that is `coded` already; places are those of its letters."""
        if not self._by_start:
            return
        for begin in range(0, len(folded) // 2 - WINDOW + 1, _AT_ONCE):
            for text, place in self._in_stretch(folded[2 * begin : 2 * (begin + _AT_ONCE + self.longest - 1)]):
                if place < _AT_ONCE:
                    yield text, begin + place

    def _in_stretch(self, folded: bytes) -> Iterator[tuple[str, int]]:
        numbers = _numbers(folded)
        places = np.flatnonzero(self._may_be.take(numbers >> (32 - _BITS)))
        nearest = np.searchsorted(self._numbers, numbers[places]).clip(max=len(self._numbers) - 1)
        places = places[self._numbers[nearest] == numbers[places]]
        for place in places.tolist():
            letters = decoded(folded[2 * place : 2 * (place + self.longest)])
            for text in self._by_start.get(letters[:WINDOW], ()):
                if letters.startswith(text):
                    yield text, place


def _numbers(folded: bytes) -> Numbers:
    """A number for each stretch of `WINDOW` letters: those of half its length, put together twice over."""
    letters = np.frombuffer(folded, np.uint16).astype(np.uint32)
    two = letters[:-1] * _FACTOR + letters[1:]
    four = _joined(two, 2)
    eight = _joined(four, 4)
    return eight[:-4] * _power(4) + four[8 : 8 + len(eight) - 4]


def _joined(numbers: Numbers, length: int) -> Numbers:
    return numbers[:-length] * _power(length) + numbers[length:]


def _power(length: int) -> np.uint32:
    return np.uint32(pow(int(_FACTOR), length, 1 << 32))
