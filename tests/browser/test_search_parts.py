"""The index in its parts, in a real browser: one that is damaged leaves the others as they are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from generator.pages.page import Page, Passage, SearchFacts
from generator.pages.search import search_page
from generator.site.engine import build_site
from generator.site.source import FinishedPages
from generator.texts import load_texts
from tests.browser.conftest import Meet
from tests.support.tiny_site import CONFIG

pytestmark = pytest.mark.browser

DONE = "html[data-search-state=done]"
ASK = """async ([home, typed]) => {
  const { openIndex } = await import(`${home}assets/casebook/scripts/search/engine.js`);
  const { parse } = await import(`${home}assets/casebook/scripts/search/query.js`);
  const index = await openIndex();
  const { facets, signatures } = index.catalogue;
  const found = await index.find(parse(typed));
  const sideOf = (signature) => signatures[signature].side?.map((value) => facets.side.values[value]).join() ?? "";
  return [...found].map(([number, { groups }]) => groups.map((group) => [...group].map(sideOf).sort()));
}"""


def line(anchor: str, text: str, side: str = "") -> Passage:
    """A line of a talk."""
    return Passage(anchor, "cue" if side else "term", text, filters={"side": (side,)} if side else {})


def found_page(address: str, kind: str, *lines: Passage, date: str = "") -> Page:
    """A page that can be found by its lines."""
    body = "".join(f'<p id="{passage.anchor}">{passage.text}</p>' for passage in lines)
    return Page(address, address, body, kind, search=SearchFacts(kind, "ja", lines, sort_date=date))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in one part of the index and a glossary in another; not to be written to."""
    talk = (
        line("q001", "手袋のまま、画面を押せますか。", "自社"),
        line("q002", "手袋のままでは使えません。", "顧客"),
        line("q003", "防水の話を、三社から聞きました。", "顧客"),
    )
    pages = (
        Page("", "入口", "<h1>入口</h1>", "home"),
        search_page(load_texts("ja")),
        found_page("cases/gloves/", "case", *talk, date="2025-07-01"),
        found_page("glossary/", "hub", line("gloves", "手袋：厚いものと薄いものがある。")),
    )
    folder = tmp_path_factory.mktemp("parts") / "site"
    build_site(CONFIG, site=folder, search=True, source=FinishedPages(pages))
    return folder


def part_of_the_case(site: Path) -> Path:
    """The folder of the part that holds the case: cases come first in the list."""
    folder = site / "pagefind"
    return folder / str(json.loads((folder / "parts.json").read_text())["parts"][0]["at"])


@pytest.mark.parametrize("damage", ["catalogue.json.gz", "places.json.gz", "index/*"])
@pytest.mark.parametrize("how", ["gone", "cut off"])
def test_a_damaged_part_is_left_out_and_said(meet: Meet, site: Path, tmp_path: Path, damage: str, how: str) -> None:
    """Results from the rest, and a plain notice."""
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    for file in part_of_the_case(broken).glob(damage):
        content = file.read_bytes()
        file.unlink()
        if how == "cut off":
            file.write_bytes(content[: len(content) // 2])
    reader = meet(broken)
    reader.forgive("404")
    page = reader.open("search/?q=手袋")
    page.wait_for_selector(DONE)
    assert page.locator(".cb-hits").count() == 1
    expect(page.locator("[data-cb-search-notices]")).to_contain_text("索引の一部")


def test_a_whole_index_says_nothing_of_itself(meet: Meet, site: Path) -> None:
    """A notice that is always there is read by nobody."""
    page = meet(site).open("search/?q=手袋")
    page.wait_for_selector(DONE)
    assert page.locator(".cb-hits").count() == 2
    expect(page.locator("[data-cb-search-notices]")).to_be_empty()


@pytest.mark.parametrize(
    ("typed", "sides"),
    [
        ("手袋のまま", [[["自社", "顧客"]]]),
        ("使えません", [[["顧客"]]]),
        ("手袋のまま 防水", [[["自社", "顧客"], ["顧客"]]]),
        ("防水の話を", [[["顧客"]]]),
        ("薄い", [[[""]]]),
    ],
)
def test_where_a_word_stands_tells_whose_it_is(meet: Meet, site: Path, typed: str, sides: list[object]) -> None:
    """For each word the facets of the lines that hold it, without loading any line."""
    page = meet(site).open("search/")
    page.wait_for_selector(DONE)
    assert page.evaluate(ASK, [page.url.partition("search/")[0], typed]) == sides


def test_words_with_a_mark_between_them_are_no_phrase(meet: Meet, site: Path) -> None:
    """Only every second pair of letters is asked for; 、 between two words is noticed all the same."""
    page = meet(site).open("search/")
    home = page.url.partition("search/")[0]
    assert page.evaluate(ASK, [home, "のまま、画面を押せますか"]) == [[["自社"]]]
    assert page.evaluate(ASK, [home, '"まま画面を"']) == []
