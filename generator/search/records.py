"""What the index keeps of a page: tokens for Pagefind, and lines for the reader.

The two are apart because a result needs few of a page's lines, and Pagefind's own copy of a page (its fragment) holds
tokens that nobody could read.
"""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from generator.pages.page import Page, Passage, SearchFacts
from generator.search.letters import tokens
from generator.search.rows import line_of

CASES = "cases/"
TITLE_WEIGHT = 6.0
DESCRIPTION_WEIGHT = 2.0
# What we concluded outranks what was said at length; the rest of the talk weighs 1.
PASSAGE_WEIGHTS = {"insight": 3.0, "need": 2.0, "journey": 2.0, "fact": 2.0, "term": 2.0}

Signature = tuple[tuple[str, tuple[str, ...]], ...]
"""The facets of a line in the order of their names, each with its values; empty for a line that has none."""

_passage_values = attrgetter(*(field.name for field in fields(Passage)))
_MARSHAL_WITHOUT_REFERENCES = 2
"""The last version of marshal that writes equal values as equal bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page that can be found."""

    address: str
    title: str
    description: str
    facts: SearchFacts
    digest: bytes
    """Changes when anything does that the index says of the page, or counts by."""
    characters: int
    """In its lines: what it costs to index them goes by it."""

    @property
    def case(self) -> str:
        """The case that it is the page of; empty for others."""
        return self.address.removeprefix(CASES).strip("/") if self.address.startswith(CASES) else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together in the index because the same facets and the same weight are theirs."""

    signature: Signature
    weight: float
    words: list[str]
    """What Pagefind is told, see `generator.search.rows`."""


def record_of(page: Page) -> Record | None:
    """The record of a page, or None when the page is not to be found by search."""
    facts = page.search
    if facts is None or not page.listed:
        return None
    lines = [_passage_values(line) for line in facts.passages]
    told = (page.address, page.title, page.description, facts.kind, facts.language, facts.sort_date, facts.audio)
    filters = [(name, *values) for name, values in sorted(facts.filters.items())]
    content = marshal.dumps((told, filters, lines), _MARSHAL_WITHOUT_REFERENCES)
    characters = sum(len(line.text) for line in facts.passages)
    return Record(page.address, page.title, page.description, facts, hashlib.sha256(content).digest(), characters)


def lines_json(record: Record) -> str:
    """What the browser loads to show this page as a result, its lines in the page's order."""
    facts = record.facts
    lines = [
        [
            line.anchor,
            line.kind,
            line.text,
            line.voice,
            None if line.start_s is None else round(line.start_s, 3),
            line.side,
            *((line.filters,) if line.filters else ()),
        ]
        for line in facts.passages
    ]
    shown = {
        "address": record.address,
        "case": record.case,
        "kind": facts.kind,
        "language": facts.language,
        "title": record.title,
        "description": record.description,
        "date": facts.sort_date,
        "audio": facts.audio,
        "lines": lines,
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def signature_of(filters: Mapping[str, Sequence[str]]) -> Signature:
    """The facets of a line as something that can be compared."""
    return tuple((name, tuple(values)) for name, values in sorted(filters.items()) if values)


def groups_of(record: Record) -> list[Group]:
    """The lines of a page as the index has them: title, description, then its passages by facets and weight."""
    passages: dict[tuple[Signature, float], list[Passage]] = {}
    for line in record.facts.passages:
        passages.setdefault((signature_of(line.filters), PASSAGE_WEIGHTS.get(line.kind, 1.0)), []).append(line)
    return [
        Group((), TITLE_WEIGHT, _words(record.title)),
        Group((), DESCRIPTION_WEIGHT, _words(record.description)),
        *(
            Group(signature, weight, [word for line in lines for word in _words(line.text)])
            for (signature, weight), lines in sorted(passages.items(), key=lambda found: found[0])
        ),
    ]


def token_html(groups: Sequence[Group]) -> str:
    """The page as Pagefind reads it.

    At the end stands `9`, which no query asks for: Pagefind drops a page without any word.
    """
    return "<html><body>" + "\n".join(_parts(groups)) + "<p>9</p></body></html>"


def _parts(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        attribute = "" if group.weight == 1.0 else f' data-pagefind-weight="{group.weight}"'
        yield f"<p{attribute}>{' '.join(group.words)}</p>"


def _words(text: str) -> list[str]:
    return line_of(tokens(line) for line in text.splitlines())
