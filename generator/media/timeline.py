"""The parts of a recording as one stretch of sound: mono, at one rate, block by block, never all of it in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from generator.sources.audio import LIBRARY_ERRORS, MAX_DURATION_S, AudioError, AudioReason, open_audio

Samples = npt.NDArray[np.float32]
"""Mono sound, full scale at 1.0; shape (samples,)."""

GAP_S: Final = 0.1
"""A jump of time stamps above this is silence that the recorder left out, as calls and browsers do; below it is
rounding."""
SILENCE_BLOCK_S: Final = 10
MUTE_GUARD_S: Final = 0.045
"""Silence on either side of a muted stretch. An AAC block of 1,024 samples smears its sound over its neighbour,
43 ms at 24 kHz, so that with less a trace of the word's ends would come back."""
MUTE_FADE_S: Final = 0.015
"""From full loudness to silence, outside the guard: an abrupt stop is heard as a click."""


def decode_part(path: Path, rate_hz: int) -> Iterator[Samples]:
    """Sound of one file, mixed to mono at `rate_hz`, its left-out silences put back. Reads the file.

    Packets that are damaged are silent. Raises AudioError when nothing can be decoded or the file is too long.
    """
    with open_audio(path) as (container, stream):
        delivered = 0
        mixer = _Mixer(rate_hz)
        first_s: float | None = None
        for frame in decode_frames(container, stream):
            if frame.time is not None:
                first_s = frame.time if first_s is None else first_s
                missing = round((frame.time - first_s) * rate_hz) - delivered - mixer.pending
                if missing > GAP_S * rate_hz:
                    _refuse_too_long(path, delivered + missing, rate_hz)
                    flushed = mixer.flush()
                    delivered += len(flushed) + missing
                    yield flushed
                    yield from _silence(missing, rate_hz)
            block = mixer.mix(frame)
            delivered += len(block)
            _refuse_too_long(path, delivered, rate_hz)
            yield block
        last = mixer.flush()
        if delivered + len(last) == 0:
            raise AudioError(path, AudioReason.ZERO_LENGTH)
        yield last


def decode_frames(container: InputContainer, stream: AudioStream) -> Iterator[av.AudioFrame]:
    """Frames of one track to the end of the file, or to where it is damaged beyond reading. Reads the file."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except LIBRARY_ERRORS:
            return
        if packet is None:
            return
        try:
            frames = stream.decode(packet)
        except LIBRARY_ERRORS:
            continue
        yield from frames


def join_parts(parts: Sequence[Path], rate_hz: int, starts_s: list[float]) -> Iterator[Samples]:
    """The parts one after another. Appends to `starts_s` where on the joined timeline each part begins, in seconds."""
    joined = 0
    for part in parts:
        starts_s.append(joined / rate_hz)
        for block in decode_part(part, rate_hz):
            joined += len(block)
            _refuse_too_long(part, joined, rate_hz)
            yield block


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


class _Mixer:
    """Frames of any rate, layout and format to mono samples at one rate. Files may change form on their way."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._form: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None
        self._taken_s = 0.0
        self._given = 0

    @property
    def pending(self) -> int:
        """Samples taken in and not yet given out: the resampler holds some back."""
        return round(self._taken_s * self._rate_hz) - self._given

    def mix(self, frame: av.AudioFrame) -> Samples:
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        before = self.flush() if form != self._form else np.zeros(0, np.float32)
        if self._resampler is None:
            self._form = form
            # To integers, FFmpeg mixes channels so that they cannot add up beyond full scale; to floats it does not.
            self._resampler = AudioResampler("s32", "mono", self._rate_hz)
        frame.pts = None  # Time is kept by the caller; the resampler must not move samples by it.
        self._taken_s += frame.samples / frame.sample_rate
        samples = np.concatenate([before, _samples(self._resampler.resample(frame))])
        self._given += len(samples) - len(before)
        return samples

    def flush(self) -> Samples:
        """What is still held back; a new stretch may follow."""
        held = _samples(self._resampler.resample(None)) if self._resampler else np.zeros(0, np.float32)
        self._resampler, self._taken_s, self._given = None, 0.0, 0
        return held


def _samples(frames: Sequence[av.AudioFrame]) -> Samples:
    if not frames:
        return np.zeros(0, np.float32)
    samples: Samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.float32)
    return samples / np.float32(2**31)


def _silence(samples: int, rate_hz: int) -> Iterator[Samples]:
    block = SILENCE_BLOCK_S * rate_hz
    for start in range(0, samples, block):
        yield np.zeros(min(block, samples - start), np.float32)


def _refuse_too_long(path: Path, samples: int, rate_hz: int) -> None:
    if samples > MAX_DURATION_S * rate_hz:
        raise AudioError(path, AudioReason.TOO_LONG, f"over {MAX_DURATION_S / 3600:.0f} h")
