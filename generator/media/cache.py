"""Prepared recordings kept between builds, by what they were made of: an unchanged recording is encoded once.

What no site may play any more is taken out in every build, so that a withdrawn voice does not live on here. A cache
therefore belongs to one knowledge base: two that share a folder prepare their recordings again and again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from generator.media.prepare import FORMAT_VERSION, Media, MediaSettings, prepare_audio
from generator.sources.audio import AudioError, AudioReason
from generator.sources.reasons import reason_of
from generator.sources.whole import written_whole

ABANDONED_AFTER_S: Final = 3600
"""A file that was begun and not written to for an hour belongs to a build that was killed."""


@dataclass(frozen=True, slots=True)
class MediaCache:
    """A folder of prepared recordings, each with its facts beside it as JSON.

    Several builds may use it at once, without locks: entries appear whole, and two builds that make the same entry make
    the same bytes. It can be deleted at any time, also during a build, and a cache that is full or must not be written
    to costs time and nothing else. Files in a site are hard links to it where the file system allows, so that neither
    may be written to in place.
    """

    folder: Path

    def prepare(
        self,
        parts: Sequence[Path],
        target: Path,
        *,
        muted_s: Sequence[tuple[float, float]] = (),
        settings: MediaSettings | None = None,
    ) -> Media:
        """Like `prepare_audio`, but encodes only what it has not seen. Writes into `target` and the cache."""
        settings = settings or MediaSettings()
        sound, facts = self._entry(parts, muted_s, settings)
        media = _placed(sound, facts, target)
        if media is None:
            media = prepare_audio(parts, target, muted_s=muted_s, settings=settings)
            with suppress(OSError):
                _place(target, sound)
                with written_whole(facts) as unfinished:
                    unfinished.write_text(json.dumps(asdict(media), separators=(",", ":")), encoding="ascii")
        return media

    def fetch(
        self,
        parts: Sequence[Path],
        target: Path,
        *,
        muted_s: Sequence[tuple[float, float]] = (),
        settings: MediaSettings | None = None,
    ) -> Media | None:
        """Put the recording at `target` when the cache has it; None when it would have to be encoded."""
        sound, facts = self._entry(parts, muted_s, settings or MediaSettings())
        return _placed(sound, facts, target)

    def keep_only(
        self,
        recordings: Iterable[tuple[Sequence[Path], Sequence[tuple[float, float]]]],
        *,
        settings: MediaSettings | None = None,
    ) -> tuple[Path, ...]:
        """Take out every entry but those of `recordings`, each with its silences in seconds.

        Files of builds that were killed go with them. Returns what could not be removed.
        """
        wanted = set()
        for parts, muted_s in recordings:
            with suppress(AudioError):  # What cannot be read was not prepared either.
                wanted.add(self._entry(parts, muted_s, settings or MediaSettings())[0].stem)
        left = []
        for file in sorted(self.folder.glob("*/*")):
            if file.name.startswith("."):
                is_over = file.suffix == ".part" and _age_s(file) > ABANDONED_AFTER_S
            else:
                is_over = file.suffix in (".m4a", ".json") and file.stem not in wanted
            if is_over:
                try:
                    file.unlink(missing_ok=True)
                except OSError:
                    left.append(file)
        return tuple(left)

    def _entry(
        self, parts: Sequence[Path], muted_s: Sequence[tuple[float, float]], settings: MediaSettings
    ) -> tuple[Path, Path]:
        """Where the sound and the facts of this recording lie or will lie."""
        recipe = {
            "version": FORMAT_VERSION,
            "parts": [_sha256(part) for part in parts],
            "muted_s": sorted([start_s, end_s] for start_s, end_s in muted_s),
            "settings": asdict(settings),
        }
        key = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()
        shelf = self.folder / key[:2]
        return shelf / f"{key}.m4a", shelf / f"{key}.json"


def _sha256(path: Path) -> str:
    try:
        facts = path.stat()
        return _digest(path, facts.st_size, facts.st_mtime_ns)
    except OSError as error:
        raise AudioError(path, AudioReason.UNREADABLE, reason_of(error)) from error


@lru_cache(maxsize=100_000)
def _digest(path: Path, size_bytes: int, changed_ns: int) -> str:
    """The digest of a file's content, read once in a build; a file that was changed has another time or size."""
    del size_bytes, changed_ns
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _age_s(file: Path) -> float:
    """Seconds since the file was last written to; none for one that has just gone."""
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return 0.0


def _read_entry(sound: Path, facts: Path) -> Media | None:
    """The entry when it is there and whole. A disk that filled up or a copy that broke off leaves others."""
    try:
        stored = json.loads(facts.read_bytes())
        media = Media(
            duration_s=float(stored["duration_s"]),
            size_bytes=int(stored["size_bytes"]),
            peaks=tuple(int(peak) for peak in stored["peaks"]),
            part_starts_s=tuple(float(start_s) for start_s in stored["part_starts_s"]),
        )
        return media if sound.stat().st_size == media.size_bytes else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _placed(sound: Path, facts: Path, target: Path) -> Media | None:
    """Put the entry at `target`. None when it is not there, or was deleted just now."""
    media = _read_entry(sound, facts)
    if media is not None:
        try:
            _place(sound, target)
        except FileNotFoundError:
            return None
    return media


def _place(source: Path, target: Path) -> None:
    """Make `target` the file `source`, at once and whole: by a link where one disk holds both, or else by copying.

    A link shares the rights of the file. Where another build's umask left other ones than this build gives, a copy is
    made, so that a web server can read what was first encoded by somebody who keeps all to himself.
    """
    with written_whole(target) as unfinished:
        unfinished.touch()
        if unfinished.stat().st_mode == source.stat().st_mode:
            unfinished.unlink()
            with suppress(OSError):
                os.link(source, unfinished)
                return
        shutil.copyfile(source, unfinished)
