"""Recordings are cut into windows so that every word is in one of them, whole where that is possible."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.transcription.values import RATE_HZ, WINDOW_S, Samples, Window
from generator.transcription.windows import blocks, windows

SHORTEST_PAUSE = RATE_HZ // 5
"""Silence that the detector of these tests takes for a pause."""

Talk = Sequence[tuple[float, float]]
"""(pause, speech) after one another, in seconds."""

talks = st.lists(
    st.tuples(
        st.one_of(st.floats(0.0, 3.0), st.floats(3.0, 200.0)), st.one_of(st.floats(0.05, 12.0), st.floats(12.0, 100.0))
    ),
    max_size=40,
)


def recording(talk: Talk, *, end_s: float = 0.0) -> Samples:
    """Noise where someone speaks, digital silence elsewhere."""
    noise = np.random.default_rng(1)
    parts = [np.zeros(0, np.float32)]
    for pause_s, speech_s in talk:
        parts.append(np.zeros(round(pause_s * RATE_HZ), np.float32))
        parts.append(noise.uniform(0.1, 0.5, round(speech_s * RATE_HZ)).astype(np.float32))
    parts.append(np.zeros(round(end_s * RATE_HZ), np.float32))
    return np.concatenate(parts)


def spoken(samples: Samples) -> tuple[tuple[float, float], ...]:
    """The true spans of such a recording, those with short silences between them taken together."""
    loud = np.flatnonzero(samples)
    if not len(loud):
        return ()
    breaks = np.flatnonzero(np.diff(loud) > SHORTEST_PAUSE)
    starts, ends = loud[np.r_[0, breaks + 1]], loud[np.r_[breaks, len(loud) - 1]] + 1
    return tuple((start / RATE_HZ, end / RATE_HZ) for start, end in zip(starts, ends, strict=True))


def in_stretches(sound: Samples, lengths: Sequence[int]) -> Iterator[Samples]:
    """The same sound as a decoder may deliver it."""
    start, number = 0, 0
    while start < len(sound):
        length = lengths[number % len(lengths)]
        yield sound[start : start + length]
        start, number = start + length, number + 1


def cut(sound: Samples, *lengths: int) -> list[Window]:
    """The recording's windows."""
    return list(windows(in_stretches(sound, lengths or (RATE_HZ,)), spoken))


@settings(deadline=None, max_examples=40)
@given(talks)
def test_every_sample_of_speech_is_in_exactly_one_window(talk: Talk) -> None:
    """Nothing said is lost, nothing is heard twice, and what a window holds is where its time map says it is."""
    sound = recording(talk)
    heard = np.zeros(len(sound), np.int8)
    for window in cut(sound):
        assert len(window.samples) <= WINDOW_S * RATE_HZ
        filled = 0
        for inside_s, outside_s, length_s in window.pieces:
            inside, outside, length = (round(time_s * RATE_HZ) for time_s in (inside_s, outside_s, length_s))
            assert inside == filled
            assert np.array_equal(window.samples[inside : inside + length], sound[outside : outside + length])
            heard[outside : outside + length] += 1
            filled += length
        assert filled == len(window.samples)
    assert heard.max(initial=0) <= 1
    assert heard[sound > 0].all()


