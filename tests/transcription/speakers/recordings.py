"""Interviews with one person per channel and in rooms, made from the samples and their exact transcripts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import av
import numpy as np

from generator.sources.sound import decode_part
from generator.sources.webvtt import parse, spoken
from generator.transcription.values import RATE_HZ, Samples, Segment, Word

ROOT = Path(__file__).parents[3]
CASE = ROOT / "cases" / "2025-04-construction-lost"
"""Two synthetic voices in Japanese."""
CALL = ROOT / "tests" / "data" / "real-interview" / "cases" / "telephone-call"
"""Two people on the telephone, mixed to one channel."""
AT_ONCE = ROOT / "tests" / "data" / "audio" / "stereo_diarization.wav"
"""Two people who speak at once, one per channel."""
SPEECH_MARGIN_S = 0.1
Pair = tuple[Samples, Samples]
"""Left and right."""


@cache
def sound(path: Path, length_s: float | None = None, channel: int | None = None) -> Samples:
    """The start of a recording, mixed to mono or one channel of it."""
    samples = np.concatenate(list(decode_part(path, RATE_HZ, channel)))
    return samples if length_s is None else samples[: round(length_s * RATE_HZ)]


@cache
def apart(length_s: float = 60.0) -> Pair:
    """The sample's interview with each person on a channel of their own, cut apart by its transcript."""
    mixed = sound(CASE / "audio.m4a", length_s)
    channels = np.zeros((2, len(mixed)), np.float32)
    for start_s, end_s, voice, _ in lines(CASE):
        place = slice(*(max(round(at * RATE_HZ), 0) for at in (start_s - SPEECH_MARGIN_S, end_s + SPEECH_MARGIN_S)))
        channels[voices(CASE).index(voice), place] = mixed[place]
    return channels[0], channels[1]


def overhearing(pair: Pair, below_db: float) -> Pair:
    """The same with each channel hearing the other one so far below."""
    gain = np.float32(10 ** (-below_db / 20))
    left, right = pair
    return left + gain * right, right + gain * left


def in_a_room(pair: Pair, *, near: float, far: float, delay: int, echo: float) -> Pair:
    """Both people in one room, each `near` one microphone and `far` from the other, by amplitude.

    `delay` in samples is how much later the far one hears; the room's echo dies away in 0.3 s and is not the same at
    any two places.
    """
    left, right = pair
    generator = np.random.default_rng(1)
    length = round(0.3 * RATE_HZ)
    decay = np.exp(-6.9 * np.arange(length) / length)

    def heard(samples: Samples, gain: float, delay: int) -> Samples:
        response = generator.standard_normal(length) * decay
        response *= echo / np.sqrt(np.sum(response**2))
        response[delay] += gain
        size = len(samples) + length
        result = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
        return result[: len(samples)].astype(np.float32)

    return (
        heard(left, near, 0) + heard(right, far, delay),
        heard(left, far, delay) + heard(right, near, 0),
    )


def noise(like: Samples, level: float) -> Samples:
    """Even noise with this root mean square."""
    return (np.random.default_rng(2).standard_normal(len(like)) * level).astype(np.float32)


def music(like: Samples) -> Samples:
    """Broken chords, two notes a second."""
    time_s = np.arange(len(like)) / RATE_HZ
    step = 1 + 0.25 * np.floor(time_s % 4)
    chord = sum(np.sin(2 * np.pi * pitch_hz * time_s * step) for pitch_hz in (220, 330, 440))
    return (0.1 * chord * np.exp(-3 * (time_s % 0.5))).astype(np.float32)


def write_wav(path: Path, channels: Sequence[Samples], layout: str) -> Path:
    """Write one array for each channel as 16-bit WAV."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE_HZ, layout=layout)
        clipped = np.clip(np.stack(channels), -1.0, 1.0)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray((clipped * 32_767).astype(np.int16).T.reshape(1, -1)), "s16", layout
        )
        frame.sample_rate = RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@cache
def lines(case: Path) -> tuple[tuple[float, float, str, str], ...]:
    """(start in seconds, end, voice, text) of the lines of a transcript."""
    cues = parse((case / "transcript.vtt").read_bytes()).cues
    return tuple((cue.start_s, cue.end_s, voice, text) for cue in cues for voice, text in spoken(cue)[:1])


def voices(case: Path) -> tuple[str, ...]:
    """Who speaks, in order of first words."""
    return tuple(dict.fromkeys(voice for _, _, voice, _ in lines(case)))


def as_heard(case: Path, length_s: float) -> tuple[Segment, ...]:
    """The transcript as an engine puts it out: a word for each character, segments that run across turns.

    A line's characters share its time evenly, so that some are timed by up to half a second wrong, as an engine's are.
    """
    words: list[Word] = []
    for start_s, end_s, _, text in lines(case):
        if end_s <= length_s:
            step_s = (end_s - start_s) / len(text)
            words += [
                Word(start_s + number * step_s, start_s + (number + 1) * step_s, letter, 0.9)
                for number, letter in enumerate(text)
            ]
    groups = [words[start : start + 100] for start in range(0, len(words), 100)]
    return tuple(segment(group) for group in groups)


def segment(words: Sequence[Word], channel: int | None = None) -> Segment:
    """Words that an engine put out as one."""
    text = "".join(word.text for word in words)
    return Segment(words[0].start_s, words[-1].end_s, text, tuple(words), -0.2, 0.0, 1.2, channel)


def true_voice(case: Path, time_s: float) -> str:
    """Who really speaks then."""
    return next(voice for start_s, end_s, voice, _ in lines(case) if start_s <= time_s <= end_s)
