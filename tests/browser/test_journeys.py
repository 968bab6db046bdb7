"""Journeys and decisions across cases in a real browser: figures open their rows, drawings fit the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.pages.decisions import decisions_pages
from generator.pages.journeys import journeys_pages
from generator.pages.page import Page as MadePage
from generator.pages.page import SiteFile
from tests.browser.conftest import Meet
from tests.pages.figures import samples
from tests.pages.knowledge import library
from tests.support.tiny_site import build_tiny_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' journeys and decisions, framed."""
    folder = tmp_path_factory.mktemp("journeys") / "site"
    opened = library(samples())
    made = [*journeys_pages(opened), *decisions_pages(opened)]
    pages = tuple(item for item in made if isinstance(item, MadePage))
    build_tiny_site(folder, pages=pages, files=tuple(item for item in made if isinstance(item, SiteFile)))
    return folder


@pytest.mark.parametrize(
    ("address", "figure"),
    [
        ("journeys/", ".cb-trend a[href]"),
        ("journeys/", ".cb-fall-phases a"),
        ("journeys/", ".cb-phase-head a.cb-chip"),
        ("decisions/", ".cb-mirror a[href]"),
        ("decisions/", ".cb-parts-table td:nth-child(3) a"),
    ],
)
def test_a_figure_opens_the_rows_that_it_counts(meet: Meet, site: Path, address: str, figure: str) -> None:
    """The list comes narrowed down to as many rows as the figure says."""
    page = meet(site).open(address)
    link = page.locator(figure).first
    found = re.search(r"\d+", link.inner_text())
    assert found
    link.click()
    expect(page).to_have_url(re.compile(r"/(falls|measures|people)/\?"))
    expect(page.locator("[data-cb-item]:visible")).to_have_count(int(found[0]))


def test_a_disc_opens_its_people(meet: Meet, site: Path) -> None:
    """Everybody of that influence and that stance."""
    page = meet(site).open("decisions/")
    disc = page.locator(".cb-crowd-wide a").first
    count = int(disc.locator(".cb-crowd-count").text_content() or 0)
    disc.locator("circle").first.click()
    expect(page).to_have_url(re.compile(r"people/\?influence=5&stance=\w+"))
    expect(page.locator("[data-cb-item]:visible")).to_have_count(count)


def middles(page: Page, selector: str) -> list[float]:
    """Where things stand from left to right."""
    boxes = [item.bounding_box() for item in page.locator(selector).all()]
    return [box["x"] + box["width"] / 2 for box in boxes if box]


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_curve_stands_over_the_columns_of_the_map(meet: Meet, site: Path, width: int) -> None:
    """Each median above its phase, on a desk and on a phone."""
    page = meet(site, width=width).open("journeys/")
    points = middles(page, ".cb-median-drawing:visible a > .cb-face")
    columns = middles(page, ".cb-heat thead th:not(:first-child)")
    assert len(points) == len(columns) == 5
    for point, column in zip(points, columns, strict=True):
        assert abs(point - column) < 12


@pytest.mark.parametrize("address", ["journeys/", "decisions/"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_no_wider_than_the_screen(meet: Meet, site: Path, width: int, address: str) -> None:
    """Of the two drawings the one that fits is shown."""
    page = meet(site, width=width).open(address)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for small, wide in ((".cb-median-small", ".cb-median-wide"), (".cb-crowd-small", ".cb-crowd-wide")):
        for drawing in page.locator(small).all():
            expect(drawing).to_be_visible(visible=width == 390)
        for drawing in page.locator(wide).all():
            expect(drawing).to_be_visible(visible=width == 1440)


def test_without_scripts_everything_is_there(meet: Meet, site: Path) -> None:
    """Maps, falls, measures, people."""
    reader = meet(site, java_script_enabled=False)
    page = reader.open("journeys/")
    assert page.locator(".cb-heat-step:visible").count() > 50
    page = reader.open("decisions/people/?stance=champion")
    assert page.locator("[data-cb-item]:visible").count() > 20
