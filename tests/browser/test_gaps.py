"""Value gaps of some of the cases: the browser computes what Python would, and takes it back without a trace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from generator.knowledge.gaps import WANTED_ZONES, Gaps, gaps
from generator.pages.cases import case_marks
from generator.pages.drawings import svg
from generator.pages.drawings.gaps import NARROW, WIDE, Mark, Sheet, leader_path, placed
from generator.pages.gaps import gaps_pages
from generator.pages.gaps.view import rounded
from generator.pages.page import Page as MadePage
from generator.pages.page import SiteFile
from tests.browser.conftest import Meet
from tests.pages.figures import samples
from tests.pages.knowledge import library
from tests.support.tiny_site import build_tiny_site

pytestmark = pytest.mark.browser

SLICES = (
    {"product": "tf14"},
    {"product": "line-watch"},
    {"competitor": "orban"},
    {"segment": "general"},
    {"segment": "lapsed-negative"},
    {"competitor": "consumer-tablet", "year": "2025"},
)
COMPUTED = (".cb-gap-map", ".cb-gap-leads", ".cb-gap-table", "[data-cb-unmapped]", ".cb-narrow-fields")
"""What a choice changes."""


@pytest.fixture(scope="module")
def gaps_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' value gaps, framed."""
    site = tmp_path_factory.mktemp("gaps") / "site"
    made = list(gaps_pages(library(samples())))
    pages = tuple(item for item in made if isinstance(item, MadePage))
    build_tiny_site(site, pages=pages, files=tuple(item for item in made if isinstance(item, SiteFile)))
    return site


def sliced(conditions: dict[str, str]) -> Gaps:
    """What Python computes for the cases that meet the conditions."""
    corpus = samples()
    among = [
        case for case in corpus.cases if all(value in case_marks(case)[name] for name, value in conditions.items())
    ]
    return gaps(corpus, among)


@pytest.mark.parametrize("conditions", SLICES, ids=lambda slice_: "-".join(slice_.values()))
def test_a_slice_is_computed_as_python_computes_it(meet: Meet, gaps_site: Path, conditions: dict[str, str]) -> None:
    """Every figure of the table, who wins, the lists, the counts, and the links that carry the slice along."""
    query = "&".join(f"{name}={value}" for name, value in conditions.items())
    page = meet(gaps_site).open(f"gaps/?{query}")
    found = sliced(conditions)
    expect(page.get_by_role("status")).to_have_text(f"価値マップのある事例のうち {len(found.cases)}件")
    rows = page.locator("[data-cb-rows] > tr:visible")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.cbNeedId)") == [
        need.id for need in sorted(found.needs, key=lambda need: (-need.total_weight, whole_place(need.id)))
    ]
    for need in found.needs:
        cells = page.locator(f"#need-{need.id} td").all_inner_texts()
        zones = [str(len(need.zone(zone))) for zone in WANTED_ZONES]
        assert cells[:7] == [f"{rounded(need.mean_weight):g}", str(need.total_weight), str(len(need.heard)), *zones]
        heard = page.locator(f"#need-{need.id} [data-cb-heard]").get_attribute("href")
        assert heard == f"needs/?need={need.id}&{query}"
    for zone in WANTED_ZONES:
        entries = page.locator(f"[data-cb-lead={zone.value}] > li:visible h3").all_inner_texts()
        named = {library(samples()).shared_need(need.id).name for need in found.led_by(zone)}
        assert set(entries) == named
        shown = page.locator(f"h2 [data-cb-led={zone.value}]").inner_text()
        assert int(shown) == len(named)
    ours = sum(item.unwanted.competitor is None for item in found.unwanted)
    assert page.locator("h2 [data-cb-unwanted]").inner_text() == str(ours)
    assert page.locator("[data-cb-offers] > li:visible").count() == ours
    assert page.locator("[data-cb-unmapped]").inner_text() == str(len(found.unmapped))


def whole_place(identifier: str) -> int:
    """The place of a need in the table of all cases."""
    return [need.id for need in gaps(samples()).needs].index(identifier)


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("conditions", SLICES[:4], ids=lambda slice_: "-".join(slice_.values()))
def test_the_drawing_follows_by_the_same_rules(
    meet: Meet, gaps_site: Path, conditions: dict[str, str], sheet: Sheet
) -> None:
    """Dots, names, leaders and bars stand where Python would put them."""
    query = "&".join(f"{name}={value}" for name, value in conditions.items())
    page = meet(gaps_site).open(f"gaps/?{query}")
    expect(page.get_by_role("status")).to_have_text(re.compile("のうち"))
    found = sliced(conditions)
    marks = [
        Mark(whole_place(need.id) + 1, "", "", need.lead, need.mean_weight, len(need.heard), {}) for need in found.needs
    ]
    plot = page.locator("[data-cb-plot]").nth(0 if sheet is WIDE else 1)
    heights = {
        int(place) + 1: float(height)
        for place, height in plot.locator("[data-cb-need]").evaluate_all(
            "groups => groups.map(group => [group.dataset.cbNeed, group.dataset.height])"
        )
    }
    places = placed(marks, heights, sheet, max(mark.heard for mark in marks))
    for mark in marks:
        group = plot.locator(f'[data-cb-need="{mark.number - 1}"]')
        place = places[mark.number]
        dot = f"translate({svg.coordinate(place.x)} {svg.coordinate(place.y)})"
        assert group.locator(".cb-gap-dot").get_attribute("transform") == dot
        assert group.locator("circle").get_attribute("r") == svg.coordinate(place.radius)
        assert group.locator(f".cb-gap-dot-{mark.zone.value}").count() == 1
        if sheet.label:
            assert group.locator(".cb-gap-leader").get_attribute("d") == leader_path(place)
    gone = plot.locator(".cb-gap-gone").count()
    assert gone == len(heights) - len(marks)


