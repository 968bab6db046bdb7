"""The transcript into its file: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from generator.sources.webvtt import parse, write
from generator.sources.whole import write_safely
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
        target.parent.stat()  # a case that was taken away meanwhile is not made anew
        write_safely(target.resolve(), text.encode())
    except OSError as error:
        raise _failed(target, error.strerror or str(error)) from error


def _failed(target: Path, reason: str) -> TranscriptionError:
    return TranscriptionError(
        "{file} cannot be written ({reason}) - what was there before stays - make room or give the right to write, "
        "then run the same command again: nothing is transcribed twice",
        file=target.as_posix(),
        reason=reason,
    )
