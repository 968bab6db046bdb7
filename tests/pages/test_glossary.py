"""Words explained."""

from __future__ import annotations

import pytest

from generator.knowledge.term_finder import TermFinder
from generator.knowledge.term_uses import term_uses
from generator.model.casebook import GlossaryEntry
from generator.pages.glossary import glossary_page, initial, term_anchor
from tests.pages.figures import samples
from tests.pages.knowledge import assert_matches_snapshot, changed, library, many, texts_in, whole_site
from tests.pages.rendering import Outline


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["glossary/"])


def test_words_are_sorted_by_reading():
    """えぬわん comes before さいれんと, although N is a Latin letter."""
    assert texts_in(whole_site()["glossary/"].body, "cb-glossary-term") == ["N1分析", "サイレント失注"]


@pytest.mark.parametrize(
    ("reading", "column"),
    [
        ("えぬわん", "あ"),
        ("がっこう", "か"),
        ("ゼロ", "さ"),
        ("ぱんふ", "は"),
        ("ゃ", "や"),
        ("ん", "わ"),
        ("crm", "C"),
    ],
)
def test_a_word_stands_under_its_column(reading: str, column: str):
    """Voiced sounds stand with their plain ones, katakana with hiragana, small letters with large ones."""
    assert initial(GlossaryEntry(term="用語", reading=reading, meaning="意味")) == column


def test_anchors_hold_no_spaces():
    """An identifier may hold any letter but white space."""
    assert term_anchor("share of  wallet") == "term-share-of-wallet"


def test_searchers_land_on_the_word():
    """Each word is a passage of its own, with its other spellings."""
    page = whole_site()["glossary/"]
    assert page.search is not None
    ids = Outline(page.body).ids
    assert [passage.kind for passage in page.search.passages] == ["term", "term"]
    assert all(passage.anchor in ids for passage in page.search.passages)
    assert "サイレントロス" in page.search.passages[1].text


def test_a_word_shows_how_customers_use_it():
    """Lines with the word marked, that can be heard, with who said them and how many talks there are."""
    page = glossary_page(library(samples()))
    uses = term_uses(samples(), TermFinder(samples().glossary), 3)
    assert uses
    for term, use in uses.items():
        row = page.body[page.body.index(f'id="{term_anchor(term)}"') :].partition("cb-glossary-row")[0]
        assert f"{use.talks}件の事例で" in row
        for case, cue, spelling in use.lines:
            assert f'href="../cases/{case.slug}/#{cue.id}"' in row
            assert f"<mark>{spelling}</mark>" in row


def test_many_words_stay_light():
    """With three hundred words each has one line only."""
    words = [GlossaryEntry(term=f"語{number}", meaning="意味") for number in range(299)]
    corpus = changed(glossary=(GlossaryEntry(term="壊れ", meaning="意味"), *words), cases=many(40).cases)
    page = glossary_page(library(corpus))
    assert len(page.body.encode()) < 300_000
