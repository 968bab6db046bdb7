"""The waveform under the player: how loud each stretch of a recording is."""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.media.timeline import Samples

STRETCH_S: Final = 0.1
MAX_PEAKS: Final = 1_200
"""As many as a wide screen can show, two pixels each, at about 3 KB a page."""
LOUDEST: Final = 100


class PeakMeter:
    """Collects the waveform while the sound passes; holds one number for each `STRETCH_S`."""

    def __init__(self, rate_hz: int) -> None:
        self._stretch = round(STRETCH_S * rate_hz)
        self._rest = np.zeros(0, np.float32)
        self._loudest: list[float] = []

    def listen(self, block: Samples) -> None:
        """Take in the next samples."""
        sound = np.concatenate([self._rest, np.abs(block)])
        whole = len(sound) // self._stretch * self._stretch
        self._loudest += sound[:whole].reshape(-1, self._stretch).max(axis=1).tolist()
        self._rest = sound[whole:]

    def peaks(self) -> tuple[int, ...]:
        """Largest amplitude in each of at most `MAX_PEAKS` even stretches, 0 to 100; the loudest one is 100."""
        loudest = np.array([*self._loudest, *([float(self._rest.max())] if len(self._rest) else [])])
        if not len(loudest):
            return ()
        if len(loudest) > MAX_PEAKS:
            starts = np.arange(MAX_PEAKS) * len(loudest) // MAX_PEAKS
            loudest = np.maximum.reduceat(loudest, starts)
        scale = LOUDEST / (loudest.max() or 1.0)
        return tuple(round(value * scale) for value in loudest.tolist())
