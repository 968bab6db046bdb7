"""What a transcription left for the editor in a transcript: lines to verify by ear, voices that nobody has named.

The notes are written by `casebook transcribe` and edited by hand; `generator.sources.transcript_notes` knows how they
read. A line whose words were corrected since is not in doubt any more, whatever note still stands above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from generator.model.transcript import Cue
from generator.problems import Code, Problem
from generator.sources.transcript_notes import (
    HEARD,
    VERIFY,
    VerifyNote,
    digest_of,
    digests_in,
    proposed_in,
    read_verify_note,
)

ONE_BY_ONE: Final = 10
"""More lines to verify than this are a draft that nobody has read yet: one hint for all of them."""
NAMED: Final = 3
"""Of those, so many are named."""


class Comment(NamedTuple):
    """A NOTE of the file."""

    text: str
    """Without the word NOTE."""
    line: int
    """1-based line of the word NOTE."""


class Hearing(NamedTuple):
    """What the comments say."""

    cues: tuple[Cue, ...]
    """With `unsure` set where a line is to be verified."""
    unconfirmed: tuple[str, ...]
    """Voices that a machine proposed and nobody has named."""
    problems: tuple[Problem, ...]


def may_tell(text: str) -> bool:
    """Whether a file can have such comments at all; most have none, and are spared the search for them."""
    return VERIFY in text or HEARD in text


def hearing(cues: tuple[Cue, ...], comments: Sequence[Comment], file: str) -> Hearing:
    """Lines and voices in doubt, and a hint at each."""
    notes: dict[str, tuple[VerifyNote, int]] = {}
    block = ""
    for comment in comments:
        if comment.text.startswith(HEARD):
            block = comment.text
        elif note := read_verify_note(comment.text):
            notes.setdefault(note.cue_id, (note, comment.line))
    digests = digests_in(block) if notes else {}
    unsure = [cue for cue in cues if cue.id in notes and _is_as_it_was(cue, digests)] if notes else []
    if unsure:
        ids = {cue.id for cue in unsure}
        cues = tuple([cue._replace(unsure=True) if cue.id in ids else cue for cue in cues])
    problems = list(_to_verify(unsure, notes, file))
    unconfirmed: list[str] = []
    for voice in proposed_in(block):
        spoken = [cue for cue in cues if cue.voice == voice]
        if spoken:
            unconfirmed.append(voice)
            values = {"voice": voice, "count": str(len(spoken))}
            problems.append(Problem(file, spoken[0].line + 1, 1, Code.VOICE_UNCONFIRMED, values))
    return Hearing(cues, tuple(unconfirmed), tuple(problems))


def _to_verify(unsure: Sequence[Cue], notes: Mapping[str, tuple[VerifyNote, int]], file: str) -> Iterator[Problem]:
    if len(unsure) <= ONE_BY_ONE:
        for cue in unsure:
            note, line = notes[cue.id]
            reasons = f" ({', '.join(note.reasons)})" if note.reasons else ""
            yield Problem(file, line, 1, Code.VERIFY_BY_EAR, {"ids": cue.id + reasons})
        return
    first = min(unsure, key=lambda cue: notes[cue.id][1])
    ids = f"{', '.join(cue.id for cue in unsure[:NAMED])} … ({len(unsure)})"
    yield Problem(file, notes[first.id][1], 1, Code.VERIFY_BY_EAR, {"ids": ids})


def _is_as_it_was(cue: Cue, digests: Mapping[str, str]) -> bool:
    """Whether the words are those that the note was written for; an editor's own note holds for any words."""
    digest = digests.get(cue.id)
    return digest is None or digest == digest_of(cue.text)
