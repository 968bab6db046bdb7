"""The fold: text as it is compared, in one spelling.

It makes equal what only looks different: width, letter case, hiragana and katakana, small kana, old and new forms of
kanji, accents, invisible characters and marks set between letters. White space, hyphens and middle dots go, but between
two Latin words one space stays, so that a word can be told from a part of another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, reduce
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from generator.spellings.kanji import todays_forms

Codes: TypeAlias = npt.NDArray[np.uint16]

VOICED, HALF_VOICED = "\u3099", "\u309a"
_KANA_MARKS = {**dict.fromkeys(f"゛ﾞ{VOICED}", VOICED), **dict.fromkeys(f"゜ﾟ{HALF_VOICED}", HALF_VOICED)}
MIDDLE_DOTS = "·•‧∙⋅・･᛫"
DASHES = "-‐‑‒–—―−﹘﹣－_＿"

_ALWAYS_GONE = re.compile(r"[\u115f\u1160\u3164\uffa0\u034f]")
"""Fillers that are letters by their category and show nothing."""
_UNTOUCHED = ((0x3400, 0xA000), (0xAC00, 0xF900))
"""Blocks in which a character stands for itself, old kanji aside: ideographs, Hangul, surrogates, private use."""
LATIN = re.compile(r"[a-z0-9]")
_EXPANDED = 0xFFFF
SEPARATOR = " "
_SHORT_TEXT = 100
"""Below this many characters it is faster to look at each of them."""
_AT_ONCE = 1 << 17
"""Characters folded at a time: what is computed for those of a long text would not stay in the processor's cache."""
_CUT = re.compile('[",<>。、]')
"""Behind these a text can be cut: they stay as they are, no mark changes them, and no space beside them stays."""


@cache
def fold_letter(letter: str) -> str:
    """What one character becomes: mostly one, none when it shows nothing or sets nothing apart, a space for a break."""
    if letter in MIDDLE_DOTS or letter in DASHES or letter.isspace():
        return SEPARATOR
    if mark := _KANA_MARKS.get(letter):
        return mark
    if _ALWAYS_GONE.match(letter) or unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me"):
        return ""
    normal = letter if letter == "…" else unicodedata.normalize("NFKC", letter)  # common, and three points to NFKC
    if len(normal) > 1:
        return letter if letter in normal else "".join(map(fold_letter, normal))
    if "LATIN" in unicodedata.name(normal, ""):
        normal = "".join(part for part in unicodedata.normalize("NFD", normal) if not unicodedata.combining(part))
    return _fold_simple(normal)


def _fold_simple(letter: str) -> str:
    letter = letter.casefold()
    if "ァ" <= letter <= "ヶ":
        letter = chr(ord(letter) - 0x60)
    letter = _ALIKE.get(letter, letter)
    return todays_forms().get(letter, letter)


_ALIKE = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ’‘", "あいうえおつやゆよわかけ''", strict=True))


@cache
def _table() -> Codes:
    """What each character of the basic plane becomes: 0 for nothing, `_EXPANDED` for several."""
    table = np.arange(0x10000, dtype=np.uint16)
    blocks = ((0, _UNTOUCHED[0][0]), (_UNTOUCHED[0][1], _UNTOUCHED[1][0]), (_UNTOUCHED[1][1], 0x10000))
    for first, end in blocks:
        for code in range(first, end):
            folded = fold_letter(chr(code))
            is_one = len(folded) == 1 and ord(folded) < _EXPANDED
            table[code] = ord(folded) if is_one else _EXPANDED if folded else 0
    for older, today in todays_forms().items():
        if len(older) == 1 and ord(older) < 0x10000:
            table[ord(older)] = ord(today)
    return table


@cache
def _latin() -> npt.NDArray[np.bool_]:
    return np.array([bool(LATIN.match(chr(code))) for code in range(0x80)] + [False] * (0x10000 - 0x80))


