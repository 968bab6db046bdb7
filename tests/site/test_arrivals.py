"""Pages are framed while others are still being rendered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.pages.page import Page, SitePages
from generator.site.arrivals import Arrivals, source_name
from tests.support.tiny_site import tiny_pages

NAMES = [source_name(page.address) for page in tiny_pages()]


def test_files_give_pages_their_addresses() -> None:
    """A name in `nav` stays what it is, and a case needs no folder of its own among the sources."""
    assert source_name("") == "index.md"
    assert source_name("insights/") == "insights/index.md"
    assert source_name("cases/2025-07-tower/") == "cases/2025-07-tower.md"


def test_all_pages_are_known_before_one_is_there() -> None:
    """What links to pages need not wait for them."""
    announced = SitePages.of(tiny_pages()).announced
    arrivals = Arrivals(SitePages(announced, iter(())))
    assert list(arrivals.announced) == NAMES
    assert [page.title for page in arrivals.announced.values()] == [page.title for page in tiny_pages()]


def test_no_page_is_waited_for_before_it_is_asked_for() -> None:
    """Whoever frames the second page has not waited for the third."""
    handed_over: list[str] = []

    def coming() -> Iterator[Page]:
        for page in tiny_pages():
            handed_over.append(page.address)
            yield page

    arrivals = Arrivals(SitePages(SitePages.of(tiny_pages()).announced, coming()))
    assert arrivals.page(NAMES[1]) == tiny_pages()[1]
    assert len(handed_over) == 2


def test_pages_may_be_asked_for_in_any_order() -> None:
    """What came before the one that was asked for is kept."""
    arrivals = Arrivals(SitePages.of(tiny_pages()))
    assert [arrivals.page(name) for name in reversed(NAMES)] == list(reversed(tiny_pages()))
    with pytest.raises(LookupError, match="nobody"):
        arrivals.page("nobody.md")


def test_pages_are_indexed_in_the_order_in_which_they_came() -> None:
    """The index does not depend on the order of framing; what is not listed is not in it; bodies are not needed."""
    arrivals = Arrivals(SitePages.of(tiny_pages()))
    for name in reversed(NAMES):
        arrivals.page(name)
        arrivals.forget_body(name)
    listed = [page for page in tiny_pages() if page.listed]
    assert [page.address for page in arrivals.listed()] == [page.address for page in listed]
    assert all(page.body == "" for page in arrivals.listed())
