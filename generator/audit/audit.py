"""All secrets in all files of a site: every text is folded once and searched once."""

from __future__ import annotations

import gc
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path, PurePath

from generator.audit.index import SearchIndex
from generator.audit.leak import Leak
from generator.audit.own_words import own_words
from generator.audit.sound import is_sound, sound_views
from generator.audit.views import TooLargeError, View, name_view, unpacked, views
from generator.processes import spread
from generator.publication.matching import Matcher
from generator.publication.needles import Needles
from generator.publication.secrets import Secret, SecretKind, is_common
from generator.search.bundle import FOLDER as SEARCH_FOLDER
from generator.search.word_files import Word, words_in
from generator.spellings import fold, fold_with_places, is_short_latin
from generator.spellings.fold import fold_coded

MARKER = Path("assets", "casebook")
"""Every site of ours has this folder in it."""
WORDS_ASKED_OF_THE_INDEX = 40
"""Sentences of each case that are looked for in the index of pairs of letters, spread evenly: a page that got into it
got in as a whole, and its lines and pages are searched for every sentence."""
INDEX_FILES = f"{SEARCH_FOLDER}/*/index/*.bin"

_LINES = re.compile(rf"{SEARCH_FOLDER}/[^/]+/lines/")
_CASE = re.compile(r'"case":\s*"([^"]*)"')
_CASE_WITHIN = 2_000


