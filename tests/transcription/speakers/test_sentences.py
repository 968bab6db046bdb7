"""Two people with a channel each, heard by a real engine: every sentence once, and by whom it was said."""

from __future__ import annotations

from pathlib import Path

import jiwer
import numpy as np
import pytest

from generator.sources.sound import count_channels
from generator.transcription.activity import speech
from generator.transcription.engines import engine_settings, opened
from generator.transcription.speakers import listen
from generator.transcription.windows import windows
from tests.support.weights import faster_whisper_weights
from tests.transcription.speakers.recordings import AT_ONCE, overhearing, sound, write_wav

pytestmark = pytest.mark.audio
SAID = (
    "he began a confused complaint against the wizard who had vanished behind the curtain on the left",
    "the horizon seems extremely distant",
)


def heard(recording: Path) -> list[str]:
    """What the engine hears in each channel, without case and punctuation."""
    settings = engine_settings("faster-whisper", str(faster_whisper_weights()), language="en", device="cpu")
    listening = listen([recording], "auto")
    texts = []
    for channel in listening.channels:
        segments = [
            segment
            for window in windows(listening.sound(channel), speech, channel)
            for segment in opened(settings).hear(window.samples).segments
        ]
        text = " ".join(segment.text for segment in segments).casefold()
        texts.append("".join(letter for letter in text if letter.isalpha() or letter == " ").strip())
    return texts


def test_two_people_at_once_are_heard_apart() -> None:
    """Mixed, one of the sentences would be lost; by channel, each person's is whole."""
    assert count_channels(AT_ONCE) == 2
    left, right = heard(AT_ONCE)
    assert jiwer.wer(SAID[0], left) <= 0.1
    assert jiwer.wer(SAID[1], right) <= 0.2


def test_no_sentence_is_heard_twice(tmp_path: Path) -> None:
    """Where microphones overhear each other at -20 dB, a person's words stand in their own channel only."""
    one, other = sound(AT_ONCE, channel=0), sound(AT_ONCE, channel=1)
    in_turn = np.concatenate([one, 0 * other]), np.concatenate([0 * one, other])
    pair = overhearing(in_turn, 20)
    left, right = heard(write_wav(tmp_path / "call.wav", pair, "stereo"))
    assert jiwer.wer(SAID[0], left) <= 0.1
    assert jiwer.wer(SAID[1], right) <= 0.2
