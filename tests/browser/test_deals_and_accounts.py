"""Accounts, leads, whom next and the segment map in a real browser: what behaves, and what everybody can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar
from playwright.sync_api import expect

from generator.knowledge.accounts import visits
from generator.pages.accounts import accounts_pages, target_row
from generator.pages.leads import leads_pages
from generator.pages.page import Page as SitePage
from generator.pages.page import SiteFile
from generator.pages.segments import segments_page
from generator.pages.whom_next import whom_next_pages
from generator.site.engine import build_site
from generator.site.source import FinishedPages
from tests.browser.conftest import Meet
from tests.pages.figures import samples
from tests.pages.knowledge import library
from tests.support.tiny_site import CONFIG, page

pytestmark = pytest.mark.browser

PAGES = ("accounts/", "leads/", "whom-next/", "segments/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """These pages of the samples, with the calendar beside them."""
    folder = tmp_path_factory.mktemp("deals") / "site"
    shelf = library(samples())
    made = [*accounts_pages(shelf), *leads_pages(shelf), *whom_next_pages(shelf), segments_page(shelf)]
    pages = [page("", "お客様の声", "home"), *(item for item in made if isinstance(item, SitePage))]
    files = [item for item in made if isinstance(item, SiteFile)]
    build_site(CONFIG, site=folder, search=False, source=FinishedPages(pages, files=files))
    return folder


@pytest.mark.parametrize("target", [4_000, 6_500, 12_345])
def test_a_target_is_answered_at_once(meet: Meet, site: Path, target: int) -> None:
    """The browser says what the builder would have said: visits, their interval, and how far single accounts lie."""
    found = visits(samples())
    assert found.line is not None
    row = target_row(found.line, target, max(year.figure.visits or 0 for year in found.points))
    assert row is not None
    reader = meet(site).open("accounts/")
    reader.get_by_label("1年の売上目標（千円）").fill(str(target))
    answer = reader.get_by_role("status")
    expect(answer).to_contain_text(f"訪問{row.visits}回（区間 {row.low}～{row.high}回）")
    expect(answer).to_contain_text(f"{row.one_low:,}～{row.one_high:,}千円")
    expect(answer).to_contain_text(re.compile("最多の回数を超えます" if row.beyond else "散らばります"))


def test_nonsense_is_not_answered(meet: Meet, site: Path) -> None:
    """An empty field, or a target below nothing."""
    reader = meet(site).open("accounts/")
    field = reader.get_by_label("1年の売上目標（千円）")
    for written in ("", "-5"):
        field.fill(written)
        expect(reader.get_by_role("status")).to_have_text("")


def test_the_answer_is_there_without_scripts(meet: Meet, site: Path) -> None:
    """A table of targets stands in for the field, and nothing on these pages does nothing."""
    reader = meet(site, java_script_enabled=False)
    shown = reader.open("accounts/")
    expect(shown.locator(".cb-target")).to_be_hidden()
    expect(shown.locator(".cb-targets-table tbody tr")).to_have_count(4)
    shown = reader.open("whom-next/")
    expect(shown.locator("[data-cb-copy-address]")).to_be_hidden()
    expect(shown.get_by_role("link", name="カレンダーファイルを開く")).to_be_visible()


def test_the_calendar_can_be_fetched_and_its_address_copied(meet: Meet, site: Path) -> None:
    """What the link leads to is a calendar; what the button copies is where it can be subscribed to."""
    reader = meet(site, permissions=["clipboard-read", "clipboard-write"])
    shown = reader.open("whom-next/")
    link = shown.get_by_role("link", name="カレンダーファイルを開く")
    answer = shown.request.get(f"{reader.home}whom-next/{link.get_attribute('href')}")
    assert len(Calendar.from_ical(answer.body()).walk("VEVENT")) == 10
    shown.get_by_role("button", name="アドレスをコピー").click()
    expect(shown.get_by_text("コピーしました")).to_be_visible()
    assert shown.evaluate("navigator.clipboard.readText()") == f"{reader.home}whom-next/interviews.ics"


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_readable_by_everybody(meet: Meet, site: Path, address: str, scheme: str) -> None:
    """Contrast, names, roles and order, with every fold opened."""
    shown = meet(site, color_scheme=scheme).open(address)
    for fold in shown.locator("main details").all():
        fold.evaluate("one => { one.open = true; }")
    found = Axe().run(shown, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(item["id"], [node["html"][:120] for node in item["nodes"][:3]]) for item in found] == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_phone(meet: Meet, site: Path, address: str) -> None:
    """At 390 pixels the page does not scroll sideways; only tables do, inside their frame."""
    shown = meet(site, width=390, height=844).open(address)
    assert shown.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("address", PAGES)
def test_words_in_drawings_can_be_read_on_a_phone(meet: Meet, site: Path, address: str) -> None:
    """No word of a drawing is smaller than eight pixels there."""
    shown = meet(site, width=390, height=844).open(address)
    sizes = shown.evaluate(
        """() => [...document.querySelectorAll("svg.cb-drawing text")].map((text) =>
            [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a])"""
    )
    assert [(text, round(size, 1)) for text, size in sizes if size < 8] == []
