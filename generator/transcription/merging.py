"""Old lines and new words become one transcript, in one walk through both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from generator.model.transcript import Cue
from generator.sources.transcript_notes import (
    HeardBlock,
    HeardLine,
    VerifyNote,
    read_verify_note,
    write_heard,
    write_verify_note,
)
from generator.sources.webvtt import VttBlock, VttCue, VttFile, VttNote
from generator.transcription.cues import DraftCue
from generator.transcription.identifiers import Identifiers
from generator.transcription.lines import (
    Entry,
    Piece,
    cue_of,
    hearing_of,
    noted,
    pieces_of,
    set_in_order,
    text_of,
)
from generator.transcription.matching import letters_of, runs_over
from generator.transcription.old_transcript import OldTranscript
from generator.transcription.ownership import Line, Ownership, own, voice_names
from generator.validate.transcript import said

NOT_HEARD: Final = "not-heard-again"
"""Reason to verify a line by ear: a later transcription did not hear it."""
JITTER_S: Final = 1.0
"""By so much the times of equal words may differ without being written anew."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The transcript as it is to be written, and what became of its lines."""

    file: VttFile
    is_same: bool = False
    """Whether the transcript that was there is to stay as it is: the engine put out the same as when it was written."""
    kept: tuple[str, ...] = ()
    """Identifiers of the lines whose words are as they were."""
    changed: tuple[str, ...] = ()
    """Of those that have new words."""
    added: tuple[str, ...] = ()
    """Of new lines."""
    went: tuple[Cue, ...] = ()
    """Lines that are no longer heard; nobody had corrected or cited them."""
    unheard: tuple[Cue, ...] = ()
    """Lines that are no longer heard, and stayed because somebody had."""
    left_out: tuple[Cue, ...] = ()
    """New words that would have stood in the middle of a quote; their identifiers are empty."""

    @property
    def cues(self) -> tuple[VttCue, ...]:
        """All lines."""
        return self.file.cues

    @property
    def unsure(self) -> int:
        """How many lines are to be verified by ear."""
        return sum(read_verify_note(note.text) is not None for note in self.file.notes)


