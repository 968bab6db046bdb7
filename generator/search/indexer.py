"""Pagefind, run on the tokens of some records, and what it made of them.

Pagefind needs about 140 bytes of memory and 0.6 us for a letter of text, a little more the more it is given at once.
"""

from __future__ import annotations

import errno
import gzip
import json
import re
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import Final

import cbor2
from pagefind.service import get_executable

from generator.search.postings import packed

# ISO 639 for "no linguistic content": Pagefind neither stems nor cuts such words.
NO_LANGUAGE: Final = "zxx"
MARK: Final = b"pagefind_dcd"
"""What the content of each of Pagefind's files begins with."""
TOKEN: Final = re.compile("[a-z]+0|(?:0|1)(?:[0-9a-f]{4})+|0(?:[0-9a-f]{4}){1,2}z")
"""What we gave Pagefind to index. It adds pieces of them, as `rb` of `rb0`, which nobody asks for."""
SHORT_OF: Final = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
"""Errors of a machine that cannot start any program at the moment."""
_CUT_OFF = "Pagefind wrote files that end too early - the site would have no search - see whether the disk is full"


class SearchIndexError(Exception):
    """The search index could not be made. The message says what failed and what to do."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What Pagefind made of the records."""

    pages: list[int]
    """The records' numbers in the order in which the index numbers them."""
    places: list[int]
    """How many places each of them has, in the same order."""
    words: dict[str, bytes]
    """Each token with its places, counted through all pages in that order, see `generator.search.postings`."""


def pagefind_version() -> str:
    """`1.5.2`: the format of the index goes by it."""
    return version("pagefind")


def run_pagefind(pages: Path, output: Path) -> Indexed:
    """Index the files in `pages`, whose names are numbers (`000017.html`), into `output`.

    Raises SearchIndexError when Pagefind is missing, fails, or leaves something out, and OSError when the disk or the
    machine does.
    """
    program = get_executable()
    if program is None:
        raise SearchIndexError(
            "Pagefind is not installed - the site would have no search - run: pip install 'pagefind[bin]'"
        )
    command: list[str | Path] = [program, "--site", pages, "--output-path", output]
    command += ["--force-language", NO_LANGUAGE, "--silent"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
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
    return _read(output, sum(1 for _ in pages.iterdir()))


def _read(output: Path, count: int) -> Indexed:
    metas = list(output.glob("*.pf_meta"))
    if len(metas) != 1:
        raise SearchIndexError(_CUT_OFF)
    numbers = _numbers(output / "fragment")
    try:
        _, kept, stretches, *_ = cbor2.loads(unpacked(metas[0]).removeprefix(MARK))
        if len(numbers) != count or any(name not in numbers for name, _ in kept):
            raise SearchIndexError(f"Pagefind kept {len(numbers)} of {count} pages - the others could not be found")
        begins = [0, *accumulate(places for _, places in kept)]
        files = [output / "index" / f"{name}.pf_index" for *_, name in stretches]
        words = {token: packed(steps) for file in files for token, steps in _words(file, begins)}
    except (cbor2.CBORError, ValueError, IndexError, TypeError) as error:
        raise SearchIndexError(
            f"Pagefind {pagefind_version()} wrote an index of another form - the site would have no search - "
            "install the version that Casebook names"
        ) from error
    return Indexed([numbers[name] for name, _ in kept], [places for _, places in kept], words)


def _words(file: Path, begins: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """The tokens in a file of Pagefind's index, each with the steps between its places in all pages.

    `begins` tells where the places of each page begin. The file is CBOR (RFC 8949): each word with its pages as
    differences from the one before, and of each page its weight as a negative number, then the differences between
    places. Weights are ours (`generator.search.records`), so there is one; another one is a step that cannot be.
    """
    (words,) = cbor2.loads(unpacked(file).removeprefix(MARK))
    for word, pages, *_ in words:
        if TOKEN.fullmatch(word) is None:
            continue
        steps: list[int] = []
        page, last = 0, -1
        for step, (_weight, first, *others), *_titles in pages:
            page += step
            place = begins[page] + first
            steps.append(place - last)
            steps += others
            last = place + sum(others)
        yield word, steps


def _numbers(fragments: Path) -> dict[str, int]:
    """Pagefind's name of each page -> the record's number, which was the name of its file."""
    found = {}
    for fragment in fragments.glob("*.pf_fragment"):
        address = json.loads(unpacked(fragment).removeprefix(MARK))["url"]
        found[fragment.stem] = int(Path(address).stem)
    return found


def unpacked(file: Path) -> bytes:
    """What is in one of Pagefind's files. Pagefind ends without an error when a full disk has cut them off.

    Raises SearchIndexError for one that is not whole.
    """
    try:
        content = gzip.decompress(file.read_bytes())
    except (EOFError, OSError, zlib.error) as error:
        raise SearchIndexError(_CUT_OFF) from error
    if not content:
        raise SearchIndexError(_CUT_OFF)
    return content
