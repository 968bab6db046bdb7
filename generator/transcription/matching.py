"""Which words of two hearings of one talk are the same, by what they are and by when they are said.

Words are compared as tokens - a Japanese character, or a whole word in other scripts - without width, case, kana and
punctuation. The best alignment is found among pairs that lie close in time, so that of many `はい` each meets itself,
and the work grows with the length of the talk, not with its square.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

REACH_S: Final = 10.0
"""Pairs further apart are not looked at: a line's time is known to a few seconds, a token's within it less well."""
SHIFT_S: Final = 1.5
"""Smaller differences between two hearings are the engines', not another cut of the recording."""
SEED_TOKENS: Final = 6
"""So many tokens in a row that occur once in either hearing are most likely the same words, wherever they are."""
SEEDS_AROUND: Final = 25
SHIFTED_TEXTS: Final = 3
"""Another cut is believed only when words of so many lines bear witness to it."""

# The worth of aligning two tokens, in thousandths; integers, so that the way back is found exactly.
_MATCH: Final = 1000
_MATCH_IN_A_ROW: Final = 1000
"""On top, when the tokens before or behind match too: a lone の says little."""
_MATCH_PER_S: Final = 250
_OTHER: Final = -600
_OTHER_PER_S: Final = 100
_GAP: Final = 500
_NEVER: Final = -(10**9)

_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
"""Katakana -> hiragana."""
_TOKEN = re.compile(r"[a-z0-9\u00df-\u024f]+(?:['\u2019][a-z]+)?|[^\W_]")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Token(NamedTuple):
    """A piece of text that is compared as one."""

    text: str
    time_s: float
    """Where its middle is on the timeline, assuming an even pace."""
    owner: int
    """Which of the texts it is from, 0-based."""


class Pair(NamedTuple):
    """Two tokens, one of either hearing, that stand for one another."""

    old: int
    new: int
    is_same: bool
    """False when one was heard instead of the other."""


