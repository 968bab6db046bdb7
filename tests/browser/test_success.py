"""Swim lanes in a real browser: one drawing for a desk, one for a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from generator.pages.success import success_pages
from tests.browser.conftest import Meet
from tests.pages.figures import samples
from tests.pages.knowledge import library
from tests.support.tiny_site import build_tiny_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def success_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenarios of the samples, framed."""
    return framed(tmp_path_factory.mktemp("success") / "site", "ja")


def framed(site: Path, language: str) -> Path:
    """The scenarios with the interface in a language."""
    build_tiny_site(site, pages=tuple(success_pages(library(samples(), language))))
    return site


@pytest.mark.parametrize(("width", "shown", "other"), [(1440, "wide", "small"), (390, "small", "wide")])
def test_each_screen_has_its_drawing(meet: Meet, success_site: Path, width: int, shown: str, other: str) -> None:
    """Neither the eye nor a screen reader meets both, and nothing is wider than the screen."""
    page = meet(success_site, width=width).open("success/")
    expect(page.locator(f".cb-lanes-{shown}")).to_be_visible()
    expect(page.locator(f".cb-lanes-{other}")).to_be_hidden()
    expect(page.get_by_role("group", name="段階ごとの部門の動き")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["ja", "en"])
def test_words_stay_within_their_boxes(meet: Meet, tmp_path: Path, language: str) -> None:
    """Figures and names of the drawing do not run over the frames around them, in either language."""
    site = framed(tmp_path / "site", language)
    for width in (1440, 390):
        page = meet(site, width=width).open("success/")
        over = page.evaluate("""[...document.querySelectorAll(".cb-lanes svg a:has(.cb-d-work)")].filter((link) => {
          const frame = link.querySelector("rect").getBoundingClientRect();
          if (!frame.width) return false;
          const words = link.querySelector("text").getBoundingClientRect();
          const across = words.left < frame.left || words.right > frame.right;
          return across || words.top < frame.top || words.bottom > frame.bottom;
        }).map((link) => link.textContent)""")
        assert over == []


def test_a_box_leads_to_its_phase(meet: Meet, success_site: Path) -> None:
    """By mouse or keyboard."""
    page = meet(success_site).open("success/")
    page.locator(".cb-lanes-wide a").last.press("Enter")
    expect(page.locator("#phase-use")).to_be_in_viewport()


def test_a_product_narrows_the_scenario_down(meet: Meet, success_site: Path) -> None:
    """Another choice, another page: it can be sent to a colleague."""
    page = meet(success_site).open("success/")
    page.get_by_role("navigation", name="どのお客様の道のりか").get_by_role("link", name="ラインウォッチ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("成功シナリオ: ラインウォッチ")
