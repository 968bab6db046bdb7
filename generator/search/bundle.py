"""The folder `pagefind/`: the index in parts by time, and the list of them (docs/decisions/0016).

    parts.json    the parts, the newest first, and the words that mean the same; small, and asked for each time
    <digest>/     a part, see `generator.search.part_folder`; never changes

1,000 cases of 300 lines take 10 s and 0.6 GB on two cores; after a change in one case a second: one part is made anew.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from generator.pages.page import Page
from generator.processes import spread
from generator.search.kept_parts import KeptParts
from generator.search.part_folder import digest_of, write_part
from generator.search.parts import cut
from generator.search.records import Record, record_of

FOLDER: Final = "pagefind"
LIST: Final = "parts.json"
CHARACTERS_AT_ONCE: Final = 5_600_000
"""Text that is indexed at the same time, in all processes together: 0.8 GB of memory."""
_ATTEMPTS: Final = 3
"""How often a part is made that other builds take away."""


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What was indexed, for the build's report."""

    seconds: float
    records: int
    bytes: int
    """Of everything in `pagefind/`, as it lies on disk."""
    parts: tuple[str, ...]
    """Digests of the parts, in the order of the list."""
    made: int
    """So many of them were not kept from an earlier build."""


@dataclass(frozen=True, slots=True)
class _Part:
    digest: str
    records: Sequence[Record]

    @property
    def characters(self) -> int:
        return sum(record.characters for record in self.records)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a process makes parts from."""

    kept: KeptParts
    parts: Sequence[_Part]


_desk: list[_Desk] = []
"""That of this process: one index at a time."""


def index_site(
    pages: Iterable[Page],
    folder: Path,
    *,
    kept: KeptParts | None = None,
    synonyms: Sequence[Sequence[str]] = (),
    jobs: int | None = None,
) -> IndexFacts:
    """Write the search index of `pages` to `folder/pagefind/`, replacing one that is there.

    Parts that are among those `kept` are taken from there, and others added to them. At most `jobs` are made at once
    (as many as there are cores when None). `synonyms` are words that mean the same. Raises SearchIndexError, with
    nothing of an earlier index lost, when Pagefind is missing or fails, and OSError when the disk or the machine does.
    """
    started = time.monotonic()
    records = [record for page in pages if (record := record_of(page)) is not None]
    parts = [_Part(digest_of(part), part) for part in cut(records)]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".casebook-search-", dir=folder) as scratch:
        bundle = Path(scratch, "bundle")
        try:
            made = _fill(bundle, parts, kept or KeptParts(Path(scratch, "parts")), jobs)
        except OSError:
            if kept is None:
                raise
            # Nothing can be kept, on a full disk or in somebody else's folder: it takes longer, and nothing else.
            shutil.rmtree(bundle)
            made = _fill(bundle, parts, KeptParts(Path(scratch, "parts")), jobs)
        (bundle / LIST).write_text(_list_json(parts, synonyms), encoding="utf-8")
        target = folder / FOLDER
        shutil.rmtree(target, ignore_errors=True)
        bundle.rename(target)
    size = sum(Path(inside, name).stat().st_size for inside, _, names in os.walk(target) for name in names)
    digests = tuple(part.digest for part in parts)
    return IndexFacts(time.monotonic() - started, len(records), size, digests, made)


def _fill(bundle: Path, parts: Sequence[_Part], shelf: KeptParts, jobs: int | None) -> int:
    """Put all parts into the folder `bundle`; how many had to be made."""
    bundle.mkdir()
    missing = [part for part in parts if not shelf.has(part.digest)]
    _make(missing, shelf, jobs)
    for part in parts:
        _place(part, shelf, bundle / part.digest)
    return len(missing)


def _make(parts: Sequence[_Part], shelf: KeptParts, jobs: int | None) -> None:
    """Make the parts, as many at once as there are cores and memory for, the largest first."""
    if not parts:
        return
    largest_first = sorted(parts, key=lambda part: (-part.characters, part.digest))
    fitting = CHARACTERS_AT_ONCE // max(1, largest_first[0].characters)
    at_once = max(1, min(jobs or os.cpu_count() or 1, fitting))
    opening = partial(_open, _Desk(shelf, largest_first))
    for _ in spread(_make_one, range(len(parts)), jobs=at_once, piece=1, opening=opening):
        pass


def _open(desk: _Desk) -> None:
    gc.freeze()
    _desk[:] = [desk]


def _make_one(number: int) -> None:
    desk = _desk[0]
    part = desk.parts[number]
    desk.kept.make(part.digest, partial(write_part, part.records))


def _place(part: _Part, shelf: KeptParts, target: Path) -> None:
    """Put a part into the site; another build may have taken it away since it was looked at."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            shelf.place(part.digest, target)
            return
        except FileNotFoundError:
            if attempt == _ATTEMPTS:
                raise
            shutil.rmtree(target, ignore_errors=True)
            shelf.make(part.digest, partial(write_part, part.records))


def _list_json(parts: Sequence[_Part], synonyms: Sequence[Sequence[str]]) -> str:
    listed: list[dict[str, Any]] = []
    for part in parts:
        dates = sorted(record.facts.sort_date for record in part.records)
        listed.append({"at": part.digest, "records": len(part.records), "from": dates[0], "to": dates[-1]})
    told = {"parts": listed, "synonyms": [list(words) for words in synonyms]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
