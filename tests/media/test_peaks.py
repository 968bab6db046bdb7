"""The waveform shows how loud each stretch is, in few numbers."""

from __future__ import annotations

import numpy as np
import pytest

from generator.media.peaks import PeakMeter
from tests.support.sound import Samples

RATE_HZ = 24_000


def peaks_of(track: Samples, block: int = 1_000) -> tuple[int, ...]:
    """The waveform of sound that arrives in blocks."""
    meter = PeakMeter(RATE_HZ)
    for start in range(0, len(track), block):
        meter.listen(track[start : start + block])
    return meter.peaks()


def constant(duration_s: float, level: float) -> Samples:
    """Sound of one level."""
    return np.full(round(duration_s * RATE_HZ), level, np.float32)


def test_one_value_for_each_tenth_of_a_second() -> None:
    """The loudest stretch is 100, silence is 0, and the sign of the sound does not matter."""
    track = np.concatenate([constant(0.2, 0.25), constant(0.1, 0.0), constant(0.15, -0.5)])
    assert peaks_of(track) == (50, 50, 0, 100, 100)


@pytest.mark.parametrize("block", [1, 7, 2_400, 100_000])
def test_blocks_do_not_matter(block: int) -> None:
    """However the sound arrives, the waveform is the same."""
    track = np.concatenate([constant(0.11, 0.1), constant(0.11, 0.4), constant(0.05, 0.2)])
    assert peaks_of(track, block) == (25, 100, 100)


def test_a_long_recording_has_no_more_values_than_a_screen_shows() -> None:
    """An hour and a second has 1,200 even stretches, none of them lost."""
    track = constant(3_601, 0.1)
    track[RATE_HZ * 1_800 : RATE_HZ * 1_800 + 10] = 1.0
    peaks = peaks_of(track, 240_000)
    assert len(peaks) == 1_200
    assert peaks.count(100) == 1
    assert peaks.index(100) == pytest.approx(600, abs=1)


def test_silence_is_flat() -> None:
    """Nothing to hear is drawn as nothing; no sound at all has no waveform."""
    assert peaks_of(constant(0.3, 0.0)) == (0, 0, 0)
    assert peaks_of(constant(0.0, 0.0)) == ()
