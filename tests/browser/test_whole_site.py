"""What holds for every page of the sample site: it can be read without scripts, on paper, and without another host."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Meet
from tests.browser.test_accessibility import ENGLISH_CASE, JAPANESE_CASE, PAGES

pytestmark = pytest.mark.browser

LISTS = tuple(address for address in PAGES if address and not address.startswith(("search/", "patterns/", "cases/2")))
A4_WIDTH = 794
"""In pixels of CSS: 210 mm at 96 to the inch."""

NOT_ON_PAPER = (
    ".cb-header",
    ".cb-contents",
    ".cb-path",
    ".cb-narrow",
    ".cb-player",
    ".cb-play",
    ".cb-hero-play",
    ".cb-pager",
    "summary",
    "button",
    "input:not([type=checkbox])",
)


DATA = ("application/json", "application/ld+json")
"""Blocks that browsers do not run."""


class Parts(HTMLParser):
    """What must not stand in a page: scripts, handlers, addresses elsewhere."""

    def __init__(self, text: str) -> None:
        """Read a page at once."""
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what breaks a rule."""
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") not in DATA:
            self.found.append("inline script")
        if tag == "style":
            self.found.append("inline style sheet")
        for name, value in given.items():
            elsewhere = re.match(r"(?:[a-z]+:)?//|javascript:", value or "", re.I)
            if name.startswith("on") or (name in ("src", "href", "action", "srcset", "poster") and elsewhere):
                self.found.append(f"{tag} {name}={value}")


def test_every_file_of_the_site_keeps_the_policy(sample_site: Path) -> None:
    """No page holds a script, a handler or an address on another host."""
    pages = sorted(sample_site.rglob("*.html"))
    assert len(pages) > 20
    for file in pages:
        assert (file, Parts(file.read_text("utf-8")).found) == (file, [])


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_ask_nobody_else(meet: Meet, sample_site: Path, width: int) -> None:
    """Every kind of page, opened and scrolled to its end: an empty console, no broken policy, no other host."""
    reader = meet(sample_site, width=width)
    for address in PAGES:
        reader.open(address).evaluate("scrollTo(0, document.documentElement.scrollHeight)")


def test_everything_can_be_read_without_scripts(meet: Meet, sample_site: Path) -> None:
    """The content of every page is there, and no button that would do nothing."""
    reader = meet(sample_site, width=390, height=844, java_script_enabled=False)
    for address in ("", JAPANESE_CASE, ENGLISH_CASE, *LISTS):
        page = reader.open(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        buttons = page.locator("button:visible:not([type=submit])")
        assert (address, buttons.all_inner_texts()) == (address, [])
        rows = page.locator("[data-cb-item]")
        assert rows.filter(visible=True).count() == rows.count(), address


def test_a_case_can_be_heard_and_read_without_scripts(meet: Meet, sample_site: Path) -> None:
    """The talk stands there with its notes, and the browser's own controls play it."""
    page = meet(sample_site, java_script_enabled=False).open(JAPANESE_CASE)
    lines = (sample_site / JAPANESE_CASE / "index.html").read_text("utf-8").count('data-s="')
    assert lines > 40
    expect(page.locator("#q030")).to_be_visible()
    expect(page.locator("audio[controls]")).to_be_visible()


@pytest.mark.parametrize("address", ["", *LISTS, JAPANESE_CASE])
def test_a_printed_page_is_what_it_says(meet: Meet, sample_site: Path, address: str) -> None:
    """No header, filters, players and buttons, but boxes to tick; nothing runs off the paper, all is unfolded."""
    page = meet(sample_site, width=A4_WIDTH, color_scheme="dark").open(address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for part in NOT_ON_PAPER:
        shown = page.locator(part).filter(visible=True)
        assert (part, shown.count()) == (part, 0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_what_a_phone_folds_is_printed(meet: Meet, sample_site: Path) -> None:
    """Groups that are folded on a small screen are there on paper."""
    page = meet(sample_site, width=390, height=844).open("actions/")
    last = page.locator("[data-cb-item]").last
    expect(last).to_be_hidden()
    page.emulate_media(media="print")
    expect(last).to_be_visible()