class Merging:
    """Goes down the new words and the old lines together, once."""

    def __init__(
        self,
        old: OldTranscript,
        drafts: Sequence[DraftCue],
        cited: frozenset[str],
        quoting: Sequence[str],
        proposed: frozenset[str],
    ) -> None:
        self._old = old
        self._cited = cited
        self._quoting = [letters_of(text) for text in quoting]
        self._is_fixed = [line.is_by_hand or line.cue.id in cited for line in old.lines]
        self._lines = [
            Line(line.cue.start_s, line.cue.end_s, line.voice, line.text, fixed)
            for line, fixed in zip(old.lines, self._is_fixed, strict=True)
        ]
        owned: Ownership = own(self._lines, drafts)
        self._said, self._later_s = owned.said, owned.later_s
        self._pieces = pieces_of(drafts, owned)
        self._voices = list(dict.fromkeys(draft.voice for draft in drafts if draft.voice))
        unconfirmed = old.heard.proposed if old.heard else ()
        used = list(dict.fromkeys(line.voice for line in old.lines if line.voice))
        self._names = {"": "", **voice_names(owned.voices, self._voices, unconfirmed, used)}
        self._unconfirmed = {*unconfirmed, *(self._names[voice] for voice in proposed if voice in self._names)} - {
            name for name in used if name not in unconfirmed
        }
        self._ids = Identifiers(
            [line.cue.id for line in old.lines],
            [*cited, *(old.heard.lines if old.heard else ())],
            old.heard.next_id if old.heard else "",
        )
        self._entries: list[Entry] = []
        self._comments: list[VttBlock] = []
        self._at = 0
        """The old line that comes next."""
        self._last_old: int | None = None
        """The old line that came into the file last."""
        self._kept: list[str] = []
        self._changed: list[str] = []
        self._added: list[str] = []
        self._went: list[Cue] = []
        self._unheard: list[Cue] = []
        self._left_out: list[Cue] = []

    def merged(self, engine: str, digest: str) -> Merged:
        """The whole."""
        for owner, group in groupby(self._pieces, key=lambda piece: piece.owner):
            if owner is None:
                for piece in group:
                    self._add_new(piece)
            else:
                self._add_old_up_to(owner)
                if owner == self._at:
                    self._add_said(owner, list(group))
        self._add_old_up_to(len(self._lines))
        set_in_order(self._entries)
        return Merged(
            self._file(engine, digest),
            kept=tuple(self._kept),
            changed=tuple(self._changed),
            added=tuple(self._added),
            went=tuple(self._went),
            unheard=tuple(self._unheard),
            left_out=tuple(self._left_out),
        )

    def _file(self, engine: str, digest: str) -> VttFile:
        speaking = dict.fromkeys(said(entry.cue)[0] for entry in self._entries)
        block = HeardBlock(
            engine,
            digest,
            self._ids.following,
            tuple(name for name in speaking if name in self._unconfirmed),
            {entry.cue.id: entry.heard for entry in self._entries if entry.heard},
        )
        blocks: list[VttBlock] = list(self._old.leading)
        for entry in self._entries:
            blocks += entry.before
            if entry.note:
                blocks.append(VttNote(write_verify_note(entry.note._replace(cue_id=entry.cue.id))))
            blocks.append(entry.cue)
        blocks += [*self._comments, *self._old.trailing, VttNote(write_heard(block))]
        return VttFile(self._old.file.header, tuple(blocks))

    # Lines that were there

    def _add_old_up_to(self, stop: int) -> None:
        """What comes before line `stop` and is not said any more."""
        while self._at < stop:
            self._add_unheard(self._at)

    def _add_unheard(self, place: int) -> None:
        line = self._old.lines[place]
        gone = Cue(line.cue.id, line.cue.start_s, line.cue.end_s, line.voice, line.text, line.cue.line)
        if not self._is_fixed[place]:
            self._went.append(gone)
            self._comments += line.before
            self._at += 1
            return
        self._unheard.append(gone)
        if line.is_verified:
            self._keep(place, line.heard, None)
            return
        reasons = (*(reason for reason in (line.note.reasons if line.note else ()) if reason != NOT_HEARD), NOT_HEARD)
        self._keep(place, noted(line), VerifyNote(line.cue.id, reasons, line.heard and line.heard.confidence))

    def _add_said(self, place: int, pieces: list[Piece]) -> None:
        line = self._old.lines[place]
        if not self._is_fixed[place]:
            self._renew(place, pieces)
            return
        heard, note = line.heard, line.note
        if note is not None:
            reasons = tuple(reason for reason in note.reasons if reason != NOT_HEARD)
            is_heard_again = note.reasons == (NOT_HEARD,)
            note = None if is_heard_again else VerifyNote(line.cue.id, reasons, heard and heard.confidence)
        if heard is not None and not line.is_verified:
            # Of corrected words the machine knows nothing any more.
            heard = None if line.is_by_hand and note is None else heard._replace(verify=note is not None)
        self._keep(place, heard, note)

    def _keep(self, place: int, heard: HeardLine | None, note: VerifyNote | None) -> None:
        """The line as it is; only another cut of the recording moves it."""
        cue, later_s = self._old.lines[place].cue, self._later_s[place]
        moved = replace(
            cue,
            id=self._id_of(cue),
            start_s=max(round(cue.start_s + later_s, 3), 0.0),
            end_s=max(round(cue.end_s + later_s, 3), 0.001),
        )
        own_note = None if self._old.lines[place].has_own_note else note
        entry = Entry(moved if later_s else replace(cue, id=moved.id), heard, own_note, is_movable=bool(later_s))
        self._put(place, entry)
        self._kept.append(moved.id)

    def _renew(self, place: int, pieces: list[Piece]) -> None:
        """The line with the words that are heard now; what another voice says in it becomes lines of its own."""
        line = self._old.lines[place]
        runs = [list(run) for _, run in groupby(pieces, key=lambda piece: piece.draft.voice)]
        main = max(range(len(runs)), key=lambda run: sum(len(piece.words) for piece in runs[run]))
        for position, run in enumerate(runs):
            if position != main:
                self._put_new(run)
                continue
            text, start_s, end_s = text_of(run), run[0].words[0].start_s, max(word.end_s for word in run[-1].words)
            if run[0].words == run[0].draft.words and len(run) == 1:
                start_s, end_s = run[0].draft.start_s, run[0].draft.end_s
            name = self._names[run[0].draft.voice]
            voice = name if name and not line.is_voice_by_hand else line.voice
            cue_id = self._id_of(line.cue)
            is_near = abs(start_s - line.cue.start_s) <= JITTER_S and abs(end_s - line.cue.end_s) <= JITTER_S
            if text == line.text and is_near:
                start_s, end_s = line.cue.start_s, line.cue.end_s
            if (text, voice) == (line.text, line.voice):
                cue = replace(line.cue, id=cue_id, start_s=start_s, end_s=end_s)
                self._kept.append(cue_id)
            else:
                cue = replace(cue_of(cue_id, start_s, end_s, voice, text), settings=line.cue.settings)
                self._changed.append(cue_id)
            heard, note = hearing_of(cue_id, text, None if line.is_voice_by_hand else voice, run)
            self._put(place, Entry(cue, heard, note))

    def _put(self, place: int, entry: Entry) -> None:
        entry.before = (*self._comments, *self._old.lines[place].before)
        self._comments = []
        self._entries.append(entry)
        self._at, self._last_old = place + 1, place

    def _id_of(self, cue: VttCue) -> str:
        return cue.id or self._ids.new()

    # New lines

    def _add_new(self, piece: Piece) -> None:
        following = self._next_said()
        start_s = piece.words[0].start_s
        while self._at < following and self._lines[self._at].start_s + self._later_s[self._at] <= start_s:
            self._add_unheard(self._at)
        if self._would_part_a_quote():
            end_s = piece.words[-1].end_s
            voice = self._names[piece.draft.voice]
            self._left_out.append(Cue("", start_s, end_s, voice, text_of([piece]), 0))
            return
        self._put_new([piece])

    def _next_said(self) -> int:
        following = self._at
        while following < len(self._lines) and following not in self._said:
            following += 1
        return following

    def _would_part_a_quote(self) -> bool:
        """Whether somebody quotes the end of the line before together with the beginning of the next."""
        following = next((place for place in range(self._at, len(self._lines)) if self._stays(place)), None)
        if following is None or self._last_old is None:
            return False
        before, after = self._old.lines[self._last_old], self._old.lines[following]
        if not {before.cue.id, after.cue.id} <= self._cited:
            return False
        return any(runs_over(text, letters_of(before.text), letters_of(after.text)) for text in self._quoting)

    def _stays(self, place: int) -> bool:
        return place in self._said or self._is_fixed[place]

    def _put_new(self, pieces: list[Piece]) -> None:
        start_s, end_s = pieces[0].words[0].start_s, max(word.end_s for word in pieces[-1].words)
        draft = pieces[0].draft
        if len(pieces) == 1 and pieces[0].words == draft.words:
            start_s, end_s = draft.start_s, draft.end_s
        text, voice = text_of(pieces), self._names[draft.voice]
        if not text:
            return
        cue_id = self._ids.new()
        heard, note = hearing_of(cue_id, text, voice, pieces)
        cue = cue_of(cue_id, start_s, end_s, voice, text)
        self._entries.append(Entry(cue, heard, note, tuple(self._comments)))
        self._comments = []
        self._added.append(cue_id)
