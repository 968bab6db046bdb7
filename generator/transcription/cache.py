"""What was heard, kept: nothing is listened to twice, and an interrupted run goes on where it was.

One small JSON file a window, named by all that decides what is heard in it, and one a recording, so that a recording
that was heard need not even be decoded. They lie in a folder or below any address of fsspec, to be shared by a team or
a cluster. All of it can be deleted at any time.

Several runs may use a cache at once: equal names hold equal words. What is torn, or was put there by someone else,
counts as missing and is heard again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.sources.audio import AudioError, AudioReason
from generator.sources.reasons import reason_of
from generator.sources.storage import StorageError, open_store
from generator.transcription.speakers.values import Turn
from generator.transcription.values import EngineSettings, Heard, Segment, TranscriptionError
from generator.transcription.windows import WINDOWS_VERSION

FORMAT_VERSION: Final = 1
"""Raised when entries are written in another form, or when an engine is asked in another way."""
DECIDE_NOTHING: Final = ("model", "device")
"""Settings that say where an engine runs and where its weights lie; what they are is said by their digest."""

Content = TypeVar("Content")


class _Entry(BaseModel, Generic[Content]):
    """What a file of the cache holds."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    key: str
    """Of this very entry: a file that was renamed or copied over another one tells on itself."""
    content: Content


class HearingCache:
    """Windows and recordings that were heard, below a folder or an address such as `s3://bucket/hearing`.

    Reads and writes there. The methods, and opening it, raise TranscriptionError when the place cannot be used.
    """

    def __init__(self, place: str | Path) -> None:
        with _told():
            self._store = open_store(place)

    def window(self, settings: EngineSettings, digest: str) -> Heard | None:
        """What was heard in the window of this `digest` with equal settings; None when it has to be heard."""
        return self._read("windows", _window_key(settings, digest), _Entry[Heard])

    def keep_window(self, settings: EngineSettings, digest: str, heard: Heard) -> None:
        """Keep what was heard in a window."""
        self._write("windows", _Entry[Heard](key=_window_key(settings, digest), content=heard))

    def recording(self, key: str) -> tuple[Segment, ...] | None:
        """All that was heard in the recording of this `recording_key`, times on its timeline; None when unknown."""
        return self._read("recordings", key, _Entry[tuple[Segment, ...]])

    def keep_recording(self, key: str, segments: Sequence[Segment]) -> None:
        """Keep all that was heard in a recording."""
        self._write("recordings", _Entry[tuple[Segment, ...]](key=key, content=tuple(segments)))

    def turns(self, key: str) -> tuple[Turn, ...] | None:
        """Who speaks when in the recording of this `turns_key`; None when voices have to be told apart."""
        return self._read("turns", key, _Entry[tuple[Turn, ...]])

    def keep_turns(self, key: str, turns: Sequence[Turn]) -> None:
        """Keep who speaks when."""
        self._write("turns", _Entry[tuple[Turn, ...]](key=key, content=tuple(turns)))

    def _read(self, shelf: str, key: str, form: type[_Entry[Content]]) -> Content | None:
        with _told():
            stored = self._store.read(_name(shelf, key))
        if stored is None:
            return None
        try:
            entry = form.model_validate_json(stored)
        except ValidationError:
            return None
        return entry.content if entry.key == key else None

    def _write(self, shelf: str, entry: _Entry[Content]) -> None:
        with _told():
            self._store.write(_name(shelf, entry.key), entry.model_dump_json().encode())


def recording_key(
    parts: Sequence[Path], channels: Sequence[int | None], settings: EngineSettings, *, detector: str = ""
) -> str:
    """The name of a recording in the cache: its bytes, the channels heard one by one, and all that decides the words.

    `detector` says what finds speech in it. Reads the files; raises AudioError for one that cannot be read.
    """
    return _digest(
        {
            **_of_settings(settings),
            "windows": WINDOWS_VERSION,
            "detector": detector,
            "parts": [_sha256(part) for part in parts],
            "channels": list(channels),
        }
    )


def turns_key(parts: Sequence[Path], *, method: str) -> str:
    """The name of a recording's turns in the cache: its bytes, and how voices are told apart in it.

    Reads the files; raises AudioError for one that cannot be read.
    """
    return _digest({"format": FORMAT_VERSION, "method": method, "parts": [_sha256(part) for part in parts]})


def _window_key(settings: EngineSettings, digest: str) -> str:
    return _digest({**_of_settings(settings), "window": digest})


def _of_settings(settings: EngineSettings) -> dict[str, object]:
    deciding = {name: value for name, value in asdict(settings).items() if name not in DECIDE_NOTHING}
    return {"format": FORMAT_VERSION, "settings": deciding}


def _digest(recipe: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()


def _name(shelf: str, key: str) -> str:
    return f"{shelf}/{key[:2]}/{key}.json"


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AudioError(path, AudioReason.UNREADABLE, reason_of(error)) from error


@contextmanager
def _told() -> Iterator[None]:
    """Storage that cannot be used ends the transcription, in the same words."""
    try:
        yield
    except StorageError as error:
        raise TranscriptionError(error.message, **error.values) from error
