"""transcript.vtt becomes a `Transcript`. What only a player of captions would mind is not reported."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from generator.model.base import CUE_ID_PATTERN
from generator.model.transcript import Cue, Transcript
from generator.problems import Code, Problem
from generator.sources.places import utf8_error_mark
from generator.sources.webvtt import VttCue, VttFile, VttFlawKind, parse, spoken
from generator.validate.hearing import Comment, hearing
from generator.validate.plain_transcript import read_plain_transcript
from generator.validate.word_times import word_times

MAX_BYTES: Final = 5_000_000
"""An hour's talk is 60 KB, with the hints of the transcriber 200 KB."""
MAX_CUES: Final = 20_000
"""Twice the lines of a recording of 12 hours, the longest that is read."""
MAX_SAID_CHARACTERS: Final = 5_000
"""Of what one cue says. The standard's way to read tags that are never closed takes time that grows
with the square of their number: a megabyte of `<i>` two minutes, this much of it some milliseconds."""
OVERHANG_S: Final = 1.0
"""How far a cue may reach beyond the sound: transcribers round up."""

_CUE_ID = re.compile(CUE_ID_PATTERN)
_TAKEN_IDS = frozenset(
    [
        "core",
        "insights",
        "value-map",
        "journey",
        "people",
        "actions",
        "template",
        "transcript",
        "review",
        "lead",
        "account",
        "notes",
        "related",
    ]
)
"""Anchors of the case page's own sections."""
_HARMLESS_IDS = re.compile(r"(?:[A-Za-z0-9]{1,64}(?:\n|\Z))+")
"""Identifiers, a line each, of which only those in `_TAKEN_IDS` are worth a closer look."""
_TAKEN_STARTS = ("note-", "insight-", "need-", "offer-", "step-", "action-", "person-", "cb-")
"""What the anchors of other things on the case page begin with."""
_MOJIBAKE = re.compile(
    r"\ufffd|[縺繧譁蜿荳][^ぁ-んァ-ヶ]?[縺繧]|(?:Ã[\x80-\xbf\u0152-\u02dc\u2013-\u2122].?){2}|ã[\x80-\xbf\u0152-\u2122]"
)
"""UTF-8 read as Shift_JIS (縺ゅ), or as Latin-1 (ã‚ / Ã©), and characters that were lost already."""
_SUSPICIOUS = re.compile("[\ufffd縺繧譁蜿荳Ãã]")
"""What every match of `_MOJIBAKE` begins with; far faster to search for."""
_ARROW = b"-->"
"""Stands in the timings of every cue."""
_LINE_BREAK = re.compile(r"(?<!\s)\s*\n\s*")
_JAPANESE_BREAK = re.compile(
    r"(?<=[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef])"
)

_FLAW_CODES: Final = {
    VttFlawKind.NULL_CHARACTER: Code.CONTROL_CHARACTER,
    VttFlawKind.MISSING_SIGNATURE: Code.VTT_SIGNATURE,
    VttFlawKind.MISSING_BLANK_LINE: Code.VTT_LOST_TEXT,
    VttFlawKind.STRAY_TEXT: Code.VTT_LOST_TEXT,
    VttFlawKind.ARROW_IN_TEXT: Code.VTT_LOST_TEXT,
    VttFlawKind.BAD_START_TIME: Code.BAD_TIMINGS,
    VttFlawKind.BAD_ARROW: Code.BAD_TIMINGS,
    VttFlawKind.BAD_END_TIME: Code.BAD_TIMINGS,
    VttFlawKind.END_NOT_AFTER_START: Code.CUE_ENDS_BEFORE_START,
    VttFlawKind.STARTS_BEFORE_PREVIOUS: Code.CUE_OUT_OF_ORDER,
    VttFlawKind.UNKNOWN_TAG: Code.VTT_MARKUP,
    VttFlawKind.UNTERMINATED_TAG: Code.VTT_MARKUP,
    VttFlawKind.STRAY_END_TAG: Code.VTT_MARKUP,
    VttFlawKind.UNCLOSED_VOICE: Code.VTT_MARKUP,
    VttFlawKind.UNNAMED_VOICE: Code.VTT_MARKUP,
    VttFlawKind.BAD_TIMESTAMP_TAG: Code.VTT_MARKUP,
    VttFlawKind.UNFINISHED_REFERENCE: Code.VTT_MARKUP,
}
"""Flaws of the file that matter here. Identifiers, empty cues and voices are judged below; settings, regions and styles
place captions on a picture, which a case does not have."""


