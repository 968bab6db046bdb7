"""What the index keeps of a page: tokens for Pagefind, and lines for the reader.

The two are apart because a result needs few of a page's lines, and Pagefind's own copy of a page (its fragment) holds
tokens that nobody could read.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from generator.pages.page import Page, SearchFacts
from generator.search.letters import spellings, tokens
from generator.search.rows import row_of

CASES = "cases/"
TITLE_WEIGHT = 6.0
DESCRIPTION_WEIGHT = 2.0
# What we concluded outranks what was said at length; the rest of the talk weighs 1.
PASSAGE_WEIGHTS = {"insight": 3.0, "need": 2.0, "journey": 2.0, "fact": 2.0, "term": 2.0}

Signature = tuple[tuple[str, tuple[str, ...]], ...]
"""The facets of a line in the order of their names, each with its values; empty for a line that has none."""

_TEXTS = tuple(attrgetter(name) for name in ("anchor", "kind", "text", "voice", "side"))
_MARSHAL_WITHOUT_REFERENCES = 2
"""The last version of marshal that writes equal values as equal bytes."""
_SEPARATOR = "\0"
"""Stands in no text: neither YAML nor WebVTT lets it through."""


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
    """In its lines and one for each line: what it costs to index them goes by it."""

    @property
    def case(self) -> str:
        """The case that it is the page of; empty for others."""
        return self.address.removeprefix(CASES).strip("/") if self.address.startswith(CASES) else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together in the index because the same facets and the same weight are theirs."""

    signature: Signature
    weight: float
    row: str
    """What Pagefind is told, see `generator.search.rows`."""

    @property
    def places(self) -> int:
        """How many places its words take."""
        return self.row.count(" ") + 1 if self.row else 0


def record_of(page: Page) -> Record | None:
    """The record of a page, or None when the page is not to be found by search."""
    facts = page.search
    if facts is None or not page.listed:
        return None
    texts = [_SEPARATOR.join(map(values, facts.passages)) for values in _TEXTS]
    starts = array("d", [math.nan if line.start_s is None else line.start_s for line in facts.passages])
    told = (page.address, page.title, page.description, facts.kind, facts.language, facts.sort_date, facts.audio)
    known: dict[tuple[tuple[str, tuple[str, ...]], ...], int] = {}
    of = array("I", [known.setdefault(tuple(line.filters.items()), len(known)) for line in facts.passages])
    content = (told, sorted(facts.filters.items()), texts, list(known), starts.tobytes(), of.tobytes())
    digest = hashlib.sha256(marshal.dumps(content, _MARSHAL_WITHOUT_REFERENCES))
    return Record(page.address, page.title, page.description, facts, digest.digest(), len(texts[2]))


def card_json(record: Record) -> str:
    """What the browser shows of this page in a list of pages: a record without lines."""
    return _json({**_card(record), "lines": []})


def lines_json(record: Record) -> str:
    """What the browser loads to show this page as a result, its lines in the page's order."""
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
        for line in record.facts.passages
    ]
    return _json({**_card(record), "lines": lines})


def _card(record: Record) -> dict[str, object]:
    return {
        "address": record.address,
        "case": record.case,
        "kind": record.facts.kind,
        "language": record.facts.language,
        "title": record.title,
        "description": record.description,
        "date": record.facts.sort_date,
        "audio": record.facts.audio,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def signature_of(filters: Mapping[str, Sequence[str]]) -> Signature:
    """The facets of a line as something that can be compared."""
    return tuple((name, tuple(values)) for name, values in sorted(filters.items()) if values)


def groups_of(record: Record) -> list[Group]:
    """The lines of a page as the index has them: title, description, then its passages by facets and weight."""
    passages: dict[tuple[Signature, float], list[str]] = {}
    known: dict[tuple[tuple[str, tuple[str, ...]], ...], Signature] = {}
    for line in record.facts.passages:
        filters = tuple(line.filters.items())
        signature = known.get(filters)
        if signature is None:
            signature = known[filters] = signature_of(line.filters)
        passages.setdefault((signature, PASSAGE_WEIGHTS.get(line.kind, 1.0)), []).append(line.text)
    return [
        Group((), TITLE_WEIGHT, _row([record.title])),
        Group((), DESCRIPTION_WEIGHT, _row([record.description])),
        *(Group(signature, weight, _row(texts)) for (signature, weight), texts in sorted(passages.items())),
    ]


def token_html(groups: Sequence[Group]) -> str:
    """The page as Pagefind reads it.

    At the end stands `9`, which no query asks for: Pagefind drops a page without any word.
    """
    return "<html><body>" + "\n".join(_parts(groups)) + "<p>9</p></body></html>"


def _parts(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        attribute = "" if group.weight == 1.0 else f' data-pagefind-weight="{group.weight}"'
        yield f"<p{attribute}>{group.row}</p>"


def _row(texts: Iterable[str]) -> str:
    lines = (line for text in texts for line in text.splitlines())
    return row_of(part for line in lines for part in (tokens(line), spellings(line)) if part)
