"""The transcript that was there, as the next transcription has to respect it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from generator.sources.transcript_notes import (
    HeardBlock,
    HeardLine,
    VerifyNote,
    digest_of,
    read_heard,
    read_verify_note,
)
from generator.sources.webvtt import VttBlock, VttCue, VttFile, VttFlawKind, VttNote, parse
from generator.transcription.values import TranscriptionError
from generator.validate.transcript import said

_LOSING: Final = frozenset(
    (
        VttFlawKind.NOT_UTF_8,
        VttFlawKind.NULL_CHARACTER,
        VttFlawKind.MISSING_SIGNATURE,
        VttFlawKind.MISSING_BLANK_LINE,
        VttFlawKind.STRAY_TEXT,
        VttFlawKind.LATE_BLOCK,
        VttFlawKind.BAD_START_TIME,
        VttFlawKind.BAD_ARROW,
        VttFlawKind.BAD_END_TIME,
        VttFlawKind.ARROW_IN_TEXT,
        VttFlawKind.DUPLICATE_ID,
    )
)
"""Flaws by which something in the file is lost or mistaken when it is read, and would be gone once it is written."""


@dataclass(frozen=True)
class OldLine:
    """A line of it, with what is known of who wrote its words."""

    cue: VttCue
    heard: HeardLine | None = None
    """How it stood when a transcription wrote it; None when none did."""
    note: VerifyNote | None = None
    """The note that asks to verify it, unless its words were corrected since."""
    before: tuple[VttBlock, ...] = ()
    """The editor's own comments above it."""
    has_own_note: bool = False
    """Whether the note that asks to verify it is among them, because an editor wrote more into it."""

    @cached_property
    def _said(self) -> tuple[str, str]:
        return said(self.cue)

    @property
    def voice(self) -> str:
        """Empty when unknown."""
        return self._said[0]

    @property
    def text(self) -> str:
        """The words, without markup and line breaks."""
        return self._said[1]

    @property
    def is_verified(self) -> bool:
        """Whether a person has deleted the note that asked to listen."""
        return self.heard is not None and self.heard.verify and self.note is None and self._is_as_heard

    @property
    def is_by_hand(self) -> bool:
        """Whether a person wrote these words, or has confirmed them."""
        return self.heard is None or self.heard.by_hand or not self._is_as_heard or self.is_verified

    @property
    def is_voice_by_hand(self) -> bool:
        """Whether a person said who speaks here."""
        return self.heard is None or self.heard.voice != self.voice

    @property
    def _is_as_heard(self) -> bool:
        return self.heard is not None and self.heard.digest == digest_of(self.text)


@dataclass(frozen=True)
class OldTranscript:
    """All of it."""

    file: VttFile = field(default_factory=VttFile)
    heard: HeardBlock | None = None
    """None when no transcription wrote it: then all words are a person's."""
    lines: tuple[OldLine, ...] = ()
    leading: tuple[VttBlock, ...] = ()
    """What stands above the first line."""
    trailing: tuple[VttBlock, ...] = ()
    """The editor's own comments behind the last line."""

    def fixed(self, cited: frozenset[str]) -> int:
        """How many lines keep their words whatever is heard: corrected, confirmed or cited ones."""
        return sum(line.is_by_hand or line.cue.id in cited for line in self.lines)


NO_TRANSCRIPT: Final = OldTranscript()


def read_old(content: bytes, shown: str) -> OldTranscript:
    """The transcript in a file's bytes; an empty file is none.

    Raises TranscriptionError, which names the place in `shown`, when something in it would be lost by writing it anew.
    """
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return NO_TRANSCRIPT
    file = parse(content)
    for flaw in file.flaws:
        if flaw.kind in _LOSING:
            raise TranscriptionError(
                "{file}:{line}:{column} something here cannot be read ({found}) - it would be lost, so the transcript "
                "stays as it is - put it right (casebook check says how), or move the file away to begin anew",
                file=shown,
                line=flaw.line,
                column=flaw.column,
                found=flaw.detail or flaw.kind.value,
            )
    return _old(file)


def _old(file: VttFile) -> OldTranscript:
    heard: HeardBlock | None = None
    notes: dict[str, tuple[VerifyNote, bool]] = {}
    blocks: list[VttBlock] = []
    for block in file.blocks:
        if isinstance(block, VttNote):
            if found := read_heard(block.text):
                heard = found
                continue
            if note := read_verify_note(block.text):
                is_own = "\n" in block.text
                notes[note.cue_id] = note, is_own
                if not is_own:
                    continue
        blocks.append(block)
    lines: list[OldLine] = []
    leading: tuple[VttBlock, ...] = ()
    above: list[VttBlock] = []
    for block in blocks:
        if not isinstance(block, VttCue):
            above.append(block)
            continue
        if not lines:
            leading, above = tuple(above), []
        lines.append(_line(block, heard, notes.get(block.id), tuple(above)))
        above = []
    if not lines:
        leading, above = tuple(above), []
    return OldTranscript(file, heard, tuple(lines), leading, tuple(above))


def _line(
    cue: VttCue, heard: HeardBlock | None, noted: tuple[VerifyNote, bool] | None, above: tuple[VttBlock, ...]
) -> OldLine:
    stood = heard.lines.get(cue.id) if heard else None
    note, has_own_note = noted or (None, False)
    if stood is not None and stood.digest != digest_of(said(cue)[1]):
        note = None
    return OldLine(cue, stood, note, above, has_own_note)
