"""Is this a recording with one person per channel, and what does each channel merely overhear of the other?

Call services and recorders with two microphones write one person to the left and one to the right. Then who speaks is
known, not guessed: each channel is transcribed on its own. A stereo recording of a room, the same sound twice, a silent
channel or one that only hums look alike from outside and must not be taken for it.

The measure, on frames of 32 ms that are loud enough to be speech:

- a frame is a channel's own where that channel is louder by `OWN_DB`. Each channel must have some of its own.
- of the frames that are loud in both, those that resemble each other within `REACH` are one sound in two microphones;
  two people who talk at once do not resemble each other. Few may be so.
- what is a channel's own must be speech, so that noise is no person.

Where one microphone hears the other person from afar, Whisper would write that person's words a second time: it hears
well what is 30 dB softer. Stretches in which a channel only overhears are therefore silenced before it is transcribed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from generator.sources.sound import count_channels, join_parts
from generator.transcription.values import RATE_HZ, Samples

CHANNELS_VERSION: Final = 1
"""Raised with every change that takes other recordings for one person per channel, or silences other stretches."""

FRAME: Final = 512
"""32 ms."""
JUDGED: Final = 600 * RATE_HZ
"""In the first ten minutes both have spoken. What comes later need not be read to say no."""
ACTIVE_DB: Final = 25.0
"""Frames this far below the loud ones (their 95th percentile) are pauses; vowels and consonants lie within 25 dB."""
OWN_DB: Final = 12.0
"""Measured on two-voice recordings put together in simulated rooms: a pair of microphones at one place stays below
12 dB nearly always (own frames 0 to 1 % for a spaced pair and for cardioids at 110 degrees), microphones at the collar
reach 16 to 18 dB, a call 60 dB and more."""
LEAST_OWN: Final = 0.03
"""Of the active frames. Someone who only asks speaks 10 to 30 % of the time; 7 % is the least measured, where two
talk at once all the time."""
REACH: Final = 320
"""20 ms: sound goes 7 m in it, farther than two microphones of a recorder or a table stand apart."""
RESEMBLANCE: Final = 0.5
"""Peak of the normalised cross-correlation of 64 ms. Two people at once: 0.3 and less in three of four frames; one
sound in two microphones: 0.5 and more in three of four, with a room's echo."""
MOST_COMMON: Final = 0.2
"""Share of active frames that may be one sound in both channels."""
COMPARED_EVERY: Final = 4
"""Of so many frames one is compared: 10 minutes take half a second so."""
LEAST_SPEECH: Final = 0.7
"""Share of a channel's own frames that the detector takes for speech. Measured: people 0.95 and more, noise 0, music
0.4."""
WITNESS: Final = 30 * RATE_HZ
"""The stretch that the detector hears: the half minute with most of a channel's own sound."""

LEAK_MARGIN_DB: Final = 6.0
"""Above the level at which a channel usually overhears the other; what is louder is somebody's own."""
LEAST_SILENCED_S: Final = 0.2
"""Shorter stretches are left, so that no word is torn by one soft sound in it."""
SAME_LEAK_S: Final = 0.3
"""What is overheard goes on over gaps up to this: stops and the echo after a word."""
FLOOR: Final = 1e-10
"""-100 dB of full scale, so that digital silence has a level."""

Levels: TypeAlias = npt.NDArray[np.float64]
"""Mean power of frames in dB of full scale; shape (frames,)."""
Span: TypeAlias = tuple[float, float]
"""(start, end) in seconds on the joined timeline."""
Detector: TypeAlias = Callable[[Samples], Sequence[Span]]
"""Where in mono sound at `RATE_HZ` someone speaks."""


@dataclass(frozen=True, slots=True)
class Separation:
    """That a recording has one person per channel."""

    overheard: tuple[tuple[Span, ...], tuple[Span, ...]]
    """By channel, where it carries nothing but a trace of the other one."""


def read_separation(parts: Sequence[Path], speech: Detector, *, sure: bool = False) -> Separation | None:
    """Whether the recording has one person per channel; None if not. Reads the files, only their start to say no.

    `sure` takes any two channels for two people, because the editor says so. Raises AudioError.
    """
    if not parts or any(count_channels(part) != 2 for part in parts):
        return None
    left, right = (join_parts(parts, RATE_HZ, [], channel) for channel in (0, 1))
    return separation(zip(left, right, strict=True), speech, sure=sure)


