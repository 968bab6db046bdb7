"""The words that exist, for readers whose own word does not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.vocabulary import LONGEST, MOST_WORDS, vocabulary_json, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ｻｰﾊﾞｰの入れ替え", {"サーバー"}),
        ("顧客満足を見る", {"顧客満足", "顧客", "満足"}),
        ("手袋モードとPC版、RB-15を300台", {"手袋モード", "手袋", "モード", "pc版", "pc", "rb-15", "rb"}),
        ("We didn't buy Café tablets in 2025", {"we", "didn't", "buy", "café", "tablets", "in"}),
        ("人々が、はい、そうです。", {"人々"}),
        ("1,200 3.5 !!! 😀", set()),
    ],
)
def test_words_are_runs_of_one_script_and_what_is_written_in_one_go(text: str, words: set[str]) -> None:
    """No dictionary: katakana, kanji and a-z each are words, and so are the names of products across them."""
    assert set(words_of([text])) == words


def test_the_list_is_short_in_order_and_keeps_what_stands_often() -> None:
    """A word said twice comes before those said once when there are too many."""
    texts = [f"w{number:05}x" for number in range(MOST_WORDS * 2)] + ["手袋", "手袋"]
    words = json.loads(vocabulary_json(texts)).split(" ")
    assert len(words) == MOST_WORDS
    assert words == sorted(words)
    assert "手袋" in words


@given(st.lists(st.text()))
def test_any_text_has_a_list(texts: list[str]) -> None:
    """Words have no spaces and two letters at least, whatever stands in the texts."""
    for word in words_of(texts):
        assert 2 <= len(word) <= LONGEST
        assert " " not in word
    json.loads(vocabulary_json(texts))
