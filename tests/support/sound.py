"""Small recordings in every form a recorder may write, and an ear to check the results by.

The sound is a tone with a slow beat: loud everywhere, so that silence is never there by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Full scale at 1.0; shape (samples,)."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing sound into a file."""

    suffix: str
    codec: str
    container: str
    """FFmpeg's name of the muxer."""
    rate_hz: int = 48_000
    layout: str = "mono"
    bit_rate_bps: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    """Given to the muxer."""


M4A = Form(".m4a", "aac", "ipod", 44_100, "stereo")
MP3 = Form(".mp3", "libmp3lame", "mp3", 44_100, "stereo", 64_000)
MP3_WITHOUT_XING = Form(".mp3", "libmp3lame", "mp3", 44_100, "stereo", 64_000, (("write_xing", "0"),))
WAV = Form(".wav", "pcm_s16le", "wav", 44_100, "stereo")
WAV_8_KHZ = Form(".wav", "pcm_s16le", "wav", 8_000)
WAV_5_1 = Form(".wav", "pcm_s16le", "wav", 48_000, "5.1")
WAV_FLOAT = Form(".wav", "pcm_f32le", "wav")
FLAC = Form(".flac", "flac", "flac", 44_100, "stereo")
OGG_OPUS = Form(".opus", "libopus", "ogg", 48_000)
OGG_FLAC = Form(".ogg", "flac", "ogg", 44_100)
WEBM = Form(".webm", "libopus", "webm", 48_000)
WEBM_FROM_A_BROWSER = Form(".webm", "libopus", "webm", 48_000, options=(("live", "1"),))
MP4 = Form(".mp4", "aac", "mp4", 48_000, "stereo")
MP4_FRAGMENTED = Form(
    ".mp4", "aac", "mp4", 48_000, options=(("movflags", "frag_keyframe+empty_moov"), ("frag_duration", "1000000"))
)
ADTS_CALLED_M4A = Form(".m4a", "aac", "adts", 24_000)
MONO_AAC = Form(".m4a", "aac", "ipod", 24_000, bit_rate_bps=32_000)

EVERY_FORM = (
    M4A, MP3, MP3_WITHOUT_XING, WAV, WAV_8_KHZ, WAV_5_1, WAV_FLOAT, FLAC, OGG_OPUS, OGG_FLAC,
    WEBM, WEBM_FROM_A_BROWSER, MP4, MP4_FRAGMENTED, ADTS_CALLED_M4A, MONO_AAC,
)  # fmt: skip


def name_of(form: Form) -> str:
    """For test identifiers: `wav-pcm_s16le-5.1-48000`."""
    extra = "".join(f"-{key}" for key, _ in form.options)
    return f"{form.container}-{form.codec}-{form.layout}-{form.rate_hz}{extra}"


def tone(duration_s: float, rate_hz: int, pitch_hz: float = 440.0) -> Samples:
    """A tone with a beat of 3 Hz; peaks at 0.5."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * pitch_hz * time_s) * (0.8 + 0.2 * np.sin(6 * np.pi * time_s))).astype(np.float32)


def write_recording(
    folder: Path, form: Form, *, duration_s: float = 3.0, name: str = "audio", tags: Sequence[tuple[str, str]] = ()
) -> Path:
    """A tone in `form`; returns the file written."""
    path = folder / f"{name}{form.suffix}"
    write_sound(path, form, tone(duration_s, form.rate_hz), tags=tags)
    return path


def write_sound(path: Path, form: Form, sound: Samples, *, tags: Sequence[tuple[str, str]] = ()) -> None:
    """Write `sound`, the same on every channel, at the form's rate."""
    with av.open(str(path), "w", format=form.container, options=dict(form.options)) as container:
        container.metadata.update(tags)
        coder = {"aac_coder": "fast"} if form.codec == "aac" else {}  # the default one overshoots on pure tones
        stream = container.add_stream(form.codec, rate=form.rate_hz, layout=form.layout, options=coder)
        if form.bit_rate_bps:
            stream.bit_rate = form.bit_rate_bps
        channels = av.AudioLayout(form.layout).nb_channels
        for start in range(0, len(sound), 960):
            block = np.repeat(sound[None, start : start + 960], channels, axis=0)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), "fltp", form.layout)
            frame.sample_rate, frame.pts = form.rate_hz, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def hear(path: Path) -> tuple[Samples, int]:
    """What a player would play: all samples of a mono file, and their rate."""
    with av.open(str(path)) as container:
        rate_hz = container.streams.audio[0].rate
        return np.concatenate(list(_mono_blocks(container))), rate_hz


def _mono_blocks(container: av.container.InputContainer) -> Iterator[Samples]:
    for frame in container.decode(audio=0):
        yield np.asarray(frame.to_ndarray()[0], np.float32)


def loudness(sound: Samples, rate_hz: int, start_s: float, end_s: float) -> float:
    """Root mean square between two times; 1.0 is full scale."""
    part = sound[round(start_s * rate_hz) : round(end_s * rate_hz)]
    return float(np.sqrt(np.mean(np.square(part))))


def copy_with_tags(source: Path, target: Path, tags: Mapping[str, str]) -> None:
    """Write the sound of `source` to `target`, an .m4a, with these tags."""
    with av.open(str(source)) as given, av.open(str(target), "w", format="ipod") as made:
        track = made.add_stream_from_template(given.streams.audio[0])
        made.metadata.update(tags)
        for packet in given.demux(given.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = track
                made.mux(packet)
