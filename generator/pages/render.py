"""Every page of the site, in a fixed order: what readers open first comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.pages.about import about_page
from generator.pages.actions import actions_pages
from generator.pages.cases import cases_pages
from generator.pages.glossary import glossary_page
from generator.pages.home import home_page
from generator.pages.in_parallel import case_pages
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


def render_site(
    corpus: PublicCorpus,
    sounds: Mapping[str, Sound],
    texts: Texts,
    *,
    searchable: bool = True,
    jobs: int | None = None,
) -> Iterator[Page]:
    """All pages of `corpus` in the language of `texts`; `sounds` are the recordings that may be played, by case.

    Case pages are rendered on `jobs` processes (all cores when None); they carry search facts unless `searchable` is
    False.
    """
    library = Library(corpus, texts)
    of_cases = case_pages(library, sounds, searchable=searchable, jobs=jobs)
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
    yield from of_cases
