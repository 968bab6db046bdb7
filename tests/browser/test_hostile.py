"""Words of customers that look like markup, scripts or templates: they are shown as they were written, and do nothing.

A reader who `leave`s has seen an empty console, no broken policy and no call to another host, so that nothing was run.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from generator.site.engine import build_site
from generator.validate import load_corpus
from tests.browser.conftest import Meet
from tests.support.hostile import write_hostile_cases
from tests.support.tiny_site import CONFIG

pytestmark = pytest.mark.browser

CASES = 2
LISTS = (
    "", "cases/", "insights/", "actions/", "voices/", "segments/", "tags/", "paths/", "glossary/", "about/", "search/",
    "gaps/", "gaps/needs/", "gaps/offers/", "journeys/", "journeys/falls/", "journeys/measures/",
    "decisions/", "decisions/people/", "accounts/", "leads/", "whom-next/",
)  # fmt: skip
SEARCHES = ('<img src=x onerror="alert(1)">', '"><script>alert(1)</script>', "javascript:alert(1)", "%s%00#&?q=", "'")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of naughty cases, and the site that was built of it."""
    home = tmp_path_factory.mktemp("hostile")
    cases = write_hostile_cases(home / "cases", CASES)
    build_site(CONFIG, site=home / "site", cases=cases)
    return cases, home / "site"


def nothing_runs(page: Page) -> None:
    """No element of the page came out of a text: no script, no handler, no address that runs or leads elsewhere."""
    found = page.evaluate(
        """() => {
          const bad = [];
          for (const element of document.querySelectorAll("*")) {
            for (const { name, value } of element.attributes) {
              const runs = name.startsWith("on") || /^\\s*(javascript|data:text|vbscript)/i.test(value);
              if (runs) bad.push(`${name}=${value}`);
            }
          }
          const scripts = [...document.scripts].filter((script) => !script.type.endsWith("json") && !script.src);
          const leads = (element) => new URL(element.src || element.href || element.action || "", location.href);
          const far = [...document.querySelectorAll("img, iframe, object, embed, video, link, form")].filter(
            (element) => leads(element).host !== location.host);
          return [...bad, ...scripts.map((script) => script.text), ...far.map((element) => element.outerHTML)];
        }"""
    )
    assert found == []


def shown(text: str) -> str:
    """A text as a browser shows it: white space is single."""
    return " ".join(text.split())


def test_naughty_words_are_no_mistakes(hostile: tuple[Path, Path]) -> None:
    """The check has nothing to say about odd words; they are what somebody said."""
    assert load_corpus(hostile[0], jobs=1).problems == ()


def test_lists_of_naughty_words_run_nothing(meet: Meet, hostile: tuple[Path, Path]) -> None:
    """Titles, claims, names and tags pass through every list, and through its filters."""
    reader = meet(hostile[1])
    for address in LISTS:
        page = reader.open(address)
        expect(page.locator("h1").first).to_be_visible()
        nothing_runs(page)


def test_case_of_naughty_words_shows_them_as_written(meet: Meet, hostile: tuple[Path, Path]) -> None:
    """Title, lines, claims and quotes stand on the page letter by letter, and nothing of them runs."""
    cases, site = hostile
    reader = meet(site)
    corpus = load_corpus(cases, jobs=1).corpus
    assert corpus is not None
    for case in corpus.cases:
        page = reader.open(f"cases/{case.slug}/")
        nothing_runs(page)
        assert shown(page.locator("h1").first.inner_text()) == shown(case.facts.title)
        assert case.transcript is not None
        text = shown(page.locator("main").evaluate("main => main.textContent"))
        for cue in case.transcript.cues:
            assert shown(cue.text) in text, cue
        for insight in case.insights:
            assert shown(insight.claim) in text, insight.id


def test_naughty_searches_run_nothing(meet: Meet, hostile: tuple[Path, Path]) -> None:
    """What stands in a link's ?q= is a text, too."""
    reader = meet(hostile[1])
    for query in SEARCHES:
        page = reader.open(f"search/?q={quote(query)}")
        page.wait_for_selector("html[data-search-state=done]")
        nothing_runs(page)
        expect(page.locator("main input[type=search]")).to_have_value(query)


def test_results_of_a_search_run_nothing(meet: Meet, hostile: tuple[Path, Path]) -> None:
    """Hits show naughty lines with the words found in them."""
    page = meet(hostile[1]).open("search/?q=alert")
    page.wait_for_selector("html[data-search-state=done]")
    expect(page.locator("[data-search-result]").first).to_be_visible()
    nothing_runs(page)


INJECTED = (
    "<img src=x onerror='document.title = 1'>",
    "<a id=lead href='javascript:document.title = 1'>a</a>",
    "<iframe srcdoc='<script>parent.document.title = 1</script>'></iframe>",
    "<style>h1 { display: none }</style>",
    "<link rel=stylesheet href='data:text/css,h1{display:none}'>",
    "<img src='https://elsewhere.example/pixel.png'>",
    "<base href='https://elsewhere.example/'>",
)
"""What would run, load or lead away if it ever came through the escaping."""


@pytest.mark.parametrize("injected", INJECTED)
def test_policy_stops_what_got_in(meet: Meet, tiny_site: Path, injected: str) -> None:
    """The last wall: markup that stands in a page all the same neither runs nor loads anything, and is counted."""
    reader = meet(tiny_site)
    page = reader.open()
    title = page.title()
    page.evaluate("injected => document.body.insertAdjacentHTML('beforeend', injected)", injected)
    page.evaluate("document.querySelector('#lead')?.click()")
    page.wait_for_timeout(300)
    assert len(reader.violations) > 0
    assert page.title() == title
    expect(page.locator("h1").first).to_be_visible()
    assert page.evaluate("document.baseURI").startswith(reader.home)
    reader.violations.clear()
    reader.strangers.clear()  # what the browser was asked for, and did not ask for in its turn
    reader.forgive("Content Security Policy")
    reader.forgive("404")
