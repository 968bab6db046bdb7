"""What the check makes of a transcription's notes: lines to verify, voices to name."""

from __future__ import annotations

import pytest

from generator.problems import Code
from generator.sources.transcript_notes import HeardBlock, HeardLine, digest_of, write_heard
from generator.validate.hearing import ONE_BY_ONE
from generator.validate.transcript import ReadTranscript, read_transcript

CUE = "{id}\n00:00:{second:02}.000 --> 00:00:{second:02}.900\n<v {voice}>{text}\n\n"
NOTE = "NOTE verify by ear {}: low-confidence (avg_logprob -1.12, no_speech_prob 0.03, compression_ratio 1.41)\n\n"


def transcript(*cues: tuple[str, str, str], noted: tuple[str, ...] = (), block: HeardBlock | None = None) -> str:
    """A file with (identifier, voice, words) and notes above the lines in `noted`."""
    parts = ["WEBVTT\n\n"]
    for second, (cue_id, voice, text) in enumerate(cues):
        parts.append(NOTE.format(cue_id) if cue_id in noted else "")
        parts.append(CUE.format(id=cue_id, second=second, voice=voice, text=text))
    if block:
        parts.append(f"NOTE\n{write_heard(block)}\n")
    return "".join(parts)


def both_ways(file: str) -> list[ReadTranscript]:
    """Read the short way and the standard's."""
    quick, slow = read_transcript(file.encode(), "t.vtt"), read_transcript(file.replace("\n", "\r\n").encode(), "t.vtt")
    assert quick == slow
    return [quick, slow]


THREE = (("q001", "話者1", "はい"), ("q002", "佐藤", "使えない"), ("q003", "話者1", "ええ"))


def test_line_with_a_note_is_unsure() -> None:
    """The page marks it, and the check names the line of the note."""
    for read in both_ways(transcript(*THREE, noted=("q002",))):
        assert read.transcript
        assert [cue.id for cue in read.transcript.cues if cue.unsure] == ["q002"]
        assert [(problem.line, problem.code, problem.values) for problem in read.problems] == [
            (7, Code.VERIFY_BY_EAR, {"ids": "q002 (low-confidence)"})
        ]


@pytest.mark.parametrize(("words", "unsure"), [("使えない", True), ("使える", False)])
def test_corrected_line_is_not_in_doubt(words: str, unsure: bool) -> None:
    """A note above words that were corrected since says nothing about them."""
    block = HeardBlock(lines={"q002": HeardLine(digest_of("使えない"), verify=True, voice="話者2")})
    cues = (THREE[0], ("q002", "佐藤", words))
    for read in both_ways(transcript(*cues, noted=("q002",), block=block)):
        assert read.transcript
        assert read.transcript.cues[1].unsure is unsure
        assert len(read.problems) == unsure


def test_many_lines_to_verify_are_one_hint() -> None:
    """A draft that nobody has read yet does not hide everything else that is wrong."""
    cues = [(f"q{place:03}", "佐藤", f"発言{place}") for place in range(ONE_BY_ONE + 2)]
    ids = tuple(cue_id for cue_id, _, _ in cues)
    for read in both_ways(transcript(*cues, noted=ids)):
        assert [(problem.line, problem.values["ids"]) for problem in read.problems] == [
            (3, f"q000, q001, q002 … ({ONE_BY_ONE + 2})")
        ]
    for read in both_ways(transcript(*cues, noted=ids[:ONE_BY_ONE])):
        assert len(read.problems) == ONE_BY_ONE


def test_proposed_voice_that_speaks_is_unconfirmed() -> None:
    """One hint for each, where it first speaks; a voice that was renamed throughout is settled."""
    block = HeardBlock(proposed=("話者1", "話者2"))
    for read in both_ways(transcript(*THREE, block=block)):
        assert read.transcript
        assert read.transcript.unconfirmed == ("話者1",)
        assert [(problem.line, problem.code, problem.values) for problem in read.problems] == [
            (5, Code.VOICE_UNCONFIRMED, {"voice": "話者1", "count": "2"})
        ]


def test_note_of_a_line_that_went_says_nothing() -> None:
    """Who deletes a line need not look for its note."""
    for read in both_ways(transcript(*THREE).replace("WEBVTT\n\n", "WEBVTT\n\n" + NOTE.format("q009"))):
        assert read.problems == ()
