"""The places of a word as few bytes, and back: steps between places in exponential Golomb codes.

A word stands thousands of times in a slice, at places that rise, so that small numbers between them say the same. Each
is written in the fewest binary digits that its size asks for (S. W. Golomb, Run-length encodings, 1966; the order k
follows the usual size, as in J. Teuhola, A compression method for clustered bit-vectors, 1978). Words that stand often
take two thirds of the bytes that they have in Pagefind's own files. `scripts/search/postings.js` reads it.

    one byte: k
    for each step s: v = s - 1 + 2 ** k in n binary digits, behind n - k - 1 zeros
    zeros to the end of the byte

The first step is the first place and one more, each other one leads from a place to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

_AT_HAND: Final = 4096
"""Codes of smaller steps are kept."""
_SAMPLE: Final = 64
"""So many steps tell the usual size."""


def packed(steps: Sequence[int]) -> bytes:
    """Steps of at least 1 as bytes; none for no place. Raises ValueError for others."""
    if not steps:
        return b""
    if min(steps) < 1:
        raise ValueError(min(steps))
    sample = steps[:: -(-len(steps) // _SAMPLE)]
    k = sum(map(int.bit_length, sample)) // len(sample)
    bits = "".join(map(_codes(k).__getitem__, steps))
    size = -(-len(bits) // 8)
    return bytes((k,)) + int(bits.ljust(8 * size, "0"), 2).to_bytes(size, "big")


def places_in(content: bytes) -> list[int]:
    """The places that `content` tells, rising. Raises ValueError when it ends within a number."""
    if not content:
        return []
    k, bits = content[0], f"{int.from_bytes(content[1:], 'big'):0{8 * (len(content) - 1)}b}"
    found = []
    place, at = -1, 0
    while (one := bits.find("1", at)) >= 0:
        end = 2 * one - at + k + 1
        if end > len(bits):
            raise ValueError(end)
        place += int(bits[one:end], 2) - (1 << k) + 1
        found.append(place)
        at = end
    return found


class _Codes(dict[int, str]):
    """A step -> its code of order k."""

    def __init__(self, k: int) -> None:
        super().__init__((step, _code(step, k)) for step in range(1, _AT_HAND))
        self._k = k

    def __missing__(self, step: int) -> str:
        return _code(step, self._k)


@cache
def _codes(k: int) -> _Codes:
    return _Codes(k)


def _code(step: int, k: int) -> str:
    digits = f"{step - 1 + (1 << k):b}"
    return "0" * (len(digits) - k - 1) + digits
