"""How the search page behaves: typing, keys, facets, the address, and when something is wrong."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Meet
from tests.support.searchable_site import OTHERS, build_searchable_site

pytestmark = pytest.mark.browser

DONE = "html[data-search-state=done]"
ALL = 4 + OTHERS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The searchable site; not to be written to."""
    folder = tmp_path_factory.mktemp("searchable") / "site"
    build_searchable_site(folder)
    return folder


def field(page: Page) -> Locator:
    """The field of the search page."""
    return page.locator("[data-cb-search-input]")


def titles(page: Page) -> list[str]:
    """Titles of the results, in order."""
    page.wait_for_selector(DONE)
    return page.locator(".cb-hits-title").all_inner_texts()


def asked(page: Page) -> dict[str, list[str]]:
    """What the address asks for."""
    return parse_qs(urlsplit(page.url).query)


def test_with_nothing_asked_all_cases_are_listed_newest_first(meet: Meet, site: Path) -> None:
    """Browsing is a search without words; ten at a time, and the next ten on request."""
    page = meet(site).open("search/")
    assert titles(page)[:3] == ["片手で持てる重さ", "What the crews carried", "紙の手順書をやめた日"]
    expect(page.locator("[data-cb-search-count]")).to_have_text(f"{ALL}件")
    page.get_by_role("button", name=f"次の{ALL - 10}件を表示").click()
    expect(page.locator(".cb-hits")).to_have_count(ALL)
    expect(page.locator(".cb-hits").nth(10).get_by_role("link")).to_be_focused()


def test_a_query_is_linkable_and_typing_keeps_the_address_true(meet: Meet, site: Path) -> None:
    """A colleague who gets the address sees the same results; going back does not walk through every letter."""
    reader = meet(site)
    page = reader.open("search/?q=手袋&type=失注&sort=date")
    assert titles(page) == ["片手で持てる重さ", "静かに離れた顧客 <b>&"]
    steps = page.evaluate("history.length")
    field(page).press_sequentially("の在庫")
    expect(page.locator(".cb-hits")).to_have_count(1)
    assert asked(page) == {"q": ["手袋の在庫"], "type": ["失注"], "sort": ["date"]}
    assert page.evaluate("history.length") == steps


def test_facets_narrow_down_and_count_what_each_choice_would_give(meet: Meet, site: Path) -> None:
    """Counts within a facet ignore its own choice, so that a second value can be added; a chip takes a choice back."""
    page = meet(site).open("search/")
    page.get_by_role("checkbox", name="失注").check()
    page.wait_for_selector(DONE)
    expect(page.get_by_role("checkbox", name="失注")).to_be_focused()
    counts = page.locator(".cb-facet").first.locator("label").all_inner_texts()
    assert [count.split() for count in counts] == [["継続", str(OTHERS)], ["失注", "3"], ["受注", "1"]]
    page.get_by_role("checkbox", name="受注").check()
    expect(page.locator("[data-cb-search-count]")).to_have_text("4件")
    assert asked(page) == {"type": ["失注", "受注"]}
    page.get_by_role("button", name="種別「失注」の絞り込みを外す").click()
    assert titles(page) == ["紙の手順書をやめた日"]


def test_results_can_be_sorted_by_date(meet: Meet, site: Path) -> None:
    """Best first or newest first; it stands in the address."""
    page = meet(site).open("search/?q=手袋")
    page.get_by_role("button", name="新しい順").click()
    assert titles(page) == ["片手で持てる重さ", "静かに離れた顧客 <b>&"]
    assert asked(page)["sort"] == ["date"]


def test_nothing_is_searched_while_letters_are_being_composed(meet: Meet, site: Path) -> None:
    """An input method's Enter takes a conversion; it neither searches nor submits."""
    page = meet(site).open("search/")
    page.wait_for_selector(DONE)
    method = page.context.new_cdp_session(page)
    field(page).focus()
    for letters in ("て", "てぶ", "てぶくろ", "手袋"):
        method.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        )
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)  # longer than the pause after which typing is taken
    expect(page.locator("[data-cb-search-count]")).to_have_text(f"{ALL}件")
    assert asked(page) == {}
    method.send("Input.insertText", {"text": "手袋"})
    expect(page.locator("[data-cb-search-count]")).to_have_text("2件")
    assert asked(page) == {"q": ["手袋"]}


def test_the_enter_that_ends_a_conversion_in_safari_submits_nothing(meet: Meet, site: Path) -> None:
    """Safari tells of it after the composition has ended, as key 229; the next Enter counts again."""
    page = meet(site).open("search/")
    page.wait_for_selector(DONE)
    submitted = page.evaluate(
        """async () => {
          const field = document.querySelector("[data-cb-search-input]");
          const enter = (keyCode) => {
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode, bubbles: true }));
            field.form.requestSubmit();
          };
          field.value = "手袋";
          enter(229);
          const atOnce = location.search;
          await new Promise((done) => setTimeout(done, 50));
          enter(13);
          return [atOnce, decodeURIComponent(location.search)];
        }"""
    )
    assert submitted == ["", "?q=手袋"]


