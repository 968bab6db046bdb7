"""Terms are found however they were written, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.publication.hidden import MASK
from generator.publication.matching import Matcher
from generator.publication.redaction import Redactor
from generator.spellings import fold, is_latin
from tests.support.cases import an_insight


@pytest.mark.parametrize(
    "spelling", ["カトウ商事", "かとう商事", "ｶﾄｳ商事", "カトウ 商事", "カトウ　商事", "ｶ ﾄ ｳ商\n事"]
)
def test_a_term_is_found_in_every_spelling(spelling: str) -> None:
    """Width, kana and white space do not hide a term."""
    assert Redactor(["カトウ商事"]).text(f"昨日{spelling}さんが") == f"昨日{MASK}さんが"


@pytest.mark.parametrize("spelling", ["ABC-7", "abc-7", "ＡＢＣ－７", "Ａbc-７"])
def test_latin_terms_are_found_in_every_case_and_width(spelling: str) -> None:
    """Upper and lower case, full and half width are the same word."""
    assert Redactor(["ABC-7"]).text(f"({spelling})") == f"({MASK})"


def test_voiced_half_width_katakana_count_as_one_letter() -> None:
    """ｶﾞ is two characters and one letter."""
    assert Redactor(["ガス"]).text("ｶﾞｽの点検") == f"{MASK}の点検"


def test_the_longer_term_wins() -> None:
    """A short term within a long one leaves no rest of the long one behind."""
    assert Redactor(["東", "東海機械"]).text("東海機械") == MASK


def test_identifiers_are_not_text() -> None:
    """References between records survive; text is redacted."""
    insight = an_insight(departments=["sales"], claim="salesが来た", tags=["sales-talk"])
    redacted = Redactor(["sales"]).record(insight)
    assert redacted.claim == f"{MASK}が来た"
    assert redacted.departments == ("sales",)
    assert redacted.tags == ("sales-talk",)


def test_without_terms_nothing_is_copied() -> None:
    """A knowledge base without terms pays nothing."""
    insight = an_insight()
    assert Redactor([]).record(insight) is insight


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("株式会社北辰電設です", "中部の保守会社です"),
        ("㈱北辰電設です", "中部の保守会社です"),
        ("北辰電設（株）です", "中部の保守会社です"),
        ("北\u200b辰電設\u0301です", "中部の保守会社です"),
        ("北辰電設社の人", "中部の保守会社の人"),
        ("北辰電設社長", "中部の保守会社社長"),
        ("北辰電設さん", "中部の保守会社さん"),
    ],
)
def test_the_legal_form_goes_with_the_name(said: str, shown: str) -> None:
    """The alias stands for the company as it is called, so that the sentence reads well."""
    assert Redactor([], {"北辰電設株式会社": "中部の保守会社"}).text(said) == shown


@pytest.mark.parametrize("honorific", ["さん", "様", "氏", "部長", "先生"])
def test_honorifics_stay(honorific: str) -> None:
    """●●さん reads as a person, ●● does not."""
    assert Redactor(people=["佐藤"]).text(f"佐藤{honorific}が来た") == f"{MASK}{honorific}が来た"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("佐藤健一です", f"{MASK}です"),
        ("佐藤　健一です", f"{MASK}です"),
        ("佐藤さんが", f"{MASK}さんが"),
        ("健一さんが", f"{MASK}さんが"),
    ],
)
def test_a_person_is_hidden_in_parts(said: str, shown: str) -> None:
    """Consent speaks of 佐藤 健一, the talk of 佐藤さん."""
    assert Redactor(people=["佐藤 健一"]).text(said) == shown


def test_a_name_of_one_kanji_is_hidden_before_an_honorific_only() -> None:
    """林 is a wood, and 小林 somebody else."""
    redactor = Redactor(people=["林 健一"])
    assert redactor.text("林さんと小林さんが林の中へ") == f"{MASK}さんと小林さんが林の中へ"


def test_part_of_a_latin_name_needs_its_capital() -> None:
    """Mark is a person, a mark is not."""
    assert Redactor(people=["Mark Sato"]).text("Mark put a mark there") == f"{MASK} put a mark there"


@pytest.mark.parametrize(
    ("term", "said", "shown"),
    [
        ("IT", "the kit and IT", f"the kit and {MASK}"),
        ("IT", "社内ITの担当", f"社内{MASK}の担当"),
        ("RB-15", "RB-150 and RB15", f"RB-150 and {MASK}"),
        ("Hokushin", "hokushindenki", f"{MASK}denki"),
    ],
)
def test_short_latin_terms_are_words_of_their_own(term: str, said: str, shown: str) -> None:
    """Fewer than six letters stand in too many other words; longer ones are hidden wherever they stand."""
    assert Redactor([term]).text(said) == shown


def test_terms_of_all_cases_lie_below_those_of_one() -> None:
    """A case's own terms and the thousand names of all others are replaced together, the longest first."""
    everywhere = Redactor([], {"北辰": "甲社"})
    own = Redactor(["北辰電設"], below=everywhere)
    assert own.text("北辰電設と北辰") == f"{MASK}と甲社"
    assert everywhere.text("北辰電設と北辰") == "甲社電設と甲社"


TERMS = st.text(min_size=1, max_size=12).filter(fold)


@given(TERMS, st.text(max_size=30), st.text(max_size=30))
def test_no_term_survives(term: str, before: str, after: str) -> None:
    """Whatever the term and wherever it stands, it does not stand there afterwards; short Latin ones as words."""
    assume(not is_latin(fold(term)) and "●" not in fold(term))
    redacted = Redactor([term]).text(before + term + after)
    assert not Matcher([term]).stands_in(redacted)


@given(TERMS, st.text(max_size=10), st.text(max_size=10))
def test_a_term_is_found_in_a_record_as_in_a_text(term: str, before: str, after: str) -> None:
    """Looking a whole record through first never misses what stands in one of its texts, whatever the characters."""
    said = (before + term + after).strip()
    redactor = Redactor([term])
    assert redactor.record(an_insight(situation=said)).situation == redactor.text(said)
