"""The frame around every page, in a real browser below a sub-path under a strict policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Meet
from tests.support.reader import Reader

pytestmark = pytest.mark.browser

CASE = "cases/2025-07-rugged-laptop/"


def scheme(reader: Reader) -> str | None:
    """`default` is light, `slate` is dark."""
    return reader.page.locator("html").get_attribute("data-md-color-scheme")


def test_pages_link_to_each_other_below_a_sub_path(meet: Meet, tiny_site: Path) -> None:
    """The site works wherever it is put: tabs, way back and logo lead to pages that are there."""
    reader = meet(tiny_site)
    page = reader.open(CASE)
    page.get_by_role("link", name="インサイト").click()
    expect(page).to_have_url(f"{reader.home}insights/")
    page.get_by_role("navigation", name="主なページ").get_by_role("link", name="ホーム").click()
    expect(page).to_have_url(reader.home)


def test_choice_of_colours_is_remembered(meet: Meet, tiny_site: Path) -> None:
    """The system's scheme to begin with; what the reader chooses holds on the next page."""
    reader = meet(tiny_site, color_scheme="dark")
    page = reader.open()
    assert scheme(reader) == "slate"
    page.get_by_role("button", name="明るい配色にする").click()
    assert scheme(reader) == "default"
    reader.open(CASE)
    assert scheme(reader) == "default"
    expect(page.get_by_role("button", name="暗い配色にする")).to_be_visible()


def test_paper_is_light(meet: Meet, tiny_site: Path) -> None:
    """A page printed from a dark screen is dark words on white."""
    reader = meet(tiny_site, color_scheme="dark")
    page = reader.open()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert scheme(reader) == "default"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert scheme(reader) == "slate"


def test_first_tab_skips_to_the_content(meet: Meet, tiny_site: Path) -> None:
    """Who walks by keyboard does not have to pass the header on every page."""
    page = meet(tiny_site).open(CASE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_slash_goes_to_the_search(meet: Meet, tiny_site: Path) -> None:
    """One key from anywhere; in a field it is a character like others."""
    reader = meet(tiny_site)
    reader.forgive("404")  # the tiny site has no index
    page = reader.open(CASE)
    field = page.locator("header input[name=q]")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("手袋/")
    expect(field).to_have_value("手袋/")


def test_search_form_leads_to_a_linkable_address(meet: Meet, tiny_site: Path) -> None:
    """What was searched stands in the address."""
    reader = meet(tiny_site)
    reader.forgive("404")  # the tiny site has no index
    page = reader.open(CASE)
    page.locator("header input[name=q]").fill("手袋")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{reader.home}search/?q=%E6%89%8B%E8%A2%8B")


def test_contents_follow_the_reader(meet: Meet, tiny_site: Path) -> None:
    """The entry of the part that is being read is marked."""
    page = meet(tiny_site).open(CASE)
    contents = page.get_by_role("navigation", name="このページの内容")
    contents.get_by_role("link", name="細部").click()
    expect(contents.locator("[aria-current=location]")).to_have_text("細部")
    expect(contents.locator("[aria-current=location]")).to_have_count(1)


def test_menu_takes_the_place_of_the_tabs_on_a_phone(meet: Meet, tiny_site: Path) -> None:
    """Main pages and contents in a sheet: it keeps the focus, Escape closes it, and the focus returns."""
    reader = meet(tiny_site, width=390, height=844)
    page = reader.open(CASE)
    button = page.get_by_role("button", name="メニュー")
    expect(page.get_by_role("navigation", name="主なページ")).to_be_hidden()
    button.click()
    menu = page.get_by_role("dialog", name="メニュー")
    expect(menu.get_by_role("link", name="第1部")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    menu.get_by_role("link", name="インサイト").click()
    expect(page).to_have_url(f"{reader.home}insights/")


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_no_page_scrolls_sideways(meet: Meet, tiny_site: Path, width: int) -> None:
    """Nothing of the frame is wider than the screen."""
    page = meet(tiny_site, width=width).open(CASE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_can_be_read_without_scripts(meet: Meet, tiny_site: Path) -> None:
    """Tabs, contents and search are there without scripts, on a phone too."""
    page = meet(tiny_site, width=390, java_script_enabled=False).open(CASE)
    expect(page.get_by_role("navigation", name="主なページ").get_by_role("link", name="事例")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_missing_address_shows_a_page_of_the_site(meet: Meet, tiny_site: Path) -> None:
    """An address that does not exist is answered in the reader's language."""
    reader = meet(tiny_site)
    reader.forgive("404")
    page = reader.open("cases/never/")
    expect(page.get_by_role("heading", level=1)).to_have_text("ページが見つかりません")
