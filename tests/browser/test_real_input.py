"""The main job on real input: words that nobody wrote for us, built into a site and searched in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from generator.site.engine import Built, build_site, settings_in
from generator.site.source import Cases
from tests.browser.conftest import Meet
from tests.support.real_interviews import interview_files, make_cases
from tests.support.tiny_site import CONFIG
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.audio]

TELEPHONE = Path(__file__).parents[1] / "data" / "real-interview" / "cases"
DONE = "html[data-search-state=done]"


def build(cases: Path, site: Path) -> Built:
    """The site of a folder of cases."""
    settings = replace(settings_in(CONFIG), cases=cases, cache=site.parent / "cache")
    return build_site(CONFIG, site=site, source=Cases(settings))


def found(page: Page) -> list[tuple[str, str]]:
    """Case and address of every result."""
    page.wait_for_selector(DONE)
    links = page.locator("[data-search-result] a[data-case], a[data-search-result][data-case]")
    return [(link.get_attribute("data-case") or "", link.get_attribute("href") or "") for link in links.all()]


@pytest.fixture(scope="module")
def telephone_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one real telephone conversation."""
    site = tmp_path_factory.mktemp("telephone") / "site"
    build(TELEPHONE, site)
    return site


def test_a_real_recording_plays_and_its_words_follow(meet: Meet, telephone_site: Path) -> None:
    """The line that is heard is the line that is marked, and the recording has its true length."""
    page = meet(telephone_site).open("cases/telephone-call/?play=1#q008")
    wait_until(page, "document.querySelector('audio').currentTime > 15")
    assert page.evaluate("document.querySelector('audio').duration") == pytest.approx(30, abs=0.1)
    expect(page.locator("#q008")).to_contain_text("And I'm Sheila in Texas, originally from Chicago.")
    expect(page.locator("#q008")).to_have_class(re.compile("running|current|playing"))


def test_every_map_of_a_real_case_is_on_its_page(meet: Meet, telephone_site: Path) -> None:
    """Insights, value map, journey, people, actions, template and review, each with words of the talk."""
    page = meet(telephone_site).open("cases/telephone-call/")
    for section in ("insights", "value-map", "journey", "people", "actions", "template", "transcript", "review"):
        assert page.locator(f"#{section}").count() == 1, section
    for anchor in ("insight-i1", "need-know-who", "offer-beep", "step-j5", "action-a1", "person-diane", "note-n01"):
        assert page.locator(f"#{anchor}").count() == 1, anchor


@pytest.mark.parametrize(("query", "line"), [("Yankee", "q012"), ("new jersey", "q007"), ('"a beep"', "q006")])
def test_real_words_lead_to_their_line(meet: Meet, telephone_site: Path, query: str, line: str) -> None:
    """Searching what somebody said lands on the line where it was said."""
    page = meet(telephone_site).open(f"search/?q={quote(query)}")
    addresses = [address for _, address in found(page)]
    assert any(address.endswith(f"#{line}") for address in addresses), addresses


INTERVIEWS = interview_files()


@pytest.fixture(scope="module")
def interviews(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """One site of all real interviews, and their utterances by case."""
    home = tmp_path_factory.mktemp("interviews")
    texts = make_cases(home / "cases")
    build(home / "cases", home / "site")
    return home / "site", texts


@pytest.mark.skipif(not INTERVIEWS, reason="the real interviews may not be shipped and are not beside this checkout")
@pytest.mark.parametrize("number", range(1, len(INTERVIEWS) + 1))
def test_words_of_a_real_japanese_interview_are_found(
    meet: Meet, interviews: tuple[Path, dict[str, list[str]]], number: int
) -> None:
    """Phrases from the start, the middle and the end of an hour's talk lead to their line, typed as they were said."""
    site, texts = interviews
    slug = f"interview-{number}"
    utterances = texts[slug]
    reader = meet(site)
    for place in (0.1, 0.5, 0.9):
        index = next(
            n for n in range(int(len(utterances) * place), len(utterances)) if len(utterances[n].strip("。、 ")) >= 14
        )
        phrase = max(re.split(r"[。、？！\s]", utterances[index]), key=len)[:12]
        page = reader.open(f"search/?q={quote(phrase)}")
        results = found(page)
        assert results, phrase
        assert results[0][0] == slug, (phrase, results[:3])
        lines = {f"q{n:03}" for n, text in enumerate(utterances, start=1) if phrase in text}
        assert lines & {address.rpartition("#")[2] for case, address in results if case == slug}, phrase


@pytest.mark.skipif(not INTERVIEWS, reason="the real interviews may not be shipped and are not beside this checkout")
def test_an_hour_of_real_talk_stays_a_light_page(interviews: tuple[Path, dict[str, list[str]]]) -> None:
    """The case page of an hour's talk is at most 250 KB of HTML."""
    site, texts = interviews
    for slug in texts:
        assert (site / "cases" / slug / "index.html").stat().st_size <= 250_000, slug
