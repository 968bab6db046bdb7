"""Files that are made to exhaust a reader: each ends in a flaw at its place, or is read, in time that grows no faster
than the file.

Nothing here is timed: the sizes are such that a reader whose time grows with their square would not end in an hour.
"""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generator.media import prepare
from generator.problems import Code
from generator.sources.audio import SAMPLE_RATES_HZ, AudioError, AudioReason, read_audio_facts
from generator.sources.markdown import MAX_BYTES, MAX_DEPTH, MAX_PARAGRAPH_CHARACTERS, read_markdown
from generator.sources.sound import decode_part
from generator.sources.webvtt import parse
from generator.sources.yaml import MAX_DEPTH as MAX_YAML_DEPTH
from generator.sources.yaml import MAX_TEXT_CHARACTERS, MAX_VALUES, read_yaml
from generator.validate.transcript import MAX_CUES, MAX_SAID_CHARACTERS, read_transcript

MEGABYTE = 1_000_000
CUE = "WEBVTT\n\nq1\n00:00:00.000 --> 00:00:01.000\n"


def yaml_codes(content: bytes) -> list[Code]:
    """What is wrong with a YAML file."""
    return [flaw.code for flaw in read_yaml(content).flaws]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: [" + b"1," * (MAX_VALUES + 1) + b"]", Code.YAML_TOO_MANY),
        (b"a:\n" + b"- {}\n" * (MAX_VALUES + 1), Code.YAML_TOO_MANY),
        (b"".join(b"a%d: 1\n" % number for number in range(MAX_VALUES + 1)), Code.YAML_TOO_MANY),
        (b"a: " + b"x" * (MAX_TEXT_CHARACTERS + 1), Code.TEXT_TOO_LONG),
        (b"a: |\n  " + b"x\n  " * MAX_TEXT_CHARACTERS, Code.TEXT_TOO_LONG),
        (b"a: " + b"9" * 16, Code.NUMBER_TOO_LARGE),
        (b"a: " + b"9" * 10_000, Code.NUMBER_TOO_LARGE),
        (b"a: -1" + b"0" * 400, Code.NUMBER_TOO_LARGE),
        (b"a: 0x" + b"f" * 400, Code.NUMBER_TOO_LARGE),
        (b"a: 1e999999", Code.NUMBER_TOO_LARGE),
        (b"a: " + b"[" * 100_000, Code.YAML_TOO_DEEP),
        (b"a: " + b"{a: " * 100_000, Code.YAML_TOO_DEEP),
        (b"- " * 100_000, Code.YAML_TOO_DEEP),
        (b"? " * 100_000, Code.YAML_ODD_KEY),
        (b"a: \x00", Code.CONTROL_CHARACTER),
        ("a: 1".encode("utf-16"), Code.NOT_UTF_8),
    ],
)
def test_yaml_beyond_its_limits_is_told(content: bytes, code: Code) -> None:
    """Numbers of values, lengths of texts and numbers, depth: one flaw, and the file is not read further."""
    assert code in yaml_codes(content)
    assert len(yaml_codes(content)) <= MAX_YAML_DEPTH + 1


