"""Only speech reaches an engine, all of it, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from generator.transcription import activity
from generator.transcription.activity import LEAST_PAUSE_S, MARGIN_S, speech
from generator.transcription.values import RATE_HZ, Samples
from tests.transcription.recordings import JAPANESE, JAPANESE_S, JFK, TELEPHONE, sound

pytestmark = pytest.mark.audio


def silence(duration_s: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(duration_s * RATE_HZ), np.float32)


def noise(kind: str) -> Samples:
    """Ten seconds of what is in a recording when nobody speaks."""
    random = np.random.default_rng(1)
    time_s = np.arange(10 * RATE_HZ) / RATE_HZ
    sounds = {
        "silence": np.zeros(len(time_s)),
        "hiss": 0.1 * random.normal(size=len(time_s)),
        "roar": 0.5 * random.normal(size=len(time_s)),
        "rumble": 0.002 * np.cumsum(random.normal(size=len(time_s))),
        "mains": 0.3 * np.sin(2 * np.pi * 50 * time_s),
        "beep": 0.3 * np.sin(2 * np.pi * 1000 * time_s) * (time_s % 1 < 0.3),
    }
    return np.clip(sounds[kind], -1, 1).astype(np.float32)


@pytest.mark.parametrize("kind", ["silence", "hiss", "roar", "rumble", "mains", "beep"])
def test_silence_and_noise_are_no_speech(kind: str) -> None:
    """Nothing of them is ever transcribed: an engine would invent words for it."""
    assert speech(noise(kind)) == ()


@pytest.mark.parametrize("samples", [0, 1, 511, 512, 513])
def test_any_length_will_do(samples: int) -> None:
    """Also less sound than one of the detector's frames of 512 samples."""
    assert speech(np.zeros(samples, np.float32)) == ()


@pytest.mark.parametrize(("path", "duration_s"), [(JFK, None), (TELEPHONE / "audio.flac", None)])
def test_spans_are_in_order_and_inside(path: object, duration_s: float | None) -> None:
    """What is cut by them is cut in the order of time, and nothing twice."""
    samples = sound(path, duration_s)  # type: ignore[arg-type]
    spans = speech(samples)
    assert all(0 <= start_s < end_s <= len(samples) / RATE_HZ for start_s, end_s in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_telephone_call_begins_with_its_first_word() -> None:
    """6.7 s of ringing come before the first hello of the recording; the published transcript has it at 6.68 s."""
    first_s, _ = speech(sound(TELEPHONE / "audio.flac"))[0]
    assert 6.68 - MARGIN_S - 0.2 <= first_s <= 6.68


def test_speech_between_silences_is_found_with_a_margin() -> None:
    """A soft beginning and a fading end stay with their words, and a long pause is left out."""
    words = sound(JFK)
    spans = speech(np.concatenate([silence(5), words, silence(5), words, silence(5)]))
    outside = [time_s for start_s, end_s in spans for time_s in (start_s, end_s) if not 4.5 <= time_s <= 37.5]
    assert outside == []
    assert not [span for span in spans if 16.5 < span[0] < 20.5 or 16.5 < span[1] < 20.5]
    assert sum(end_s - start_s for start_s, end_s in spans) > 0.8 * 2 * len(words) / RATE_HZ


def test_both_detectors_agree() -> None:
    """The same weights in two packings: which extra is installed hardly moves a cut, and loses nothing."""
    samples = sound(JAPANESE / "audio.m4a", JAPANESE_S)
    fast, reference = (
        np.zeros(len(samples), bool),
        np.zeros(len(samples), bool),
    )
    for marked, detect in ((fast, activity._of_faster_whisper()), (reference, activity._of_silero())):
        for span in detect(samples):
            marked[span["start"] : span["end"]] = True
    assert fast.mean() > 0.8
    assert (fast != reference).mean() < 0.03


def test_pytorch_keeps_its_threads() -> None:
    """The detector wants a single thread for itself; the engine beside it still gets all it was given."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        activity._of_silero()(sound(JFK, 2.0))
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_a_breath_is_no_pause() -> None:
    """Pauses shorter than `LEAST_PAUSE_S` do not part a sentence."""
    spans = speech(sound(JAPANESE / "audio.m4a", JAPANESE_S))
    assert all(end_s - start_s > LEAST_PAUSE_S for start_s, end_s in spans)
    assert len(spans) < 10
