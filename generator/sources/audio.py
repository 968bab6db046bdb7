"""Facts about a recording, read without decoding it: how long it is, in what form it comes, what its tags say.

A recording comes from any recorder, phone or meeting service, often through Git LFS, so anything may lie here under
an audio file's name. Whatever it is, the answer is `AudioFacts` or an `AudioError` that says what is the matter.

A file whose container states its length is read at its two ends only. The length is then the true one, not the stated
one: recordings that were cut off keep a header that promises more, and browsers write WebM that promises nothing.
Those are read through once, packet by packet; an hour takes a fraction of a second.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Final

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer

from generator.sources.reasons import reason_of

SUFFIXES: Final = frozenset({".m4a", ".mp3", ".wav", ".ogg", ".opus", ".flac", ".webm", ".mp4"})
"""Names under which a recording is accepted, in lower case. What is inside may differ; it is read all the same."""

MAX_DURATION_S: Final = 12 * 3600.0
MAX_STREAMS: Final = 32
"""More than any recorder writes: a damaged header can announce thousands."""
MAX_CHANNELS: Final = 8
"""7.1; there is no agreed way to mix more of them down."""
SAMPLE_RATES_HZ: Final = range(4_000, 384_001)
"""From a telephone's half to twice a studio's. A header can say 1 Hz, at which a kilobyte is a quarter of an hour, or
2 GHz, for which no filter fits into memory."""
DECODING_SHARE: Final = 0.2
"""Of the time that the sound lasts, what decoding may take in computing time. It takes a hundredth of it, but a file
can be made of millions of packets of one sample each."""
DECODING_GRACE_S: Final = 30.0
"""What it may take besides."""
MAX_PACKETS: Final = 4_000_000
"""Twice what 12 hours of 20 ms packets need."""
MAX_TAGS: Final = 200
MAX_TAG_CHARACTERS: Final = 2_000

STATED_IS_TRUE_WITHIN_S: Final = 0.25
"""A stated length this near to the last packet is more exact than the packet, whose end is padding."""
TAIL_S: Final = 2.0
"""How far before the stated end reading starts: longer than a packet of any codec in use."""
PROOF_PACKETS: Final = 64
"""One of so many packets from the start must decode, or the file is not taken for sound."""

LFS_POINTER_START: Final = b"version https://git-lfs.github.com/spec/v1"
"""Git LFS specification, "The Pointer": the first line of every pointer file."""

# FFmpeg recognises what is inside by itself. Among the hundreds of formats it knows are playlists that make it open
# other files and addresses, so that only the containers of `SUFFIXES` and only files are allowed.
READ_OPTIONS: Final = {"protocol_whitelist": "file", "format_whitelist": "mov,mp3,wav,w64,ogg,flac,matroska,aac,aiff"}

LIBRARY_ERRORS: Final = (av.error.FFmpegError, OSError, ValueError, ArithmeticError, EOFError, LookupError, MemoryError)
"""What PyAV raises on bad input: FFmpeg's errors, and Python's own where a field makes no sense to it."""

_CONTAINERS: Final = {"mov,mp4,m4a,3gp,3g2,mj2": "mp4", "matroska,webm": "webm", "aac": "adts"}
_TIMES_GUESSED: Final = frozenset({"mp3", "aac"})
"""FFmpeg's names of containers without times: after a jump FFmpeg computes them from the bit rate."""
_XING_MARKS: Final = (b"Xing", b"Info", b"VBRI")


class AudioReason(Enum):
    """Why a file cannot serve as a recording."""

    LFS_POINTER = "lfs-pointer"
    """The small text that Git LFS leaves in place of a file it has not fetched."""
    EMPTY_FILE = "empty-file"
    """Nothing in it: 0 bytes."""
    UNREADABLE = "unreadable"
    """Not sound in any accepted form, or too damaged to play."""
    NO_AUDIO = "no-audio"
    """A media file without a sound track, for example a video without sound."""
    ZERO_LENGTH = "zero-length"
    """A well-formed file whose sound track holds no sound."""
    TOO_LONG = "too-long"
    """Longer than `MAX_DURATION_S`, which no interview is."""
    TOO_COSTLY = "too-costly"
    """Made so that decoding it takes far too long."""


