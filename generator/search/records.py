"""What the index keeps of a page: tokens for Pagefind, and lines for the reader.

The two are apart because a result needs few of a page's lines and Pagefind's own copy of a page (its fragment) holds
tokens that nobody could read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.pages.page import Page, SearchFacts
from generator.search.letters import tokens

CASES = "cases/"
TITLE_WEIGHT = 6.0
DESCRIPTION_WEIGHT = 2.0
# What we concluded outranks what was said at length; the rest of the talk weighs 1.
PASSAGE_WEIGHTS = {"insight": 3.0, "need": 2.0, "journey": 2.0, "fact": 2.0, "term": 2.0}


@dataclass(frozen=True, slots=True)
class Record:
    """A page that can be found."""

    page: Page
    facts: SearchFacts
    lines_json: str
    """What the browser loads to show this page as a result; `scripts/search/lines.js` reads it."""

    @property
    def digest(self) -> str:
        """Changes when anything a reader could see of this result changes."""
        return hashlib.sha256(self.lines_json.encode()).hexdigest()[:12]


def record_of(page: Page) -> Record | None:
    """The record of a page, or None when the page is not to be found by search."""
    if page.search is None or not page.listed:
        return None
    return Record(page, page.search, _lines_json(page, page.search))


def _lines_json(page: Page, facts: SearchFacts) -> str:
    lines = [
        [
            line.anchor,
            line.kind,
            line.text,
            line.voice,
            None if line.start_s is None else round(line.start_s, 3),
            line.side,
        ]
        for line in facts.passages
    ]
    shown = {
        "address": page.address,
        "case": page.address.removeprefix(CASES).strip("/") if page.address.startswith(CASES) else "",
        "kind": facts.kind,
        "language": facts.language,
        "title": page.title,
        "description": page.description,
        "date": facts.sort_date,
        "audio": facts.audio,
        "lines": lines,
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def token_html(record: Record) -> str:
    """The page as Pagefind reads it.

    Between two lines stands a `|`: Pagefind counts it as a position and indexes nothing there, so that no phrase runs
    from one speaker into the next. At the end stands `9`, which no query asks for: Pagefind drops a page without
    any word.
    """
    return "<html><body>" + "\n".join(_weighted_parts(record)) + "<p>9</p></body></html>"


def _weighted_parts(record: Record) -> Iterator[str]:
    yield _part(record.page.title, TITLE_WEIGHT)
    yield _part(record.page.description, DESCRIPTION_WEIGHT)
    for line in record.facts.passages:
        yield _part(line.text, PASSAGE_WEIGHTS.get(line.kind, 1.0))


def _part(text: str, weight: float) -> str:
    attribute = "" if weight == 1.0 else f' data-pagefind-weight="{weight}"'
    return f"<p{attribute}>{' | '.join(' '.join(tokens(line)) for line in text.splitlines())} |</p>"
