"""When a quote counts as said: the words must be there, the typing may differ."""

from __future__ import annotations

import pytest

from generator.model.transcript import Cue
from generator.validate.quotes import Whereabouts, stands_in

CUES = (
    Cue("q001", 0.0, 1.0, "課長", "前の端末は、手袋のまま使えないんです。", 4),
    Cue("q002", 1.0, 2.0, "課長", "ｻﾎﾟｰﾄ窓口は 24 時間でしたね。", 8),
    Cue("q003", 2.0, 3.0, "buyer", "I didn't phone anybody.  I opened a door.", 12),
)


@pytest.mark.parametrize(
    "quote",
    [
        "手袋のまま使えない",
        "「手袋のまま」使えない",
        "手袋の まま\n使えない",
        "サポート窓口は24時間",
        "サポート窓口は２４ 時間",
        "I didn’t phone anybody. I opened a door.",
        "使えないんです。サポート",
    ],
)
def test_typing_does_not_matter(quote: str) -> None:
    """Width of letters, quotation marks and line breaks are the typist's, not the customer's."""
    assert stands_in(quote, CUES)


@pytest.mark.parametrize("quote", ["手袋のまま使えます", "手袋で使えない", "I phone anybody", "opened adoor"])
def test_words_matter(quote: str) -> None:
    """A word left out or changed makes it something that nobody said."""
    assert not stands_in(quote, CUES)


def test_a_quote_is_found_wherever_it_stands() -> None:
    """An editor is told the cue to write instead."""
    find = Whereabouts(CUES).find
    assert find("24時間") == (CUES[1], CUES[1])
    assert find("使えないんです。サポート") == (CUES[0], CUES[1])
    assert find("雨の日") is None
    assert find("「」") is None