@pytest.mark.parametrize(
    "sign", ["a", "[", "{", "&", "*", "!", "'", '"', "|", "#", "-", ":", "?", "%", "@", "\t", "あ", ","]
)
def test_a_megabyte_of_one_sign_is_no_work(sign: str) -> None:
    """On one line or on many."""
    for text in (sign * (MEGABYTE // len(sign.encode())), f"a: {sign * 300_000}", f"{sign}\n" * 300_000):
        document = read_yaml(text.encode())
        assert document.data is None or document.flaws or len(str(document.data)) < 30_000


def test_what_is_just_allowed_is_read() -> None:
    """A limit is the last thing that is in order."""
    items = b"1," * (MAX_VALUES - 2)  # the mapping and the list are values too
    assert yaml_codes(b"a: [" + items + b"]") == []
    assert yaml_codes(b"a: " + b"x" * MAX_TEXT_CHARACTERS) == []
    assert read_yaml(b"a: 999999999999999").data == {"a": 999_999_999_999_999}
    assert read_yaml(b"a: '" + b"9" * 400 + b"'").data == {"a": "9" * 400}


def test_notes_beyond_their_limits_are_told() -> None:
    """At the paragraph or line that is too much."""
    cases = [
        ("a\n\n" + "[" * MAX_PARAGRAPH_CHARACTERS, Code.PARAGRAPH_TOO_LONG, (3, 1)),
        ("a\n\n" + "[\n" * MAX_PARAGRAPH_CHARACTERS + "\n\nb", Code.PARAGRAPH_TOO_LONG, (3, 1)),
        ("a\n" + ">" * (MAX_DEPTH + 1), Code.MARKDOWN_TOO_DEEP, (2, 1)),
        ("> - 1. " * 10 + "a", Code.MARKDOWN_TOO_DEEP, (1, 1)),
        (" " * 4 * MAX_DEPTH + "- a", Code.MARKDOWN_TOO_DEEP, (1, 1)),
        ("- " * 200_000, Code.MARKDOWN_TOO_DEEP, (1, 1)),
        ("a" * (MAX_BYTES + 1), Code.FILE_TOO_LARGE, (1, 1)),
    ]
    for text, code, mark in cases:
        flaw = read_markdown(text.encode()).flaw
        assert flaw is not None, code
        assert (flaw.code, flaw.mark) == (code, mark)


def test_notes_just_within_their_limits_are_read() -> None:
    """Long lines of a paragraph, many paragraphs, and lists as deep as people write them."""
    for text in (
        "[" * (MAX_PARAGRAPH_CHARACTERS - 1),
        ("a" * 200 + "\n\n") * 2_000,
        "".join(f"{'  ' * depth}- a\n" for depth in range(12)),
        ">" * MAX_DEPTH + " a",
        "---\n\n***\n\n1) a\n2) b\n",
    ):
        assert read_markdown(text.encode()).flaw is None


def transcript_codes(text: str) -> list[Code]:
    """What is wrong with a transcript."""
    return [problem.code for problem in read_transcript(text.encode(), "transcript.vtt").problems]


@pytest.mark.parametrize(
    "piece", ["<i>", "<v a>", "</c>", "<ruby>", "<c.", "<00:00:01.000>", "&lt", "<", "a\n", "　\n", "縺"]
)
def test_a_megabyte_in_one_cue_is_refused(piece: str) -> None:
    """Tags that are never closed took two minutes before there was a limit."""
    assert transcript_codes(CUE + piece * (MEGABYTE // len(piece))) == [Code.CUE_TOO_LONG]


@pytest.mark.parametrize("piece", ["<i>", "<v a>", "</c>", "<ruby>", "&lt", "<"])
def test_many_cues_at_their_limit_are_read(piece: str) -> None:
    """What stands below the limit many times is still read at once."""
    words = piece * ((MAX_SAID_CHARACTERS - 1) // len(piece))
    cues = "\n".join(f"q{number}\n00:00:00.000 --> 00:00:01.000\n{words}\n" for number in range(20))
    assert len(parse(f"WEBVTT\n\n{cues}").cues) == 20
    assert Code.CUE_TOO_LONG not in transcript_codes(f"WEBVTT\n\n{cues}")


def test_transcripts_beyond_their_limits_are_told_for_what_they_are() -> None:
    """Too many cues; another encoding is called that, and another kind of file too, however long its lines."""
    many = "WEBVTT\n\n" + "00:00:00.000 --> 00:00:01.000\na\n\n" * (MAX_CUES + 1)
    assert transcript_codes(many) == [Code.TOO_MANY_CUES]
    utf_16 = read_transcript(("WEBVTT\n\n" + "a" * 9_000).encode("utf-16"), "transcript.vtt")
    assert [problem.code for problem in utf_16.problems] == [Code.NOT_UTF_8]
    garbled = read_transcript(CUE.encode() + b"<i>" * 9_000 + b"\xff", "transcript.vtt")
    assert [problem.code for problem in garbled.problems] == [Code.NOT_UTF_8]
    assert transcript_codes("a" * MEGABYTE) == [Code.VTT_SIGNATURE]


def test_cues_without_blank_lines_between_them_are_not_one() -> None:
    """A line of times begins the next cue."""
    text = "WEBVTT\n\n" + "00:00:00.000 --> 00:00:01.000\n<v a>b\n" * 1_000
    assert Code.CUE_TOO_LONG not in transcript_codes(text)


def wav(path: Path, *, rate_hz: int = 8_000, channels: int = 1, bits: int = 16, stated_bytes: int = 4_000) -> Path:
    """A WAV file of 4,000 bytes of silence whose header says what it likes."""
    block = channels * bits // 8 & 0xFFFF
    form = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * block & 0xFFFFFFFF, block, bits)
    head = b"RIFF" + struct.pack("<I", stated_bytes + 36 & 0xFFFFFFFF) + b"WAVEfmt " + struct.pack("<I", 16) + form
    path.write_bytes(head + b"data" + struct.pack("<I", stated_bytes) + bytes(4_000))
    return path


@pytest.mark.audio
@pytest.mark.parametrize(
    "claims",
    [
        {"rate_hz": 1}, {"rate_hz": SAMPLE_RATES_HZ.start - 1}, {"rate_hz": SAMPLE_RATES_HZ.stop},
        {"rate_hz": 2**31 - 1}, {"rate_hz": 2**32 - 1}, {"channels": 9}, {"channels": 65_535},
        {"rate_hz": 2**31 - 1, "channels": 8, "bits": 32}, {"rate_hz": 0}, {"channels": 0},
    ],
)  # fmt: skip
def test_claims_that_no_recorder_makes_are_refused(tmp_path: Path, claims: dict[str, int]) -> None:
    """Sample rates and channels for which there is no memory, or at which a kilobyte lasts for hours."""
    with pytest.raises(AudioError) as refused:
        read_audio_facts(wav(tmp_path / "a.wav", **claims))
    assert refused.value.reason is AudioReason.UNREADABLE


@pytest.mark.audio
def test_a_length_that_is_only_claimed_is_not_believed(tmp_path: Path) -> None:
    """Four gigabytes stated, four kilobytes there: a quarter of a second."""
    assert read_audio_facts(wav(tmp_path / "a.wav", stated_bytes=2**32 - 1)).duration_s == 0.25


@pytest.mark.audio
def test_a_recording_that_only_computes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoding may take as long as the sound lasts and a grace; here there is none, and the clock runs ahead."""
    monkeypatch.setattr("generator.sources.sound.DECODING_GRACE_S", -1.0)
    with pytest.raises(AudioError) as refused:
        list(decode_part(wav(tmp_path / "a.wav"), 8_000))
    assert refused.value.reason is AudioReason.TOO_COSTLY
    assert "0 s of computing" in str(refused.value)
    with pytest.raises(AudioError):
        prepare.prepare_audio([tmp_path / "a.wav"], tmp_path / "b.m4a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav"], "nothing half made stays"
