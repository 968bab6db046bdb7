"""The page `/search/`: a field, what narrows down, and the place for results. `scripts/search-page.js` fills it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.environment import environment
from generator.pages.page import Page
from generator.texts import Texts

ADDRESS = "search/"
"""A query is linked as `search/?q=手袋&type=失注`: facets by name, as often as there are values; `sort=date`."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """What `search.html.j2` asks for."""

    title: str
    cases_href: str
    """The way on for readers whose browser runs no scripts."""


def search_page(texts: Texts) -> Page:
    """The search page in the language of `texts`."""
    view = SearchView(title=texts.gettext("Search"), cases_href="../cases/")
    body = environment(texts).get_template("search.html.j2").render(view=view)
    return Page(ADDRESS, view.title, body, "search", texts.gettext("Search everything that customers said."))