def test_search_is_walked_by_keyboard(meet: Meet, site: Path) -> None:
    """`/` to the field, arrows through the results and back, Enter opens, Escape empties."""
    page = meet(site).open("search/?q=手袋")
    page.wait_for_selector(DONE)
    page.get_by_role("button", name="新しい順").focus()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("手袋")
    links = page.locator("[data-search-result] a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    expect(page.locator("[data-cb-search-count]")).to_have_text(f"{ALL}件")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/laptop/")


def test_the_number_of_results_is_announced(meet: Meet, site: Path) -> None:
    """Who does not see the list hears that it changed."""
    page = meet(site).open("search/?q=手袋")
    expect(page.get_by_role("status").filter(has_text="2件")).to_be_visible()


def test_nothing_found_says_what_to_try(meet: Meet, site: Path) -> None:
    """Words that no page holds; words of which some pages hold a part; filters that leave nothing."""
    reader = meet(site)
    page = reader.open("search/?q=火星移住計画")
    expect(page.locator("[data-cb-search-empty]")).to_contain_text("「火星移住計画」を含むページはありません。")
    page = reader.open("search/?q=手袋のままでは全然使えない")
    expect(page.locator("[data-cb-search-notices]")).to_contain_text("次の語を含むページを表示しています: 手袋")
    assert titles(page)[0] == "片手で持てる重さ"
    page = reader.open("search/?q=手袋&type=継続")
    page.get_by_role("button", name="絞り込みを外して2件を表示").click()
    assert len(titles(page)) == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("!!!???、。・", "検索できる文字がありません"),
        ("😀👩‍💻", "検索できる文字がありません"),
        ("<img src=x onerror=alert(1)>", "含むページはありません"),
        ("مرحبا \u202eabc", "含むページはありません"),
        ('" -', "検索できる文字がありません"),
        ("あ" * 10_000, "はじめの部分だけで検索しました"),
        ("手袋 " * 2_500, "はじめの部分だけで検索しました"),
        ("constructor __proto__", "含むページはありません"),
    ],
)
def test_any_input_gets_an_answer(meet: Meet, site: Path, typed: str, says: str) -> None:
    """No error, nothing executed, whatever is pasted into the field."""
    page = meet(site).open("search/")
    field(page).fill(typed)
    field(page).press("Enter")
    expect(page.locator(".cb-found")).to_contain_text(says)
    page.wait_for_selector(DONE)
    assert page.locator(".cb-search-page img").count() == 0


@pytest.mark.parametrize(
    "gone", ["pagefind", "pagefind/parts.json", "pagefind/*/catalogue.json.gz", "pagefind/*/index"]
)
def test_a_missing_index_is_said_plainly(meet: Meet, site: Path, tmp_path: Path, gone: str) -> None:
    """The page leads on to the list of cases."""
    reader = meet(_without(gone, site, tmp_path))
    for expected in ("404", "Failed to load", "Pagefind", "module script"):
        reader.forgive(expected)
    page = reader.open("search/?q=手袋")
    expect(page.locator("[data-cb-search-empty]")).to_contain_text("いまは検索できません")
    page.wait_for_selector(DONE)
    page.get_by_role("link", name="事例の一覧へ").click()
    page.wait_for_url("**/cases/")


def test_a_result_that_cannot_be_loaded_costs_only_itself(meet: Meet, site: Path, tmp_path: Path) -> None:
    """The others are shown, with a plain notice."""
    lines = next(file for file in site.glob("pagefind/*/lines/*") if b'"laptop"' in gzip.decompress(file.read_bytes()))
    reader = meet(_without(str(lines.relative_to(site)), site, tmp_path))
    reader.forgive("404")
    page = reader.open("search/?q=手袋")
    assert titles(page) == ["静かに離れた顧客 <b>&"]
    expect(page.locator("[data-cb-search-notices]")).to_have_text("1件の結果を読み込めませんでした。")


def _without(gone: str, site: Path, folder: Path) -> Path:
    """A copy of the site in which something is missing."""
    broken = folder / "site"
    shutil.copytree(site, broken)
    for path in broken.glob(gone):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return broken


def test_the_header_suggests_lines_and_leads_to_the_search_page(meet: Meet, site: Path) -> None:
    """From any page: the first answers while typing, one of them by arrow and Enter, all of them by Enter alone."""
    reader = meet(site)
    page = reader.open("cases/")
    page.keyboard.press("/")
    page.keyboard.type("失注企業")
    option = page.get_by_role("option")
    expect(option).to_have_count(1)
    expect(option.locator("mark")).to_have_text("失注企業")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/laptop/?highlight=*#q001")
    page.keyboard.press("/")
    page.keyboard.type("手袋")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert len(titles(page)) == 2


def test_search_fits_a_phone(meet: Meet, site: Path) -> None:
    """Nothing sticks out sideways, and the filters are folded away until they are wanted."""
    page = meet(site, width=390).open("search/?q=手袋")
    page.wait_for_selector(DONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("checkbox", name="失注")).to_be_hidden()
    page.get_by_text("絞り込み", exact=True).click()
    expect(page.get_by_role("checkbox", name="失注")).to_be_visible()
