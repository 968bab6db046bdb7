"""Where tokens stand: each takes a place, and where a run of letters ends, a place stays empty.

手袋のまま has its tokens in a row. In 手袋、まま the two words stand as far apart as if there were another token
between them, so that the browser need not ask for each pair of a long word to know that its letters stand side by side:
every second one tells (see `scripts/search/rows.js`, the same rule for the query).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

GAP = "|"
"""A word that Pagefind counts and does not index."""


def with_gaps(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens with a gap behind the end of each run of letters."""
    for number, token in enumerate(tokens):
        yield token
        if _ends_run(tokens, number):
            yield GAP


def places(tokens: Sequence[str]) -> list[int]:
    """The places of tokens that stand one behind the other, the first of them at 0."""
    return [place for place, token in enumerate(with_gaps(tokens)) if token != GAP]


def line_of(texts: Iterable[Sequence[str]]) -> list[str]:
    """The words by which Pagefind is told of lines, a gap behind each: no phrase runs from one into the next."""
    return [word for tokens in texts for word in (*with_gaps(tokens), GAP)]


def _ends_run(tokens: Sequence[str], number: int) -> bool:
    """Whether a token is the last letter of a run, and not the first one, which is repeated behind a word in a-z."""
    token = tokens[number]
    if not token.endswith("z") or not token.startswith("0"):
        return False
    behind_word = number > 0 and not tokens[number - 1].startswith("0")
    repeated = number + 1 < len(tokens) and tokens[number + 1].startswith(token[:-1])
    return not (behind_word and repeated and not tokens[number + 1].endswith("z"))
