"""Every kind of page under axe-core: what a machine can tell about contrast, names, roles, order and languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Meet
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

JAPANESE_CASE = "cases/2025-07-power-line-maintenance/"
ENGLISH_CASE = "cases/2025-10-airport-ground-switch/"
PAGES = (
    "",
    "cases/",
    "insights/",
    "actions/",
    "voices/",
    "gaps/",
    "gaps/needs/",
    "gaps/offers/",
    "gaps/?product=tf14",
    "journeys/",
    "journeys/falls/",
    "journeys/measures/",
    "decisions/",
    "decisions/people/",
    "segments/",
    "whom-next/",
    "leads/",
    "accounts/",
    "tags/",
    "tags/gloves/",
    "challenges/",
    "challenges/beyond-price/",
    "products/",
    "products/tf14/",
    "competitors/orban/",
    "industries/",
    "success/",
    "success/product-tf14/",
    "glossary/",
    "paths/",
    "paths/new-sales-rep/",
    "about/",
    "search/?q=手袋",
    "search/?q=zzzqqq",
    "patterns/",
    JAPANESE_CASE,
    ENGLISH_CASE,
)
MISSING = "cases/never/"

ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
"""Those of WCAG 2.2 A and AA, and axe-core's best practices. None is left out."""
CONTRAST: dict[str, Any] = {**ALL_RULES, "runOnly": ["color-contrast"]}
"""In the dark only colours differ: the elements are the same."""


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe-core finds, a line for each element: page, rule, element, and what to do."""
    if "/search/" in page.url:
        wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    return [
        f"{page.url} {found['id']}: {' '.join(map(str, node['target']))} - {node['failureSummary']}"
        for found in Axe().run(page, options=rules).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule(meet: Meet, sample_site: Path, english_site: Path, width: int, scheme: str) -> None:
    """Everybody can read and work every page, in either scheme, on a desk and on a phone."""
    rules = ALL_RULES if scheme == "light" else CONTRAST
    reader = meet(sample_site, width=width, color_scheme=scheme, reduced_motion="reduce")
    found = [line for address in PAGES for line in violations(reader.open(address), rules)]
    reader = meet(english_site, width=width, color_scheme=scheme, reduced_motion="reduce")
    reader.forgive("404")
    found += violations(reader.open(MISSING), rules)
    assert found == []


def test_the_menu_on_a_phone_breaks_no_rule(meet: Meet, sample_site: Path) -> None:
    """Nor does what is opened: the menu, and the conditions of a list."""
    page = meet(sample_site, width=390, height=844, reduced_motion="reduce").open("insights/")
    page.get_by_text("条件で絞り込む").click()
    assert violations(page, ALL_RULES) == []
    page.get_by_role("button", name="メニュー").click()
    assert violations(page, ALL_RULES) == []
