"""The sound of a recording: its parts one after another, at one rate, block by block, never all of it in memory.

Either all channels mixed to one, or one channel on its own where each person has a microphone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from generator.sources.audio import (
    DECODING_GRACE_S,
    DECODING_SHARE,
    LIBRARY_ERRORS,
    MAX_DURATION_S,
    AudioError,
    AudioReason,
    open_audio,
)

Samples = npt.NDArray[np.float32]
"""Mono sound, full scale at 1.0; shape (samples,)."""

GAP_S: Final = 0.1
"""A jump of time stamps above this is silence that the recorder left out, as calls and browsers do; below it is
rounding."""
SILENCE_BLOCK_S: Final = 10


def count_channels(part: Path) -> int:
    """How many channels a file's sound has, as its header says. Reads the file; raises AudioError."""
    with open_audio(part) as (_, stream):
        return stream.codec_context.channels


def decode_part(path: Path, rate_hz: int, channel: int | None = None) -> Iterator[Samples]:
    """Sound of one file at `rate_hz`, its left-out silences put back. Reads the file.

    All channels mixed, or `channel` (0-based) alone; a channel that the file lacks is silent, and as long as the file.
    Packets that are damaged are silent. Raises AudioError when nothing can be decoded, when the file is too long, or
    when it takes too much computing.
    """
    blocks = _decode_part(path, rate_hz, channel)
    spent_s = heard_s = 0.0
    while True:
        begun_s = time.thread_time()  # not what is done with the blocks in between
        block = next(blocks, None)
        spent_s += time.thread_time() - begun_s
        if block is None:
            return
        heard_s += len(block) / rate_hz
        _refuse_too_costly(path, spent_s, heard_s)
        yield block


def _decode_part(path: Path, rate_hz: int, channel: int | None) -> Iterator[Samples]:
    with open_audio(path) as (container, stream):
        delivered = 0
        mixer = _Mixer(rate_hz, channel)
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
    """Frames of one track to the end of the file, or to where it is damaged beyond reading. Reads the file.

    Raises AudioError when that takes too much computing: packets without sound may have no end.
    """
    packets = container.demux(stream)
    spent_s = heard_s = 0.0
    while True:
        begun_s = time.thread_time()
        try:
            packet = next(packets, None)
        except LIBRARY_ERRORS:
            return
        if packet is None:
            return
        frames: list[av.AudioFrame] = []
        with suppress(*LIBRARY_ERRORS):
            frames = stream.decode(packet)
        spent_s += time.thread_time() - begun_s
        heard_s += sum(frame.samples / frame.sample_rate for frame in frames if frame.sample_rate > 0)
        _refuse_too_costly(Path(container.name), spent_s, heard_s)
        yield from frames


def join_parts(
    parts: Sequence[Path], rate_hz: int, starts_s: list[float], channel: int | None = None
) -> Iterator[Samples]:
    """The parts one after another, as `decode_part` gives each.

    Appends to `starts_s` where on the joined timeline each part begins, in seconds.
    """
    joined = 0
    for part in parts:
        starts_s.append(joined / rate_hz)
        for block in decode_part(part, rate_hz, channel):
            joined += len(block)
            _refuse_too_long(part, joined, rate_hz)
            yield block


class _Mixer:
    """Frames of any rate, layout and format to one channel at one rate. Files may change form on their way."""

    def __init__(self, rate_hz: int, channel: int | None) -> None:
        self._rate_hz = rate_hz
        self._channel = channel
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
            layout = "mono" if self._channel is None else frame.layout
            self._resampler = AudioResampler("s32", layout, self._rate_hz)
        frame.pts = None  # Time is kept by the caller; the resampler must not move samples by it.
        self._taken_s += frame.samples / frame.sample_rate
        samples = np.concatenate([before, self._samples(self._resampler.resample(frame))])
        self._given += len(samples) - len(before)
        return samples

    def flush(self) -> Samples:
        """What is still held back; a new stretch may follow."""
        held = self._samples(self._resampler.resample(None)) if self._resampler else np.zeros(0, np.float32)
        self._resampler, self._taken_s, self._given = None, 0.0, 0
        return held

    def _samples(self, frames: Sequence[av.AudioFrame]) -> Samples:
        if not frames:
            return np.zeros(0, np.float32)
        count = frames[0].layout.nb_channels
        channels = np.concatenate([frame.to_ndarray().reshape(-1, count) for frame in frames])
        channel = self._channel or 0
        if channel >= count:
            return np.zeros(len(channels), np.float32)
        samples: Samples = channels[:, channel].astype(np.float32)
        return samples / np.float32(2**31)


def _silence(samples: int, rate_hz: int) -> Iterator[Samples]:
    block = SILENCE_BLOCK_S * rate_hz
    for start in range(0, samples, block):
        yield np.zeros(min(block, samples - start), np.float32)


def _refuse_too_costly(path: Path, spent_s: float, heard_s: float) -> None:
    if spent_s > heard_s * DECODING_SHARE + DECODING_GRACE_S:
        detail = f"{spent_s:.0f} s of computing for {heard_s:.0f} s of sound"
        raise AudioError(path, AudioReason.TOO_COSTLY, detail)


def _refuse_too_long(path: Path, samples: int, rate_hz: int) -> None:
    if samples > MAX_DURATION_S * rate_hz:
        raise AudioError(path, AudioReason.TOO_LONG, f"over {MAX_DURATION_S / 3600:.0f} h")