class NotASiteError(Exception):
    """There is no site to look through. Its text says why."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of looking through a site."""

    leaks: tuple[Leak, ...]
    files: int
    secrets: int
    unread: tuple[str, ...] = ()
    """Files that could not be looked through, each with the reason: they may hold anything."""
    common: tuple[Secret, ...] = ()
    """Terms that every page says, so that they were looked for in the texts of the cases only."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found in anything."""
        return not self.leaks and not self.unread

    def lines(self) -> Iterator[str]:
        """What was found, a line each, the secrets themselves not among it."""
        yield from map(str, self.leaks)
        yield from (f"{reason} - it may hold anything - remove it, or build anew" for reason in self.unread)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as rules see it."""

    name: str
    """From the site's folder."""
    slug: str
    """The case that it belongs to; empty for all others."""
    is_record: bool
    """It holds nothing but the words of cases: no markup, no labels."""

    @property
    def is_program(self) -> bool:
        """It is the same on every site: a script, a stylesheet, the search engine."""
        return self.name.endswith((".js", ".css", ".pagefind")) or self.name.startswith("assets/")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a process searches with."""

    site: Path
    terms: tuple[Secret, ...]
    words: dict[str, Secret]
    """Without those that are common."""
    matcher: Matcher
    needles: Needles
    """Of all words."""
    common: frozenset[Secret]
    """Secrets that stand in what every site says."""


_desk: list[_Desk] = []
"""That of this process: one audit at a time."""


def audit_site(site: Path, secrets: Sequence[Secret], *, jobs: int | None = None) -> Audit:
    """Look through every byte of the folder `site` for `secrets`, on `jobs` processes (all cores when None).

    Reads files. Raises NotASiteError when there is no site of ours.
    """
    if not site.is_dir():
        raise NotASiteError(f"{site} is not a folder - nothing was looked through - name the folder of a site")
    if not (site / MARKER).is_dir():
        raise NotASiteError(
            f"{site} is no Casebook site ({MARKER.as_posix()}/ is missing) - nothing was looked through - "
            "name the folder that casebook build wrote"
        )
    # The largest first: with one of a hundred megabytes at the end, a single process would be left at work.
    files = sorted((path for path in site.rglob("*") if not path.is_dir()), key=lambda path: (-_size(path), path))
    terms = tuple(secret for secret in secrets if secret.kind is not SecretKind.WORDS)
    words = {secret.text: secret for secret in secrets if secret.kind is SecretKind.WORDS}
    matcher, needles = Matcher([term.text for term in terms]), Needles(words)
    own = own_words()
    common = frozenset(
        [
            *(terms[number] for number, _, _ in matcher.in_folded(own)),
            *(words[text] for text, _ in needles.find(own)),
            *filter(is_common, terms),
        ]
    )
    words = {text: secret for text, secret in words.items() if secret not in common}
    desk = _Desk(site, terms, words, matcher, needles, common)
    names = [path.relative_to(site).as_posix() for path in files]
    leaks: list[Leak] = []
    unread: list[str] = []
    for found, failed in spread(_search_file, names, jobs=jobs, opening=partial(_open, desk)):
        leaks += found
        unread += failed
    leaks += _in_index(site, desk)
    told = tuple(sorted(set(leaks)))
    return Audit(
        told, len(files), len(secrets), tuple(sorted(unread)), tuple(secret for secret in terms if secret in common)
    )


def _size(path: Path) -> int:
    return path.lstat().st_size


def _open(desk: _Desk) -> None:
    gc.freeze()
    _desk[:] = [desk]


def _search_file(name: str) -> tuple[list[Leak], list[str]]:
    """The leaks in a file, and why it could not be searched."""
    desk = _desk[0]
    path = desk.site / name
    leaks = list(_search_view(desk, _File(name, "", is_record=True), name_view(name)))
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(desk.site.resolve()):
            return leaks, [f"{name}: a link that leads out of the site"]
        if is_sound(path):
            file = _File(name, _slug_of(name), is_record=True)
            for view in sound_views(path):
                leaks += _search_view(desk, file, view)
            return leaks, []
        content = path.read_bytes()
        file = _file(name, content)
        for view in views(name, content):
            leaks += _search_view(desk, file, view)
        if PurePath(name).match(INDEX_FILES):
            deque(words_in(content), maxlen=0)
    except (OSError, zlib.error, EOFError) as error:
        return leaks, [f"{name}: {getattr(error, 'strerror', None) or error}"]
    except TooLargeError:
        return leaks, [f"{name}: holds more than can be unpacked"]
    except ValueError as error:
        return leaks, [f"{name}: {error}"]
    return leaks, []


def _file(name: str, content: bytes) -> _File:
    if _LINES.match(name):
        plain = unpacked(content) if name.endswith(".gz") else content
        case = _CASE.search(plain[:_CASE_WITHIN].decode("utf-8", "replace"))
        return _File(name, case[1] if case else "", is_record=True)
    is_record = name.endswith((".json", ".json.gz", ".xml", ".csv", ".ics")) and not name.startswith("assets/")
    return _File(name, _slug_of(name), is_record=is_record)


def _slug_of(name: str) -> str:
    folder, _, rest = name.partition("/")
    return rest.partition("/")[0] if folder == "cases" and "/" in rest else ""


def _search_view(desk: _Desk, file: _File, view: View) -> Iterator[Leak]:
    hits: dict[Secret, int] = {}
    for folded, place in _folded(view.stretches, 1 + max(desk.matcher.longest, desk.needles.longest)):
        for number, start, _ in desk.matcher.in_coded(folded):
            # What begins a later stretch ended in the one before, where the letter before it was seen too.
            if (start or not place) and _is_meant(desk, secret := desk.terms[number], file):
                hits.setdefault(secret, place + start)
        for text, start in desk.needles.find_coded(folded):
            if text in desk.words:
                hits.setdefault(desk.words[text], place + start)
    if not hits:
        return
    text = "" if view.where else view.text
    _, places = fold_with_places(text)
    for secret, start in hits.items():
        where = view.where or f"line {text.count(chr(10), 0, places[start]) + 1}"
        yield Leak.of(secret, file.name, where)


def _folded(stretches: Iterable[str], overlap: int) -> Iterator[tuple[bytes, int]]:
    """The coded fold of a text in stretches, each behind the last `overlap` letters of the one before, and with the
    place of its first letter.
    """
    before, place = b"", 0
    for stretch in chain.from_iterable(map(fold_coded, stretches)):
        folded = before + stretch
        yield folded, place
        before = folded[-2 * overlap :]
        place += (len(folded) - len(before)) // 2


def _is_meant(desk: _Desk, secret: Secret, file: _File) -> bool:
    """Whether a term in that kind of file is the secret, and not what stands there anyway."""
    if secret.is_own and (secret.slug != file.slug or (secret.is_told and not file.is_record)):
        return False
    if secret in desk.common:
        return file.is_record
    return not (file.is_program and is_short_latin(fold(secret.text)))


def _in_index(site: Path, desk: _Desk) -> Iterator[Leak]:
    """Secrets in the index of pairs of letters, part by part."""
    asked = [
        secret
        for secret in (*desk.terms, *_asked(desk))
        if not (secret.is_own or secret in desk.common or secret.kind is SecretKind.FOLDER)
    ]
    parts: dict[Path, list[Path]] = {}
    for path in sorted(site.glob(INDEX_FILES)) if asked else ():
        parts.setdefault(path.parent, []).append(path)
    for files in parts.values():
        index = SearchIndex(_words_in(files))
        for secret in asked:
            if index.holds(secret.written or secret.text):
                yield Leak.of(secret, SEARCH_FOLDER, "search index")


def _words_in(files: Sequence[Path]) -> Iterator[Word]:
    """What stands in the files, without those that cannot be read: they are told of as such."""
    for path in files:
        with suppress(OSError, ValueError):
            yield from words_in(path.read_bytes())


def _asked(desk: _Desk) -> Iterator[Secret]:
    by_case: dict[str, list[Secret]] = {}
    for secret in desk.words.values():
        if secret.written:
            by_case.setdefault(secret.slug, []).append(secret)
    for listed in by_case.values():
        step = max(1, len(listed) // WORDS_ASKED_OF_THE_INDEX)
        yield from listed[::step]
