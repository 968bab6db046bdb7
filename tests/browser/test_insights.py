"""Three thousand claims narrowed down at once, seen through a department's eyes, and heard where they stand."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from generator.pages.insights import ROWS_ON_A_PAGE, insights_pages
from generator.pages.page import Page as SitePage
from generator.pages.page import SiteFile
from generator.publication import PublicCase, PublicCorpus
from tests.browser.conftest import Meet
from tests.pages import sample
from tests.pages.figures import samples
from tests.pages.knowledge import CORPUS, changed, library, whole_site
from tests.pages.test_insights import expected_marks, marks_in, sample_pages
from tests.support.tiny_site import CONFIG, build_tiny_site
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

CASES = 1000
PAGES = -(-3 * CASES // ROWS_ON_A_PAGE)
RARE = (5, 500, 999)
"""Cases whose second claim alone is about rain."""
RECORDING = CONFIG.parent / "cases" / "2025-08-gas-inspection-lost" / "audio.m4a"


def a_big_corpus() -> PublicCorpus:
    """A thousand cases with three claims each, which say where they come from."""

    def case(number: int) -> PublicCase:
        insights = tuple(
            insight.model_copy(
                update={
                    "claim": f"事例{number}の主張{place}",
                    "supports": (),
                    "contradicts": (),
                    "tags": ("rain",) if number in RARE and place == 2 else insight.tags,
                }
            )
            for place, insight in enumerate(sample.CASE.insights, start=1)
        )
        return dataclasses.replace(
            sample.CASE, slug=f"case-{number:04}", insights=insights, review=None, journey=None, value_map=None
        )

    return changed(cases=tuple(map(case, range(CASES))))


@pytest.fixture(scope="module")
def big_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of three thousand claims, on nearly a hundred pages."""
    site = tmp_path_factory.mktemp("big") / "site"
    made = list(insights_pages(library(a_big_corpus())))
    pages = tuple(item for item in made if isinstance(item, SitePage))
    assert len(pages) == PAGES
    build_tiny_site(site, pages=pages, files=tuple(item for item in made if isinstance(item, SiteFile)))
    return site


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base of the pages' tests, with a recording for its first case."""
    site = tmp_path_factory.mktemp("eyes") / "site"
    build_tiny_site(site, pages=tuple(whole_site().values()))
    shutil.copy(RECORDING, site / "cases" / sample.CASE.slug / "audio.m4a")
    return site


@pytest.fixture(scope="module")
def samples_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The claims of the sample cases, on two pages."""
    site = tmp_path_factory.mktemp("samples") / "site"
    made = list(insights_pages(library(samples())))
    build_tiny_site(
        site,
        pages=tuple(item for item in made if isinstance(item, SitePage)),
        files=tuple(item for item in made if isinstance(item, SiteFile)),
    )
    return site


def claims(page: Page) -> list[str]:
    """The claims that are to be seen."""
    return page.locator("[data-cb-item]:visible h3").all_inner_texts()


def fetched(page: Page) -> list[str]:
    """Files of the list that the browser asks for from now on: `marks.json`, `page-7/`."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/insights/" in request.url:
            asked.append(re.sub(r"^.*/insights/|\?.*$", "", request.url))

    page.on("request", note)
    return asked


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("eyes", "se"),
        ("department", "support"),
        ("kind", "barrier"),
        ("scene", "before"),
        ("phase", "purchase"),
        ("state", "superseded"),
        ("tag", "approval"),
        ("challenge", "beyond-price"),
        ("product", "line-navi"),
        ("segment", "lapsed"),
    ],
)
def test_claims_are_narrowed_down_live_by(meet: Meet, samples_site: Path, name: str, value: str) -> None:
    """Each condition leaves the claims that carry it in the YAML of the samples, from both pages, and no other."""
    page = meet(samples_site).open("insights/")
    if name == "eyes":
        page.locator(f'[name="eyes"][value="{value}"]').check()
    else:
        page.locator(f'select[name="{name}"]').select_option(value)
    marks = expected_marks() if name != "phase" else marks_in(sample_pages())
    asked = "department" if name == "eyes" else name
    expected = sorted(reference for reference, carried in marks.items() if value in carried.get(asked, []))
    assert expected
    expect(page.get_by_role("status").first).to_have_text(f"{len(marks)}件中 {len(expected)}件")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(len(expected))
    shown = page.locator("[data-cb-item]:visible").evaluate_all("rows => rows.map(row => row.id)")
    assert sorted(shown) == expected
    assert page.evaluate("location.search") == f"?{name}={value}"


def test_every_page_stays_light(big_site: Path) -> None:
    """A thousand cases: no page of the list, nor the file of its marks, weighs 300 kB."""
    sizes = {file: file.stat().st_size for file in (big_site / "insights").rglob("*") if file.is_file()}
    assert len(sizes) == PAGES + 1
    assert max(sizes.values()) < 300_000
    assert sizes[big_site / "insights" / "marks.json"] < 100_000