@settings(deadline=None, max_examples=15)
@given(talks, st.lists(st.integers(1, 700 * RATE_HZ), min_size=1, max_size=5))
def test_the_cuts_depend_on_the_sound_alone(talk: Talk, lengths: list[int]) -> None:
    """Whatever the decoder's blocks, the windows are the same, and so are their names in the cache."""
    sound = recording(talk)
    lengths = [max(length, RATE_HZ // 50) for length in lengths]
    assert [(window.digest, window.pieces) for window in cut(sound, *lengths)] == [
        (window.digest, window.pieces) for window in cut(sound)
    ]


@settings(deadline=None, max_examples=15)
@given(talks, st.floats(0, 1))
def test_times_lead_back_to_the_recording(talk: Talk, where: float) -> None:
    """A word's time in a window is its time in the recording, within a sample; times never run backwards."""
    sound = recording(talk)
    for window in cut(sound):
        place = int(where * (len(window.samples) - 1))
        time_s = window.on_timeline(place / RATE_HZ)
        assert sound[round(time_s * RATE_HZ)] == window.samples[place]
        times_s = [window.on_timeline(time_s) for time_s in np.linspace(0, WINDOW_S, 100)]
        assert times_s == sorted(times_s)


@pytest.mark.parametrize("silence_s", [0.0, 0.01, 3.0, 1300.0])
def test_silence_has_no_windows(silence_s: float) -> None:
    """Where nobody speaks there is nothing to hear: engines invent sentences there."""
    assert cut(recording([], end_s=silence_s)) == []


def test_long_pauses_are_left_out_and_short_ones_kept() -> None:
    """A pause of half a second stays as it was, of a longer one only a breath's length of its own sound."""
    (window,) = cut(recording([(0.25, 2.0), (0.5, 2.0), (60.0, 2.0)], end_s=9.0))
    assert window.pieces == ((0.0, 0.0, 4.85), (4.85, 64.65, 2.2))


def test_windows_are_filled() -> None:
    """An engine takes as long for 5 s as for 30 s: in a talk of an hour little of its time is wasted."""
    pattern = np.random.default_rng(2)
    talk = [(pattern.uniform(0.25, 2.0), pattern.uniform(1.0, 7.0)) for _ in range(800)]
    found = cut(recording(talk))
    filled_s = sum(len(window.samples) for window in found) / RATE_HZ
    assert filled_s / (len(found) * WINDOW_S) > 0.9


def test_utterances_are_whole_where_they_fit() -> None:
    """A cut lies in a pause: no word falls apart while an utterance is shorter than a window."""
    found = cut(recording([(0.6, 4.0)] * 200, end_s=0.2))
    assert len(found) == math.ceil(sum(len(window.samples) for window in found) / RATE_HZ / WINDOW_S) > 5
    assert all(window.samples[0] == 0 == window.samples[-1] for window in found)


def test_a_monologue_is_cut_where_it_is_quietest() -> None:
    """Someone who does not pause for longer than a window is cut in a breath, not in a word."""
    breaths_s = (WINDOW_S - 3.0, 2 * WINDOW_S - 4.5)
    sound = recording([(0.0, 2 * WINDOW_S + 10.0)])
    for breath_s in breaths_s:
        sound[round(breath_s * RATE_HZ) :][: RATE_HZ // 10] *= 0.01
    assert [window.pieces for window in cut(sound)] == [
        ((0.0, 0.0, breaths_s[0] + 0.05),),
        ((0.0, breaths_s[0] + 0.05, breaths_s[1] - breaths_s[0]),),
        ((0.0, breaths_s[1] + 0.05, 14.45),),
    ]


def test_breaths_that_the_detector_missed_serve_as_cuts() -> None:
    """With long utterances, windows are filled up to the last breath that fits."""
    sound = recording([(0.0, WINDOW_S - 10.0), (0.5, 20.0)])
    breath_s = WINDOW_S - 1.0
    sound[round(breath_s * RATE_HZ) :][: RATE_HZ // 10] = 0.0
    first, second = cut(sound)
    assert first.pieces == ((0.0, 0.0, breath_s + 0.05),)
    assert second.pieces == ((0.0, breath_s + 0.05, 11.45),)


def test_blocks_are_cut_in_the_longest_pause_near_their_end() -> None:
    """What is looked through at once is about ten minutes, and its end is nobody's word."""
    sound = recording([(0.5, 4.5)] * 112 + [(0.5, 10.0), (3.0, 4.0), (0.5, 300.0)])
    first, second = blocks(in_stretches(sound, [RATE_HZ]), spoken)
    assert (first.start, second.start) == (0, len(first.samples))
    assert len(first.samples) / RATE_HZ == pytest.approx(560.0 + 10.5 + 1.5)
    assert len(first.samples) + len(second.samples) == len(sound)
    assert len(first.spans) == 113


def test_sound_without_a_pause_still_ends_somewhere() -> None:
    """Music or noise that the detector takes for speech is cut too, and windows go on over the cut."""
    sound = recording([(0.0, 1250.0)])
    assert len(list(blocks([sound], spoken))) == 3
    assert sum(len(window.samples) for window in cut(sound)) == len(sound)


def test_a_channel_is_noted() -> None:
    """Who was recorded on a channel of their own can be told later."""
    assert [window.channel for window in windows([recording([(0.0, 3.0)])], spoken, channel=1)] == [1]


def test_equal_sound_has_equal_names() -> None:
    """Sound is known again by what it is, wherever in a recording it lies."""
    sound = recording([(2.0, 3.0)], end_s=2.0)
    (alone,) = cut(sound)
    (later,) = cut(np.concatenate([np.zeros(40 * RATE_HZ, np.float32), sound]))
    assert later.digest == alone.digest
    assert later.pieces != alone.pieces