@dataclass(frozen=True, slots=True)
class ReadTranscript:
    """What came of a transcript file."""

    transcript: Transcript | None
    """None when nothing in it could be read."""
    problems: tuple[Problem, ...]


def read_transcript(content: bytes, file: str) -> ReadTranscript:
    """Read the bytes of a transcript. Never raises on content."""
    if len(content) > MAX_BYTES:
        sizes = {"size_mb": f"{len(content) / 1e6:.1f}", "limit_mb": f"{MAX_BYTES / 1e6:.0f}"}
        return ReadTranscript(None, (Problem(file, 1, 1, Code.FILE_TOO_LARGE, sizes),))
    if problem := _beyond_limits(content, file):
        return ReadTranscript(None, (problem,))
    plain = read_plain_transcript(content)
    if plain:
        told = hearing(plain.cues, plain.comments, file)
        problems = (*_ids(told.cues, file), *_words(told.cues, file), *told.problems)
        return ReadTranscript(Transcript(told.cues, told.unconfirmed), problems)
    vtt = parse(content)
    garbled = [flaw for flaw in vtt.flaws if flaw.kind is VttFlawKind.NOT_UTF_8]
    if garbled:  # Held against such words, every quote of the case would be wrong.
        values = {"found": garbled[0].detail}
        return ReadTranscript(None, (Problem(file, garbled[0].line, garbled[0].column, Code.NOT_UTF_8, values),))
    cues = tuple(_cue(cue) for cue in vtt.cues)
    found = [
        Problem(file, flaw.line, flaw.column, code, _flaw_values(code, flaw.detail))
        for flaw in vtt.flaws
        if (code := _FLAW_CODES.get(flaw.kind))
    ]
    if not cues:
        if not any(problem.code in (Code.VTT_SIGNATURE, Code.BAD_TIMINGS) for problem in found):
            found.append(Problem(file, 1, 1, Code.TRANSCRIPT_EMPTY))
        return ReadTranscript(None, tuple(found))
    is_sound = not any(flaw.kind is VttFlawKind.NULL_CHARACTER for flaw in vtt.flaws)
    told = hearing(cues, [Comment(note.text, note.line) for note in vtt.notes], file)
    found += [*_identity(vtt, file), *_ids(cues, file), *_words(cues, file, look_for_mojibake=is_sound), *told.problems]
    return ReadTranscript(Transcript(told.cues, told.unconfirmed), tuple(found))


def _beyond_limits(content: bytes, file: str) -> Problem | None:
    """What would take too long to read."""
    if not content.removeprefix(codecs.BOM_UTF8).startswith(b"WEBVTT"):
        return None  # Nothing of it is read.
    count = content.count(_ARROW)
    if count > MAX_CUES:
        return Problem(file, 1, 1, Code.TOO_MANY_CUES, {"count": str(count), "limit": str(MAX_CUES)})
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if all(len(block) <= MAX_SAID_CHARACTERS or block.startswith(b"NOTE\n") for block in content.split(b"\n\n")):
        return None  # Nearly all transcripts end here; what a transcription notes at the end is as long as it must be.
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        found = content[error.start : error.end].hex(" ")
        return Problem(file, *utf8_error_mark(content, error), Code.NOT_UTF_8, {"found": found})
    start, characters, is_note = 1, 0, False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line and "-->" not in line:
            is_note = is_note or (not characters and line == "NOTE")
            characters += 0 if is_note else len(line) + 1
            continue
        is_note = False
        if characters > MAX_SAID_CHARACTERS:
            values = {"count": str(characters), "limit": str(MAX_SAID_CHARACTERS)}
            return Problem(file, start, 1, Code.CUE_TOO_LONG, values)
        start, characters = number + 1, 0
    return None


