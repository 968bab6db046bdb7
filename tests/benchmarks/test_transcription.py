"""What is measured beside the bare libraries is the same sound, and compared in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.transcription import CASES, Sound, english, in_own_process, japanese, lines, plain
from generator.sources.audio import read_audio_facts


def test_texts_are_compared_by_what_is_said() -> None:
    """Width, case, punctuation and spaces beside Japanese are ways of writing, not of hearing."""
    assert plain("Ｙｅｓ, 500 グラム。 それ です！") == plain("yes　500グラム、それです")
    assert plain("ask not -- what, your COUNTRY") == "ask not what your country"
    assert plain("はい") != plain("いいえ")


def test_error_rates_count_characters_or_words() -> None:
    """One wrong character of ten in Japanese, one wrong word of two in English."""
    assert Sound(Path("a"), 1.0, "ja", "あいうえおかきくけこ").error_rate("あいうえおかきくけか") == pytest.approx(0.1)
    assert Sound(Path("a"), 1.0, "en", "Hello there.").error_rate("hello their") == pytest.approx(0.5)


@pytest.mark.audio
def test_sound_and_words_belong_together(tmp_path: Path) -> None:
    """Whole recordings are joined, so that no word is missing from the one and present in the other."""
    first = next(case for case in CASES if lines(case)[1] == "ja")
    talk = japanese(tmp_path, 1.0)
    assert talk.text == lines(first)[0]
    assert talk.length_s == pytest.approx(read_audio_facts(first / "audio.m4a").duration_s, abs=0.1)
    assert read_audio_facts(talk.path).duration_s == pytest.approx(talk.length_s, abs=0.01)


@pytest.mark.audio
@pytest.mark.parametrize("what", ["bare faster-whisper", "ours faster-whisper"])
def test_each_is_measured_in_a_process_of_its_own(what: str) -> None:
    """Seconds, memory and words come back; what is heard is what was said."""
    speech = english()
    run = in_own_process(what, speech, 1)
    assert speech.error_rate(run.text) <= 0.1
    assert run.processor_s > 0
    assert 100 < run.peak_mb < 1_500
