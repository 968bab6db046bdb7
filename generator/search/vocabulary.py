"""The words that stand in some texts, for readers whose own word stands nowhere: the nearest that do exist.

A guess at what a word is suffices here: what is searched is cut by letters (`generator.search.letters`), never by this.
`scripts/search/near-words.js` reads the list and measures how near a word is. About 25 KB for 64 cases of 300 lines.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

MOST_WORDS = 4000
"""In one list. Words that stand often come before words that stand once."""
LONGEST = 16
"""Letters of a word. Longer runs are sentences without a break."""

_KANJI = "\u4e00-\u9fff\u3005\u3007\u3400-\u4dbf"
_LATIN = "[A-Za-z\u00c0-\u024f]"
_KATAKANA = "\u30a1-\u30fa\u30fc"
WORDS = re.compile(
    rf"(?<![0-9]){_LATIN}(?:[-_.'’]?(?:{_LATIN}|[0-9]))*[{_KANJI}{_KATAKANA}]*"  # RB-15, PC版; not the kg of 10kg
    rf"|[{_KATAKANA}{_KANJI}]{{2,}}"
)
RUNS = re.compile(rf"[{_KATAKANA}]{{2,}}|[{_KANJI}]{{2,}}|{_LATIN}(?:['’]?(?:{_LATIN}|[0-9]))+")
COMPOUND_OF_TWO = 4
"""Four kanji are mostly two words of two: 顧客満足 is 顧客 and 満足."""


def words_of(texts: Iterable[str]) -> Counter[str]:
    """The words of `texts` with how often they stand there, in the usual width, lower case in a-z.

    Runs of katakana, of kanji and of a-z, the halves of four kanji, and what is written in one go across them (`rb-15`,
    `手袋モード`).
    """
    wholes = Counter(WORDS.findall(unicodedata.normalize("NFKC", "\n".join(texts)).lower()))
    found: Counter[str] = Counter()
    for whole, count in wholes.items():
        runs = RUNS.findall(whole)
        for word in (*{whole, *runs}, *(half for run in runs if _is_kanji(run) for half in _halves(run))):
            found[word] += count
    return Counter({word: count for word, count in found.items() if 2 <= len(word) <= LONGEST})


def vocabulary_json(texts: Iterable[str]) -> str:
    """The words of `texts` as one JSON string, with a space between them: the commonest `MOST_WORDS`, in the alphabet's
    order, so that the same texts give the same bytes and neighbours compress well.
    """
    counted = words_of(texts)
    kept = sorted(counted, key=lambda word: (-counted[word], word))[:MOST_WORDS]
    return json.dumps(" ".join(sorted(kept)), ensure_ascii=False)


def _is_kanji(run: str) -> bool:
    return re.match(f"[{_KANJI}]", run) is not None


def _halves(run: str) -> tuple[str, ...]:
    return (run[:2], run[2:]) if len(run) == COMPOUND_OF_TWO else ()