def beyond_the_sound(cues: Iterable[Cue], file: str, duration_s: float) -> Iterator[Problem]:
    """One problem, at the first cue that reaches beyond the end of a recording of `duration_s` seconds."""
    beyond = [cue for cue in cues if cue.end_s > duration_s + OVERHANG_S]
    if beyond:
        values = {"end": clock(beyond[0].end_s), "duration": clock(duration_s), "count": str(len(beyond))}
        yield Problem(file, beyond[0].line, 1, Code.CUE_BEYOND_AUDIO, values)


def clock(seconds: float) -> str:
    """A time as a transcript writes it, `00:12:40.500`."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def said(cue: VttCue) -> tuple[str, str]:
    """Who says what in a cue: the first voice of it, and its words without markup in one line."""
    spoken_by = spoken(cue)
    if len(spoken_by) == 1:
        voice, text = spoken_by[0]
    else:
        voice = next((name for name, _ in spoken_by if name), None)
        text = " ".join(words for _, words in spoken_by)
    if "\n" in text:
        text = _LINE_BREAK.sub(" ", _JAPANESE_BREAK.sub("", text))
    return voice or "", text


def _cue(cue: VttCue) -> Cue:
    voice, text = said(cue)
    return Cue(cue.id, cue.start_s, cue.end_s, voice, text, cue.line, times=word_times(cue, text))


def _flaw_values(code: Code, detail: str) -> dict[str, str]:
    if code is Code.CONTROL_CHARACTER:
        return {"code_point": detail}
    if code is Code.VTT_SIGNATURE:
        return {"written": detail}
    return {"found": detail}


def _identity(vtt: VttFile, file: str) -> Iterator[Problem]:
    """Cues without an identifier, and with one that an earlier cue has."""
    without = [cue for cue in vtt.cues if not cue.id]
    if without:
        yield Problem(file, without[0].line, 1, Code.CUE_WITHOUT_ID, {"count": str(len(without))})
    first_lines: dict[str, int] = {}
    for cue in vtt.cues:
        if cue.id and cue.id_line is not None:
            first_line = first_lines.setdefault(cue.id, cue.id_line)
            if first_line != cue.id_line:
                yield Problem(file, cue.id_line, 1, Code.DUPLICATE_CUE_ID, {"id": cue.id, "line": str(first_line)})


def _ids(cues: tuple[Cue, ...], file: str) -> Iterator[Problem]:
    """Identifiers that cannot be anchors, or are already."""
    ids = [cue.id for cue in cues]
    if _HARMLESS_IDS.fullmatch("\n".join(ids)) and _TAKEN_IDS.isdisjoint(ids):
        return  # Nearly all transcripts are numbered.
    for cue in cues:
        if cue.id and (not _CUE_ID.match(cue.id) or ".." in cue.id):
            yield Problem(file, cue.line - 1, 1, Code.BAD_CUE_ID, {"id": cue.id[:80]})
        elif cue.id in _TAKEN_IDS or cue.id.startswith(_TAKEN_STARTS):
            yield Problem(file, cue.line - 1, 1, Code.CUE_ID_TAKEN, {"id": cue.id})


def _words(cues: tuple[Cue, ...], file: str, *, look_for_mojibake: bool = True) -> Iterator[Problem]:
    """Cues that say nothing, that nobody says, or whose characters were garbled on their way."""
    voiceless = [cue for cue in cues if cue.text and not cue.voice]
    if voiceless:
        yield Problem(file, voiceless[0].line + 1, 1, Code.CUE_WITHOUT_VOICE, {"count": str(len(voiceless))})
    for cue in cues:
        if not cue.text:
            yield Problem(file, cue.line, 1, Code.EMPTY_CUE, {"id": cue.id or "-"})
    if look_for_mojibake and _SUSPICIOUS.search("\n".join([cue.text for cue in cues])):
        for cue in cues:
            if _MOJIBAKE.search(cue.text):
                yield Problem(file, cue.line + 1, 1, Code.MOJIBAKE, {"found": cue.text[:40]})
