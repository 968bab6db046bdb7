"""Lists of several pages: what their rows are found by stands once on each page, as it stands in the list's file."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from itertools import chain

import pytest

from generator.pages.actions import actions_pages
from generator.pages.cases import cases_pages
from generator.pages.decisions import decisions_pages
from generator.pages.gaps import gaps_pages
from generator.pages.insights import insights_pages
from generator.pages.journeys import journeys_pages
from generator.pages.page import Page, SiteFile
from generator.pages.voices import voices_pages
from tests.pages.knowledge import CORPUS, changed, library
from tests.pages.ledgers import ROW, attributes_of, carries, marks_of

LISTS = (
    "actions/",
    "cases/",
    "decisions/people/",
    "gaps/needs/",
    "gaps/offers/",
    "insights/",
    "journeys/falls/",
    "journeys/measures/",
    "voices/",
)
MADE_BY = (actions_pages, cases_pages, decisions_pages, gaps_pages, insights_pages, journeys_pages, voices_pages)
FOR_ORDER = {"date", "title"}
"""What rows are put into order by; no list is narrowed down by it."""


@cache
def made() -> tuple[Page | SiteFile, ...]:
    """The pages and files of a knowledge base so large that every list has several pages."""
    cases = (dataclasses.replace(case, slug=f"{case.slug}-{number}") for number in range(170) for case in CORPUS.cases)
    large = library(changed(cases=tuple(cases)))
    return tuple(chain.from_iterable(pages(large) for pages in MADE_BY))


def pages_of(address: str) -> list[str]:
    """The HTML of the pages of a list, in order."""
    pages = [item for item in made() if isinstance(item, Page)]
    return [page.body for page in pages if page.address == address or page.address.startswith(f"{address}page-")]


def test_every_list_that_is_narrowed_down_is_long_here():
    """The rules of this module hold for each of them."""
    files = [item.address for item in made() if isinstance(item, SiteFile)]
    assert sorted(file.removesuffix("marks.json") for file in files if file.endswith("marks.json")) == list(LISTS)


@pytest.mark.parametrize("address", LISTS)
def test_rows_of_a_long_list_carry_no_marks(address: str):
    """Ten thousand rows with a hundred letters each would be a megabyte that no reader asks for."""
    rows = [row for body in pages_of(address) for row in ROW.findall(body)]
    assert len(pages_of(address)) > 1
    assert set(chain.from_iterable(map(attributes_of, rows))) <= FOR_ORDER


@pytest.mark.parametrize("address", LISTS)
def test_each_page_has_its_own_part_of_the_file(address: str):
    """Put together, the pages tell of each row what the file tells of it."""
    (file,) = (item for item in made() if isinstance(item, SiteFile) and item.address == f"{address}marks.json")
    told = json.loads(file.content)
    expected = [
        {
            name: found
            for name, values in told["marks"].items()
            if (found := {value for value, figures in values.items() if carries(figures, row)})
        }
        for row in range(told["total"])
    ]
    assert list(chain.from_iterable(map(marks_of, pages_of(address)))) == expected
