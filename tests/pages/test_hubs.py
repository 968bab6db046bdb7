"""A page for each word, and one for each kind."""

from __future__ import annotations

import dataclasses
import re

import pytest

from generator.knowledge.hubs import Word, WordKind
from generator.model.vocabulary import CaseType
from generator.pages.decisions import decisions_pages
from generator.pages.hubs import FOLDERS, hub_address
from generator.pages.hubs.addresses import list_address
from generator.pages.hubs.view import CASES_SHOWN, hub_view
from generator.pages.page import Page
from tests.pages.figures import samples
from tests.pages.knowledge import CORPUS, EMPTY, assert_matches_snapshot, changed, library, many, texts_in, whole_site
from tests.pages.rendering import Outline

PRODUCT, UNUSED = "products/tf14/", "challenges/beyond-price/"
LISTS = {kind: folder for kind, folder in FOLDERS.items() if kind is not WordKind.TAG}


def test_snapshot():
    """The pages change only on purpose: a word's page stands for all."""
    assert_matches_snapshot(whole_site()["challenges/why-silent/"])


def test_every_word_of_the_vocabulary_has_a_page():
    """So that a link to a word never leads nowhere, whether anybody spoke of it or not."""
    book = CORPUS.casebook
    expected = {
        *(f"tags/{term.id}/" for term in book.tags),
        *(f"products/{term.id}/" for term in book.products),
        *(f"competitors/{term.id}/" for term in book.competitors),
        *(f"industries/{term.id}/" for term in book.industries),
        *(f"challenges/{challenge.id}/" for challenge in CORPUS.challenges),
    }
    folders = tuple(FOLDERS.values())
    found = {a for a in whole_site() if a.startswith(folders) and a not in folders}
    assert found == expected


def test_ends_of_the_cases_are_counted_and_lead_to_them():
    """Each figure opens the list of cases that it counted."""
    page = whole_site()[PRODUCT]
    for kind in CaseType:
        count = sum(case.facts.type is kind and "tf14" in case.facts.products for case in CORPUS.cases)
        link = f'href="../../cases/?product=tf14&amp;type={kind.value}"'
        assert (link in page.body) == bool(count)
        if count:
            assert re.search(rf"{re.escape(link)}>[^<]* <strong>{count}</strong>", page.body)


def test_sentences_can_be_heard_where_they_were_said():
    """Words first: customers' own sentences with their case, and the way to hear them."""
    for view in (hub_view(library(), Word(WordKind.PRODUCT, "tf14")), hub_view(library(), Word(WordKind.TAG, "rain"))):
        assert view.sentences
        for quote in view.sentences:
            assert quote.case_title
            assert quote.play_href.startswith("../../cases/") or not quote.play_href


def test_a_deaf_site_has_the_words_without_the_sound():
    """Readers who may not listen still read."""
    deaf = changed(cases=tuple(dataclasses.replace(case, recording=None) for case in CORPUS.cases))
    body = whole_site(deaf)[PRODUCT].body
    assert "cb-quote-words" in body
    assert "play=1" not in body


def test_a_challenge_says_what_is_answered_and_what_is_open():
    """Insights by state; what changed; what nobody has shown yet; without an insight, that nobody answers it."""
    body = whole_site()["challenges/why-silent/"].body
    claims = [i.claim for case in CORPUS.cases for i in case.insights if "why-silent" in i.challenges]
    assert claims
    assert all(claim in body for claim in claims)
    assert "答えの出ていない" in body
    assert "まだ、誰も話していません" in whole_site()[UNUSED].body
    assert "<code>challenges: [beyond-price]</code>" in whole_site()[UNUSED].body


def test_needs_say_who_wins_them_in_words_too():
    """The bar has the same figures as a name, and the table the customers behind each."""
    view = hub_view(library(samples()), Word(WordKind.PRODUCT, "tf14"))
    assert view.needs
    for row in view.needs:
        told = ", ".join(f"{count}" for _, count in row.counts)
        assert re.sub(r"[^\d,]", "", re.search('aria-label="([^"]*)"', row.bar)[1]) == told.replace(" ", "")  # type: ignore[index]
        named = {item.case.slug for _, customers, _ in row.customers for item in customers}
        assert named <= {case.slug for case in view.hub.cases}
        assert sum(count for _, count in row.counts) == len(row.balance.needs)


def test_a_word_that_all_carry_stays_short():
    """The newest cases are named, the number leads to the rest."""
    page = whole_site(many(60))[PRODUCT]
    assert len(texts_in(page.body, "cb-hub-cases")[0].split("壊れないのに、夕方には置かれていた")) == CASES_SHOWN + 1
    assert 'href="../../cases/?product=tf14">60件すべて見る</a>' in page.body


@pytest.mark.parametrize("kind", LISTS)
def test_the_page_of_a_kind_names_all_its_words(kind: WordKind):
    """Those that somebody spoke of with their figures, the others as a call to ask."""
    body = whole_site()[FOLDERS[kind]].body
    hrefs = Outline(body).hrefs
    lib = library()
    words = [address for address in whole_site() if address.startswith(FOLDERS[kind]) and address != FOLDERS[kind]]
    for address in words:
        word = Word(kind, address.split("/")[1])
        assert f"../{hub_address(word)}" in hrefs
        if lib.hubs.hub(word).cases:
            assert f"../{list_address(word)}" in hrefs


@pytest.mark.parametrize("kind", LISTS)
def test_an_empty_kind_teaches(kind: WordKind):
    """Before the first word its page says which file and key add one."""
    body = whole_site(EMPTY)[FOLDERS[kind]].body
    assert "cb-teach" in body
    assert f"<code>{FOLDERS[kind].rstrip('/')}:</code>" in body


def test_words_can_be_searched_for():
    """Who types a product's name finds the page about it."""
    page = whole_site()[PRODUCT]
    assert page.search is not None
    assert page.search.kind == "hub"
    assert "フィールドノート TF14" in page.search.passages[0].text


def test_people_are_counted_as_their_list_counts_them():
    """The figure of a part opens the list of those people, and finds as many there."""
    open_library = library(samples())
    made = [page for page in decisions_pages(open_library) if isinstance(page, Page)]
    listed = "".join(page.body for page in made if page.address.startswith("decisions/people/"))
    view = hub_view(open_library, Word(WordKind.PRODUCT, "tf14"))
    assert view.people_href == "../../decisions/people/?product=tf14"
    for row in view.parts:
        marks = re.findall(r'data-part="([^"]*)"[^>]*data-product="([^"]*)"', listed)
        found = [part for part, products in marks if row.part.value in part.split() and "tf14" in products.split()]
        assert len(found) == row.people