def test_three_claims_are_found_among_three_thousand(meet: Meet, big_site: Path) -> None:
    """From any page: the number is told, and only the pages are fetched on which the claims stand."""
    reader = meet(big_site)
    page = reader.open("insights/page-40/")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(ROWS_ON_A_PAGE)
    asked = fetched(page)
    page.get_by_label("タグ").select_option("rain")
    expect(page.get_by_role("status").first).to_have_text("3,000件中 3件")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(3)
    assert claims(page) == [f"事例{number}の主張2" for number in RARE]
    assert asked[0] == "marks.json"
    assert len(asked) == 1 + len(RARE)
    links = page.locator("[data-cb-item]:visible h3 a").evaluate_all("links => links.map(link => link.pathname)")
    assert links == [f"/kb/cases/case-{number:04}/" for number in RARE]
    expect(page.locator("[data-cb-pager]")).to_be_hidden()
    expect(page).to_have_url(f"{reader.home}insights/page-40/?tag=rain")


def test_rows_of_a_long_list_carry_no_marks(meet: Meet, big_site: Path) -> None:
    """Neither those that came with the page nor those that were fetched: what they carry is told apart from them."""
    page = meet(big_site).open("insights/page-40/?tag=rain")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(len(RARE))
    assert page.locator("[data-cb-item]").count() > ROWS_ON_A_PAGE
    carried = "rows => [...new Set(rows.flatMap(row => Object.keys(row.dataset)))]"
    assert page.locator("[data-cb-item]").evaluate_all(carried) == ["cbItem"]


def test_options_count_the_whole_list(meet: Meet, big_site: Path) -> None:
    """With a condition the other fields tell what they would leave of three thousand, and offer nothing empty."""
    page = meet(big_site).open("insights/?tag=rain")
    state = page.get_by_label("状態").locator("option")
    expect(state.filter(has_text="仮説")).to_have_text("仮説 (3)")
    expect(state.filter(has_text="確か")).to_be_disabled()
    page.get_by_label("タグ").select_option("")
    expect(state.filter(has_text="仮説")).to_have_text("仮説 (1,000)")


def test_many_hits_come_some_at_a_time(meet: Meet, big_site: Path) -> None:
    """A thousand claims match: the first stand there at once, the next at the press of a button, in order."""
    page = meet(big_site).open("insights/")
    asked = fetched(page)
    page.get_by_label("状態").select_option("refuted")
    expect(page.get_by_role("status").first).to_have_text("3,000件中 1,000件")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(40)
    more = page.get_by_role("button", name="さらに40件を表示")
    more.click()
    expect(page.locator("[data-cb-item]:visible")).to_have_count(80)
    assert claims(page) == [f"事例{number}の主張3" for number in range(80)]
    assert len(asked) < 10
    expect(page.locator(".cb-heading-count:visible")).to_have_text("1,000")


