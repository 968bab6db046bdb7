"""All pages together: fixed addresses, whole HTML, links that lead somewhere, and nothing hostile let through."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from pydantic import BaseModel

from generator.pages.page import Page
from generator.pages.render import render_site
from generator.publication import PublicCorpus
from generator.texts import load_texts
from tests.pages.knowledge import (
    ACROSS,
    ADDRESSES,
    CORPUS,
    EMPTY,
    HOSTILE,
    changed,
    files_beside,
    many,
    rendered,
    target_of,
    whole_site,
)
from tests.pages.rendering import Outline

WORDS = r"(tags|challenges|products|competitors|industries)/[^/]+/"
"""Addresses of the pages of words."""
CORPORA = {"full": CORPUS, "empty": EMPTY}


def across(pages: Mapping[str, Page]) -> list[Page]:
    """The pages across cases, the search page aside, which scripts fill."""
    return [page for address, page in pages.items() if address in ACROSS and address != "search/"]


def test_addresses_are_fixed_and_in_order():
    """Bookmarks and links in chats last: every page stands where it always stood."""
    assert list(whole_site()) == ADDRESSES


def test_pages_are_announced_as_they_will_be():
    """Who links to a page before it is rendered links to its address, by its title."""
    made = render_site(CORPUS, {}, load_texts("ja"))
    assert [(page.address, page.title) for page in made.announced] == [(page.address, page.title) for page in made]


def test_same_cases_on_the_same_day_give_the_same_pages():
    """A build can be repeated: nothing depends on the clock or on chance."""
    assert rendered(CORPUS) == rendered(CORPUS)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("corpus", CORPORA.values(), ids=CORPORA.keys())
def test_html_is_whole(corpus: PublicCorpus, language: str):
    """Every element is closed, every identifier is unique, every page has one main heading."""
    for page in across(whole_site(corpus, language)):
        outline = Outline(page.body)
        assert (outline.unclosed, outline.misplaced) == ([], []), page.address
        assert len(outline.ids) == len(set(outline.ids)), page.address
        assert outline.tags.count("h1") == 1, page.address


@pytest.mark.parametrize("corpus", CORPORA.values(), ids=CORPORA.keys())
def test_every_link_leads_somewhere(corpus: PublicCorpus):
    """Links are relative, and lead to a page of the site and an anchor that stands on it, or to a file beside it."""
    pages, files = whole_site(corpus), files_beside(corpus)
    ids = {address: set(Outline(page.body).ids) for address, page in pages.items()}
    for page in across(pages):
        for href in Outline(page.body).hrefs:
            address, anchor = target_of(page, href)
            if address.rstrip("/") in files:
                continue
            assert address in pages, f"{page.address}: {href}"
            assert not anchor or anchor in ids[address], f"{page.address}: {href}"


def test_headings_of_the_contents_stand_on_the_page():
    """An entry of the table of contents leads to its heading."""
    for page in across(whole_site()):
        assert {heading.id for heading in page.headings} <= set(Outline(page.body).ids), page.address


def test_headings_skip_no_level():
    """Who listens to a page walks from heading to heading: no level is missing between two."""
    for page in across(whole_site()):
        levels = [int(tag[1]) for tag in Outline(page.body).tags if re.fullmatch("h[1-6]", tag)]
        for before, after in pairwise(levels):
            assert after <= before + 1, f"{page.address}: h{before} is followed by h{after}"


def test_nothing_inline_but_custom_properties():
    """Pages keep a strict policy: no script, no handler, and a style attribute only where data demand one."""
    for page in across(whole_site()):
        outline = Outline(page.body)
        assert "script" not in outline.tags and "style" not in outline.tags, page.address
        assert not [name for name in outline.attributes if name.startswith("on")], page.address
        for style in re.findall(r'style="([^"]*)"', page.body):
            assert re.fullmatch(r"--cb-[a-z]+:[^;\"]+", style), f"{page.address}: {style}"


def hostile(value: Any, *, key: str = "") -> Any:
    """A record's data with markup at the end of every text that an editor writes freely."""
    if isinstance(value, dict):
        return {name: hostile(item, key=name) for name, item in value.items()}
    if isinstance(value, list):
        return [hostile(item, key=key) for item in value]
    free = {
        "title",
        "alias",
        "claim",
        "change",
        "owner",
        "outcome",
        "line",
        "name",
        "description",
        "role",
        "lead_purpose",
    }
    free |= {"term", "meaning", "audience", "look_for", "question"}
    return value + HOSTILE if isinstance(value, str) and key in free else value


def made_hostile(record: BaseModel) -> Any:
    """The record with hostile texts."""
    return type(record).model_validate(hostile(record.model_dump(mode="json")))


def test_texts_of_editors_never_become_markup():
    """Whatever an editor writes is shown as text, on every page."""
    cases = tuple(
        dataclasses.replace(
            case, facts=made_hostile(case.facts), insights=tuple(made_hostile(insight) for insight in case.insights)
        )
        for case in CORPUS.cases
    )
    corpus = changed(
        cases=cases,
        casebook=made_hostile(CORPUS.casebook),
        challenges=tuple(map(made_hostile, CORPUS.challenges)),
        glossary=tuple(map(made_hostile, CORPUS.glossary)),
        paths={name: made_hostile(path) for name, path in CORPUS.paths.items()},
    )
    for page in across(whole_site(corpus)):
        outline = Outline(page.body)
        assert (outline.unclosed, outline.misplaced) == ([], []), page.address
        assert "script" not in outline.tags and "onerror" not in outline.attributes, page.address
        assert "49" not in re.findall(r"&amp;(\w+)", page.body), "a template must never evaluate a text"
        if page.kind not in ("patterns", "paths", "across"):
            assert "&lt;script&gt;" in page.body, page.address


def test_pages_across_cases_stay_light():
    """A thousand cases do not make a list that a phone cannot load: no page is over 300 KB."""
    for address, page in whole_site(many(400)).items():
        if not address.startswith("cases/case-"):
            assert len(page.body.encode()) <= 300_000, address


@pytest.mark.parametrize(
    "kind", ["home", "cases", "insights", "actions", "tags", "products", "success", "paths", "glossary"]
)
def test_empty_pages_teach(kind: str):
    """Before the first case every page says what belongs there, and which command or file adds it."""
    page = next(page for page in across(whole_site(EMPTY)) if page.kind == kind)
    assert "cb-teach" in page.body
    assert "<code>" in page.body


def test_lists_stay_out_of_the_index():
    """A searcher finds the cases themselves, not the lists that repeat them; words of their own are found."""
    found = {address: page.search.kind for address, page in whole_site().items() if page.search is not None}
    assert found == {
        "paths/first-half-hour/": "hub",
        "glossary/": "hub",
        **{address: "hub" for address in ADDRESSES if re.fullmatch(WORDS, address)},
        **{f"cases/{case.slug}/": "case" for case in CORPUS.cases},
    }
