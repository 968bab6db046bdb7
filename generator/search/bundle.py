"""The folder `pagefind/`: the index in parts by time, and the list of them (docs/decisions/0016).

    parts.json       the parts, the newest first, and the words that mean the same; small, and asked for each time
    <digest>/        a part, see `generator.search.part_folder`; never changes
    <digest>/lines/  the lines of one of its slices, see `generator.search.slice_folder`; never changes

1,000 cases of 300 lines take 24 s and 0.3 GB on two cores; after a change in one case a second: one slice is made anew,
and bound with the others of its part.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from generator.pages.page import Page
from generator.processes import spread
from generator.search.kept_parts import KeptParts
from generator.search.part_folder import digest_of_part, write_part
from generator.search.parts import cut
from generator.search.records import Record, record_of
from generator.search.slice_folder import LINES, digest_of, write_slice

FOLDER: Final = "pagefind"
LIST: Final = "parts.json"
CHARACTERS_AT_ONCE: Final = 5_600_000
"""Text that is indexed at the same time, in all processes together: 0.8 GB of memory."""
_ATTEMPTS: Final = 3
"""How often a part is made of which other builds take something away."""


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What was indexed, for the build's report."""

    seconds: float
    records: int
    bytes: int
    """Of everything in `pagefind/`, as it lies on disk."""
    parts: tuple[str, ...]
    """Digests of the parts, in the order of the list."""
    slices: tuple[str, ...]
    """Digests of what they are bound from. Both are kept for the next build."""
    made: int
    """So many of the parts were not kept from an earlier build, or not as a whole."""


@dataclass(frozen=True, slots=True)
class _Slice:
    digest: str
    records: Sequence[Record]

    @property
    def characters(self) -> int:
        return sum(record.characters for record in self.records)


@dataclass(frozen=True, slots=True)
class _Part:
    digest: str
    slices: Sequence[_Slice]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a process makes parts from."""

    kept: KeptParts
    slices: Sequence[_Slice]
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
    parts = [_part([_Slice(digest_of(of), of) for of in slices]) for slices in cut(records)]
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
    names = tuple(part.digest for part in parts)
    slices = tuple(each.digest for part in parts for each in part.slices)
    return IndexFacts(time.monotonic() - started, len(records), size, names, slices, made)


def _part(slices: Sequence[_Slice]) -> _Part:
    return _Part(digest_of_part([each.digest for each in slices]), slices)


def _fill(bundle: Path, parts: Sequence[_Part], shelf: KeptParts, jobs: int | None) -> int:
    """Put all parts into the folder `bundle`; of how many something had to be made."""
    bundle.mkdir()
    slices = [each for part in parts for each in part.slices if not shelf.has(each.digest)]
    unbound = [part for part in parts if not shelf.has(part.digest)]
    _make(_Desk(shelf, sorted(slices, key=lambda each: (-each.characters, each.digest)), unbound), jobs)
    for part in parts:
        _place(part, shelf, bundle)
    return sum(part in unbound or any(each in slices for each in part.slices) for part in parts)


def _make(desk: _Desk, jobs: int | None) -> None:
    """Make the slices, as many at once as there are cores and memory for, the largest first; then the parts."""
    largest = max((each.characters for each in desk.slices), default=0)
    at_once = max(1, min(jobs or os.cpu_count() or 1, CHARACTERS_AT_ONCE // max(1, largest)))
    for work, many in ((_make_slice, len(desk.slices)), (_make_part, len(desk.parts))):
        if many:
            for _ in spread(work, range(many), jobs=at_once, piece=1, opening=partial(_open, desk)):
                pass


def _open(desk: _Desk) -> None:
    gc.freeze()
    _desk[:] = [desk]


def _make_slice(number: int) -> None:
    desk = _desk[0]
    made = desk.slices[number]
    desk.kept.make(made.digest, partial(write_slice, made.records))


def _make_part(number: int) -> None:
    desk = _desk[0]
    _again(desk.parts[number], desk.kept, lambda: _bind(desk.parts[number], desk.kept))


def _bind(part: _Part, shelf: KeptParts) -> None:
    shelf.make(part.digest, partial(write_part, [shelf.files(each.digest) for each in part.slices]))


def _place(part: _Part, shelf: KeptParts, bundle: Path) -> None:
    """Put a part with the lines of its slices into the site."""
    _again(part, shelf, lambda: _place_once(part, shelf, bundle))


def _place_once(part: _Part, shelf: KeptParts, bundle: Path) -> None:
    for digest, inside, target in (
        (part.digest, "", bundle / part.digest),
        *((each.digest, LINES, bundle / each.digest / LINES) for each in part.slices),
    ):
        shutil.rmtree(target, ignore_errors=True)
        shelf.place(digest, target, inside=inside)


def _again(part: _Part, shelf: KeptParts, work: Callable[[], None]) -> None:
    """Do `work` on a part, and make what it is made of anew when another build took some of it away meanwhile."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            work()
            return
        except FileNotFoundError:
            if attempt == _ATTEMPTS:
                raise
            for each in part.slices:
                if not shelf.has(each.digest):
                    shelf.make(each.digest, partial(write_slice, each.records))
            if not shelf.has(part.digest):
                _bind(part, shelf)


def _list_json(parts: Sequence[_Part], synonyms: Sequence[Sequence[str]]) -> str:
    listed: list[dict[str, Any]] = []
    for part in parts:
        dates = sorted(record.facts.sort_date for each in part.slices for record in each.records)
        at = {"at": part.digest, "slices": [each.digest for each in part.slices]}
        listed.append({**at, "records": len(dates), "from": dates[0], "to": dates[-1]})
    whole = {"parts": listed, "synonyms": [list(words) for words in synonyms]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
