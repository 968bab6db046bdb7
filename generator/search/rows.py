"""Where tokens stand: each takes a place, and where a run of letters ends, a place stays empty.

手袋のまま has its tokens in a row. In 手袋、まま the two words stand as far apart as if there were another token
between them, so that the browser need not ask for each pair of a long word to know that its letters stand side by side:
every second one tells (see `scripts/search/rows.js`, the same rule for the query).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

GAP: Final = "|"
"""A word that Pagefind counts and does not index."""

_END_OF_RUN = re.compile(r"z(?= |$)")
_REPEATED = re.compile(r"((?:^| )[a-z]+0 0([0-9a-f]{4,8})z) \|(?= 0\2[0-9a-f]{4,8}(?: |$))")
"""A letter behind a word in a-z that is told once more with the letter after it: `pc0 07248z 072483092`."""


def with_gaps(row: str) -> str:
    """Tokens with a space between them, and a gap behind the end of each run of letters."""
    return _REPEATED.sub(r"\1", _END_OF_RUN.sub(f"z {GAP}", row))


def places(tokens: Sequence[str]) -> list[int]:
    """The places of tokens that stand one behind the other, the first of them at 0."""
    return [place for place, token in enumerate(with_gaps(" ".join(tokens)).split(" ")) if token != GAP]


def row_of(lines: Iterable[Sequence[str]]) -> str:
    """The words by which Pagefind is told of lines, whose tokens have their gaps already: no phrase runs from one into
    the next.
    """
    return " ".join(f"{' '.join(tokens)} {GAP}" if tokens else GAP for tokens in lines)
