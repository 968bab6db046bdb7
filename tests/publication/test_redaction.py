"""Terms are found however they were written, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publication.redaction import MASK, Redactor
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


@given(st.text(min_size=1, max_size=12).filter(str.strip), st.text(max_size=30), st.text(max_size=30))
def test_no_term_survives(term: str, before: str, after: str) -> None:
    """Whatever the term and wherever it stands, it does not stand there afterwards."""
    redacted = Redactor([term]).text(before + term + after)
    folded = "".join(unicodedata.normalize("NFKC", term).casefold().split())
    if folded and unicodedata.is_normalized("NFKC", before + term + after) and MASK not in term:
        assert term not in redacted.replace(MASK, "\0")


@given(st.text(min_size=1, max_size=6).filter(str.strip), st.text(max_size=10), st.text(max_size=10))
def test_a_term_is_found_in_a_record_as_in_a_text(term: str, before: str, after: str) -> None:
    """Looking a whole record through first never misses what stands in one of its texts, whatever the characters."""
    said = (before + term + after).strip()
    redactor = Redactor([term])
    assert redactor.record(an_insight(situation=said)).situation == redactor.text(said)
