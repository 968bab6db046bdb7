"""The recording of a case: which files, in which order, and whether they can be played."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from generator.model.case import CaseFile
from generator.model.corpus import Recording, RecordingPart
from generator.problems import Code, Problem
from generator.sources.audio import SUFFIXES, AudioError, AudioReason, read_audio_facts
from generator.validate.records import Sheet, top_value

_CODES = {
    AudioReason.LFS_POINTER: Code.LFS_POINTER,
    AudioReason.EMPTY_FILE: Code.AUDIO_EMPTY,
    AudioReason.UNREADABLE: Code.AUDIO_UNREADABLE,
    AudioReason.NO_AUDIO: Code.AUDIO_NO_SOUND_TRACK,
    AudioReason.ZERO_LENGTH: Code.AUDIO_ZERO_LENGTH,
    AudioReason.TOO_LONG: Code.AUDIO_TOO_LONG,
    AudioReason.TOO_COSTLY: Code.AUDIO_UNREADABLE,
}
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class ReadRecording:
    """What came of a case's recording."""

    recording: Recording | None
    """None when there is none, or when one of its parts cannot be played."""
    problems: tuple[Problem, ...] = ()


def is_recording(name: str) -> bool:
    """Whether a file of a case is part of its recording without being listed: `audio.m4a`, `audio-2.mp3`."""
    return name.startswith("audio") and PurePosixPath(name).suffix.lower() in SUFFIXES


def read_recording(folder: Path, shown: str, names: Sequence[str], facts: Sheet[CaseFile] | None) -> ReadRecording:
    """The parts that `case.yml` lists, or the `audio*` among the `names` in the folder, `audio-2` before `audio-10`.

    `shown` is the folder as problems name it. Reads the files.
    """
    problems: list[Problem] = []
    parts: list[RecordingPart] = []
    listed = top_value(facts, "recording")
    if facts and isinstance(listed, list) and listed:
        paths = []
        for position, name in enumerate(listed):
            if not isinstance(name, str) or not name.strip():
                continue
            problem = _listed_problem(folder, name.strip())
            if problem:
                problems.append(facts.problem(("recording", position), problem, path=name))
            else:
                paths.append(name.strip())
    else:
        paths = sorted(filter(is_recording, names), key=_natural)
    for name in paths:
        try:
            parts.append(RecordingPart((folder / name).absolute(), read_audio_facts(folder / name).duration_s))
        except AudioError as error:
            problems.append(_told(error, f"{shown}/{name}"))
    return ReadRecording(Recording(tuple(parts)) if parts and not problems else None, tuple(problems))


def _told(error: AudioError, file: str) -> Problem:
    code = _CODES[error.reason]
    values = {"reason": error.detail or "-"} if code in (Code.AUDIO_UNREADABLE, Code.AUDIO_TOO_LONG) else {}
    return Problem(file, 1, 1, code, values)


def _listed_problem(folder: Path, name: str) -> Code | None:
    """Why a listed part cannot be looked at, or None."""
    if _leads_elsewhere(name):
        return Code.PATH_OUTSIDE
    try:
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            return Code.PATH_OUTSIDE
        return None if (folder / name).is_file() else Code.AUDIO_PART_MISSING
    except (OSError, ValueError, RuntimeError):  # a loop of links, a name that no file can have
        return Code.AUDIO_PART_MISSING


def _leads_elsewhere(name: str) -> bool:
    """Whether a name begins at a root or climbs, on this system or on Windows, wherever it may end up."""
    windows = PureWindowsPath(name)
    return bool(windows.anchor) or ".." in windows.parts or "\\" in name


def _natural(name: str) -> list[tuple[int, str]]:
    """A sorting key in which numbers count as numbers; `audio.m4a` comes before `audio-2.m4a`."""
    stem = PurePosixPath(name).stem
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in _DIGITS.split(stem)] + [(-1, name)]
