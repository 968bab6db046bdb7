"""What counts as the same, and how text is cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.letters import fold, is_behind_any, spellings, tokens, tokens_of_lines
from generator.search.rows import with_gaps

JAPANESE = st.text(alphabet="あいがぎぱぴぷっゃーアガパサーバ失注企業手袋々一二3１Ａaz 、。・")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＲＢ－１５", "rb-15"),
        ("ｻｰﾊﾞｰ", "サーバー"),
        ("サーバー", "さーばー"),
        ("Café", "CAFE"),
        ("㈱", "(株)"),
        ("葛\U000e0100城", "葛城"),
        ("手\u200b袋", "手袋"),
        ("1,200万円", "1200万円"),
        ("RB-15", "RB15"),
        ("手袋 の まま　使う", "手袋のまま使う"),
        ("ヴ", "ゔ"),
        ("ヴァイオリン", "バイオリン"),
        ("ｲﾝﾀｳﾞｭｰ", "インタビュー"),
        ("フイルム", "フィルム"),
        ("茅ヶ崎", "茅ケ崎"),
        ("いすゞ", "イスズ"),
        ("髙橋", "高橋"),
        ("舊國鐵の發明", "舊国鉄の発明"),
        ("神\ufa19", "神神"),
        ("３ ① ㍻", "3 1 平成"),
    ],
)
def test_writing_that_searchers_do_not_tell_apart_is_the_same(one: str, other: str) -> None:
    """Width, case, accents, kana, older kanji, glyph variants, marks in figures and model names do not matter."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("は", "ぱ"),
        ("ビル", "ビール"),
        ("しよう", "しょう"),
        ("人々", "人"),
        ("3,4", "34"),
        ("A B", "AB"),
        ("手、袋", "手袋"),
    ],
)
def test_writing_that_means_something_else_stays_apart(one: str, other: str) -> None:
    """Voiced marks, long vowels and the comma of a list make another word."""
    assert tokens(one) != tokens(other)


def test_letters_beyond_the_basic_plane_are_letters_too() -> None:
    """𩸽 has two codes in a browser; its pairs are cut between letters, not within one."""
    assert tokens("𩸽定食") == ["0d867de3d5b9a", "05b9a98df", "098dfz"]
    assert tokens("A𩸽定") == ["a0", "0d867de3dz", "0d867de3d5b9a", "05b9az"]


def test_a_run_of_letters_becomes_its_pairs_and_its_last_letter() -> None:
    """失注企業 is found by any of its parts, also by the last letter alone."""
    assert tokens("失注企業") == ["059316ce8", "06ce84f01", "04f01696d", "0696dz"]


def test_two_kana_are_told_with_the_letter_before_them() -> None:
    """した stands in every second line, した behind 対 hardly ever: a query for 反対した loads that."""
    assert tokens("反対した") == ["053cd5bfe", "05bfe3057", "03057305f5bfe", "0305fz"]
    assert tokens("した") == ["03057305f", "0305fz"]
    assert [is_behind_any(token) for token in tokens("した")] == [True, False]
    assert not is_behind_any(tokens("反対した")[2])


def test_words_in_a_z_stay_whole_and_mark_the_letters_that_touch_them() -> None:
    """`PC版` stands in a row of tokens, whatever follows it in the text."""
    assert tokens("PC版を") == ["pc0", "07248z", "072483092", "03092z"]
    assert tokens("PC版") == ["pc0", "07248z"]


@given(st.text())
def test_tokens_are_plain_words_for_any_text(text: str) -> None:
    """Nothing that Pagefind could strip, stem or cut: lower-case ASCII letters and digits only."""
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in tokens(text))


@given(st.lists(st.text() | JAPANESE))
def test_lines_are_cut_alike_one_by_one_and_at_once(texts: list[str]) -> None:
    """What stands at a line's end and at the next one's beginning never makes another letter."""
    lines = ["".join(text.splitlines()) for text in texts]
    assert list(tokens_of_lines(lines)) == ([tokens(line) for line in lines] or [[]])


@given(st.text("aB 版画手、のま𠮷𩸽12-", max_size=30))
def test_gaps_stand_where_a_browser_expects_them(text: str) -> None:
    """It knows tokens only: the same rule makes rows of these."""
    line = "".join(text.splitlines())
    assert " ".join(next(tokens_of_lines([line], gap=" |"))) == with_gaps(" ".join(tokens(line)))


@given(JAPANESE, st.data())
def test_any_part_of_a_run_is_a_row_of_its_tokens(text: str, data: st.DataObject) -> None:
    """The promise of recall: what stands in the text, from any letter to any other, stands in its tokens in a row."""
    run = "".join(letter for letter in fold(text) if unicodedata.category(letter)[0] == "L" and not letter.isascii())
    if len(run) < 2:
        return
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    whole, (first, *others) = tokens(run), tokens(run[start:end])[:-1]
    assert any(
        whole[place + 1 : place + 1 + len(others)] == others
        and (token == first or (is_behind_any(first) and token.startswith(first)))
        for place, token in enumerate(whole)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("モノづくりのﾓﾉ", ["モノ", "モノ"]),
        ("KPIとkpi、GitHub", ["KPI", "GitHub"]),
        ("サーバールーム、もの、ー", []),
    ],
)
def test_words_that_another_spelling_outnumbers_keep_their_own(text: str, words: list[str]) -> None:
    """モノ stands before the hundred times more frequent もの, and no token of it is one of letters."""
    assert spellings(text) == [f"1{word.encode('utf-16-be').hex()}" for word in words]
