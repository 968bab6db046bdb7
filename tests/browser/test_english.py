"""The whole site speaks one language: what no customer, colleague or company said is in the reader's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from generator.texts import FOLDER
from tests.browser.conftest import Meet
from tests.browser.test_accessibility import MISSING, PAGES
from tests.support.reader import Reader
from tests.support.tiny_site import CONFIG
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

NUMBERS = frozenset({"count", "shown", "total", "percent", "start", "end", "time"})
READ_ALL = """() => {
  const told = [];
  const here = document.documentElement.lang;
  const quoted = (element) => element.closest("[lang]").lang !== here;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (quoted(node.nodeType === Node.TEXT_NODE ? node.parentElement : node)) continue;
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest("script, style")) told.push(node.data);
    } else {
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        if (node.hasAttribute(name)) told.push(node.getAttribute(name));
      }
    }
  }
  return [...new Set(told.map((text) => text.trim().replace(/\\s+/g, " ")).filter(Boolean))];
}"""


LANGUAGES = frozenset({"日本語", "English"})
"""Each is called by its own name, on pages of both."""
LETTERS = re.compile(r"[A-Za-z]{4,}|[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")


def forms(language: str) -> dict[str, set[str]]:
    """Identifier of a message -> its texts in a language; those of other rooms' reports and references are left out."""
    found: dict[str, set[str]] = {}
    for path in (FOLDER / language).glob("*.po"):
        if path.stem in ("problems", "reference"):
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    texts = (message.string,) if isinstance(message.string, str) else message.string
                    found.setdefault(key, set()).update(texts)
    return found


def scalars(value: Any) -> Iterator[str]:
    """All texts in data that was read from YAML."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from scalars(item)
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item)
    else:
        yield str(value)


@cache
def content() -> frozenset[str]:
    """Every text that editors wrote into the sample cases, and the settings' names."""
    files = [CONFIG.parent / "mkdocs.yml", *sorted((CONFIG.parent / "cases").rglob("*.yml"))]
    texts = {text.strip() for file in files for text in scalars(yaml.load(file.read_text("utf-8"), yaml.BaseLoader))}  # noqa: S506 - reads texts alone
    notes = "\n".join(file.read_text("utf-8") for file in sorted((CONFIG.parent / "cases").rglob("notes.md")))
    return frozenset(texts | LANGUAGES | {line.strip("*# ") for line in notes.splitlines()})


def foreign(language: str, other: str) -> list[re.Pattern[str]]:
    """What the interface says in the `other` language and not in `language`, with any value in its places."""
    own = {text for texts in forms(language).values() for text in texts}
    patterns = []
    for texts in forms(other).values():
        for text in texts - own - content():
            if not LETTERS.search(re.sub(r"\{\w+\}", "", text)):
                continue  # signs and figures, and words that stand between names in any sentence
            pattern = re.escape(text)
            for name in re.findall(r"\{(\w+)\}", text):
                value = r"[\d,.:]+" if name in NUMBERS else ".+"
                pattern = pattern.replace(re.escape(f"{{{name}}}"), value)
            patterns.append(re.compile(pattern))
    return patterns


def told(reader: Reader, address: str) -> list[str]:
    """Everything that a page says, to eyes and to screen readers."""
    page = reader.open(address)
    if "search/" in address:
        wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    return [str(text) for text in page.evaluate(READ_ALL)]


@pytest.mark.parametrize(("language", "other"), [("en", "ja"), ("ja", "en")])
def test_no_page_says_a_word_of_the_other_language(
    meet: Meet, sample_site: Path, english_site: Path, language: str, other: str
) -> None:
    """In both languages, in pages and in what scripts put there, on every kind of page."""
    reader = meet(english_site if language == "en" else sample_site)
    reader.forgive("404")
    strange = foreign(language, other)
    assert len(strange) > 200
    own = {text for texts in forms(language).values() for text in texts}
    heard = 0
    for address in (*PAGES, MISSING):
        texts = told(reader, address)
        assert reader.page.locator("html").get_attribute("lang") == language
        heard += len(own.intersection(texts))
        found = [text for text in texts if text not in content() and any(p.fullmatch(text) for p in strange)]
        assert (address, found) == (address, [])
    assert heard > 200, "the pages say next to nothing of the interface: it is not read where it stands"


def test_what_scripts_say_is_english_too(meet: Meet, english_site: Path) -> None:
    """The menu, filters that are counted anew, suggestions, the player."""
    reader = meet(english_site, width=390, height=844)
    page = reader.open("insights/")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("dialog", name="Menu").get_by_role("link", name="Actions")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("State").select_option(index=1)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ of 40$"))
    reader.open("search/?q=手袋")
    expect(page.locator("[data-cb-search-count]")).to_have_text(re.compile(r"^\d+ results$"))


def test_dates_are_written_alike_everywhere(meet: Meet, english_site: Path) -> None:
    """A result of the search gives the day of its interview as the list of cases does."""
    reader = meet(english_site)
    listed = set(reader.open("cases/").locator(".cb-entry time").all_inner_texts())
    page = reader.open("search/")
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    assert set(page.locator("[data-cb-search-results] time").all_inner_texts()) == listed


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_english_words_fit(meet: Meet, english_site: Path, width: int) -> None:
    """Tabs, chips and tables hold English words, which are longer, at every width."""
    reader = meet(english_site, width=width)
    for address in PAGES:
        page = reader.open(address)
        assert (address, page.evaluate("document.documentElement.scrollWidth - innerWidth")) == (address, 0)
