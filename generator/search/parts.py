"""Records -> parts by time, and their slices: a change in one case changes one slice of one part, and nothing else.

A part is a stretch of days whose length in days is a power of two and which begins at a multiple of it (all days, half
of them, half of that ...): where it begins does not hang on what else is there. A stretch with too much text falls into
its halves; so does a day, by a digest of its pages' addresses. Pages that are no cases are parts of their own. Slices
are what a part falls into by the same rule.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.search.records import Record

CHARACTERS: Final = 1_000_000
"""Text in one slice at most: 60 cases of 300 lines, for which Pagefind needs 0.15 GB and one second."""
PART_CHARACTERS: Final = 8 * CHARACTERS
"""Text in one part at most."""
MOST_CHARACTERS: Final = 2 * PART_CHARACTERS
"""The same in a large knowledge base."""
MANY_PARTS: Final = 12
"""When there would be more, parts are made larger: a query asks each of them for its words."""

_DAY_BITS, _ADDRESS_BITS = 22, 32  # 2 ** 22 days are 11,000 years
_KEY_BITS = _DAY_BITS + _ADDRESS_BITS

_Keyed = list[tuple[int, Record]]


def cut(records: Iterable[Record]) -> list[list[list[Record]]]:
    """The records in parts, each in slices: cases from the newest to the oldest, then the pages that are no cases.

    In each slice the newest records come first, and of the same day in the order of their addresses.
    """
    cases: list[Record] = []
    others: list[Record] = []
    for record in sorted(records, key=lambda record: record.address):
        (cases if record.case else others).append(record)
    return [part for listed in (cases, others) for part in _parts(listed)]


def _parts(records: Sequence[Record]) -> list[list[list[Record]]]:
    most = _most_characters(sum(record.characters for record in records))
    keyed = [(_key(record), record) for record in records]
    return [
        [_newest_first(found) for found, _ in _halved(listed, bits, CHARACTERS)]
        for listed, bits in _halved(keyed, _KEY_BITS, most)
    ]


def _most_characters(characters: int) -> int:
    return PART_CHARACTERS if characters <= MANY_PARTS * PART_CHARACTERS else MOST_CHARACTERS


def _halved(records: _Keyed, bits: int, most: int) -> Iterator[tuple[_Keyed, int]]:
    """`records`, whose keys agree in all but the last `bits` bits, in stretches with theirs, the newest first."""
    if not records:
        return
    if bits == 0 or len(records) == 1 or sum(record.characters for _, record in records) <= most:
        yield records, bits
        return
    yield from _halved([found for found in records if found[0] >> (bits - 1) & 1], bits - 1, most)
    yield from _halved([found for found in records if not found[0] >> (bits - 1) & 1], bits - 1, most)


def _newest_first(records: _Keyed) -> list[Record]:
    listed = sorted(records, key=lambda found: (-(found[0] >> _ADDRESS_BITS), found[1].address))
    return [record for _, record in listed]


def _key(record: Record) -> int:
    """The day, then a digest of the address. What has no date counts as older than all."""
    try:
        day = dt.date.fromisoformat(record.facts.sort_date).toordinal()
    except ValueError:
        day = 0
    digest = hashlib.sha256(record.address.encode()).digest()
    return day << _ADDRESS_BITS | int.from_bytes(digest[: _ADDRESS_BITS // 8], "big")
