"""What the index keeps of a page: tokens for Pagefind, and lines for the reader.

The two are apart because a result needs few of a page's lines, and Pagefind's own copy of a page (its fragment) holds
tokens that nobody could read.
"""

from __future__ import annotations

import hashlib
import json
import marshal
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.pages.packed_passages import PackedPassages
from generator.pages.page import Page, Passage, SearchFacts
from generator.search.letters import spellings, tokens_of_lines
from generator.search.rows import GAP, row_of

CASES = "cases/"
CHARACTERS_OF_A_BLOCK = 20_000
"""Half an hour's talk, 10 KB packed: what a result costs is the number of files more than their size."""
TITLE_WEIGHT = 6
DESCRIPTION_WEIGHT = 2
# What we concluded outranks what was said at length; the rest of the talk weighs 1.
PASSAGE_WEIGHTS = {"insight": 3, "need": 2, "journey": 2, "fact": 2, "term": 2}

Signature = tuple[tuple[str, tuple[str, ...]], ...]
"""The facets of a line in the order of their names, each with its values; empty for a line that has none."""

_MARSHAL_WITHOUT_REFERENCES = 2
"""The last version of marshal that writes equal values as equal bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page that can be found."""

    address: str
    title: str
    description: str
    facts: SearchFacts
    """Their passages packed, unless it was `unpacked`."""
    digest: bytes
    """Changes when anything does that the index says of the page, or counts by."""
    characters: int
    """In its lines and one for each line: what it costs to index them goes by it."""

    @property
    def case(self) -> str:
        """The case that it is the page of; empty for others."""
        return self.address.removeprefix(CASES).strip("/") if self.address.startswith(CASES) else ""

    def texts(self) -> list[str]:
        """All that stands on the page."""
        return [self.title, self.description, *PackedPassages.of(self.facts.passages).words()]

    def unpacked(self) -> Record:
        """The same, to be walked through more than once."""
        return replace(self, facts=replace(self.facts, passages=tuple(self.facts.passages)))


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together in the index because the same facets and the same weight are theirs."""

    signature: Signature
    weight: int
    block: int
    """The number of the file in which these lines are shown, see `blocks_of`."""
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
    passages = PackedPassages.of(facts.passages)
    told = (page.address, page.title, page.description, facts.kind, facts.language, facts.sort_date, facts.audio)
    content = (
        told,
        sorted(facts.filters.items()),
        passages.texts,
        passages.filters,
        passages.starts,
        passages.filters_of,
    )
    digest = hashlib.sha256(marshal.dumps(content, _MARSHAL_WITHOUT_REFERENCES)).digest()
    packed = replace(facts, passages=passages)
    return Record(page.address, page.title, page.description, packed, digest, passages.characters)


def card_json(record: Record) -> str:
    """What the browser shows of this page in a list of pages: a record without lines."""
    return _json({**_card(record), "lines": []})


def lines_jsons(record: Record) -> list[str]:
    """What the browser loads to show this page as a result: a record for each of its blocks, with the lines in it.

    `until` is when the next line begins that is not in the block: the last one in it is heard until then.
    """
    blocks = blocks_of(record)
    starts = sorted(line.start_s for line in record.facts.passages if line.start_s is not None)
    return [
        _json(
            {
                **_card(record),
                "lines": [_line(line) for line in block],
                "until": _next_start(block, starts),
            }
        )
        for block in blocks
    ]


def _next_start(block: Sequence[Passage], starts: Sequence[float]) -> float | None:
    last = max((line.start_s for line in block if line.start_s is not None), default=None)
    after = len(starts) if last is None else bisect_right(starts, last)
    return _seconds(starts[after]) if after < len(starts) else None


def _line(line: Passage) -> list[object]:
    told: list[object] = [line.anchor, line.kind, line.text, line.voice, _seconds(line.start_s), line.side]
    return [*told, line.filters] if line.filters else told


def _seconds(moment_s: float | None) -> float | None:
    return None if moment_s is None else round(moment_s, 3)


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


def blocks_of(record: Record) -> list[list[Passage]]:
    """The lines of a page in its order, cut into equal blocks: a result shows few lines, and only theirs are loaded."""
    count = -(-record.characters // CHARACTERS_OF_A_BLOCK)
    blocks: list[list[Passage]] = [[]]
    characters = 0
    for line in record.facts.passages:
        if blocks[-1] and characters * count >= record.characters * len(blocks):
            blocks.append([])
        blocks[-1].append(line)
        characters += len(line.text) + 1
    return blocks


def groups_of(record: Record) -> list[Group]:
    """The lines of a page as the index has them: title, description, then its passages by facets, weight and block."""
    passages: dict[tuple[Signature, int, int], list[str]] = {}
    known: dict[tuple[tuple[str, tuple[str, ...]], ...], Signature] = {}
    for block, lines in enumerate(blocks_of(record)):
        for line in lines:
            filters = tuple(line.filters.items())
            signature = known.get(filters)
            if signature is None:
                signature = known[filters] = signature_of(line.filters)
            key = (signature, PASSAGE_WEIGHTS.get(line.kind, 1), block)
            passages.setdefault(key, []).append(line.text)
    return [
        Group((), TITLE_WEIGHT, 0, _row([record.title])),
        Group((), DESCRIPTION_WEIGHT, 0, _row([record.description])),
        *(Group(*key, _row(texts)) for key, texts in sorted(passages.items())),
    ]


def token_html(groups: Sequence[Group]) -> str:
    """The page as Pagefind reads it.

    At the end stands `9`, which no query asks for: Pagefind drops a page without any word.
    """
    rows = "\n".join(f"<p>{group.row}</p>" for group in groups)
    return f"<html><body>{rows}<p>9</p></body></html>"


def _row(texts: Iterable[str]) -> str:
    lines = [line for text in texts for line in text.splitlines()]
    told = zip(tokens_of_lines(lines, gap=f" {GAP}"), map(spellings, lines), strict=False)
    return row_of(part for parts in told for part in parts if part)
