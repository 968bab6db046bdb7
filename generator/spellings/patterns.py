"""Terms as they are looked for in folded text: also with and without long-vowel marks, apart, and as words."""

from __future__ import annotations

import re
from typing import Final

from generator.spellings.fold import LATIN, SEPARATOR, fold

SHORT_LATIN_LETTERS: Final = 6
"""Latin terms with fewer letters and figures than this are found only as words of their own: IT is not in kit."""

LONG_VOWEL = "ー"
_KANA = re.compile(r"[ぁ-ゖー]")


def patterns(term: str) -> frozenset[str]:
    """The folded spellings in which `term` is looked for; none when nothing of it is left.

    - a long-vowel mark at the end may be missing where three letters remain (JIS Z 8301: サーバー, サーバ), those
      inside where four remain, and one more may stand anywhere in a term of four kana or more;
    - Latin words may be written in one (`ABC 7`, `ABC7`), and their letters apart (`A B C`).
    """
    folded = fold(term)
    if not folded:
        return frozenset()
    found = {folded}
    found |= _long_vowels(folded)
    if LATIN.search(folded):
        found.add(folded.replace(SEPARATOR, ""))
        found.add(_apart(folded))
    return frozenset(found)


def _long_vowels(folded: str) -> set[str]:
    found: set[str] = set()
    stem = folded.rstrip(LONG_VOWEL)
    if len(stem) >= 3:
        found.add(stem)
    bare = folded.replace(LONG_VOWEL, "")
    if len(bare) >= 4:
        found.add(bare)
        if all(map(_KANA.match, folded)):
            found |= {
                folded[:place] + LONG_VOWEL + folded[place:]
                for place in range(1, len(folded))
                if LONG_VOWEL not in folded[place - 1 : place + 1]
            }
    return found


def _apart(folded: str) -> str:
    """`abc7` as `a b c 7`: a fold keeps the spaces between Latin letters."""
    return SEPARATOR.join(folded.replace(SEPARATOR, "")) if is_latin(folded) else folded


def is_latin(folded: str) -> bool:
    """Whether a folded term consists of Latin letters, figures and spaces only."""
    return all(letter == SEPARATOR or LATIN.match(letter) for letter in folded)


def is_short_latin(folded: str) -> bool:
    """Whether a folded term is found only as a word of its own."""
    return is_latin(folded) and len(folded.replace(SEPARATOR, "")) < SHORT_LATIN_LETTERS


def stands_alone(folded_text: str, start: int, end: int) -> bool:
    """Whether no Latin letter or figure touches `folded_text[start:end]`."""
    before, after = folded_text[start - 1 : start] if start else "", folded_text[end : end + 1]
    return not LATIN.match(before) and not LATIN.match(after)
