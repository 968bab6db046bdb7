"""Prepared recordings kept between builds, by what they were made of: an unchanged recording is encoded once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.media.prepare import FORMAT_VERSION, Media, MediaSettings, prepare_audio, written_whole
from generator.sources.audio import AudioError, AudioReason


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
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AudioError(path, AudioReason.UNREADABLE, error.strerror or str(error)) from error


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
