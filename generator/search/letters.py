"""Text -> the tokens it is indexed and asked by.

Japanese has no spaces, and dictionaries disagree: between versions, between browsers, between a sentence and the two
words somebody types. So no dictionary is asked. A run of letters becomes its overlapping pairs (失注企業 is 失注, 注企,
企業), and a query becomes the same pairs in a row: whatever stands in the text is found, from any letter to any other.
Words in a-z stay whole, because there people do type words.

Each token is written in plain ASCII (two letters are eight hexadecimal digits): Pagefind would otherwise take the
voiced marks off kana and let the browser cut tokens again. `overrides/assets/casebook/scripts/search/letters.js` is the
same rule for the query; tests/browser/test_search.py holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Joiners, marks of direction, soft hyphens, and the selectors of a glyph's variant (葛󠄀 is 葛).
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
KATAKANA = re.compile("[\u30a1-\u30f6\u30fd\u30fe]")
KATAKANA_TO_HIRAGANA = -0x60
# 1,200万円 is 1200万円 and RB-15 is RB15: people write both.
INSIDE_FIGURES = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[a-z])-(?=[0-9])")
RUNS = re.compile(r"(?P<word>[a-z]+)|(?P<letters>[^\W_a-z]+)")


def fold(text: str) -> str:
    """`text` with what a searcher does not tell apart made the same.

    Full and half width, upper and lower case, accents in Latin letters, katakana and hiragana: `ＲＢ－１５ ｻｰﾊﾞー` is
    `rb15 さーばー`.
    """
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).lower()
    folded = ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], folded)
    folded = INSIDE_FIGURES.sub("", folded)
    return KATAKANA.sub(lambda found: chr(ord(found[0]) + KATAKANA_TO_HIRAGANA), folded)


def tokens(text: str) -> list[str]:
    """The tokens of `text`, in order: `PC版を` is `pc0 07248z 072483092 03092z`.

    - a word in a-z, closed by `0`, so that no word is the beginning of another by accident;
    - every pair of neighbouring letters (kana, kanji, digits, any other script);
    - the last letter of a run on its own, so that a run's end can be found by it; and the first one when a word in a-z
      stands directly before it, so that `PC版` is a row of tokens whatever follows it.
    """
    found: list[str] = []
    word_ended_at = -1
    for run in RUNS.finditer(fold(text)):
        if run["word"]:
            found.append(run["word"] + "0")
            word_ended_at = run.end()
            continue
        letters = [letter.encode("utf-16-be").hex() for letter in run["letters"]]
        if run.start() == word_ended_at and len(letters) > 1:
            found.append(f"0{letters[0]}z")
        found.extend(f"0{left}{right}" for left, right in pairwise(letters))
        found.append(f"0{letters[-1]}z")
    return found
