"""The folder `pagefind/`: Pagefind's index of the tokens, and beside it the lines and the catalogue.

About 33 KB of index per case of 300 utterances; 100 such cases take 4 s and 0.4 GB on two cores (docs/decisions/0010).
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pagefind.service import get_executable

from generator.pages.page import Page
from generator.search.catalogue import catalogue_json
from generator.search.records import Record, record_of, token_html

FOLDER = "pagefind"
# ISO 639 for "no linguistic content": Pagefind neither stems nor cuts such words.
NO_LANGUAGE = "zxx"
# Postings in one file of the index. Pagefind's own 20,000 is 33 KB for each pair of letters a reader types.
POSTINGS_PER_FILE = 5000
KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.unknown.pagefind", "index")
FRAGMENT_MARK = b"pagefind_dcd"
SHORT_OF = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
"""Errors of a machine that cannot start any program at the moment."""
_CUT_OFF = "Pagefind wrote files that end too early - the site would have no search - see whether the disk is full"


class SearchIndexError(Exception):
    """The search index could not be made. The message says what failed and what to do."""


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What was indexed, for the build's report."""

    seconds: float
    records: int
    bytes: int
    """Of everything in `pagefind/`, as it lies on disk."""


def index_site(pages: Iterable[Page], folder: Path) -> IndexFacts:
    """Write the search index of `pages` to `folder/pagefind/`, replacing one that is there.

    Raises SearchIndexError, with nothing of an earlier index lost, when Pagefind is missing or fails, and OSError when
    the disk or the machine does.
    """
    started = time.monotonic()
    records = [record for page in pages if (record := record_of(page)) is not None]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".casebook-search-", dir=folder) as scratch:
        bundle = Path(scratch, "bundle")
        bundle.mkdir()
        if records:
            _run_pagefind(records, Path(scratch, "tokens"), bundle)
        for packed in (*bundle.glob("*.pf_meta"), *bundle.glob("index/*")):
            _unpacked(packed)
        _write_lines_and_catalogue(records, _ids(bundle, len(records)), bundle)
        _keep_what_is_used(bundle)
        target = folder / FOLDER
        shutil.rmtree(target, ignore_errors=True)
        bundle.rename(target)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    return IndexFacts(time.monotonic() - started, len(records), size)


def _run_pagefind(records: Sequence[Record], source: Path, output: Path) -> None:
    program = get_executable()
    if program is None:
        raise SearchIndexError(
            "Pagefind is not installed - the site would have no search - run: pip install 'pagefind[bin]'"
        )
    source.mkdir()
    for number, record in enumerate(records):
        (source / f"{number:06}-{record.digest}.html").write_text(token_html(record), encoding="ascii")
    command: list[str | Path] = [program, "--site", source, "--output-path", output]
    command += ["--force-language", NO_LANGUAGE, "--silent"]
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(POSTINGS_PER_FILE)}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    except OSError as error:
        if error.errno in SHORT_OF:
            raise
        raise SearchIndexError(
            f"Pagefind could not be started ({program}: {error.strerror}) - the site would have no search - "
            "run: pip install --force-reinstall 'pagefind[bin]'"
        ) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-2000:] or "nothing"
        raise SearchIndexError(
            f"Pagefind stopped with code {done.returncode} - no search index was made - it said: {said}"
        )


def _ids(bundle: Path, count: int) -> list[str]:
    """The name Pagefind gave to each record, in the records' order, read from the fragments."""
    ids: dict[int, str] = {}
    for fragment in (bundle / "fragment").glob("*.pf_fragment"):
        kept = json.loads(_unpacked(fragment).removeprefix(FRAGMENT_MARK))
        ids[int(kept["url"].lstrip("/").split("-")[0])] = fragment.stem
    if len(ids) != count:
        raise SearchIndexError(f"Pagefind kept {len(ids)} of {count} pages - the others could not be found")
    return [ids[number] for number in range(count)]


def _unpacked(file: Path) -> bytes:
    """What is in one of Pagefind's files. Pagefind ends without an error when a full disk has cut them off."""
    try:
        content = gzip.decompress(file.read_bytes())
    except (EOFError, OSError, zlib.error) as error:
        raise SearchIndexError(_CUT_OFF) from error
    if not content:
        raise SearchIndexError(_CUT_OFF)
    return content


def _write_lines_and_catalogue(records: Sequence[Record], ids: Sequence[str], bundle: Path) -> None:
    lines = bundle / "lines"
    lines.mkdir()
    for record, name in zip(records, ids, strict=True):
        (lines / f"{name}.json").write_text(record.lines_json, encoding="utf-8")
    build = hashlib.sha256("".join(ids).encode()).hexdigest()[:12]
    (bundle / "catalogue.json").write_text(catalogue_json(records, ids, build), encoding="utf-8")


def _keep_what_is_used(bundle: Path) -> None:
    """Drop Pagefind's ready-made interface (half a megabyte) and its copies of the pages."""
    kept = {*KEPT, "lines", "catalogue.json"}
    for entry in bundle.iterdir():
        if entry.name in kept or entry.name.startswith(f"pagefind.{NO_LANGUAGE}_"):
            continue
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
