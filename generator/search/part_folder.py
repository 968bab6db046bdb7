"""One part of the index as it lies on the server, below `pagefind/<digest>/`.

    catalogue.json.gz      what is counted and looked up by, see `generator.search.catalogue`
    places.json.gz         in which file of the index a word is, and in which of a record's lines a place
    cards.json.gz          what to show of each record in a list, without its lines
    index/<n>.pf_index     Pagefind's postings, the n-th stretch of all words in their order
    lines/<n>-<b>.json.gz  the n-th record with the lines of its block b
    words.json.gz          the words of its texts, for who mistypes one

About 90 KB a case of 300 lines. Files are packed here, because not every server packs what it sends; a browser unpacks
them itself. Nothing in a part ever changes: other content has another digest, so that browsers keep parts for good.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from generator.search.catalogue import Stretch, catalogue_json, places_json
from generator.search.indexer import SearchIndexError, pagefind_version, run_pagefind
from generator.search.records import Record, card_json, groups_of, lines_jsons, token_html
from generator.search.vocabulary import vocabulary_json

DIGEST_LETTERS: Final = 24
"""96 bits: two parts do not meet by accident."""
_PACKING: Final = 6
"""gzip's level: 9 takes twice the time for a hundredth less."""


def digest_of(records: Sequence[Record]) -> str:
    """The name of the part that these records make: it changes with their content, and with what cuts and packs it."""
    digest = hashlib.sha256(_made_by())
    for record in records:
        digest.update(record.digest)
    return digest.hexdigest()[:DIGEST_LETTERS]


@cache
def _made_by() -> bytes:
    """What else the bytes of a part go by: the rules in this room and of spellings, Pagefind, and Python's tables.

    Reads both rooms.
    """
    tools = (pagefind_version(), unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION, sys.version_info[:2])
    digest = hashlib.sha256(repr(tools).encode())
    here = Path(__file__).parent
    for rule in (*sorted(here.glob("*.py")), *sorted((here.parent / "spellings").glob("*.py"))):
        digest.update(rule.read_bytes())
    return digest.digest()


def write_part(records: Sequence[Record], folder: Path) -> None:
    """Write the part of `records` into `folder`, which must not be there.

    Raises SearchIndexError, and OSError when the disk or the machine fails.
    """
    stretches: list[list[Stretch]] = []
    with TemporaryDirectory(prefix=".casebook-search-", dir=folder.parent) as scratch:
        pages, output = Path(scratch, "pages"), Path(scratch, "output")
        pages.mkdir()
        for number, record in enumerate(records):
            groups = groups_of(record)
            (pages / f"{number:06}.html").write_text(token_html(groups), encoding="ascii")
            stretches.append([Stretch(group.signature, group.block, group.places) for group in groups])
        indexed = run_pagefind(pages, output)
        # Places are told by their number: they have to be counted here as Pagefind counts them.
        if indexed.places != [1 + sum(stretch.places for stretch in stretches[number]) for number in indexed.pages]:
            raise SearchIndexError("Pagefind counted other words than it was given - lines could not be told apart")
        (folder / "index").mkdir(parents=True)
        for number, chunk in enumerate(indexed.chunks):
            chunk.file.rename(folder / "index" / f"{number}.pf_index")
    (folder / "lines").mkdir()
    listed = [records[number] for number in indexed.pages]
    for number, record in enumerate(listed):
        for block, lines in enumerate(lines_jsons(record)):
            _write(folder / "lines" / f"{number}-{block}.json.gz", lines)
    in_order = [stretches[number] for number in indexed.pages]
    _write(folder / "catalogue.json.gz", catalogue_json(listed, in_order))
    _write(folder / "places.json.gz", places_json(in_order, indexed.chunks))
    _write(folder / "cards.json.gz", f"[{','.join(card_json(record) for record in listed)}]")
    _write(folder / "words.json.gz", vocabulary_json(text for record in records for text in _texts(record)))


def _texts(record: Record) -> list[str]:
    return [record.title, record.description, *(line.text for line in record.facts.passages)]


def _write(file: Path, text: str) -> None:
    file.write_bytes(gzip.compress(text.encode(), _PACKING, mtime=0))
