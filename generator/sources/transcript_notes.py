"""What a transcription leaves in a transcript for the editor and for its next run, in NOTE blocks.

Above a line that the engine was not sure of:

    NOTE verify by ear q042: low-confidence (avg_logprob -1.12, no_speech_prob 0.03, compression_ratio 1.41)

The editor deletes it once the line was heard and is right; it also ceases to count when the line's words are corrected.
A note without anything behind the identifier, written by hand, counts as well.

Once, at the end, in one note, how each line stood when it was last written:

    casebook heard: by this, casebook transcribe knows which lines you corrected. Please leave it here.
    engine: faster-whisper 1.2.1, model base d01c3014
    drafts: 5f3a90c1
    next: q311
    proposed: 話者1, 話者2
    q041 9a01c7d2 -0.21 0.02 1.31 <話者1>
    q042 0b7e44f1 -1.12 0.03 1.41 verify <話者2>
    q043 77d2a0c9 by-hand verify

`drafts` is the digest of everything the engine put out; `next` the first identifier that no line ever had; `proposed`
the names of voices that no person has confirmed. A line has the digest of its words, the engine's confidence in them,
`verify` if a note stood above it, `by-hand` if the words were a person's already, and the voice that the machine gave
it. Both are edited by hand, so what cannot be read is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, NamedTuple

HEARD: Final = "casebook heard"
"""What the block at the end begins with."""
VERIFY: Final = "verify by ear"
"""What a note above an unsure line begins with."""
DIGEST_CHARACTERS: Final = 8

_EXPLANATION: Final = "by this, casebook transcribe knows which lines you corrected. Please leave it here."
_ID = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_VERIFY = re.compile(rf"{VERIFY}[ \t]+({_ID})[ \t]*(?:[:：][ \t]*([^(（\n]*))?")
_FACT = re.compile(r"^[ \t]*(engine|drafts|next|proposed)[ \t]*[:：](.*)$", re.MULTILINE)
_DIGEST = re.compile(rf"^[ \t]*({_ID})[ ]([0-9a-f]{{{DIGEST_CHARACTERS}}})(?![^ \n])", re.MULTILINE)
_LINE = re.compile(
    rf"{_DIGEST.pattern}(?:[ ]({_NUMBER})[ ]({_NUMBER})[ ]({_NUMBER}))?([ ]by-hand)?([ ]verify)?([ ]<(.*)>)?[ \t]*$",
    re.MULTILINE,
)


class Confidence(NamedTuple):
    """The engine's own confidence in a line, rounded as it is written."""

    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float

    def written(self) -> str:
        """`-0.21 0.02 1.31`"""
        return f"{self.avg_logprob:.2f} {self.no_speech_prob:.2f} {self.compression_ratio:.2f}"


class VerifyNote(NamedTuple):
    """The note above an unsure line."""

    cue_id: str
    reasons: tuple[str, ...] = ()
    """`("low-confidence",)`"""
    confidence: Confidence | None = None


class HeardLine(NamedTuple):
    """How a line stood when the transcription last wrote the file."""

    digest: str
    """Of its words, see `digest_of`."""
    confidence: Confidence | None = None
    """None when a person wrote the words."""
    by_hand: bool = False
    """Whether the words were corrected by hand, or confirmed by ear, even before."""
    verify: bool = False
    """Whether a note stood above it: when the note is gone, somebody has listened."""
    voice: str | None = None
    """As the machine gave it; None when a person did."""


@dataclass(frozen=True, slots=True)
class HeardBlock:
    """The block at the end of a transcript."""

    engine: str = ""
    """`faster-whisper 1.2.1, model base d01c3014`; without a date, so that the same input gives the same file."""
    drafts: str = ""
    """Digest of what the engine put out; equal drafts change nothing."""
    next_id: str = ""
    """`q311`"""
    proposed: tuple[str, ...] = ()
    """`("話者1", "話者2")`"""
    lines: Mapping[str, HeardLine] = field(default_factory=dict)
    """Cue identifier -> how that line stood."""


def digest_of(text: str) -> str:
    """Eight hexadecimal digits that tell whether words were changed; white space at their ends does not count."""
    return sha256(text.strip().encode()).hexdigest()[:DIGEST_CHARACTERS]


def read_verify_note(text: str) -> VerifyNote | None:
    """A comment's text (without NOTE) as the note above an unsure line; None for any other comment.

    The engine's figures are for people and not read back.
    """
    if not text.startswith(VERIFY):
        return None
    found = _VERIFY.match(text)
    if found is None:
        return None
    reasons = (reason.strip() for reason in re.split("[,、]", found[2] or ""))
    return VerifyNote(found[1].rstrip("."), tuple(reason for reason in reasons if reason))


def write_verify_note(note: VerifyNote) -> str:
    """The text of the comment, without NOTE."""
    text = f"{VERIFY} {note.cue_id}"
    if note.reasons:
        text += f": {', '.join(note.reasons)}"
    if note.confidence:
        figures = zip(Confidence._fields, note.confidence.written().split(), strict=True)
        text += f" ({', '.join(f'{name} {value}' for name, value in figures)})"
    return text


def read_heard(text: str) -> HeardBlock | None:
    """A comment's text (without NOTE) as the block at the end; None for any other comment."""
    if not text.startswith(HEARD):
        return None
    facts = {word: fact.strip() for word, fact in _FACT.findall(text)}
    lines: dict[str, HeardLine] = {}
    for id_, digest, logprob, no_speech, ratio, by_hand, verify, brackets, voice in _LINE.findall(text):
        confidence = Confidence(float(logprob), float(no_speech), float(ratio)) if logprob else None
        lines[id_] = HeardLine(digest, confidence, bool(by_hand), bool(verify), voice if brackets else None)
    return HeardBlock(facts.get("engine", ""), facts.get("drafts", ""), facts.get("next", ""), proposed_in(text), lines)


def proposed_in(text: str) -> tuple[str, ...]:
    """Of the text of the block at the end only the voices that nobody has confirmed."""
    names = next((fact for word, fact in _FACT.findall(text) if word == "proposed"), "")
    return tuple(name.strip() for name in re.split("[,、]", names) if name.strip())


def digests_in(text: str) -> dict[str, str]:
    """Of the text of the block at the end only cue identifier -> digest of its words; in a fifth of the time."""
    return dict(_DIGEST.findall(text))


def write_heard(block: HeardBlock) -> str:
    """The text of the comment, without NOTE."""
    facts = {
        "engine": block.engine,
        "drafts": block.drafts,
        "next": block.next_id,
        "proposed": ", ".join(block.proposed),
    }
    written = [f"{word}: {fact}" for word, fact in facts.items() if fact]
    written += [_heard_line(cue_id, line) for cue_id, line in block.lines.items()]
    # An arrow would begin a cue.
    return "\n".join([f"{HEARD}: {_EXPLANATION}", *written]).replace("-->", "-- >")


def _heard_line(cue_id: str, line: HeardLine) -> str:
    parts = [cue_id, line.digest]
    if line.confidence:
        parts.append(line.confidence.written())
    if line.by_hand:
        parts.append("by-hand")
    if line.verify:
        parts.append("verify")
    if line.voice is not None:
        parts.append(f"<{line.voice}>")
    return " ".join(parts)
