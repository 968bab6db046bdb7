"""Narrowing lists down, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.pages.cases import ROWS_ON_A_PAGE, cases_pages
from generator.pages.page import Page as SitePage
from generator.pages.page import SiteFile
from tests.browser.conftest import Meet
from tests.pages.knowledge import ACROSS, CORPUS, library, many, whole_site
from tests.support.tiny_site import build_tiny_site

pytestmark = pytest.mark.browser

TOO_WIDE = """() => {
  const scrolls = (element) => ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX);
  const reaches = (element) => element.getBoundingClientRect().right > innerWidth + 1;
  const inside = (element) => element !== null && (scrolls(element) || inside(element.parentElement));
  const found = [...document.body.querySelectorAll("*")].filter((one) => reaches(one) && !inside(one.parentElement));
  return found.map((one) => one.outerHTML.slice(0, 200));
}"""
"""What stands beyond the right edge of the screen, and cannot be scrolled to."""


@pytest.fixture(scope="module")
def lists_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base of the pages' tests, framed."""
    site = tmp_path_factory.mktemp("lists") / "site"
    build_tiny_site(site, pages=tuple(whole_site().values()))
    return site


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base whose list of cases has three pages."""
    site = tmp_path_factory.mktemp("long") / "site"
    made = list(cases_pages(library(many(400))))
    build_tiny_site(
        site,
        pages=tuple(item for item in made if isinstance(item, SitePage)),
        files=tuple(item for item in made if isinstance(item, SiteFile)),
    )
    return site


def shown(page: Page) -> list[str]:
    """Titles of the rows that are to be seen."""
    return page.locator("[data-cb-item]:visible h3").all_inner_texts()


def test_choosing_narrows_the_list_and_the_address_keeps_it(meet: Meet, lists_site: Path) -> None:
    """The list follows at once, the number is told, and the address can be sent to a colleague."""
    reader = meet(lists_site)
    page = reader.open("cases/")
    page.get_by_label("種別").select_option("loyal")
    expect(page.get_by_role("status")).to_have_text("3件中 1件")
    assert shown(page) == ["重くても、落ちないほうがいい"]
    expect(page).to_have_url(f"{reader.home}cases/?type=loyal")
    page.reload()
    expect(page.get_by_label("種別")).to_have_value("loyal")
    assert len(shown(page)) == 1


def test_show_all_takes_every_condition_away(meet: Meet, lists_site: Path) -> None:
    """One button leads back to the whole list and to its plain address."""
    reader = meet(lists_site)
    page = reader.open("cases/?year=2024&type=loyal")
    expect(page.locator("[data-cb-nothing]")).to_be_visible()
    page.get_by_role("button", name="すべて表示").click()
    expect(page.get_by_role("status")).to_have_text("3件")
    expect(page).to_have_url(f"{reader.home}cases/")
    assert len(shown(page)) == 3


def test_options_count_what_they_would_leave(meet: Meet, lists_site: Path) -> None:
    """With a year chosen, the other fields count that year's cases alone, and offer nothing that would leave none."""
    page = meet(lists_site).open("cases/?year=2025")
    options = page.get_by_label("種別").locator("option")
    expect(options.filter(has_text="ロイヤル顧客")).to_have_text("ロイヤル顧客 (1)")
    expect(options.filter(has_text="他社からの乗り換え")).to_be_disabled()


def test_cases_can_be_put_in_order_of_their_titles(meet: Meet, lists_site: Path) -> None:
    """By title as a Japanese reader sorts, and back."""
    page = meet(lists_site).open("cases/")
    newest_first = shown(page)
    titles = page.locator("[data-cb-item] h3")
    page.get_by_label("並び順").select_option("title")
    expect(titles).to_have_text(
        ["壊れないのに、夕方には置かれていた", "山を下りる前に、もう書き終えている", "重くても、落ちないほうがいい"]
    )
    page.get_by_label("並び順").select_option("")
    expect(titles).to_have_text(newest_first)


def test_departments_are_chosen_with_the_arrow_keys(meet: Meet, lists_site: Path) -> None:
    """A group of radio buttons: one stop for Tab, arrows within; groups without rows step aside."""
    page = meet(lists_site).open("insights/")
    page.get_by_role("radio", name="すべての部門").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"eyes=product$"))
    expected = [i.claim for case in CORPUS.cases for i in case.insights if "product" in i.departments]
    assert sorted(shown(page)) == sorted(expected)
    expect(page.get_by_role("heading", name="決まり方")).to_be_hidden()


def test_figures_of_the_table_lead_to_what_is_behind_them(meet: Meet, lists_site: Path) -> None:
    """A number on the actions' page opens the rows that it counted."""
    page = meet(lists_site).open("actions/")
    page.get_by_role("link", name="営業 進行中・予定 2").click()
    expect(page.get_by_role("status")).to_have_text("5件中 2件")
    assert len(shown(page)) == 2


def test_a_long_list_is_searched_whole(meet: Meet, long_site: Path) -> None:
    """From any of its pages: what is found is fetched, links lead to the right place, and the pager steps aside."""
    page = meet(long_site).open("cases/page-2/")
    assert len(shown(page)) == ROWS_ON_A_PAGE
    page.get_by_label("年").select_option("2025")
    expect(page.get_by_role("status")).to_have_text("400件中 400件")
    expect(page.locator("[data-cb-pager]")).to_be_hidden()
    expect(page.locator("[data-cb-item]:visible")).to_have_count(40)
    page.get_by_label("並び順").select_option("title")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(400)
    rows = page.locator("[data-cb-item] h3 a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert sorted(rows) == [f"/kb/cases/case-{number:04}/" for number in range(400)]


def test_without_scripts_the_whole_list_stands_there(meet: Meet, lists_site: Path) -> None:
    """Nothing is offered that would not work."""
    page = meet(lists_site, java_script_enabled=False).open("cases/?type=loyal")
    expect(page.locator("[data-cb-filters]")).to_be_hidden()
    expect(page.locator("[data-cb-item]:visible")).to_have_count(3)


def test_conditions_are_folded_on_a_phone(meet: Meet, lists_site: Path) -> None:
    """The list itself is to be seen first; who came with a condition finds it open."""
    page = meet(lists_site, width=390, height=844).open("cases/")
    expect(page.get_by_label("種別")).to_be_hidden()
    page.get_by_text("条件と並び順").click()
    expect(page.get_by_label("種別")).to_be_visible()


def test_later_groups_are_folded_on_a_phone(meet: Meet, lists_site: Path) -> None:
    """What is late is to be seen; the rest opens by its line, by a link to it, and by a condition that it fits."""
    reader = meet(lists_site, width=390, height=844)
    page = reader.open("actions/")
    late, done = page.locator(".cb-group-overdue .cb-change").first, page.locator(".cb-group-done .cb-change").first
    expect(late).to_be_visible()
    expect(done).to_be_hidden()
    page.locator(".cb-group-done summary").click()
    expect(done).to_be_visible()
    page.locator(".cb-group-done summary").get_by_text("たたむ").click()
    expect(done).to_be_hidden()
    page.evaluate("location.hash = 'group-done'")
    expect(done).to_be_visible()
    reader.open("actions/?state=done")
    expect(done).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [address for address in ACROSS if address != "search/"])
def test_pages_fit_a_phone(meet: Meet, lists_site: Path, address: str, scheme: str) -> None:
    """No page is wider than a phone's screen, in either scheme."""
    page = meet(lists_site, width=390, height=844, color_scheme=scheme).open(address)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
