"""Value gaps at `gaps/`: what customers need, who meets it, and so what to defend, to win, to open up, to stop doing.

The page shows all cases. Scripts compute the same for some of them (`?product=tf14&year=2025`) from the file of slices
beside it. Behind every figure stand the needs that it counts, in the list at `gaps/needs/`; offers that nobody wanted
are listed at `gaps/offers/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.knowledge.gaps import gaps
from generator.pages.cases import case_facets, marks_by_case
from generator.pages.gaps.lists import needs_pages, offers_pages
from generator.pages.gaps.slices import SLICED_BY, slices_file
from generator.pages.gaps.view import main_page
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile

__all__ = ["gaps_pages"]


def gaps_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page, its slices, and the lists behind its figures."""
    found = gaps(library.corpus)
    mapped_cases = {case.slug: case for case in (*found.cases, *(item.case for item in found.unwanted))}
    cases = tuple(case for case in library.corpus.cases if case.slug in mapped_cases)
    marks = marks_by_case(cases, SLICED_BY)
    facets = case_facets(library, list(marks.values()))
    slices = slices_file(library, found, marks, facets)
    yield slices
    yield main_page(library, found, cases, facets, slices)
    yield from needs_pages(library, found, marks)
    yield from offers_pages(library, found, marks)