def sound_of_channel(parts: Sequence[Path], channel: int, found: Separation) -> Iterator[Samples]:
    """The sound of one person on the joined timeline, silent where only the other is overheard. Reads the files."""
    return silenced(join_parts(parts, RATE_HZ, [], channel), found.overheard[channel])


def separation(pairs: Iterable[tuple[Samples, Samples]], speech: Detector, *, sure: bool = False) -> Separation | None:
    """The same for sound: stretches of the left and the right channel, each pair of one length."""
    levels: list[tuple[Levels, Levels]] = []
    compared = _Compared()
    heard = 0
    judged = False
    for left, right in _in_frames(pairs):
        levels.append((_levels(left), _levels(right)))
        if heard < JUDGED:
            compared.take(left, right, *levels[-1])
        heard += len(left)
        if heard >= JUDGED and not judged:
            judged = True
            if not sure and not _are_two_people(levels, compared, speech):
                return None
    if not levels or (not judged and not sure and not _are_two_people(levels, compared, speech)):
        return None
    left_db, right_db = _joined(levels)
    return Separation(
        (
            _overheard(left_db, right_db, compared.leak_db(0)),
            _overheard(right_db, left_db, compared.leak_db(1)),
        )
    )


def silenced(sound: Iterable[Samples], spans: Sequence[Span]) -> Iterator[Samples]:
    """The same sound, zero within `spans`."""
    position = 0
    for block in sound:
        quiet = block
        for start_s, end_s in spans:
            first, last = round(start_s * RATE_HZ) - position, round(end_s * RATE_HZ) - position
            if last > 0 and first < len(block):
                quiet = quiet.copy() if quiet is block else quiet
                quiet[max(first, 0) : last] = 0
        position += len(block)
        yield quiet


@dataclass(slots=True)
class _Compared:
    """What is kept of the sound: of a few frames how alike the channels are, and each channel's best half minute."""

    frames: list[tuple[float, float, float]] = field(default_factory=list)
    """(level of the left, of the right, resemblance 0 to 1)"""
    own_frames: list[int] = field(default_factory=lambda: [0, 0])
    witnesses: list[Samples] = field(default_factory=lambda: [np.zeros(0, np.float32)] * 2)

    def take(self, left: Samples, right: Samples, left_db: Levels, right_db: Levels) -> None:
        audible = max(left_db.max(), right_db.max()) - ACTIVE_DB
        for channel, (samples, louder) in enumerate(((left, left_db - right_db), (right, right_db - left_db))):
            own = (louder > OWN_DB) & (np.maximum(left_db, right_db) > audible)
            if own.sum() > self.own_frames[channel]:
                self.own_frames[channel] = int(own.sum())
                self.witnesses[channel] = samples * np.repeat(own, FRAME)
        for frame in range(0, len(left_db) - 1, COMPARED_EVERY):
            if max(left_db[frame], right_db[frame]) > audible:
                place = slice(frame * FRAME, (frame + 2) * FRAME)
                alike = _resemblance(left[place], right[place])
                self.frames.append((left_db[frame], right_db[frame], alike))

    def common(self, quietest_db: float) -> float:
        """Share of frames above `quietest_db` that are one sound in both channels."""
        active = [frame for frame in self.frames if max(frame[:2]) > quietest_db]
        same = [alike for left, right, alike in active if abs(left - right) <= OWN_DB and alike > RESEMBLANCE]
        return len(same) / max(len(active), 1)

    def leak_db(self, channel: int) -> float | None:
        """How far below the other person this channel overhears them; None where it does not."""
        difference = [
            (frame[channel] - frame[1 - channel], frame[2])
            for frame in self.frames
            if frame[channel] - frame[1 - channel] < -OWN_DB
        ]
        traces = [below for below, alike in difference if alike > RESEMBLANCE]
        if len(traces) < MOST_COMMON * len(difference) or not traces:
            return None
        return float(np.percentile(traces, 75))


