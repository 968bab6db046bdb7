"""What lies in the folder of cases: which files are read, and which names are not what anyone looks for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.model.base import MAX_SLUG_CHARACTERS, RESERVED_SLUG_PATTERN, SLUG_PATTERN
from generator.problems import Code, Problem
from generator.sources.audio import LFS_POINTER_START, SUFFIXES
from generator.validate.nearest import as_slug, nearest

CASE_FILES = ("case.yml", "transcript.vtt", "review.yml", "insights.yml", "value-map.yml", "journey.yml", "notes.md")
SHARED_FILES = ("casebook.yml", "challenges.yml", "glossary.yml")
PATHS_FOLDER = "paths"
ATTACHMENTS_FOLDER = "attachments"

_SLUG = re.compile(SLUG_PATTERN)
_RESERVED = re.compile(RESERVED_SLUG_PATTERN)
_TEXT_LIMIT_BYTES = 20_000_000
"""Larger texts are not even read. Each kind has a limit of its own, none above this."""
_FILE_SUFFIXES = SUFFIXES | {".yml", ".vtt", ".md"}
"""A folder so named stands where a file is meant; reading it as one says so."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The names in a folder that count, sorted; hidden ones and those with a leading `_` are passed over."""

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_read: bool = True
    """False when nobody knows what lies in the folder."""


def list_folder(folder: Path, shown: str) -> Listing:
    """What lies in `folder`; links that lead out of it are reported and not followed. Reads the folder."""
    files: list[str] = []
    folders: list[str] = []
    problems: list[Problem] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        return Listing(problems=(_unreadable(shown, error),), is_read=False)
    for entry in entries:
        if entry.name.startswith((".", "_")):
            continue
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(folder.resolve()):
                problems.append(Problem(f"{shown}/{entry.name}", 1, 1, Code.PATH_OUTSIDE, {"path": entry.name}))
            elif entry.is_file() or (entry.is_dir() and Path(entry.name).suffix.lower() in _FILE_SUFFIXES):
                files.append(entry.name)
            elif entry.is_dir():
                folders.append(entry.name)
            else:
                problems.append(_unreadable(f"{shown}/{entry.name}", OSError("not a file")))
        except (OSError, RuntimeError):  # a loop of links
            problems.append(_unreadable(f"{shown}/{entry.name}", OSError("not a file")))
    return Listing(tuple(files), tuple(folders), tuple(problems))


def read_text(path: Path, shown: str) -> bytes | Problem:
    """The bytes of a text file, or why they cannot be had. Reads the file."""
    try:
        with path.open("rb") as file:
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes > _TEXT_LIMIT_BYTES:
                sizes = {"size_mb": f"{size_bytes / 1e6:.1f}", "limit_mb": f"{_TEXT_LIMIT_BYTES / 1e6:.0f}"}
                return Problem(shown, 1, 1, Code.FILE_TOO_LARGE, sizes)
            content = file.read()
    except OSError as error:
        return _unreadable(shown, error)
    if content.startswith(LFS_POINTER_START):
        return Problem(shown, 1, 1, Code.LFS_POINTER)
    return content


def name_problem(name: str, shown: str) -> Problem | None:
    """A name that cannot be part of an address."""
    if _SLUG.match(name) and len(name) <= MAX_SLUG_CHARACTERS and not name.endswith("\n"):
        return None
    slug = as_slug(name)
    return Problem(shown, 1, 1, Code.BAD_FOLDER_NAME, {"written": name, **({"nearest": slug} if slug else {})})


def case_name_problem(name: str, shown: str) -> Problem | None:
    """A name that cannot be part of an address, or whose address another page has."""
    if _RESERVED.match(name):
        return Problem(shown, 1, 1, Code.RESERVED_FOLDER_NAME, {"written": name})
    return name_problem(name, shown)


def unknown_files(names: Iterable[str], known: tuple[str, ...], shown: str) -> Iterator[Problem]:
    """Hints on files or folders that nothing reads."""
    for name in names:
        if name in known or name == "README.md":
            continue
        near = nearest(name, known)
        values = {"written": name, "known": ", ".join(known), **({"nearest": near} if near else {})}
        yield Problem(f"{shown}/{name}", 1, 1, Code.UNKNOWN_FILE, values)


def _unreadable(shown: str, error: BaseException) -> Problem:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Problem(shown, 1, 1, Code.UNREADABLE_FILE, {"reason": reason})
