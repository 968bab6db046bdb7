"""The passages of a page in a few strings, which take a fifth of the memory.

A build holds those of all cases at once, and there may be 10,000 of them.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, overload

from generator.pages.page import Passage

Filters = tuple[tuple[str, tuple[str, ...]], ...]
_TEXTS: Final = tuple(attrgetter(name) for name in ("anchor", "kind", "text", "voice", "side"))
_WORDS: Final = 2
"""Where their texts are among the columns."""
_SEPARATOR: Final = "\0"
"""Stands in no text: neither YAML nor WebVTT lets it through."""


@dataclass(frozen=True, slots=True)
class PackedPassages(Sequence[Passage]):
    """Passages that are unpacked when they are walked through, anew each time."""

    size: int
    """How many there are."""
    texts: tuple[str, ...]
    """Anchors, kinds, texts, voices and sides, each of all passages in one string."""
    filters: tuple[Filters, ...]
    """The different ones."""
    starts: bytes
    """Of each passage, as doubles; NaN for None."""
    filters_of: bytes
    """Of each passage the number of its filters, as unsigned integers."""

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> PackedPassages:
        """The same passages; those that are packed already as they are."""
        if isinstance(passages, cls):
            return passages
        texts = tuple(_SEPARATOR.join(map(value, passages)) for value in _TEXTS)
        starts = array("d", [math.nan if passage.start_s is None else passage.start_s for passage in passages])
        known: dict[Filters, int] = {}
        of = array("I", [known.setdefault(tuple(passage.filters.items()), len(known)) for passage in passages])
        return cls(len(passages), texts, tuple(known), starts.tobytes(), of.tobytes())

    @property
    def characters(self) -> int:
        """In the texts, and one between two of them."""
        return len(self.texts[_WORDS])

    def words(self) -> list[str]:
        """The texts alone."""
        return self.texts[_WORDS].split(_SEPARATOR) if self.size else []

    def __len__(self) -> int:
        """How many there are."""
        return self.size

    def __iter__(self) -> Iterator[Passage]:
        """Each of them."""
        if not self.size:
            return
        filters = [dict(each) for each in self.filters]
        columns = (text.split(_SEPARATOR) for text in self.texts)
        moments: Iterable[float] = array("d", self.starts)
        for anchor, kind, text, voice, side, start, number in zip(
            *columns, moments, array("I", self.filters_of), strict=True
        ):
            yield Passage(anchor, kind, text, voice, None if math.isnan(start) else start, side, filters[number])

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, place: int | slice) -> Passage | tuple[Passage, ...]:
        """One of them, or several."""
        return tuple(self)[place]
