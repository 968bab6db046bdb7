"""One recording for the browser: mono AAC in an .m4a that every browser plays and seeks in over HTTP ranges.

The result holds sound and nothing else - no tags, no time of recording - and the same input gives the same
bytes, so that unchanged recordings stay unchanged on the server and in every cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer

from generator.media.peaks import PeakMeter
from generator.media.timeline import GAP_S, Samples, decode_frames, decode_part, join_parts, mute
from generator.sources.audio import LIBRARY_ERRORS, AudioError, open_audio
from generator.sources.whole import written_whole

FORMAT_VERSION: Final = 1
"""Raised with every change that makes other bytes or other peaks from the same recording."""

BLOCK_SAMPLES: Final = 1024
"""An AAC-LC frame."""

# The default coder, `twoloop`, overshoots where a recording starts with sound; on speech at 40 kbit/s it came out 8 dB
# further from the original than `fast` (signal to noise 22.6 against 31.0 dB) and took 1.7 times as long.
ENCODER_OPTIONS: Final = {"flags": "+bitexact", "aac_coder": "fast"}

# The index goes to the front of the file (`faststart`), so that a browser can seek after its first request.
WRITE_OPTIONS: Final = {"movflags": "+faststart", "fflags": "+bitexact"}


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """How recordings are encoded. Speech needs no more than the defaults: an hour is 18 MB."""

    sample_rate_hz: int = 24_000
    bit_rate_bps: int = 40_000


@dataclass(frozen=True, slots=True)
class Media:
    """A recording that is ready to be played."""

    duration_s: float
    size_bytes: int
    peaks: tuple[int, ...]
    """Loudness over time, 0 to 100, evenly spaced over `duration_s`; at most 1,200 values."""
    part_starts_s: tuple[float, ...]
    """Where on the joined timeline each part begins; (0.0,) for a recording in one file."""


class _NotCopyableError(Exception):
    """The file looked fit to be copied as it is, and is not."""


def prepare_audio(
    parts: Sequence[Path],
    target: Path,
    *,
    muted_s: Sequence[tuple[float, float]] = (),
    settings: MediaSettings | None = None,
) -> Media:
    """Write the recording made of `parts`, in this order, to `target`; nothing is there until all of it is.

    `muted_s` are stretches (start, end) of the joined timeline that become silent, 45 ms more on either side. A single
    part that is mono AAC-LC already is copied without loss when nothing has to be silent.
    Raises AudioError for a part that cannot be read and ValueError for no parts or a turned-round stretch.
    """
    if not parts:
        raise ValueError("a recording needs at least one part")
    settings = settings or MediaSettings()
    with written_whole(target) as unfinished:
        if len(parts) == 1 and not muted_s and _is_mono_aac(parts[0]):
            # Whatever is wrong with the packets or with the disk, encoding gets past it or says so in better words.
            with suppress(_NotCopyableError, AudioError, *LIBRARY_ERRORS):
                return _copy(parts[0], unfinished, settings)
        return _encode(parts, unfinished, muted_s, settings)


def _encode(
    parts: Sequence[Path], target: Path, muted_s: Sequence[tuple[float, float]], settings: MediaSettings
) -> Media:
    rate_hz = settings.sample_rate_hz
    starts_s: list[float] = []
    meter = PeakMeter(rate_hz)
    position = 0
    with av.open(str(target), "w", format="ipod", options=dict(WRITE_OPTIONS)) as container:
        stream = _add_aac_stream(container, settings)
        sound = mute(join_parts(parts, rate_hz, starts_s), muted_s, rate_hz)
        for block in _even_blocks(sound):
            meter.listen(block)
            frame = av.AudioFrame.from_ndarray(block[None, :], "fltp", "mono")
            frame.sample_rate, frame.pts = rate_hz, position
            container.mux(stream.encode(frame))
            position += len(block)
        container.mux(stream.encode(None))
    return Media(position / rate_hz, target.stat().st_size, meter.peaks(), tuple(starts_s))


def _add_aac_stream(container: OutputContainer, settings: MediaSettings) -> AudioStream:
    stream = container.add_stream("aac", rate=settings.sample_rate_hz, layout="mono", options=dict(ENCODER_OPTIONS))
    stream.bit_rate = settings.bit_rate_bps
    return stream


def _even_blocks(sound: Iterable[Samples]) -> Iterator[Samples]:
    """The same samples in blocks of `BLOCK_SAMPLES`; the encoder takes a shorter one only at the end."""
    rest = np.zeros(0, np.float32)
    for block in sound:
        rest = np.concatenate([rest, block])
        whole = len(rest) // BLOCK_SAMPLES * BLOCK_SAMPLES
        for start in range(0, whole, BLOCK_SAMPLES):
            yield rest[start : start + BLOCK_SAMPLES]
        rest = rest[whole:]
    if len(rest):
        yield rest


def _is_mono_aac(path: Path) -> bool:
    with open_audio(path) as (container, stream):
        codec = stream.codec_context
        return (
            container.format.name.startswith("mov,")
            and codec.codec.canonical_name == "aac"
            and codec.channels == 1
            # AAC-LC alone is played everywhere. FFmpeg knows it only after the first frame.
            and any(codec.profile == "LC" for _ in islice(decode_frames(container, stream), 1))
        )


def _copy(source: Path, target: Path, settings: MediaSettings) -> Media:
    """The source's own packets in a fresh file, without its tags."""
    with (
        open_audio(source) as (container, stream),
        av.open(str(target), "w", format="ipod", options=dict(WRITE_OPTIONS)) as written,
    ):
        copied = written.add_stream_from_template(stream)
        copied.metadata.clear()
        expected: int | None = None
        gap = GAP_S / float(stream.time_base or 1)
        for packet in container.demux(stream):
            if packet.size == 0:
                continue
            if packet.pts is None or (expected is not None and abs(packet.pts - expected) > gap):
                raise _NotCopyableError
            expected = packet.pts + (packet.duration or 0)
            packet.stream = copied
            written.mux(packet)
    meter = PeakMeter(settings.sample_rate_hz)
    samples = 0
    for block in decode_part(target, settings.sample_rate_hz):
        meter.listen(block)
        samples += len(block)
    return Media(samples / settings.sample_rate_hz, target.stat().st_size, meter.peaks(), (0.0,))
