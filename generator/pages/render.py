"""Every page of the site, in a fixed order: what readers open first comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.pages.about import about_page
from generator.pages.actions import actions_pages
from generator.pages.case import render_case
from generator.pages.cases import cases_pages
from generator.pages.glossary import glossary_page
from generator.pages.home import home_page
from generator.pages.insights import insights_pages
from generator.pages.library import Library
from generator.pages.page import Page, Sound
from generator.pages.paths import paths_pages
from generator.pages.patterns import patterns_page
from generator.pages.search import search_page
from generator.pages.segments import segments_page
from generator.pages.tags import tags_page
from generator.publication import PublicCorpus
from generator.texts import Texts


def render_site(corpus: PublicCorpus, sounds: Mapping[str, Sound], texts: Texts) -> Iterator[Page]:
    """All pages of `corpus` in the language of `texts`; `sounds` are the recordings that may be played, by case."""
    library = Library(corpus, texts)
    yield home_page(library)
    yield search_page(texts)
    yield from cases_pages(library)
    yield from insights_pages(library)
    yield from actions_pages(library)
    yield segments_page(library)
    yield tags_page(library)
    yield from paths_pages(library)
    yield glossary_page(library)
    yield about_page(library)
    yield patterns_page(texts)
    for case in corpus.cases:
        yield render_case(library, case, sounds.get(case.slug))
