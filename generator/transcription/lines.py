"""A line on its way into the file: its cue, what the file says about it, and the words it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.sources.transcript_notes import HeardLine, VerifyNote, digest_of
from generator.sources.webvtt import VttBlock, VttCue, spoken_cue
from generator.transcription.cues import DraftCue, spaced
from generator.transcription.old_transcript import OldLine
from generator.transcription.ownership import Ownership
from generator.transcription.values import Word


@dataclass(slots=True)
class Entry:
    """A line on its way into the file."""

    cue: VttCue
    heard: HeardLine | None = None
    note: VerifyNote | None = None
    before: tuple[VttBlock, ...] = ()
    """The editor's own comments above it."""
    is_movable: bool = True
    """Whether its times may give way to its neighbours'."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that are of one draft and belong to one line, or to none."""

    draft: DraftCue
    words: tuple[Word, ...]
    owner: int | None


def pieces_of(drafts: Sequence[DraftCue], owned: Ownership) -> list[Piece]:
    """All words, in pieces."""
    return [
        Piece(draft, tuple(word for word, _ in group), owner)
        for draft, owners in zip(drafts, owned.owners, strict=True)
        for owner, group in groupby(zip(draft.words, owners, strict=True), key=lambda pair: pair[1])
    ]


def text_of(pieces: Sequence[Piece]) -> str:
    """The words of pieces, with a space where two drafts of a script with spaces meet."""
    text = ""
    draft: DraftCue | None = None
    for piece in pieces:
        words = "".join(word.text for word in piece.words)
        if piece.draft is draft:
            text += words
        else:
            words = words.strip()
            text += spaced(text, words) + words
        draft = piece.draft
    return text.strip()


def cue_of(cue_id: str, start_s: float, end_s: float, voice: str, text: str) -> VttCue:
    """A new cue, its times in whole milliseconds and its end behind its start."""
    start_s = max(round(start_s, 3), 0.0)
    return spoken_cue(cue_id, start_s, max(round(end_s, 3), round(start_s + 0.001, 3)), voice, text)


def hearing_of(
    cue_id: str, text: str, voice: str | None, pieces: Sequence[Piece]
) -> tuple[HeardLine, VerifyNote | None]:
    """What the file says about a line that a machine wrote."""
    doubts = tuple(dict.fromkeys(str(doubt) for piece in pieces for doubt in piece.draft.doubts))
    longest = max(pieces, key=lambda piece: len(piece.words))
    confidence = longest.draft.confidence
    note = VerifyNote(cue_id, doubts, confidence) if doubts else None
    return HeardLine(digest_of(text), confidence, verify=bool(doubts), voice=voice), note


def noted(line: OldLine) -> HeardLine:
    """How a line stands above which a note now asks to verify it."""
    if line.is_by_hand or line.heard is None:
        return HeardLine(digest_of(line.text), by_hand=True, verify=True)
    return line.heard._replace(verify=True)


def set_in_order(entries: list[Entry]) -> None:
    """No line starts before the one above it: what a machine timed gives way to what stays."""
    limit_ms: int | None = None
    for entry in reversed(entries):
        start_ms = round(entry.cue.start_s * 1000)
        if entry.is_movable and limit_ms is not None and start_ms >= limit_ms:
            start_ms = max(limit_ms - 1, 0)
            _move(entry, start_ms)
        limit_ms = start_ms
    before_ms = 0
    for entry in entries:
        start_ms = round(entry.cue.start_s * 1000)
        if entry.is_movable and start_ms < before_ms:
            start_ms = before_ms
            _move(entry, start_ms)
        before_ms = start_ms


def _move(entry: Entry, start_ms: int) -> None:
    end_ms = max(round(entry.cue.end_s * 1000), start_ms + 1)
    entry.cue = replace(entry.cue, start_s=start_ms / 1000, end_s=end_ms / 1000)
