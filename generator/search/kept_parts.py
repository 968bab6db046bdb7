"""Finished parts and slices kept between builds, so that what did not change is indexed once.

A folder of them belongs to one audience. Each lies in a folder named by its digest with a list of its files and their
digests beside it; it appears whole or not at all, and one that was damaged is made again. Files of a site are hard
links to it where the file system allows, so that neither may be written to in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ABANDONED_AFTER_S: Final = 3600
"""A part that was begun an hour ago belongs to a build that was killed."""
EVERYBODY: Final = "everybody"
"""The folder of the site that has no audience; those of others begin with `audience-`."""
_AUDIENCE = "audience-"
_LIST, _FILES = "files.json", "files"
_UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class KeptParts:
    """A folder of finished parts. Several builds may use it at once; it can be deleted at any time."""

    folder: Path

    @classmethod
    def of(cls, folder: Path, audience: str | None) -> KeptParts:
        """Those of a site's audience (None for everybody) in the folder `folder`, which all audiences share."""
        return cls(folder / (EVERYBODY if audience is None else f"{_AUDIENCE}{audience}"))

    def has(self, digest: str) -> bool:
        """Whether the part is there and whole. Reads the files whose time is another than when they were written."""
        files = self.files(digest)
        try:
            listed = json.loads((self.folder / digest / _LIST).read_bytes())
            found = {name: (size_bytes, changed_ns) for name, size_bytes, changed_ns in _found(files)}
            if found.keys() != listed.keys():
                return False
            # A copy of the whole cache has other times and the same bytes.
            return all(
                found[name] == (size_bytes, changed_ns)
                or (found[name][0] == size_bytes and _digest(files / name) == content)
                for name, (size_bytes, changed_ns, content) in listed.items()
            )
        except (OSError, ValueError, TypeError, AttributeError):
            return False

    def make(self, digest: str, write: Callable[[Path], None]) -> None:
        """Have `write` write the part into the folder that it is given, and keep it. Takes the place of a damaged one.

        Raises what `write` raises, and OSError.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{_UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}"
        unfinished.mkdir()
        try:
            write(unfinished / _FILES)
            (unfinished / _LIST).write_text(json.dumps(_listed(unfinished / _FILES)), encoding="ascii")
            _take_place(unfinished, self.folder / digest)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def files(self, digest: str) -> Path:
        """The folder with the files of a finished part; nothing in it may be written to."""
        return self.folder / digest / _FILES

    def place(self, digest: str, target: Path, *, inside: str = "") -> None:
        """Put the files of a part, or those in its folder `inside`, into `target`, as links where they can be.

        Raises FileNotFoundError when another build took the part away, and OSError when the disk is full.
        """
        target.mkdir(parents=True)
        source = self.files(digest) / inside
        may_link = source.stat().st_mode == target.stat().st_mode
        for here, folders, names in os.walk(source, onerror=_refuse):
            there = f"{target}{here[len(str(source)) :]}"
            for name in folders:
                Path(there, name).mkdir()
            for name in names:
                may_link = may_link and _linked(f"{here}/{name}", f"{there}/{name}")
                if not may_link:
                    shutil.copyfile(f"{here}/{name}", f"{there}/{name}")

    def keep_only(self, digests: Collection[str]) -> tuple[Path, ...]:
        """Remove all parts but these, so that withdrawn words do not live on here; what could not be removed.

        What killed builds began goes with them.
        """
        left = []
        for entry in _entries(self.folder):
            over = entry.name not in digests
            if entry.name.startswith(_UNFINISHED):
                over = _age_s(entry) > ABANDONED_AFTER_S
            if over:
                shutil.rmtree(entry, ignore_errors=True)
                if entry.exists():
                    left.append(entry)
        return tuple(left)


def forget_audiences(folder: Path, known: Collection[str]) -> None:
    """Remove from `folder` what was kept for audiences that are not among those `known`."""
    for entry in _entries(folder):
        if entry.name.startswith(_AUDIENCE) and entry.name.removeprefix(_AUDIENCE) not in known:
            shutil.rmtree(entry, ignore_errors=True)


def _listed(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Each file below `folder` with its size in bytes, the time when it was written, and the digest of its content."""
    return {name: (size, changed_ns, _digest(folder / name)) for name, size, changed_ns in _found(folder)}


def _found(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Name, size in bytes and time of each file below `folder`."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from ((f"{entry.name}/{name}", size, changed) for name, size, changed in _found(Path(entry)))
        else:
            facts = entry.stat()
            yield entry.name, facts.st_size, facts.st_mtime_ns


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _linked(source: str, target: str) -> bool:
    """Whether a link could be made. Raises FileNotFoundError when there is no such file."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        return False
    return True


def _refuse(error: OSError) -> None:
    raise error


def _take_place(new: Path, target: Path) -> None:
    for _ in range(2):
        try:
            new.rename(target)
            return
        except OSError:
            # A damaged one, or that of another build, which is as good.
            with suppress(OSError):
                old = target.with_name(f"{_UNFINISHED}old-{secrets.token_hex(4)}")
                target.rename(old)
                shutil.rmtree(old, ignore_errors=True)
    new.rename(target)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _age_s(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0