def _are_two_people(levels: Sequence[tuple[Levels, Levels]], compared: _Compared, speech: Detector) -> bool:
    left_db, right_db = _joined(levels)
    louder_db = np.maximum(left_db, right_db)
    quietest_db = max(float(np.percentile(louder_db, 95)) - ACTIVE_DB, 10 * np.log10(FLOOR) + 1)
    active = louder_db > quietest_db
    if not active.any():
        return False
    difference = (left_db - right_db)[active]
    if min((difference > OWN_DB).mean(), (difference < -OWN_DB).mean()) < LEAST_OWN:
        return False
    if compared.common(quietest_db) > MOST_COMMON:
        return False
    return all(_speech_share(witness, speech) >= LEAST_SPEECH for witness in compared.witnesses)


def _speech_share(witness: Samples, speech: Detector) -> float:
    """How much of a channel's own sound is speech; `witness` is zero in all other frames."""
    own: npt.NDArray[np.bool_] = np.any(witness.reshape(-1, FRAME), axis=1)
    time_s = np.arange(len(own)) * FRAME / RATE_HZ
    spoken = np.zeros(len(own), np.bool_)
    for start_s, end_s in speech(witness):
        spoken |= (time_s >= start_s) & (time_s < end_s)
    return float((spoken & own).sum() / max(own.sum(), 1))


def _overheard(own_db: Levels, other_db: Levels, leak_db: float | None) -> tuple[Span, ...]:
    """Stretches in which a channel is no louder than it overhears the other."""
    if leak_db is None:
        return ()
    padded = np.pad(other_db, 2, mode="edge")
    held_db = np.max(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)  # the trace of a word outlasts it
    is_trace = own_db < held_db + leak_db + LEAK_MARGIN_DB
    spans: list[tuple[int, int]] = []
    for first, last in _runs(is_trace):
        gap = slice(spans[-1][1], first) if spans else slice(0, 0)
        near = spans and (gap.stop - gap.start) * FRAME < SAME_LEAK_S * RATE_HZ
        if near and bool(np.all(own_db[gap] < other_db[gap] + LEAK_MARGIN_DB)):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    in_seconds = ((first * FRAME / RATE_HZ, last * FRAME / RATE_HZ) for first, last in spans)
    return tuple(span for span in in_seconds if span[1] - span[0] >= LEAST_SILENCED_S)


def _runs(marked: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """(first, one after the last) of every stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], marked.astype(np.int8), [0]])))
    for first, last in edges.reshape(-1, 2):
        yield int(first), int(last)


def _resemblance(left: Samples, right: Samples) -> float:
    """Peak of the normalised cross-correlation within `REACH`, 0 to 1."""
    size = 2 * len(left)
    product = np.fft.rfft(left - left.mean(), size) * np.conj(np.fft.rfft(right - right.mean(), size))
    correlation = np.abs(np.fft.irfft(product, size))
    peak = max(correlation[: REACH + 1].max(), correlation[-REACH:].max())
    power = float(np.sqrt(np.var(left) * np.var(right))) * len(left)
    return float(peak / power) if power > FLOOR else 0.0


def _levels(samples: Samples) -> Levels:
    power = np.mean(np.square(samples.reshape(-1, FRAME), dtype=np.float64), axis=1)
    level: Levels = 10 * np.log10(power + FLOOR)
    return level


def _joined(levels: Sequence[tuple[Levels, Levels]]) -> tuple[Levels, Levels]:
    return np.concatenate([left for left, _ in levels]), np.concatenate([right for _, right in levels])


def _in_frames(pairs: Iterable[tuple[Samples, Samples]]) -> Iterator[tuple[Samples, Samples]]:
    """The same sound in half minutes of whole frames; what is left of less than a frame is dropped."""
    held: list[tuple[Samples, Samples]] = []
    length = 0
    whole = WITNESS // FRAME * FRAME
    for pair in pairs:
        held.append(pair)
        length += len(pair[0])
        while length >= whole:
            left, right = (np.concatenate([pair[side] for pair in held]) for side in (0, 1))
            yield left[:whole], right[:whole]
            held, length = [(left[whole:].copy(), right[whole:].copy())], length - whole
    if length >= FRAME:
        left, right = (np.concatenate([pair[side] for pair in held]) for side in (0, 1))
        end = length // FRAME * FRAME
        yield left[:end], right[:end]
