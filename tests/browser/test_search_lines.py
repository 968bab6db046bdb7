"""Searching the sample knowledge base: lines and what is written about them, narrowed down, opened and played."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Meet
from tests.support.tiny_site import CONFIG
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

DONE = "html[data-search-state=done]"
CASES = CONFIG.parent / "cases"
GLOVES = "search/?q=手袋"
PAGE_FACETS = ("type", "segment", "industry", "product", "competitor", "year", "language")
LINE_FACETS = ("kind", "side", "topic", "phase", "department")


def values(page: Page, selector: str, name: str) -> list[str]:
    """What the elements carry as `data-<name>`."""
    found: list[str] = page.eval_on_selector_all(selector, f"all => all.map((each) => each.dataset.{name})")
    return found


def done(page: Page) -> Page:
    """The page, once all first results are drawn."""
    page.wait_for_selector(DONE)
    return page


def hits(page: Page) -> Locator:
    """The lines below the titles."""
    return done(page).locator("li[data-search-result]")


def asked(page: Page) -> dict[str, list[str]]:
    """What the address asks for."""
    return parse_qs(urlsplit(page.url).query)


def said_with(word: str, side: str) -> set[str]:
    """The cases in whose transcript somebody of that side says the word, from the files themselves."""
    found = set()
    for folder in (file.parent for file in CASES.glob("*/case.yml")):
        people = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8")).get("people", [])
        sides = {person["voice"]: person.get("side", "customer") for person in people if person.get("voice")}
        for voice, words in re.findall(r"<v ([^>]+)>([^\n]*)", (folder / "transcript.vtt").read_text(encoding="utf-8")):
            if word in words and sides.get(voice, "own") == side:
                found.add(folder.name)
    return found


def test_with_nothing_asked_cases_are_listed_with_their_line(meet: Meet, sample_site: Path) -> None:
    """Browsing lists cases, newest first, each with its core in one line; pages about cases are found by words only."""
    page = done(meet(sample_site).open("search/"))
    kinds = values(page, "h2[data-search-result]", "kind")
    assert set(kinds) == {"case"}
    assert len(kinds) == len(list(CASES.glob("*/case.yml")))
    first = yaml.safe_load(max(CASES.glob("*/case.yml")).read_text(encoding="utf-8"))
    expect(page.locator(".cb-hits-description").first).to_have_text(first["core"]["line"])


def test_results_carry_their_case_and_kind(meet: Meet, sample_site: Path) -> None:
    """For tools: each result is a link within an element that says which case and what kind, and so does the link."""
    page = done(meet(sample_site).open(GLOVES))
    carried = page.eval_on_selector_all(
        "[data-search-result]",
        "all => all.map((each) => [{...each.dataset}, {...each.querySelector('a[href]').dataset}])",
    )
    assert carried
    assert all(result["case"] == link["case"] and result["kind"] == link["kind"] for result, link in carried)
    kinds = {result["kind"] for result, _ in carried}
    assert {"case", "cue", "insight"} <= kinds


def test_what_the_customer_said_is_the_first_line_of_the_first_result(meet: Meet, sample_site: Path) -> None:
    """Not a page about gloves, not a tag: the sentence, with who said it and when."""
    page = done(meet(sample_site).open(GLOVES))
    first = page.locator(".cb-hits").first
    expect(first.locator("h2")).to_have_attribute("data-kind", "case")
    line = first.locator("li[data-search-result]").first
    expect(line).to_have_attribute("data-kind", "cue")
    expect(line.locator("mark")).to_have_text("手袋")
    expect(line.get_by_role("button")).to_be_visible()


def test_the_side_of_the_speaker_narrows_which_lines_count_and_which_are_shown(meet: Meet, sample_site: Path) -> None:
    """With the customers alone, a case in which only the interviewer said the word is no result."""
    page = done(meet(sample_site).open(f"{GLOVES}&words=typed&side=お客様"))
    shown = values(page, "h2[data-search-result]", "case")
    assert set(shown) == said_with("手袋", "customer")
    assert set(values(page, "li[data-search-result]", "kind")) == {"cue"}
    expect(page.locator("[data-cb-search-count]")).to_have_text(f"{len(shown)}件")
    page = done(meet(sample_site).open(f"{GLOVES}&words=typed&side=自社"))
    shown = values(page, "h2[data-search-result]", "case")
    assert set(shown) == said_with("手袋", "own")


@pytest.mark.parametrize("facet", PAGE_FACETS + LINE_FACETS)
def test_each_choice_brings_as_many_results_as_it_says(meet: Meet, sample_site: Path, facet: str) -> None:
    """A count is a promise, for facets of pages and of lines."""
    page = done(meet(sample_site).open(f"{GLOVES}&words=typed"))
    fold = page.locator(f"#cb-facet-{facet}")
    if fold.locator("xpath=..").get_attribute("open") is None:
        fold.click()
    option = page.locator(f"input[name={facet}]").first
    promised = option.locator("xpath=..").locator(".cb-facet-count").inner_text()
    option.check()
    done(page)
    expect(page.locator("[data-cb-search-count]")).to_have_text(f"{promised}件")
    assert asked(page)[facet] == [option.get_attribute("value")]


def test_lines_can_be_browsed_without_a_word(meet: Meet, sample_site: Path) -> None:
    """Who chooses a side and a topic, and types nothing, reads what that side said about it."""
    page = done(meet(sample_site).open("search/?side=お客様&topic=決まり方"))
    kinds = values(page, "li[data-search-result]", "kind")
    assert kinds
    assert set(kinds) == {"cue"}


def test_needs_and_journey_cells_are_results_of_their_own(meet: Meet, sample_site: Path) -> None:
    """Each says what it is and lands on its own place."""
    page = done(meet(sample_site).open(f"{GLOVES}&kind=ニーズ&kind=ジャーニー"))
    expect(page.locator("li[data-kind=need] .cb-hit-kind").first).to_have_text("ニーズ")
    cell = page.locator("li[data-kind=journey] a").first
    said = cell.inner_text()
    cell.click()
    page.wait_for_url(re.compile(r"#step-"))
    target = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    expect(target).to_contain_text(said)


def test_unknown_choices_in_the_address_do_no_harm(meet: Meet, sample_site: Path) -> None:
    """A link with a value that nobody uses any more says so, and the choice can be taken back."""
    page = done(meet(sample_site).open(f"{GLOVES}&type=宇宙&weather=雨&sort=upwards&words=all"))
    expect(page.locator("[data-cb-search-empty]")).to_contain_text("すべての絞り込みに合うものはありません")
    page.get_by_role("button", name="種別「宇宙」の絞り込みを外す").click()
    assert hits(page).count() > 0
    assert set(asked(page)) == {"q"}


def test_synonyms_widen_and_say_so(meet: Meet, sample_site: Path) -> None:
    """The reader sees which words were looked for besides, and can do without them; exact words are never widened."""
    reader = meet(sample_site)
    page = done(reader.open("search/?q=グローブ"))
    expect(page.locator("mark").filter(has_text="手袋").first).to_be_visible()
    expect(page.locator("[data-cb-search-widening]")).to_contain_text("手袋 も探しました")
    page.get_by_role("button", name="入力した語だけで探す").click()
    done(page)
    expect(page.locator("mark").filter(has_text="手袋")).to_have_count(0)
    assert asked(page)["words"] == ["typed"]
    page.get_by_role("button", name="手袋 も探す").click()
    expect(page.locator("mark").filter(has_text="手袋").first).to_be_visible()
    page = done(reader.open('search/?q="グローブ"'))
    expect(page.locator("mark").filter(has_text="手袋")).to_have_count(0)
    expect(page.locator("[data-cb-search-widening]")).to_be_empty()


def test_words_that_exist_are_offered_for_one_that_does_not(meet: Meet, sample_site: Path) -> None:
    """A slip of the pen leads to the word that was meant."""
    page = done(meet(sample_site).open("search/?q=バッテリイ"))
    expect(page.locator("[data-cb-search-empty]")).to_contain_text("近い言葉")
    page.get_by_role("link", name="バッテリー", exact=True).click()
    assert hits(page).count() > 0
    assert asked(page) == {"q": ["バッテリー"]}


def test_a_result_lands_on_its_line_and_offers_to_play_there(meet: Meet, sample_site: Path) -> None:
    """The line is in view, its words are marked, and a button beside it plays on from there."""
    page = done(meet(sample_site).open(GLOVES))
    link = page.locator("a[data-kind=cue]").first
    link.click()
    page.wait_for_url(re.compile(r"#q\d+$"))
    line = page.locator(f"#{urlsplit(page.url).fragment}")
    expect(line).to_be_in_viewport()
    wait_until(page, "CSS.highlights.get('cb-search')?.size > 0")
    play = line.get_by_role("button", name="ここから聴く")
    play.click()
    wait_until(page, "document.querySelector('audio') && !document.querySelector('audio').paused")


def test_a_damaged_part_leaves_the_others_with_a_notice(meet: Meet, sample_site: Path, tmp_path: Path) -> None:
    """Results of the rest, and a plain word about it."""
    broken = tmp_path / "site"
    shutil.copytree(sample_site, broken, copy_function=shutil.copyfile)
    parts = json.loads((broken / "pagefind" / "parts.json").read_text(encoding="utf-8"))["parts"]
    assert len(parts) > 1
    smallest = min(parts, key=lambda part: part["records"])
    for file in (broken / "pagefind" / smallest["at"]).glob("catalogue*"):
        file.write_bytes(b"\x1f\x8b broken")
    reader = meet(broken)
    reader.forgive("Failed")
    page = done(reader.open(GLOVES))
    assert page.locator("h2[data-search-result]").count() > 0
    expect(page.locator("[data-cb-search-notices]")).to_contain_text("残りの部分から見つかった結果")


def test_the_page_in_english(meet: Meet, english_site: Path) -> None:
    """Facets, kinds and notices speak the reader's language."""
    page = done(meet(english_site).open("search/?q=glove"))
    expect(page.locator("summary").filter(has_text="Who speaks")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Own company")).to_be_visible()
