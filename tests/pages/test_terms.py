"""Words that may be new lead to where they are explained."""

from __future__ import annotations

import re

from markupsafe import Markup

from generator.knowledge.term_finder import TermFinder
from generator.model.casebook import GlossaryEntry
from generator.pages.case import render_case
from generator.pages.glossary import glossary_page
from generator.pages.terms import TermLinks, marked
from tests.pages.figures import samples
from tests.pages.knowledge import HOSTILE, library
from tests.pages.rendering import Outline

ENTRIES = [GlossaryEntry(term=term, meaning="意味") for term in ("稟議", "MQL", "サイレント失注")]


def links() -> TermLinks:
    """The links of a fresh page."""
    return TermLinks(TermFinder(ENTRIES), "../glossary/")


def test_a_word_is_linked_where_it_stands_first():
    """Once a page, however many texts and whichever spelling."""
    page = links()
    assert page("まず稟議、次も稟議。") == 'まず<a class="cb-term" href="../glossary/#term-稟議">稟議</a>、次も稟議。'
    assert page("また稟議。") == "また稟議。"
    assert 'href="../glossary/#term-MQL"' in page("MQLを渡す")


def test_a_skipped_word_is_no_link():
    """An entry of the glossary does not lead to itself."""
    page = links()
    page.skip("稟議")
    assert "<a" not in page("稟議")


def test_texts_stay_texts():
    """What an editor writes is escaped on both sides of a link."""
    made = links()(f"{HOSTILE}稟議{HOSTILE}")
    outline = Outline(made)
    assert outline.tags == ["a"]
    assert "onerror" not in outline.attributes


def test_a_marked_line_stays_text():
    """What was said around the word, and the word itself, is escaped; a word that is not there marks nothing."""
    assert marked("a<b>稟議</b>", "稟議") == "a&lt;b&gt;<mark>稟議</mark>&lt;/b&gt;"
    assert Outline(marked(HOSTILE, "<script>")).tags == ["mark"]
    assert marked("何もない", "稟議") == "何もない"


def test_markdown_keeps_its_links_codes_and_headings():
    """No link within a link; the first mention in running text counts."""
    html = Markup("<h3>稟議</h3><p><a href='x'>稟議</a> <code>MQL</code> 稟議とMQL &amp; 稟議</p>")
    made = links().in_html(html)
    assert made.count("cb-term") == 2
    assert "<h3>稟議</h3><p><a href='x'>稟議</a> <code>MQL</code> <a " in made
    assert made.endswith("&amp; 稟議</p>")


def test_a_case_links_each_word_once_and_never_what_was_said():
    """In the editors' texts only: the customer's words stand as they were said."""
    open_library = library(samples())
    linked = 0
    for case in samples().cases:
        body = render_case(open_library, case, None).body
        hrefs = [href for href in Outline(body).hrefs if "glossary/#term-" in href]
        assert len(hrefs) == len(set(hrefs)), case.slug
        assert not re.search(r"<blockquote[^>]*>(?:(?!</blockquote>).)*cb-term", body, re.DOTALL)
        linked += len(hrefs)
        if case.language != samples().casebook.language:
            assert hrefs == []
    assert linked > 0


def test_links_lead_to_words_that_stand_in_the_glossary():
    """Every anchor is there."""
    open_library = library(samples())
    ids = set(Outline(glossary_page(open_library).body).ids)
    for case in samples().cases:
        for href in Outline(render_case(open_library, case, None).body).hrefs:
            if "glossary/#" in href:
                assert href.partition("#")[2] in ids