class AudioError(Exception):
    """A file that cannot serve as a recording: which one, why, and what the decoder said about it."""

    def __init__(self, path: Path, reason: AudioReason, detail: str = "") -> None:
        super().__init__(path, reason, detail)
        self.path = path
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.path}: {self.reason.value}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What a recording's file tells about itself."""

    duration_s: float
    """How long it really plays, for example 1834.25."""
    stated_duration_s: float | None
    """What its header says; None when it says nothing. Far above `duration_s` in a file that was cut off."""
    sample_rate_hz: int
    channels: int
    codec: str
    """`aac`, `mp3`, `opus`, `vorbis`, `flac`, `pcm_s16le`, ..."""
    container: str
    """`mp4`, `mp3`, `wav`, `ogg`, `flac`, `webm`, `adts`, whatever the file is called."""
    bit_rate_bps: int | None
    size_bytes: int
    tags: Mapping[str, str] = field(hash=False)
    """Title, artist, comment and so on, as found; they may hold names that are not to be published."""


def read_audio_facts(path: Path) -> AudioFacts:
    """Read the facts about the recording at `path`. Raises AudioError when it cannot serve as one, and nothing else."""
    with open_audio(path) as (container, stream):
        stated_s = _stated_duration_s(container, stream)
        sample_rate_hz, channels = stream.codec_context.sample_rate, stream.codec_context.channels
        facts_from_header = (sample_rate_hz, channels, stream.codec_context.codec.canonical_name)
        bit_rate_bps = stream.bit_rate or container.bit_rate or None
        size_bytes = container.size
        tags = _tags(container, stream)
        container_name = _CONTAINERS.get(container.format.name, container.format.name)
        _prove_decodable(path, container, stream, stated_s)
        credible_s = stated_s if _states_true_times(path, container) else None
        end_s = None if credible_s is None else _end_near(container, stream, credible_s)
    if end_s is None:
        with open_audio(path) as (container, stream):
            end_s = _end_of_packets(container, stream)
    duration_s = _settle_duration_s(credible_s, end_s)
    if duration_s > MAX_DURATION_S:
        raise AudioError(path, AudioReason.TOO_LONG, f"{duration_s / 3600:.1f} h")
    if duration_s <= 0:
        raise AudioError(path, AudioReason.ZERO_LENGTH)
    return AudioFacts(duration_s, stated_s, *facts_from_header, container_name, bit_rate_bps, size_bytes, tags)