def tokens(texts: Sequence[tuple[float, float, str]]) -> list[Token]:
    """The tokens of texts with their times (start, end, text), which follow each other as if written in one.

    A word in Latin letters may run over several texts; it belongs to the one in which it begins.
    """
    letters: list[str] = []
    owners: list[int] = []
    times_s: list[float] = []
    for owner, (start_s, end_s, text) in enumerate(texts):
        folded = folded_letters(text)
        letters.append(folded)
        owners += [owner] * len(folded)
        pace = (end_s - start_s) / max(len(folded), 1)
        times_s += [start_s + (place + 0.5) * pace for place in range(len(folded))]
    return [
        Token(found[0], times_s[(found.start() + found.end() - 1) // 2], owners[found.start()])
        for found in _TOKEN.finditer("".join(letters))
    ]


def folded_letters(text: str) -> str:
    """Text as it is compared: without difference of width, case and kana.

    >>> folded_letters("ﾃﾌﾞｸﾛ と Ｗｉｆｉ")
    'てぶくろ と wifi'
    """
    return unicodedata.normalize("NFKC", text).casefold().translate(_KANA)


def letters_of(text: str) -> str:
    """The tokens of a text in one string: what a quote is found by."""
    return "".join(_TOKEN.findall(folded_letters(text)))


def runs_over(text: str, before: str, after: str) -> bool:
    """Whether the letters of a text hold an end of `before` and a beginning of `after` in a row, five or more."""
    if not before or not after:
        return False
    at = text.find(before[-1] + after[0])
    while at >= 0:
        left = 1
        while left < len(before) and left <= at and before[-1 - left] == text[at - left]:
            left += 1
        right = 1
        while right < len(after) and at + 1 + right < len(text) and after[right] == text[at + 1 + right]:
            right += 1
        if left + right >= 5:
            return True
        at = text.find(before[-1] + after[0], at + 1)
    return False


def offsets_s(old: Sequence[Token], new: Sequence[Token]) -> Floats:
    """For each old token, how much later the same words lie in the new hearing; 0 where hardly later.

    Another cut of the recording moves everything behind it. Found by rows of tokens that occur once in either hearing;
    a few of them may be chance, so the median of many counts.
    """
    seeds = _seeds([token.text for token in old], [token.text for token in new])
    if len({old[place].owner for place, _ in seeds}) < SHIFTED_TEXTS:
        return np.zeros(len(old))
    places = np.array([place for place, _ in seeds], dtype=float)
    later_s = np.array([new[at].time_s - old[place].time_s for place, at in seeds])
    around = min(SEEDS_AROUND, (len(later_s) - 1) // 2)
    padded = np.pad(later_s, around, mode="reflect")
    medians_s = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * around + 1), axis=1)
    spread = np.interp(np.arange(len(old)), places, medians_s)
    return np.where(np.abs(spread) < SHIFT_S, 0.0, spread)


def _seeds(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of rows of tokens that occur once in either hearing, in the same order in both."""
    old_places, new_places = _unique_rows(old), _unique_rows(new)
    pairs = [(place, new_places[row]) for row, place in old_places.items() if row in new_places]
    # The longest run of pairs in the same order in both (patience sorting).
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [at]
        last[length : length + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _unique_rows(texts: Sequence[str]) -> dict[tuple[str, ...], int]:
    rows = list(zip(*(texts[start:] for start in range(SEED_TOKENS)), strict=False))
    counts = Counter(rows)
    return {row: place for place, row in enumerate(rows) if counts[row] == 1}


def aligned(old: Sequence[Token], new: Sequence[Token], later_s: Floats) -> list[Pair]:
    """The pairs of the best alignment, in order. `later_s` is what `offsets_s` found."""
    if not old or not new:
        return []
    numbers: dict[str, int] = {}
    old_codes = _codes(old, numbers)
    new_codes = _codes(new, numbers)
    old_ms = np.maximum.accumulate((np.array([token.time_s for token in old]) + later_s) * 1000).astype(np.int64)
    new_ms = np.maximum.accumulate(np.array([token.time_s for token in new]) * 1000).astype(np.int64)
    band = _band(old_ms, new_ms)
    return _way_back(_steps(old_codes, new_codes, old_ms, new_ms, band), band, old_codes, new_codes)


def _codes(found: Sequence[Token], numbers: dict[str, int]) -> Ints:
    return np.array([numbers.setdefault(token.text, len(numbers)) for token in found], dtype=np.int64)


def _band(old_ms: Ints, new_ms: Ints) -> tuple[Ints, Ints]:
    """First and one behind the last column for each row: how many new tokens may be used up by then."""
    reach_ms = int(REACH_S * 1000)
    low = np.concatenate(([0], np.searchsorted(new_ms, old_ms - reach_ms)))
    high = np.concatenate(([1], np.searchsorted(new_ms, old_ms + reach_ms, side="right") + 1))
    low = np.maximum.accumulate(low)
    low = np.minimum(low, high - 1)
    # Each row reaches into the next one, so that there is always a way on.
    high[:-1] = np.maximum(high[:-1], low[1:] + 1)
    high[-1] = len(new_ms) + 1
    return low, np.maximum.accumulate(high)


_ACROSS, _DOWN, _ALONG = 0, 1, 2
"""Steps: a pair, an old token without a new one, a new token without an old one."""


def _steps(
    old_codes: Ints, new_codes: Ints, old_ms: Ints, new_ms: Ints, band: tuple[Ints, Ints]
) -> list[npt.NDArray[np.int8]]:
    """For each row and column of the band, the step by which the best alignment up to there ends."""
    low, high = band
    # -1 and -2 stand beyond the ends and are like nothing.
    old_row = np.concatenate(([-1], old_codes, [-1]))
    new_row = np.concatenate(([-2], new_codes, [-2]))
    new_at = np.concatenate(([0], new_ms))
    best = -_GAP * np.arange(low[0], high[0])
    steps = [np.full(len(best), _ALONG, dtype=np.int8)]
    for row in range(1, len(old_row) - 1):
        first, stop = int(low[row]), int(high[row])
        start, end = int(low[row - 1]), int(high[row - 1])
        # Columns first-1 .. stop-1 of the row above.
        above = np.full(stop - first + 1, _NEVER, dtype=np.int64)
        overlap, overlap_end = max(first - 1, start), min(stop, end)
        above[overlap - first + 1 : overlap_end - first + 1] = best[overlap - start : overlap_end - start]
        columns = np.arange(first, stop)
        same = new_row[columns] == old_row[row]
        in_a_row = (new_row[columns - 1] == old_row[row - 1]) | (new_row[columns + 1] == old_row[row + 1])
        apart_ms = np.abs(new_at[columns] - old_ms[row - 1])
        worth = np.where(
            same,
            _MATCH + _MATCH_IN_A_ROW * in_a_row - _MATCH_PER_S * apart_ms // 1000,
            _OTHER - _OTHER_PER_S * apart_ms // 1000,
        )
        across = above[:-1] + worth
        if first == 0:
            across[0] = _NEVER
        down = above[1:] - _GAP
        reached = np.maximum(across, down)
        rising = _GAP * columns
        best = np.maximum.accumulate(reached + rising) - rising
        steps.append(np.where(best > reached, _ALONG, np.where(across >= down, _ACROSS, _DOWN)).astype(np.int8))
    return steps


def _way_back(
    steps: list[npt.NDArray[np.int8]], band: tuple[Ints, Ints], old_codes: Ints, new_codes: Ints
) -> list[Pair]:
    low = band[0]
    row, column = len(old_codes), len(new_codes)
    pairs: list[Pair] = []
    while row > 0:
        step = steps[row][column - int(low[row])]
        if step == _ACROSS:
            row, column = row - 1, column - 1
            pairs.append(Pair(row, column, bool(old_codes[row] == new_codes[column])))
        elif step == _DOWN:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]