@cache
def _expanding() -> re.Pattern[str]:
    """Characters that become several, or lie beyond the basic plane."""
    several = "".join(map(re.escape, map(chr, np.flatnonzero(_table() == _EXPANDED))))
    return re.compile(f"[{several}\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """`text` in the one spelling by which spellings are compared: `（株）ﾎｸｼﾝ 電設` is `(株)ほくしん電設`.

    About 15 ns a character in long texts.
    """
    if len(text) < _SHORT_TEXT:
        return fold_with_places(text)[0]
    return "".join(fold_stretches(text))


def fold_stretches(text: str) -> Iterator[str]:
    """The fold of `text` piece by piece, for who need not hold a hundred megabytes of it at once."""
    return map(_fold_long, _stretches(text))


def _stretches(text: str, at_once: int = _AT_ONCE) -> Iterator[str]:
    """`text` cut where it makes no difference to its fold, into stretches of `at_once` characters and some more."""
    start = 0
    while found := _CUT.search(text, start + at_once):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def _fold_long(text: str) -> str:
    codes = _coded(text)
    folded = np.take(_table(), codes)
    if _has(folded, _EXPANDED) or _has_surrogates(codes):
        return _fold_long(_expanding().sub(lambda found: _plain(fold_letter(found[0])), text))
    if np.count_nonzero(folded) < len(folded):
        folded = folded[folded != 0]
    if _has(folded, ord(VOICED)) or _has(folded, ord(HALF_VOICED)):
        folded = _coded(_voiced(_decoded(folded)))
    return _decoded(_spaced(folded))


def _decoded(codes: Codes) -> str:
    return codes.tobytes().decode("utf-16-le", "surrogatepass")


def _coded(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def _has(codes: Codes, code: int) -> bool:
    return bool((codes == code).any())


def _has_surrogates(codes: Codes) -> bool:
    return bool(((codes & 0xFC00) == 0xD800).any())


def _plain(folded: str) -> str:
    """The same within the basic plane: rare ideographs and pictures share the places for private use."""
    return "".join(letter if ord(letter) < _EXPANDED else chr(0xE000 + ord(letter) % 0x1900) for letter in folded)


def _spaced(codes: Codes) -> Codes:
    """Without separators but those between two Latin letters or figures, and there with one."""
    gaps = np.flatnonzero(codes == ord(SEPARATOR))
    if not len(gaps):
        return codes
    alone = gaps[1:] != gaps[:-1] + 1
    firsts, lasts = gaps[np.append(True, alone)], gaps[np.append(alone, True)]
    inner = (firsts > 0) & (lasts < len(codes) - 1)
    firsts, lasts = firsts[inner], lasts[inner]
    latin = _latin()
    keep = np.ones(len(codes), np.bool_)
    keep[gaps] = False
    keep[firsts] = latin[codes[firsts - 1]] & latin[codes[lasts + 1]]
    return codes[keep]


_MARKED = re.compile(f"([^{VOICED}{HALF_VOICED}]?)([{VOICED}{HALF_VOICED}]+)")


def _voiced(folded: str) -> str:
    return _MARKED.sub(lambda found: reduce(_compose, found[2], found[1]), folded)


def _compose(letter: str, mark: str) -> str:
    """か and its mark are が; any other letter loses the mark."""
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 and letter else letter


@cache
def _fold_letter_plainly(letter: str) -> str:
    return _plain(fold_letter(letter))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The same as `fold`, and for each of its characters the place in `text` where it comes from; slower."""
    letters: list[str] = []
    places: list[int] = []
    gap = -1
    for place, letter in enumerate(text):
        for part in _fold_letter_plainly(letter):
            if part == SEPARATOR:
                gap = place if gap < 0 else gap
                continue
            if part in (VOICED, HALF_VOICED):
                if letters and gap < 0:
                    letters[-1] = _compose(letters[-1], part)
                continue
            if gap >= 0 and letters and LATIN.match(letters[-1]) and LATIN.match(part):
                letters.append(SEPARATOR)
                places.append(gap)
            gap = -1
            letters.append(part)
            places.append(place)
    return "".join(letters), places