@contextmanager
def open_audio(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open a recording and its first sound track; whatever goes wrong inside the block leaves it as an AudioError.

    What the library raises says only that the file is UNREADABLE. Reads the file.
    """
    _refuse_non_recordings(path)
    try:
        # An absolute path cannot be taken for one of FFmpeg's own addresses, such as `concat:` or `data:`.
        with av.open(str(path.absolute()), options=dict(READ_OPTIONS), metadata_errors="replace") as container:
            if len(container.streams) > MAX_STREAMS:
                raise AudioError(path, AudioReason.UNREADABLE, f"{len(container.streams)} streams")
            if not container.streams:
                raise AudioError(path, AudioReason.UNREADABLE, "no stream of any kind")
            if not container.streams.audio:
                raise AudioError(path, AudioReason.NO_AUDIO)
            stream = container.streams.audio[0]
            if stream.codec_context is None:  # so it is for a codec that FFmpeg does not know, whatever its type says
                raise AudioError(path, AudioReason.UNREADABLE, "unknown codec")
            if stream.codec_context.sample_rate <= 0 or stream.codec_context.channels <= 0:
                raise AudioError(path, AudioReason.UNREADABLE, "neither sample rate nor channels")
            if stream.codec_context.sample_rate not in SAMPLE_RATES_HZ:
                raise AudioError(path, AudioReason.UNREADABLE, f"{stream.codec_context.sample_rate} samples per second")
            if stream.codec_context.channels > MAX_CHANNELS:
                raise AudioError(path, AudioReason.UNREADABLE, f"{stream.codec_context.channels} channels")
            yield container, stream
    except LIBRARY_ERRORS as error:
        raise AudioError(path, AudioReason.UNREADABLE, reason_of(error)) from error


def _refuse_non_recordings(path: Path) -> None:
    """Raise AudioError for what is known not to be sound before FFmpeg looks at it."""
    try:
        if not path.is_file():
            raise AudioError(path, AudioReason.UNREADABLE, "not a file" if path.exists() else "no such file")
        if path.stat().st_size == 0:
            raise AudioError(path, AudioReason.EMPTY_FILE)
        with path.open("rb") as file:
            if file.read(len(LFS_POINTER_START)) == LFS_POINTER_START:
                raise AudioError(path, AudioReason.LFS_POINTER)
    except (OSError, ValueError) as error:
        raise AudioError(path, AudioReason.UNREADABLE, reason_of(error)) from error


def _prove_decodable(path: Path, container: InputContainer, stream: AudioStream, stated_s: float | None) -> None:
    """Refuse what opens but holds no sound: FFmpeg's MP3 reader accepts almost any bytes."""
    packets = 0
    for packet in islice(container.demux(stream), PROOF_PACKETS):
        if packet.size == 0:
            break
        packets += 1
        try:
            if any(frame.samples for frame in stream.decode(packet)):
                return
        except LIBRARY_ERRORS:
            continue
    if any(frame.samples for frame in _flushed(stream)):
        return
    if packets:
        raise AudioError(path, AudioReason.UNREADABLE, "nothing in it could be decoded")
    if stated_s:
        raise AudioError(path, AudioReason.UNREADABLE, f"cut off: {stated_s:.1f} s stated, none there")
    raise AudioError(path, AudioReason.ZERO_LENGTH)


def _flushed(stream: AudioStream) -> list[av.AudioFrame]:
    try:
        return list(stream.decode(None))
    except LIBRARY_ERRORS:
        return []


def _stated_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration and stream.duration > 0 and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration and container.duration > 0 else None


def _states_true_times(path: Path, container: InputContainer) -> bool:
    """Whether the end can be found by jumping there."""
    if container.format.name not in _TIMES_GUESSED:
        return True
    return container.format.name == "mp3" and _has_xing_header(path)


def _has_xing_header(path: Path) -> bool:
    """Whether an MP3 file's first frame counts its frames (Xing, Info or VBRI); it follows the ID3v2 tag, if any."""
    with path.open("rb") as file:
        head = file.read(10)
        if head[:3] == b"ID3" and len(head) == 10:
            # ID3v2.4 section 3.1: the tag's size without its 10-byte header, 7 bits in each of 4 bytes.
            size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
            file.seek(size, os.SEEK_CUR)
            head = b""
        head += file.read(2048)
    return any(mark in head for mark in _XING_MARKS)


def _end_near(container: InputContainer, stream: AudioStream, stated_s: float) -> float | None:
    """Seconds from the start to the end of the last packet, found by jumping to shortly before it; None if not found.

    The jump lands before the wanted place, or at the last place there is, and reading goes on to the file's end, so
    that the answer is true even when the header is not.
    """
    time_base = stream.time_base
    if time_base is None:
        return None
    try:
        start = stream.start_time or 0
        container.seek(max(start + math.floor((stated_s - TAIL_S) / time_base), start), stream=stream)
        return _end_of_packets(container, stream)
    except LIBRARY_ERRORS:
        return None


def _end_of_packets(container: InputContainer, stream: AudioStream) -> float | None:
    """Seconds from the track's start to the end of its last packet, reading on from where the container stands."""
    time_base = stream.time_base
    if time_base is None:
        return None
    end: int | None = None
    try:
        for packet in islice(container.demux(stream), MAX_PACKETS):
            if packet.size == 0:
                continue
            packet_end = (packet.pts if packet.pts is not None else end or 0) + (packet.duration or 0)
            end = packet_end if end is None else max(end, packet_end)
    except LIBRARY_ERRORS:
        pass  # Damaged from here on: what came before counts.
    return None if end is None else float((end - (stream.start_time or 0)) * time_base)


def _settle_duration_s(credible_s: float | None, end_s: float | None) -> float:
    if end_s is None:
        return 0.0
    if credible_s is not None and abs(credible_s - end_s) <= STATED_IS_TRUE_WITHIN_S:
        return credible_s
    return end_s


def _tags(container: InputContainer, stream: AudioStream) -> dict[str, str]:
    """Tags of the file and of the sound track (Ogg keeps them there), bounded in number and length."""
    found = {**container.metadata, **stream.metadata}
    return {key[:MAX_TAG_CHARACTERS]: found[key][:MAX_TAG_CHARACTERS] for key in islice(found, MAX_TAGS)}
