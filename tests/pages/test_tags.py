"""Ways in by word."""

from __future__ import annotations

from generator.knowledge.hubs import WordKind
from generator.knowledge.hubs.words import vocabulary
from generator.pages.hubs import FOLDERS
from tests.pages.knowledge import CORPUS, assert_matches_snapshot, texts_in, whole_site
from tests.pages.rendering import Outline


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["tags/"])


def test_words_have_lasting_anchors():
    """A tag by its identifier; other words with their kind before it, so that two words cannot meet."""
    ids = set(Outline(whole_site()["tags/"].body).ids)
    assert {"weight", "choosers-users", "rain", "product-tf14", "competitor-orban", "industry-port"} <= ids
    assert {"challenge-why-silent", "challenge-beyond-price"} <= ids


def test_counts_are_those_of_the_cases():
    """Cases that carry the tag themselves or in an insight, and insights that carry it, counted here."""
    body = whole_site()["tags/"].body
    for tag in CORPUS.casebook.tags:
        cases = [
            case for case in CORPUS.cases if tag.id in case.facts.tags or any(tag.id in i.tags for i in case.insights)
        ]
        insights = [insight for case in CORPUS.cases for insight in case.insights if tag.id in insight.tags]
        assert f'href="../cases/?tag={tag.id}">事例 {len(cases)}件</a>' in body
        if insights:
            assert f'href="../insights/?tag={tag.id}">インサイト {len(insights)}件</a>' in body


def test_words_that_nobody_used_are_named_apart():
    """A challenge without an insight is a question still open."""
    unused = texts_in(whole_site()["tags/"].body, "cb-unused")
    assert any("価格のほかに、何で選ばれるか" in text for text in unused)


def test_every_word_leads_to_its_own_page():
    """Used or not, of whatever kind."""
    hrefs = set(Outline(whole_site()["tags/"].body).hrefs)
    for kind, identifiers in vocabulary(CORPUS).items():
        assert {f"../{FOLDERS[kind]}{identifier}/" for identifier in identifiers} <= hrefs
        assert kind is WordKind.TAG or f"../{FOLDERS[kind]}" in hrefs