def test_all_leads_back_to_the_page_that_was_read(meet: Meet, big_site: Path) -> None:
    """Its rows, its pager, and nothing of what was fetched."""
    page = meet(big_site).open("insights/page-2/")
    before = claims(page)
    page.get_by_label("タグ").select_option("rain")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(3)
    page.get_by_role("button", name="すべて表示").click()
    expect(page.locator("[data-cb-item]:visible")).to_have_count(ROWS_ON_A_PAGE)
    assert claims(page) == before
    expect(page.locator("[data-cb-pager]")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("3,000件")


def test_a_list_that_was_built_anew_says_so(meet: Meet, big_site: Path, tmp_path: Path) -> None:
    """Rows have other numbers then: none is shown in the place of another."""
    site = tmp_path / "site"
    shutil.copytree(big_site, site)
    page = meet(site).open("insights/")
    for file in (site / "insights").rglob("index.html"):
        file.write_text(file.read_text("utf-8").replace("marks.json?v=", "marks.json?v=0"), "utf-8")
    page.get_by_label("タグ").select_option("rain")
    expect(page.get_by_role("status").first).to_have_text("一覧が更新されました。ページを読み込み直してください。")


def test_without_connection_this_page_is_searched(meet: Meet, big_site: Path) -> None:
    """And the reader is told that it was this page only; with the connection back all are searched."""
    reader = meet(big_site)
    reader.forgive("ERR_INTERNET_DISCONNECTED")
    wanted = f"事例{RARE[1]}の主張2"
    files = (big_site / "insights").glob("page-*/index.html")
    (number,) = (file.parent.name for file in files if f">{wanted}<" in file.read_text("utf-8"))
    page = reader.open(f"insights/{number}/")
    page.context.set_offline(True)
    page.get_by_label("タグ").select_option("rain")
    expect(page.get_by_role("status").first).to_contain_text("このページだけを絞り込みました")
    expect(page.locator("[data-cb-item]:visible h3")).to_have_text([wanted])
    expect(page.get_by_label("状態").locator("option").filter(has_text="仮説")).to_have_text("仮説 (1)")
    page.get_by_label("タグ").select_option("")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(ROWS_ON_A_PAGE)
    page.context.set_offline(False)
    page.get_by_label("場面").select_option("after")
    expect(page.get_by_role("status").first).to_have_text("3,000件中 1,000件")


def test_eyes_are_remembered_on_every_list(meet: Meet, small_site: Path) -> None:
    """Chosen once, a department looks at each list, says what it wants to know, and stands in the address."""
    reader = meet(small_site)
    page = reader.open("insights/")
    page.get_by_role("radio", name="営業").check()
    expect(page).to_have_url(f"{reader.home}insights/?eyes=sales")
    expect(page.get_by_text("次の商談で使える言葉を知りたい")).to_be_visible()
    sales = [i.claim for case in CORPUS.cases for i in case.insights if "sales" in i.departments]
    assert sorted(claims(page)) == sorted(sales)
    reader.open("actions/")
    expect(page).to_have_url(f"{reader.home}actions/?eyes=sales")
    expect(page.get_by_role("radio", name="営業")).to_be_checked()
    expect(page.locator("[data-cb-item]:visible")).to_have_count(2)
    page.get_by_role("radio", name="すべての部門").check()
    reader.open("insights/")
    expect(page).to_have_url(f"{reader.home}insights/")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(5)


def test_a_case_opens_through_remembered_eyes(meet: Meet, small_site: Path) -> None:
    """Its insights are those of the department, it is said so, on paper too, and a button shows all; by keyboard."""
    reader = meet(small_site)
    reader.open("insights/").get_by_role("radio", name="開発").check()
    page = reader.open(f"cases/{sample.CASE.slug}/")
    seen = page.locator(".cb-insight:visible")
    own = [insight.id for insight in sample.CASE.insights if "product" in insight.departments]
    assert 0 < len(own) < len(sample.CASE.insights)
    expect(seen).to_have_count(len(own))
    assert seen.evaluate_all("all => all.map(one => one.id)") == [f"insight-{identifier}" for identifier in own]
    told = page.get_by_role("status").filter(has_text="開発")
    expect(told).to_contain_text("選んだ部門に関わるものだけを表示中")
    back = page.get_by_role("button", name="すべて表示")
    page.emulate_media(media="print")
    expect(told).to_be_visible()
    expect(back).to_be_hidden()
    page.emulate_media(media="screen")
    back.press("Enter")
    expect(seen).to_have_count(len(sample.CASE.insights))
    expect(page.locator(".cb-insight").first).to_be_focused()
    expect(told).to_be_hidden()


@pytest.mark.parametrize("asked", ["#insight-i1", "#q004", "?play=1#q004"])
def test_an_address_that_asks_for_something_shows_the_whole_case(meet: Meet, small_site: Path, asked: str) -> None:
    """A link from a colleague shows what the colleague saw."""
    reader = meet(small_site)
    reader.open("insights/").get_by_role("radio", name="開発").check()
    page = reader.open(f"cases/{sample.CASE.slug}/{asked}")
    expect(page.locator(".cb-insight:visible")).to_have_count(len(sample.CASE.insights))


def test_a_case_with_nothing_to_leave_out_says_nothing(meet: Meet, small_site: Path) -> None:
    """All insights of the case concern sales, and none concerns those who keep machines running."""
    reader = meet(small_site)
    for department in ("営業", "SE"):
        reader.open("insights/").get_by_role("radio", name=department).check()
        page = reader.open(f"cases/{sample.CASE.slug}/")
        expect(page.locator(".cb-insight:visible")).to_have_count(len(sample.CASE.insights))
        expect(page.locator(".cb-insights-filter")).to_be_hidden()


def test_an_address_shows_the_same_to_everybody(meet: Meet, small_site: Path) -> None:
    """Who remembers one department and is sent an address sees what it asks for, and keeps their own eyes."""
    reader = meet(small_site)
    page = reader.open("insights/")
    page.get_by_role("radio", name="営業").check()
    reader.open("insights/?tag=weight")
    expect(page).to_have_url(f"{reader.home}insights/?tag=weight")
    expect(page.get_by_role("radio", name="すべての部門")).to_be_checked()
    page.goto(f"{reader.home}insights/?eyes=product", referer="http://127.0.0.2/chat/")
    expect(page.get_by_role("radio", name="開発")).to_be_checked()
    reader.open("actions/")
    expect(page.get_by_role("radio", name="営業")).to_be_checked()


def test_a_door_on_the_home_page_lends_its_eyes(meet: Meet, small_site: Path) -> None:
    """Who enters as a department has chosen it."""
    reader = meet(small_site)
    page = reader.open()
    page.get_by_role("heading", name="マーケティング").get_by_role("link").click()
    expect(page).to_have_url(f"{reader.home}insights/?eyes=marketing")
    expect(page.get_by_role("radio", name="マーケティング")).to_be_checked()
    reader.open("actions/")
    expect(page.get_by_role("radio", name="マーケティング")).to_be_checked()


def test_eyes_work_where_storage_is_off(meet: Meet, small_site: Path) -> None:
    """They last as long as the page, and nothing is thrown."""
    reader = meet(small_site)
    reader.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError'); } })"
    )
    page = reader.open("insights/")
    page.get_by_role("radio", name="開発").check()
    product = [i.claim for case in CORPUS.cases for i in case.insights if "product" in i.departments]
    expect(page.locator("[data-cb-item]:visible")).to_have_count(len(product))
    reader.open("actions/")
    expect(page.get_by_role("radio", name="すべての部門")).to_be_checked()


