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
SEPARATOR = " "
_NOTHING, _SEVERAL, _VOICED, _HALF_VOICED = range(4)
"""What the table says of characters that do not become one other. All that stays in a fold lies above `_GAP`."""
_GAP = ord(SEPARATOR)
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
    if len(letter) > 1:
        return "".join(map(fold_letter, letter))
    if "ァ" <= letter <= "ヶ":
        letter = chr(ord(letter) - 0x60)
    letter = _ALIKE.get(letter, letter)
    return todays_forms().get(letter, letter)


_ALIKE = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ’‘", "あいうえおつやゆよわかけ''", strict=True))


@cache
def _table() -> Codes:
    """What each character of the basic plane becomes."""
    table = np.arange(0x10000, dtype=np.uint16)
    special = {"": _NOTHING, VOICED: _VOICED, HALF_VOICED: _HALF_VOICED}
    blocks = ((0, _UNTOUCHED[0][0]), (_UNTOUCHED[0][1], _UNTOUCHED[1][0]), (_UNTOUCHED[1][1], 0x10000))
    for first, end in blocks:
        for code in range(first, end):
            folded = _plain(fold_letter(chr(code)))
            table[code] = special.get(folded, ord(folded) if len(folded) == 1 else _SEVERAL)
    for older, today in todays_forms().items():
        if len(older) == 1 and ord(older) < 0x10000:
            table[ord(older)] = ord(today)
    table[0xD800:0xE000] = _SEVERAL
    return table


@cache
def _latin() -> npt.NDArray[np.bool_]:
    return np.array([bool(LATIN.match(chr(code))) for code in range(0x80)] + [False] * (0x10000 - 0x80))


@cache
def _expanding() -> re.Pattern[str]:
    """Characters that become several, lie beyond the basic plane, or are half of one that does."""
    several = "".join(map(re.escape, map(chr, np.flatnonzero(_table() == _SEVERAL))))
    return re.compile(f"[{several}\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """`text` in the one spelling by which spellings are compared: `（株）ﾎｸｼﾝ 電設` is `(株)ほくしん電設`.

    About 5 ns a character in long texts, 12 where some become several.
    """
    if len(text) < _SHORT_TEXT:
        return fold_with_places(text)[0]
    return "".join(map(decoded, fold_coded(text)))


def fold_coded(text: str) -> Iterator[bytes]:
    """The fold of `text` piece by piece, `coded`, for who need not hold a hundred megabytes of it at once."""
    return (_fold_long(stretch).tobytes() for stretch in _stretches(text))


def coded(folded: str) -> bytes:
    """A folded text as two bytes for each letter: it has none beyond the basic plane."""
    return folded.encode("utf-16-le", "surrogatepass")


def decoded(codes: bytes) -> str:
    """The folded text that is `coded` so."""
    return codes.decode("utf-16-le")


def _stretches(text: str, at_once: int = _AT_ONCE) -> Iterator[str]:
    """`text` cut where it makes no difference to its fold, into stretches of `at_once` characters and some more."""
    start = 0
    while found := _CUT.search(text, start + at_once):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def _fold_long(text: str) -> Codes:
    codes = np.take(_table(), _codes(text))
    gaps = np.flatnonzero(codes <= _GAP)
    rare = codes[gaps]
    rare = rare[rare != _GAP]
    if len(rare):
        if _SEVERAL in rare:
            return _fold_long(_expanding().sub(lambda found: _plain(fold_letter(found[0])), text))
        codes = codes[codes != _NOTHING]
        if rare.any():
            codes = _codes(_voiced(decoded(codes.tobytes())))
        gaps = np.flatnonzero(codes == _GAP)
    return _spaced(codes, gaps)


def _codes(text: str) -> Codes:
    return np.frombuffer(coded(text), np.uint16)


_BEYOND = re.compile("[\ud800-\udfff\uffff-\U0010ffff]")


def _plain(folded: str) -> str:
    """The same within the basic plane: rare ideographs and pictures share the places for private use."""
    return _BEYOND.sub(lambda found: chr(0xE000 + ord(found[0]) % 0x1900), folded)


def _spaced(codes: Codes, gaps: npt.NDArray[np.intp]) -> Codes:
    """Without the separators at `gaps`, but with one of each row that stands between two Latin letters or figures."""
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
    folded = folded.replace(chr(_VOICED), VOICED).replace(chr(_HALF_VOICED), HALF_VOICED)
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
