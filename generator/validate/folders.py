"""What lies in the folder of cases: which files are read, and which names are not what anyone looks for."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from generator.model.base import MAX_SLUG_CHARACTERS, RESERVED_SLUG_PATTERN, SLUG_PATTERN
from generator.problems import Code, Problem
from generator.sources.audio import LFS_POINTER_START, SUFFIXES
from generator.sources.reasons import reason_of
from generator.validate.nearest import as_slug, nearest

CASE_FILES = ("case.yml", "transcript.vtt", "review.yml", "insights.yml", "value-map.yml", "journey.yml", "notes.md")
DEALS_FILE = "deals.csv"
SHARED_FILES = ("casebook.yml", "challenges.yml", "glossary.yml", DEALS_FILE)
PATHS_FOLDER = "paths"
ATTACHMENTS_FOLDER = "attachments"

_SLUG = re.compile(SLUG_PATTERN)
_RESERVED = re.compile(RESERVED_SLUG_PATTERN)
_TEXT_LIMIT_BYTES = 20_000_000
"""Larger texts are not even read. Each kind has a limit of its own, none above this."""
_FILE_SUFFIXES = SUFFIXES | {".yml", ".vtt", ".md", ".csv"}
"""A folder so named stands where a file is meant; reading it as one says so."""


MAX_FILES: Final = 500
"""In the folder of a case: its recording may come in many parts."""
MAX_CASES: Final = 20_000
"""In the folder of cases."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode's categories of what cannot be seen: controls, zero width, marks that turn the direction, line ends."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending ("Naming Files, Paths, and Namespaces", Microsoft)."""
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\]|[. ]\Z')


@dataclass(frozen=True, slots=True)
class Listing:
    """The names in a folder that count, sorted; hidden ones and those with a leading `_` are passed over."""

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_read: bool = True
    """False when nobody knows what lies in the folder."""


def list_folder(folder: Path, shown: str, *, limit: int = MAX_FILES) -> Listing:
    """What lies in `folder`; links that lead out of it are reported and not followed. Reads the folder."""
    files: list[str] = []
    folders: list[str] = []
    problems: list[Problem] = []
    try:
        with os.scandir(folder) as scanned:
            # Half a million files would otherwise be read before anyone says a word.
            entries = sorted(islice(scanned, 10 * limit), key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        return Listing(problems=(_unreadable(shown, error),), is_read=False)
    entries = [entry for entry in entries if not entry.name.startswith((".", "_"))]
    if len(entries) > limit:
        values = {"count": str(len(entries)), "limit": str(limit)}
        return Listing(problems=(Problem(shown, 1, 1, Code.TOO_MANY_FILES, values),), is_read=False)
    problems += _collisions([entry.name for entry in entries], shown)
    for entry in entries:
        place = f"{shown}/{entry.name}"
        odd = _odd_name(entry.name, place)
        problems += [odd] if odd else []
        if odd and odd.code is Code.INVISIBLE_IN_NAME:
            continue
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(folder.resolve()):
                problems.append(Problem(place, 1, 1, Code.PATH_OUTSIDE, {"path": entry.name}))
            elif entry.is_file() or (entry.is_dir() and Path(entry.name).suffix.lower() in _FILE_SUFFIXES):
                files.append(entry.name)
            elif entry.is_dir():
                folders.append(entry.name)
            else:  # a pipe, a socket or a device: reading it could wait for ever
                problems.append(_unreadable(place, OSError("not a file")))
        except (OSError, RuntimeError):  # a loop of links
            problems.append(_unreadable(place, OSError("not a file")))
    return Listing(tuple(files), tuple(folders), tuple(problems))


def _odd_name(name: str, place: str) -> Problem | None:
    """A name that looks like another one, or that a colleague's machine cannot have."""
    invisible = [sign for sign in name if unicodedata.category(sign) in _INVISIBLE]
    if invisible:
        shown = "".join(f"\\u{ord(sign):04x}" if sign in invisible else sign for sign in name)
        values = {"shown": shown, "code_point": f"U+{ord(invisible[0]):04X}"}
        return Problem(place, 1, 1, Code.INVISIBLE_IN_NAME, values)
    if _DEVICES.fullmatch(name.partition(".")[0].rstrip()) or _NOT_ON_WINDOWS.search(name):
        return Problem(place, 1, 1, Code.SYSTEM_NAME, {"written": name})
    return None


def _collisions(names: Iterable[str], shown: str) -> Iterator[Problem]:
    """Names that are one and the same on Windows or macOS, or look it."""
    first: dict[str, str] = {}
    for name in names:
        # NFKC and letter case as Unicode's caseless matching has them (chapter 3.13, D146).
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).rstrip(". ")
        other = first.setdefault(folded, name)
        if other != name:
            yield Problem(f"{shown}/{name}", 1, 1, Code.NAMES_COLLIDE, {"written": name, "other": other})


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
    return Problem(shown, 1, 1, Code.UNREADABLE_FILE, {"reason": reason_of(error)})
