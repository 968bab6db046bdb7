"""Files of the index: a stretch of all words in their order, and where each stands in every slice of a part.

    4 bytes       the size of the directory in bytes, the highest byte first
    directory     {"words": "one two", "sizes": [[10, 4], [0, 7]]}: in each slice, the bytes of each word; gzip
    places        word by word, and of each word slice by slice, see `generator.search.postings`

Only the directory is packed: places are as small as they get.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from generator.search.packing import packed_text

BYTES: Final = 8_000
"""About as much stands in one file: what a reader loads for a rare word, once for each part."""
_HEAD: Final = 4


class Word(NamedTuple):
    """A word of the index."""

    token: str
    places: Sequence[bytes]
    """For each slice of the part; empty where it does not stand."""

    @property
    def bytes(self) -> int:
        """In all slices."""
        return sum(map(len, self.places))


def in_stretches(words: Iterable[Word]) -> Iterator[list[Word]]:
    """The words in stretches of at most `BYTES`; one that is larger has a file of its own."""
    stretch: list[Word] = []
    size = 0
    for word in words:
        if stretch and size + word.bytes > BYTES:
            yield stretch
            stretch, size = [], 0
        stretch.append(word)
        size += word.bytes
    if stretch:
        yield stretch


def file_of(words: Sequence[Word]) -> bytes:
    """The file that holds these words."""
    sizes = [[len(places) for places in of] for of in zip(*(word.places for word in words), strict=True)]
    told = {"words": " ".join(word.token for word in words), "sizes": sizes}
    directory = packed_text(json.dumps(told, separators=(",", ":")))
    return b"".join((len(directory).to_bytes(_HEAD, "big"), directory, *(at for word in words for at in word.places)))


def words_in(content: bytes) -> Iterator[Word]:
    """The words of a file. Raises ValueError when it is damaged."""
    end = _HEAD + int.from_bytes(content[:_HEAD], "big")
    try:
        told = json.loads(gzip.decompress(content[_HEAD:end]))
        tokens, sizes = told["words"].split(" "), told["sizes"]
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a file of the index") from error
    if end + sum(map(sum, sizes)) != len(content):
        raise ValueError("a file of the index that is cut off")
    for token, *own in zip(tokens, *sizes, strict=True):
        ends = list(accumulate(own, initial=end))
        yield Word(token, [content[start:stop] for start, stop in pairwise(ends)])
        end = ends[-1]
