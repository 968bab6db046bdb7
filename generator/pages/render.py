"""Every page of the site, in a fixed order: what readers open first comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Page, Sound
from generator.pages.search import search_page
from generator.publication import PublicCorpus
from generator.texts import Texts


def render_site(corpus: PublicCorpus, sounds: Mapping[str, Sound], texts: Texts) -> Iterator[Page]:
    """All pages of `corpus` in the language of `texts`; `sounds` are the recordings that may be played, by case."""
    library = Library(corpus, texts)
    yield search_page(texts)
    for case in corpus.cases:
        yield render_case(library, case, sounds.get(case.slug))
