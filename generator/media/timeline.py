"""The parts of a recording as one stretch of sound, with stretches of it silenced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from generator.sources.sound import GAP_S, Samples, decode_frames, decode_part, join_parts

__all__ = ["GAP_S", "MUTE_FADE_S", "MUTE_GUARD_S", "Samples", "decode_frames", "decode_part", "join_parts", "mute"]

MUTE_GUARD_S: Final = 0.045
"""Silence on either side of a muted stretch. An AAC block of 1,024 samples smears its sound over its neighbour,
43 ms at 24 kHz, so that with less a trace of the word's ends would come back."""
MUTE_FADE_S: Final = 0.015
"""From full loudness to silence, outside the guard: an abrupt stop is heard as a click."""


def mute(blocks: Iterable[Samples], ranges_s: Sequence[tuple[float, float]], rate_hz: int) -> Iterator[Samples]:
    """The same sound with `ranges_s` silent, so that nothing of them remains after encoding either.

    Raises ValueError for a range that ends before it starts: silencing nothing by mistake would be a leak.
    """
    for start_s, end_s in ranges_s:
        if not start_s < end_s:
            raise ValueError(f"muted range {start_s} to {end_s} s is empty or turned round")
    reach_s = MUTE_GUARD_S + MUTE_FADE_S
    position = 0
    for block in blocks:
        start_of_block_s, position = position / rate_hz, position + len(block)
        touching = [
            (start_s, end_s)
            for start_s, end_s in ranges_s
            if start_s - reach_s < position / rate_hz and start_of_block_s < end_s + reach_s
        ]
        if not touching:
            yield block
            continue
        time_s = start_of_block_s + np.arange(len(block)) / rate_hz
        gain = np.ones(len(block))
        for start_s, end_s in touching:
            distance_s = np.maximum(start_s - time_s, time_s - end_s)
            gain = np.minimum(gain, np.clip((distance_s - MUTE_GUARD_S) / MUTE_FADE_S, 0, 1))
        yield (block * gain).astype(np.float32)
