"""Does a quote stand in what was said? Compared by the words, not by how they were typed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from generator.model.transcript import Cue

_JAPANESE = "\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana, kanji and their punctuation, after NFKC has made half-width kana full."""
_QUOTATION_MARKS = dict.fromkeys(map(ord, "\"'「」『』“”„‘’‚«»‹›〝〟`"))
_SPACES = re.compile(r"\s+")
_JAPANESE_SPACES = re.compile(rf"(?<=[{_JAPANESE}])\s+|(?<!\s)\s+(?=[{_JAPANESE}])")


def folded(text: str) -> str:
    """Text as it is compared: NFKC, no quotation marks, white space single, and none beside Japanese characters.

    >>> folded("「手袋のまま  使えない」 と，")
    '手袋のまま使えないと,'
    """
    bare = unicodedata.normalize("NFKC", text).translate(_QUOTATION_MARKS)
    return _SPACES.sub(" ", _JAPANESE_SPACES.sub("", bare)).strip()


def stands_in(quote: str, cues: Sequence[Cue]) -> bool:
    """Whether the quote stands in these cues, read one after the other."""
    if quote in "".join(cue.text for cue in cues):
        return True
    return folded(quote) in folded(" ".join(cue.text for cue in cues))


class Whereabouts:
    """Finds a quote anywhere in a transcript. Made once for many quotes; the folding is done at the first of them."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = cues

    @cached_property
    def _texts(self) -> list[str]:
        return [folded(cue.text).replace(" ", "") for cue in self._cues]

    @cached_property
    def _joined(self) -> str:
        return "".join(self._texts)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self._texts), initial=0))[:-1]

    def find(self, quote: str) -> tuple[Cue, Cue] | None:
        """The first and last cue over which the quote reaches, or None when it stands nowhere."""
        sought = folded(quote).replace(" ", "")
        at = self._joined.find(sought) if sought else -1
        if at < 0:
            return None
        first = bisect_right(self._starts, at) - 1
        last = bisect_right(self._starts, at + len(sought) - 1) - 1
        return self._cues[first], self._cues[last]
