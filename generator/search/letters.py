"""Text -> the tokens it is indexed and asked by.

Japanese has no spaces, and dictionaries disagree: between versions, between browsers, between a sentence and the two
words somebody types. So no dictionary is asked. A run of letters becomes its overlapping pairs (失注企業 is 失注, 注企,
企業), and a query becomes the same pairs in a row: whatever stands in the text is found, from any letter to any other.
Words in a-z stay whole, because there people do type words.

Each token is written in plain ASCII (two letters are eight hexadecimal digits): Pagefind would otherwise take the
voiced marks off kana and let the browser cut tokens again. `overrides/assets/casebook/scripts/search/letters.js` is the
same rule for the query; tests/browser/test_search.py holds the two together. What counts as the same is decided in
docs/decisions/0017.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from generator.spellings.kanji import todays_forms

# Joiners, marks of direction, soft hyphens, and the selectors of a glyph's variant (葛󠄀 is 葛).
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
# フイルム is フィルム and 茅ヶ崎 is 茅ケ崎. Small や, ゆ, よ and つ stay what they are: しよう is not しょう.
ALIKE = str.maketrans(
    {
        **{chr(katakana): chr(katakana - 0x60) for katakana in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)},
        **dict(zip("ァィゥェォヵヶぁぃぅぇぉゕゖ", "あいうえおかけあいうえおかけ", strict=True)),
        **todays_forms(),
    }
)
CHANGING = re.compile(f"[{''.join(map(chr, ALIKE))}]+")
# ヴァイオリン is バイオリン. By now ヴ is ゔ, and the letter after it large.
VOICED_U = re.compile("ゔ[あいうえおゅ]?")
WITHOUT_VOICED_U = {"ゔ": "ぶ", "ゔあ": "ば", "ゔい": "び", "ゔう": "ぶ", "ゔえ": "べ", "ゔお": "ぼ", "ゔゅ": "びゅ"}
# いすゞ is いすず. The mark for kanji (人々) is left to the query, which asks for both.
REPEATED = re.compile("([ぁ-ん])([ゝゞ])")
VOICED = "\u3099"
# 1,200万円 is 1200万円 and RB-15 is RB15: people write both.
INSIDE_FIGURES = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[a-z])-(?=[0-9])")
# Spaces that a speech engine or a layout set into Japanese: 手袋 の まま is 手袋のまま.
_JAPANESE = "[\u3005\u3041-\u30ff\u3400-\u9fff]"
STRAY_SPACES = re.compile(f"(?<={_JAPANESE}) +(?={_JAPANESE})")
KANA, BEHIND_KANA = "3000", "3100"
"""Between them lie the digits of kana, and of nothing else that is a letter but 々."""
# Words that another spelling outnumbers: モノ among もの, KPI among kpi. Longer katakana is hardly spelled otherwise,
# and who types no capital mostly means any.
SPELLED = re.compile(
    "(?<![\u30a1-\u30fa\u30fc])[\u30a1-\u30fa\u30fc]{2,4}(?![\u30a1-\u30fa\u30fc])"
    "|(?<![A-Za-z\u00c0-\u024f])[a-z]*[A-Z][A-Za-z]*(?![A-Za-z\u00c0-\u024f])"
)
ALONE = re.compile("0(?:30[0-9a-f]{2}){2}")
RUNS = re.compile(r"(?P<word>[a-z]+)|(?P<letters>[^\W_a-z]+)")


class _Digits(dict[str, str]):
    """A letter -> the digits of its UTF-16: four, eight beyond the basic plane (𠮷). Each is looked up once."""

    def __missing__(self, letter: str) -> str:
        digits = self[letter] = letter.encode("utf-16-be").hex()
        return digits


_digits = _Digits()


def fold(text: str) -> str:
    """`text` with what a searcher does not tell apart made the same.

    Full and half width, upper and lower case, accents in Latin letters, katakana and hiragana, older forms of kanji:
    `ＲＢ－１５ ｻｰﾊﾞー 髙橋` is `rb15 さーばー 高橋`.
    """
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).lower()
    folded = ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], folded)
    if "," in folded or "-" in folded:
        folded = INSIDE_FIGURES.sub("", folded)
    if " " in folded:
        folded = STRAY_SPACES.sub("", folded)
    folded = CHANGING.sub(lambda found: found[0].translate(ALIKE), folded)
    if "ゔ" in folded:
        folded = VOICED_U.sub(lambda found: WITHOUT_VOICED_U[found[0]], folded)
    if "ゝ" in folded or "ゞ" in folded:
        folded = REPEATED.sub(_twice, folded)
    return folded


def _twice(found: re.Match[str]) -> str:
    """The letter and what its mark repeats: すゞ is すず."""
    letter, mark = found.groups()
    voiced = unicodedata.normalize("NFC", letter + VOICED)
    return letter + (voiced if mark == "ゞ" and len(voiced) == 1 else letter)


def tokens(text: str) -> list[str]:
    """The tokens of `text`, in order: `PC版を` is `pc0 07248z 072483092 03092z`.

    - a word in a-z, closed by `0`, so that no word is the beginning of another by accident;
    - every pair of neighbouring letters (kana, kanji, digits, any other script); behind two kana the letter before
      them, if there is one: した stands everywhere, and した behind 対 hardly ever;
    - the last letter of a run on its own, so that a run's end can be found by it; and the first one when a word in a-z
      stands directly before it, so that `PC版` is a row of tokens whatever follows it.
    """
    return _tokens(fold(text))


def tokens_of_lines(lines: Iterable[str], *, gap: str = "") -> Iterator[list[str]]:
    """The tokens of each of `lines`, none of which holds a line break, with `gap` as `generator.search.rows` wants it.

    Folding them at once takes half the time.
    """
    return (_tokens(line, gap) for line in fold("\n".join(lines)).split("\n"))


def _tokens(folded: str, gap: str = "") -> list[str]:
    found: list[str] = []
    word_ended_at = -1
    is_behind_word = False
    alone_behind_word = ""
    for run in RUNS.finditer(folded):
        if run["word"]:
            found.append(run["word"] + "0")
            word_ended_at = run.end()
            is_behind_word, alone_behind_word = True, ""
            continue
        letters = [_digits[letter] for letter in run["letters"]]
        if len(letters) == 1:
            found.append(f"0{letters[0]}z{gap}")
            is_behind_word, alone_behind_word = False, letters[0] if is_behind_word else ""
            continue
        if run.start() == word_ended_at:
            found.append(f"0{letters[0]}z")
        elif letters[0] == alone_behind_word:
            # As if it were told twice: a browser sees only tokens, and cannot tell.
            found[-1] = found[-1].removesuffix(gap)
        found.extend(
            [
                f"0{one}{other}{before}" if KANA <= one < BEHIND_KANA > other >= KANA else f"0{one}{other}"
                for before, one, other in zip(["", *letters], letters, letters[1:], strict=False)
            ]
        )
        found.append(f"0{letters[-1]}z{gap}")
        is_behind_word, alone_behind_word = False, ""
    return found


def is_behind_any(token: str) -> bool:
    """Whether it is two kana without a letter before them: at the beginning of a query, that may be any."""
    return ALONE.fullmatch(token) is not None


def spellings(text: str) -> list[str]:
    """Tokens for the words of `text` in the very spelling that stands there, so that it comes before other spellings.

    Short katakana and words with a capital: `モノはKPI` is `130e230ce` and `1004b00500049`.
    """
    spelled = SPELLED.findall(unicodedata.normalize("NFKC", text))
    return [f"1{word.encode('utf-16-be').hex()}" for word in spelled]
