"""A reader without a mouse: from the address bar to a customer's sentence and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Meet
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

FOCUSED = """(() => {
  const element = document.activeElement;
  return element === document.body ? "" : (element.getAttribute("aria-label") ?? element.textContent).trim();
})()"""


def walk(page: Page, steps: int, key: str = "Tab") -> list[str]:
    """The names of what gets the focus, one after the other; an empty one is the page itself."""
    names = []
    for _ in range(steps):
        page.keyboard.press(key)
        names.append(page.evaluate(FOCUSED))
    return names


def test_header_is_walked_in_the_order_in_which_it_is_read(meet: Meet, sample_site: Path) -> None:
    """Skip link, name, tabs, search, colours, then the page."""
    page = meet(sample_site).open("cases/")
    tabs = ["ホーム", "事例", "インサイト", "全体像", "行動", "道案内", "タグ"]
    header = ["本文へ移動", "お客様の声ノート", *tabs, "検索", "暗い配色にする"]
    assert walk(page, len(header)) == header
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="現在位置").get_by_role("link", name="ホーム")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("種別")).to_be_focused()


def test_what_has_the_focus_can_be_seen(meet: Meet, sample_site: Path) -> None:
    """Every stop on the first screens of a list shows a ring, or a field's edge, and lies in view."""
    page = meet(sample_site).open("insights/")
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate("""(() => {
          const element = document.activeElement;
          if (element === document.body) return true;
          const ringed = [element, element.nextElementSibling].filter(Boolean).some((part) => {
            const { outlineStyle, outlineWidth } = getComputedStyle(part);
            return outlineStyle !== "none" && outlineWidth !== "0px";
          });
          const box = element.getBoundingClientRect();
          return ringed && box.bottom > 0 && box.top < innerHeight;
        })()""")
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_two_words_lead_to_the_sentence(meet: Meet, sample_site: Path) -> None:
    """`/`, words, Enter; down past the title, Enter: the line that was said is in view, marked and in the address."""
    page = meet(sample_site).open("about/")
    page.keyboard.press("/")
    page.keyboard.type("夜中 30秒")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    links = page.locator("[data-search-result] a")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    target = links.nth(1).get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/.*#"))
    anchor = target.partition("#")[2]
    assert page.url.endswith(f"#{anchor}")
    line = page.locator(f'[id="{anchor}"]')
    expect(line).to_be_in_viewport()
    marked = "(line) => line.matches(':target, .cb-running') || !!line.closest(':target')"
    assert line.evaluate(marked)


def test_suggestions_are_chosen_with_the_arrows(meet: Meet, sample_site: Path) -> None:
    """The first answers come while typing; the focus stays in the field, Escape closes them, Enter opens one."""
    page = meet(sample_site).open("about/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="検索")
    page.keyboard.type("手袋")
    options = page.get_by_role("listbox", name="候補").get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.type("　")
    page.keyboard.press("Backspace")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/|/glossary/"))


def test_lists_are_filtered_without_a_mouse(meet: Meet, sample_site: Path) -> None:
    """A field, an arrow: the list follows; the button that shows all again leaves the focus where conditions begin."""
    page = meet(sample_site).open("cases/")
    page.get_by_label("種別").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_have_text(re.compile("8件中"))
    clear = page.get_by_role("button", name="すべて表示")
    for _ in range(12):
        page.keyboard.press("Tab")
        if clear.evaluate("(button) => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("8件")
    expect(page.get_by_label("種別")).to_be_focused()


def test_facets_of_the_search_are_chosen_without_a_mouse(meet: Meet, sample_site: Path) -> None:
    """A box, the space bar: the results follow, and the focus is still on the box."""
    page = meet(sample_site).open("search/?q=手袋")
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    box = page.get_by_role("checkbox", name="失注")
    box.focus()
    page.keyboard.press("Space")
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    expect(page).to_have_url(re.compile("type="))
    expect(page.get_by_role("checkbox", name="失注")).to_be_checked()
    expect(page.get_by_role("checkbox", name="失注")).to_be_focused()


def test_menu_on_a_phone_opens_closes_and_traps_nobody(meet: Meet, sample_site: Path) -> None:
    """Enter opens it, Tab stays in it, Escape gives the focus back, and Tab goes on where it was."""
    page = meet(sample_site, width=390, height=844).open("insights/")
    assert walk(page, 2) == ["本文へ移動", "メニュー"]
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="メニュー")
    expect(menu).to_be_visible()
    assert "行動" in walk(page, 8)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="メニュー")).to_be_focused()
    assert walk(page, 1) == ["お客様の声ノート"]
