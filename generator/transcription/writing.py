"""The transcript into its file: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from generator.sources.webvtt import parse, write
from generator.transcription.alignment import Merged
from generator.transcription.values import TranscriptionError


def write_transcript(target: Path, merged: Merged) -> None:
    """Write a transcript to `target`, in UTF-8 with LF line ends, after what is written was read back as the same.

    Until it is safely on the disk the file that was there stays, whatever happens. A link is followed. Raises
    TranscriptionError when it cannot be written.
    """
    try:
        text = write(merged.file)
        is_whole = parse(text) == merged.file
    except ValueError as error:
        raise _failed(target, str(error)) from error
    if not is_whole:
        raise _failed(target, "it would not read back as the same")
    try:
        _replace(target.resolve(), text.encode())
    except OSError as error:
        raise _failed(target, error.strerror or str(error)) from error


def _replace(target: Path, content: bytes) -> None:
    """Write beside the file, have it on the disk, then change places in one step."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(_mode(target))
        written.replace(target)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # Not every file system lets a folder be synchronised; the file is there either way.
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mode(target: Path) -> int:
    """The permissions of the file that was there, else those of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _failed(target: Path, reason: str) -> TranscriptionError:
    return TranscriptionError(
        "{file} cannot be written ({reason}) - what was there before stays - make room or give the right to write, "
        "then run the same command again: nothing is transcribed twice",
        file=target.as_posix(),
        reason=reason,
    )
