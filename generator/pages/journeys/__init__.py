"""Journeys across cases at `journeys/`: how each phase feels, where feelings fall, and what came after our measures.

The map of all steps has pages of its own when there are many cases; the row of medians is always over all of them. All
falls stand at `journeys/falls/`, all issues and measures at `journeys/measures/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.journeys.falls import falls_pages
from generator.pages.journeys.measures import measures_pages
from generator.pages.journeys.told import told_in
from generator.pages.journeys.view import map_pages
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile

__all__ = ["journeys_pages"]


def journeys_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page, further pages of its map, and the lists behind its figures."""
    told = told_in(library)
    yield from map_pages(library, told)
    yield from falls_pages(library, told)
    yield from measures_pages(library, told)
