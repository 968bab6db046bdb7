"""What is written in another way is the same name; what is another name is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.spellings import company_core, fold, fold_with_places, patterns
from generator.spellings.fold import _fold_long, _stretches, decoded
from generator.spellings.kanji import NAME_KANJI, OLD_KANJI


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｶﾄｳ商事", "カトウ商事"),
        ("かとう商事", "カトウ商事"),
        ("ｶﾞｽ", "ガス"),
        ("か\u3099す", "がす"),
        ("ＡＢＣ－７", "abc-7"),
        ("ABC-7", "ABC 7"),
        ("Café", "CAFE"),
        ("㈱北辰", "（株）北辰"),
        ("㍿北辰", "株式会社北辰"),
        ("北\u200b辰電\u00ad設", "北辰電設"),
        ("北\u0301辰電設\u20dd", "北辰電設"),
        ("葛\U000e0100城", "葛城"),
        ("北辰・電設", "北辰電設"),
        ("北 辰　電\n設", "北辰電設"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("齋藤", "斉藤"),
        ("渡邉", "渡邊"),
        ("𠮷田", "吉田"),
        ("キャノン", "キヤノン"),
        ("O’Brien", "O'Brien"),
    ],
)
def test_the_same_name_in_another_spelling_folds_alike(one: str, other: str) -> None:
    """Width, kana, case, accents, old kanji, what cannot be seen and what sets letters apart make no other name."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("カト", "カド"), ("佐藤", "加藤"), ("カトー", "カト"), ("the rapist", "therapist"), ("😀", "😁")],
)
def test_another_name_stays_another(one: str, other: str) -> None:
    """Voiced marks, long vowels and the space between Latin words tell names apart."""
    assert fold(one) != fold(other)


MIXED = (
    st.text(st.sampled_from("かｶカﾞﾟ\u3099\u309a゛\u200b\u0301 aZé-－・㈱𠮷😀1\n髙ーßÅﬁ…|"))
    | st.text(st.sampled_from("かﾞ\u309a\0\x01\x02\x03\x1f\x20\ud83d\ude00😀\ue000\uf8ff\uffff a"))
    | st.text(st.characters(exclude_categories=()), max_size=40)
)
"""With what the table keeps for itself, what is beyond the basic plane, halves of that, and what takes its place."""


@given(MIXED)
def test_short_and_long_texts_are_folded_by_one_rule(text: str) -> None:
    """A long text is folded as a whole and a short one letter by letter: with the same outcome."""
    assert decoded(_fold_long(text).tobytes()) == fold_with_places(text)[0]


def test_every_character_is_folded_by_one_rule() -> None:
    """All of the basic plane and the next, each behind a kana that takes marks."""
    text = "".join("か" + chr(code) for code in range(0x20000))
    assert fold(text) == fold_with_places(text)[0]


@pytest.mark.parametrize("half", ["\ud83d", "\ude00", "\ud83d\u200b\ude00"])
def test_half_a_character_is_folded_as_well(half: str) -> None:
    """Escapes in a stylesheet may name one; two of them are no character together."""
    assert len(fold(half)) == len(fold(half + "、" * 200)) - 200 == len(half.replace("\u200b", ""))
    assert fold("\ud83d\u200b\ude00") != fold("😀")


@given(st.text(st.sampled_from('",<>。、か\u3099゛\u200b\u0301 aé-・㈱𠮷😀\ud83dー'), max_size=30))
def test_a_very_long_text_may_be_folded_in_stretches(text: str) -> None:
    """Where it is cut, neither a mark nor a space joins what stands on both sides."""
    assert "".join(_stretches(text, 3)) == text
    assert b"".join(_fold_long(stretch).tobytes() for stretch in _stretches(text, 3)) == _fold_long(text).tobytes()


@given(MIXED)
def test_every_folded_letter_knows_where_it_comes_from(text: str) -> None:
    """The places lead back into the text, in its order."""
    folded, places = fold_with_places(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


def test_kanji_are_listed_once_and_only_where_the_standard_forms_keep_them_apart() -> None:
    """What NFKC joins needs no table."""
    groups = [*OLD_KANJI.split(), *NAME_KANJI.split()]
    older = [letter for group in groups for letter in group[1:]]
    assert len(older) == len(set(older))
    assert [group for group in groups if len(group) < 2 or len(set(group)) != len(group)] == []
    assert [letter for letter in older if unicodedata.normalize("NFKC", letter) != letter] == []


@pytest.mark.parametrize(
    ("term", "spelling"),
    [
        ("サーバー", "サーバ"),
        ("サーバ", "サーバー"),
        ("コンピューター", "コンピュータ"),
        ("データセンター", "データセンタ"),
        ("ABC-7", "ABC7"),
        ("ABC", "A B C"),
    ],
)
def test_patterns_hold_what_a_fold_keeps_apart(term: str, spelling: str) -> None:
    """Long-vowel marks come and go at the end of words; Latin letters may stand apart."""
    assert any(pattern in fold(spelling) for pattern in patterns(term))


def test_a_short_kana_name_needs_its_long_vowel() -> None:
    """カトー without the mark would be found in 確かと."""
    assert patterns("カトー") == {"かとー"}


@pytest.mark.parametrize(
    "name",
    ["株式会社北辰電設", "北辰電設株式会社", "(株)北辰電設", "㈱ 北辰電設", "（有）北辰電設", "北辰電設"],
)
def test_a_company_is_known_without_its_legal_form(name: str) -> None:
    """Nobody says it in a talk."""
    assert company_core(name) == "北辰電設"


@pytest.mark.parametrize("name", ["Acme Field Co., Ltd.", "Acme Field Inc.", "Acme Field K.K.", "Acme Field"])
def test_a_latin_company_too(name: str) -> None:
    """Neither Ltd. nor K.K. is part of the name."""
    assert company_core(name) == "Acme Field"