def test_without_scripts_every_claim_stands_there(meet: Meet, small_site: Path) -> None:
    """Whatever the address asks for; its other words open without scripts too."""
    page = meet(small_site, java_script_enabled=False).open("insights/?eyes=sales")
    expect(page.locator("[data-cb-item]:visible")).to_have_count(5)
    expect(page.locator("[data-cb-filters]")).to_be_hidden()
    row = page.locator("[data-cb-item]", has=page.locator("h3", has_text="「壊れない」という評判が、"))
    row.get_by_text("ほかの発言 1件").click()
    expect(page.get_by_text("「壊れないのに替えたい、とは言えないでしょう」")).to_be_visible()


def test_eyes_and_conditions_go_together(meet: Meet, small_site: Path) -> None:
    """What one department should know and another too: each keeps what it asked for."""
    page = meet(small_site).open("insights/?eyes=sales&department=product")
    both = [i.claim for case in CORPUS.cases for i in case.insights if {"sales", "product"} <= set(i.departments)]
    expect(page.locator("[data-cb-item]:visible")).to_have_count(len(both))
    assert claims(page) == both


def test_a_rare_condition_in_the_address_is_unfolded(meet: Meet, small_site: Path) -> None:
    """Who came by a figure sees by which condition the list is narrowed."""
    page = meet(small_site).open("insights/?changed=done")
    expect(page.get_by_label("変えたこと")).to_have_value("done")
    expect(page.get_by_label("変えたこと")).to_be_visible()
    expect(meet(small_site).open("insights/").get_by_label("変えたこと")).to_be_hidden()


def test_two_voices_stand_side_by_side_where_there_is_room(meet: Meet, small_site: Path) -> None:
    """A contradiction beside its claim on a desk, beneath it on a phone."""
    for width, beside in ((1440, True), (390, False)):
        page = meet(small_site, width=width).open("insights/")
        row = page.locator(".cb-claim-row-pair", has_text="「壊れない」という評判").first
        claim, other = row.locator(".cb-claim-main").bounding_box(), row.locator(".cb-claim-voices").bounding_box()
        assert claim is not None
        assert other is not None
        assert (other["x"] > claim["x"] + claim["width"] / 2 and other["y"] < claim["y"] + 40) is beside


@pytest.mark.parametrize("address", ["insights/", "actions/", "tags/weight/", ""])
def test_words_are_heard_where_they_stand(meet: Meet, small_site: Path, address: str) -> None:
    """The recording plays from these words to their end, without leaving the page; a second press stops it."""
    reader = meet(small_site)
    page = reader.open(address)
    play = page.locator(f'a.cb-play[href*="{sample.CASE.slug}"]').first
    play.click()
    wait_until(page, "document.querySelector('audio')?.currentTime > 0")
    assert page.evaluate("document.querySelector('audio').src").endswith(f"cases/{sample.CASE.slug}/audio.m4a")
    expect(play).to_have_class(re.compile("cb-play-on"))
    expect(page).to_have_url(reader.home + address)
    play.click()
    assert page.evaluate("document.querySelector('audio').paused")
    expect(play).not_to_have_class(re.compile("cb-play-on"))


def test_what_cannot_be_played_here_leads_to_the_case(meet: Meet, small_site: Path) -> None:
    """As the link does without scripts."""
    reader = meet(small_site)
    reader.forgive("404")
    page = reader.open("insights/")
    page.locator('[data-cb-item] a.cb-play[href*="2024-05-forest-survey"]').first.click()
    expect(page).to_have_url(re.compile(r"cases/2024-05-forest-survey/\?play=1#q001$"))