def test_taking_a_choice_back_leaves_no_trace(meet: Meet, gaps_site: Path) -> None:
    """What was computed for all cases is what the page had said before."""
    page = meet(gaps_site).open("gaps/")

    def told() -> list[str]:
        """The markup, but for the spaces between elements and what the browser writes its own way."""
        found = [page.locator(part).first.inner_html() for part in COMPUTED]
        found = [re.sub(r"(--cb-share:) ?([\d.]+);?", r"\1\2", part) for part in found]
        return [re.sub(r'>\s+<| (class|style)=""', "><", part).replace("><>", ">") for part in found]

    page.locator("html[data-cb-scripts]").wait_for()
    before = told()
    page.get_by_label("製品").select_option("tf14")
    expect(page.get_by_role("status")).to_have_text(re.compile("のうち"))
    assert told() != before
    page.get_by_role("button", name="すべて表示").click()
    expect(page.get_by_role("status")).not_to_have_text(re.compile("のうち"))
    assert told() == before


def test_the_choice_stands_in_the_address(meet: Meet, gaps_site: Path) -> None:
    """It can be sent to a colleague, and goes with the button."""
    reader = meet(gaps_site)
    page = reader.open("gaps/")
    page.get_by_label("年").select_option("2025")
    page.get_by_label("比べた相手").select_option("orban")
    expect(page).to_have_url(re.compile(r"gaps/\?competitor=orban&year=2025$"))
    expect(page.get_by_label("製品").locator("option", has_text="ラインナビ")).to_be_disabled()
    page.reload()
    expect(page.get_by_label("比べた相手")).to_have_value("orban")
    expect(page.get_by_role("status")).to_have_text(re.compile("のうち 3件"))
    page.get_by_role("button", name="すべて表示").click()
    expect(page).to_have_url(f"{reader.home}gaps/")


def test_the_button_hands_the_focus_on(meet: Meet, gaps_site: Path) -> None:
    """Who takes all conditions away by keyboard is put where conditions begin: the button is gone."""
    page = meet(gaps_site).open("gaps/?year=2025")
    page.get_by_role("button", name="すべて表示").press("Enter")
    expect(page.get_by_label("製品")).to_be_focused()


def test_words_are_those_of_the_slice(meet: Meet, gaps_site: Path) -> None:
    """No customer is quoted who is not in it."""
    page = meet(gaps_site).open("gaps/?product=tt10")
    expect(page.get_by_role("status")).to_have_text(re.compile("のうち"))
    signed = page.locator(".cb-gap-leads .cb-quote-from a:not(.cb-play):visible").all_inner_texts()
    aliases = {case.facts.customer.alias for case in samples().cases if "tt10" in case.facts.products}
    assert signed
    assert set(signed) <= aliases


def test_a_figure_opens_the_needs_that_it_counts(meet: Meet, gaps_site: Path) -> None:
    """With the slice: the list is narrowed down the same way."""
    page = meet(gaps_site).open("gaps/?competitor=orban")
    expect(page.get_by_role("status")).to_have_text(re.compile("のうち"))
    figure = page.locator("#need-never-stop [data-cb-heard]")
    count = int(figure.inner_text())
    figure.click()
    expect(page).to_have_url(re.compile(r"gaps/needs/\?need=never-stop&competitor=orban"))
    expect(page.locator("[data-cb-item]:visible")).to_have_count(count)


def test_nothing_in_a_slice_says_so(meet: Meet, gaps_site: Path) -> None:
    """An address of two conditions that no case meets together."""
    page = meet(gaps_site).open("gaps/?product=tf14&segment=lapsed")
    expect(page.locator("[data-cb-nothing]")).to_be_visible()
    expect(page.locator("[data-cb-rows] > tr:visible")).to_have_count(0)


def test_without_scripts_all_cases_are_shown(meet: Meet, gaps_site: Path) -> None:
    """And nothing is offered that would not work."""
    page = meet(gaps_site, java_script_enabled=False).open("gaps/?product=tf14")
    expect(page.locator(".cb-narrow")).to_be_hidden()
    expect(page.locator("[data-cb-rows] > tr:visible")).to_have_count(len(gaps(samples()).needs))


def test_slices_that_cannot_be_loaded_leave_the_page_as_it_is(meet: Meet, gaps_site: Path) -> None:
    """The reader is told that all cases are shown."""
    reader = meet(gaps_site)
    reader.forgive("slices.json")
    reader.forgive("Failed to load resource")
    reader.page.route("**/slices.json*", lambda route: route.abort())
    page = reader.open("gaps/?product=tf14")
    expect(page.get_by_role("status")).to_have_text("読み込めませんでした。すべての事例を表示しています。")
    expect(page.locator("[data-cb-rows] > tr:visible")).to_have_count(len(gaps(samples()).needs))


@pytest.mark.parametrize("width", [1440, 390])
def test_one_drawing_is_shown(meet: Meet, gaps_site: Path, width: int) -> None:
    """With names where there is room for them, and no page is wider than its screen."""
    page = meet(gaps_site, width=width).open("gaps/")
    expect(page.locator("[data-cb-plot]:visible")).to_have_count(1)
    expect(page.locator(".cb-gap-name:visible")).to_have_count(len(gaps(samples()).needs) if width == 1440 else 0)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
