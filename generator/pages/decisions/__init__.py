"""Decisions across cases at `decisions/`: who decides, how they stood towards us, how long it took, and who uses it.

Everybody behind the figures stands in the list at `decisions/people/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.knowledge.decisions import (
    decisions,
)
from generator.pages.decisions.people import people_pages
from generator.pages.decisions.view import main_page
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile

__all__ = ["decisions_pages"]


def decisions_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The page, and the list of everybody behind its figures."""
    made = decisions(library.corpus)
    yield main_page(library, made)
    yield from people_pages(library, made)
