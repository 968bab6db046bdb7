"""What the container of a recording says beside the sound: tags, chapters, pictures, titles of tracks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av

from generator.audit.views import View
from generator.sources.audio import LIBRARY_ERRORS, READ_OPTIONS, SUFFIXES

_BOX_HEAD_BYTES: Final = 8
_LONG_BOX_HEAD_BYTES: Final = 16
_SOUND_BOX: Final = b"mdat"
_MAX_BYTES: Final = 2_000_000
"""Of a file that is no MP4, so much is read at each end, where containers keep their tags."""


def is_sound(path: Path) -> bool:
    """Whether a file is a recording, by its name."""
    return path.suffix.lower() in SUFFIXES


def sound_views(path: Path) -> Iterator[View]:
    """The texts in a recording. Reads the file, but not its sound; raises OSError."""
    yield from (View.of(text, f"tag {key}") for key, text in tags_of(path))
    content = _without_sound(path)
    for encoding in ("utf-8", "utf-16-le", "cp932"):
        yield View.of(content.decode(encoding, "replace"), "container")


def tags_of(path: Path) -> list[tuple[str, str]]:
    """Every tag of the file, of its tracks and chapters, as FFmpeg reads them; nothing of a file that is no recording.

    Reads the file.
    """
    try:
        with av.open(str(path), options=dict(READ_OPTIONS)) as container:
            tags = [*container.metadata.items()]
            for stream in container.streams:
                tags += ((f"{stream.type} {key}", value) for key, value in stream.metadata.items())
            for chapter in container.chapters():
                tags += ((f"chapter {key}", value) for key, value in chapter["metadata"].items())
            return [(key, str(value)) for key, value in tags]
    except LIBRARY_ERRORS:
        return []


def _without_sound(path: Path) -> bytes:
    """The boxes of an MP4 (ISO/IEC 14496-12, 4.2) but the one that holds the sound; both ends of any other file."""
    with path.open("rb") as file:
        head = file.read(_BOX_HEAD_BYTES)
        if head[4:] != b"ftyp":
            start = head + file.read(_MAX_BYTES)
            file.seek(max(file.tell(), path.stat().st_size - _MAX_BYTES))
            return start + file.read()
        parts: list[bytes] = []
        while len(head) == _BOX_HEAD_BYTES:
            size, taken = int.from_bytes(head[:4], "big"), _BOX_HEAD_BYTES
            if size == 1:
                size, taken = int.from_bytes(file.read(8), "big"), _LONG_BOX_HEAD_BYTES
            left = size - taken if size else path.stat().st_size
            if left < 0:
                return b"".join([*parts, head, file.read(_MAX_BYTES)])
            if head[4:] == _SOUND_BOX:
                file.seek(left, 1)
            else:
                parts += [head, file.read(left)]
            head = file.read(_BOX_HEAD_BYTES)
        return b"".join([*parts, head])
