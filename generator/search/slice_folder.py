"""A slice: some records of a part, indexed by one run of Pagefind. What a change in one of them makes anew.

    lines/<n>-<b>.json.gz  the n-th record with the lines of its block b; lies so in the site, in `pagefind/<digest>/`
    catalogue.json, places.json, cards.json, words.json
                           what the part tells of its slices, see `generator.search.part_folder`
    tokens.json, postings  the tokens in their order with the bytes that each has, and these bytes

All but the lines are raw material for the part.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from generator.processes import without_collector
from generator.search.catalogue import Stretch, catalogue_json, places_json
from generator.search.indexer import SearchIndexError, pagefind_version, run_pagefind
from generator.search.packing import packed_text
from generator.search.records import Record, card_json, groups_of, lines_jsons, token_html
from generator.search.vocabulary import vocabulary_json

LINES: Final = "lines"
DIGEST_LETTERS: Final = 24
"""96 bits: two of them do not meet by accident."""


def digest_of(records: Sequence[Record]) -> str:
    """The name of the slice that these records make: it changes with their content, and with what cuts and packs it."""
    digest = hashlib.sha256(_made_by())
    for record in records:
        digest.update(record.digest)
    return digest.hexdigest()[:DIGEST_LETTERS]


@cache
def _made_by() -> bytes:
    """What else the bytes of a slice go by: the rules in this room and of spellings, Pagefind, and Python's tables.

    Reads both rooms.
    """
    tools = (pagefind_version(), unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION, sys.version_info[:2])
    digest = hashlib.sha256(repr(tools).encode())
    here = Path(__file__).parent
    for rule in (*sorted(here.glob("*.py")), *sorted((here.parent / "spellings").glob("*.py"))):
        digest.update(rule.read_bytes())
    return digest.digest()


def write_slice(records: Sequence[Record], folder: Path) -> None:
    """Write the slice of `records` into `folder`, which must not be there.

    Raises SearchIndexError, and OSError when the disk or the machine fails.
    """
    stretches: list[list[Stretch]] = []
    shown: list[list[bytes]] = []
    with TemporaryDirectory(prefix=".casebook-search-", dir=folder.parent) as scratch, without_collector():
        pages, output = Path(scratch, "pages"), Path(scratch, "output")
        pages.mkdir()
        for number, packed in enumerate(records):
            record = packed.unpacked()
            groups = groups_of(record)
            (pages / f"{number:06}.html").write_text(token_html(groups), encoding="ascii")
            stretches.append([Stretch(group.signature, group.block, group.weight, group.places) for group in groups])
            shown.append([packed_text(lines) for lines in lines_jsons(record)])
        indexed = run_pagefind(pages, output)
    # Places are told by their number: they have to be counted here as Pagefind counts them.
    if indexed.places != [1 + sum(stretch.places for stretch in stretches[number]) for number in indexed.pages]:
        raise SearchIndexError("Pagefind counted other words than it was given - lines could not be told apart")
    (folder / LINES).mkdir(parents=True)
    listed = [records[number] for number in indexed.pages]
    for place, number in enumerate(indexed.pages):
        for block, content in enumerate(shown[number]):
            (folder / LINES / f"{place}-{block}.json.gz").write_bytes(content)
    in_order = [stretches[number] for number in indexed.pages]
    tokens = sorted(indexed.words)
    for name, text in (
        ("catalogue.json", catalogue_json(listed, in_order)),
        ("places.json", places_json(in_order)),
        ("cards.json", f"[{','.join(card_json(record) for record in listed)}]"),
        ("words.json", vocabulary_json(text for record in records for text in record.texts())),
        ("tokens.json", json.dumps([" ".join(tokens), [len(indexed.words[token]) for token in tokens]])),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "postings").write_bytes(b"".join(indexed.words[token] for token in tokens))


def words_of(folder: Path) -> dict[str, bytes]:
    """The tokens of a finished slice with their places. Raises FileNotFoundError when another build took it away."""
    tokens, sizes = json.loads((folder / "tokens.json").read_bytes())
    content = (folder / "postings").read_bytes()
    words, at = {}, 0
    for token, size in zip(tokens.split(), sizes, strict=True):
        words[token] = content[at : at + size]
        at += size
    return words
