"""Sound into windows: at most a minute and a half of speech each, cut at pauses, long ones left out.

    sound -> blocks of about ten minutes (where speech is, is found in one block at a time)
          -> utterances, each with half of the pause before and after it
          -> windows, filled one after another; the last of a block is filled up from the next

An engine works as long on 5 s as on 30 s, so windows are filled to the end, and what nobody says is
left out. The cuts depend on the sound alone, not on how it is handed over: the same recording gives the same windows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from generator.transcription.values import RATE_HZ, WINDOW_S, Samples, Window

WINDOWS_VERSION: Final = 2
"""Raised with every change that cuts other windows out of the same recording."""

BLOCK: Final = 600 * RATE_HZ
"""Ten minutes: what finding speech needs stays under 100 MB."""
BLOCK_SEARCH: Final = 60 * RATE_HZ
"""How far before its end a block may be cut: in a talk, somebody breathes within a minute."""
WINDOW: Final = round(WINDOW_S * RATE_HZ)
LONGEST_HALF: Final = round(0.25 * RATE_HZ)
"""Pauses of up to two of these stay as they are, one half with the words before, one with those after. With the margins
that the detector leaves around speech (0.3 s), silence of 1.1 s stays."""
MARGIN: Final = round(0.1 * RATE_HZ)
"""What stays at either end of a longer pause, beside the detector's own margin: 0.8 s of silence in all."""
CUT_SEARCH: Final = 5 * RATE_HZ
"""How far before a window's end speech may be cut to fill it."""
QUIET: Final = round(0.1 * RATE_HZ)
"""The stretch whose loudness decides where to cut within speech; a plosive's silence is shorter."""
PAUSE_LOUDNESS: Final = 0.1
"""A stretch below this part of an utterance's loudness (-20 dB) is a pause too short for the detector."""

Detector: TypeAlias = Callable[[Samples], tuple[tuple[float, float], ...]]
"""Where in mono sound at `RATE_HZ` someone speaks: spans (start, end) in seconds, in order and apart."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the recording, cut off in a pause where there is one. All places count samples."""

    start: int
    """On the recording's timeline."""
    samples: Samples
    spans: tuple[tuple[int, int], ...]
    """Speech in it, from the block's start."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Unbroken sound of the recording."""

    start: int
    samples: Samples

    @property
    def end(self) -> int:
        return self.start + len(self.samples)

    def split(self, place: int) -> tuple[_Piece, _Piece]:
        return _Piece(self.start, self.samples[:place]), _Piece(self.start + place, self.samples[place:])


def windows(sound: Iterable[Samples], speech: Detector, channel: int | None = None) -> Iterator[Window]:
    """The windows of a recording, in order, from its sound in stretches of any length; none where nobody speaks.

    Every sample of speech is in exactly one of them. `channel` is only noted on them. Holds at most a block in memory.
    """
    filling: list[_Piece] = []
    for block in blocks(sound, speech):
        for utterance in _utterances(block):
            rest = utterance
            while (room := WINDOW - sum(len(piece.samples) for piece in filling)) < len(rest.samples):
                place = _cut(rest.samples, room, must=not filling)
                if place:
                    piece, rest = rest.split(place)
                    filling.append(piece)
                yield _window(filling, channel)
                filling = []
            filling.append(rest)
    if filling:
        yield _window(filling, channel)


def blocks(sound: Iterable[Samples], speech: Detector) -> Iterator[Block]:
    """The recording in stretches of about ten minutes with the speech in them, cut at the longest pause near the end.

    Where the last minute has no pause, its quietest place is cut.
    """
    start = 0
    held: list[Samples] = []
    length = 0
    for stretch in sound:
        held.append(stretch)
        length += len(stretch)
        while length >= BLOCK:
            samples = np.concatenate(held)
            whole = samples[:BLOCK]
            spans = _spans(whole, speech)
            end = _end_of_block(whole, spans)
            before = tuple((first, min(last, end)) for first, last in spans if first < end)
            yield Block(start, whole[:end], before)
            held = [samples[end:].copy()]  # a view would keep the whole block
            start, length = start + end, length - end
    samples = np.concatenate([np.zeros(0, np.float32), *held])
    if len(samples):
        yield Block(start, samples, _spans(samples, speech))


def _spans(samples: Samples, speech: Detector) -> tuple[tuple[int, int], ...]:
    """What the detector hears, in samples within bounds, none empty, none touching another."""
    found: list[tuple[int, int]] = []
    for start_s, end_s in speech(samples):
        first, last = max(round(start_s * RATE_HZ), 0), min(round(end_s * RATE_HZ), len(samples))
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        elif first < last:
            found.append((first, last))
    return tuple(found)


def _end_of_block(samples: Samples, spans: tuple[tuple[int, int], ...]) -> int:
    """The middle of the longest pause in the last stretch of a block."""
    earliest, latest = len(samples) - BLOCK_SEARCH, len(samples)
    starts = [*(first for first, _ in spans), latest]
    ends = [0, *(last for _, last in spans)]
    pauses = [(max(end, earliest), start) for end, start in zip(ends, starts, strict=True)]
    first, last = max(pauses, key=lambda pause: pause[1] - pause[0])
    if first < last:
        return (first + last) // 2
    return earliest + _quietest(samples[earliest:])[0]


def _utterances(block: Block) -> Iterator[_Piece]:
    """What is said in a block, each with its share of the pauses around it, which it shares with nothing else."""
    ends = [0, *(last for _, last in block.spans)]
    starts = [*(first for first, _ in block.spans), len(block.samples)]
    for number, (first, last) in enumerate(block.spans):
        # A block begins and ends in the middle of a pause, so that its edge counts like the middle of one.
        before = first - ends[number] if number == 0 else (first - ends[number] + 1) // 2
        after = starts[number + 1] - last if number + 1 == len(block.spans) else (starts[number + 1] - last) // 2
        start, end = first - _share(before), last + _share(after)
        yield _Piece(block.start + start, block.samples[start:end])


def _share(half_pause: int) -> int:
    return half_pause if half_pause <= LONGEST_HALF else MARGIN


def _cut(samples: Samples, room: int, *, must: bool) -> int:
    """Where to cut an utterance that does not fit into the `room` left in a window; 0 to leave it to the next window.

    Only in a pause, unless it `must` be cut because no window could hold it.
    """
    if room < CUT_SEARCH:
        return 0
    place, loudness = _quietest(samples[room - CUT_SEARCH : room])
    if must or loudness < PAUSE_LOUDNESS * _loudness(samples):
        return room - CUT_SEARCH + place
    return 0


def _quietest(samples: Samples) -> tuple[int, float]:
    """The middle of the quietest stretch of length `QUIET`, the last one of several; and its loudness."""
    energy = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    of_stretches = energy[QUIET:] - energy[:-QUIET]
    # Rounded to what a sum of squares can tell: two stretches of silence are equally quiet.
    quietest = len(of_stretches) - 1 - int(np.argmin(np.round(of_stretches[::-1], 9)))
    return quietest + QUIET // 2, float(np.sqrt(max(of_stretches[quietest], 0.0) / QUIET))


def _loudness(samples: Samples) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def _window(pieces: list[_Piece], channel: int | None) -> Window:
    samples = np.ascontiguousarray(np.concatenate([piece.samples for piece in pieces]), dtype="<f4")
    joined: list[tuple[int, int, int]] = []
    position = 0
    for piece in pieces:
        if joined and sum(joined[-1][1:]) == piece.start:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + len(piece.samples))
        else:
            joined.append((position, piece.start, len(piece.samples)))
        position += len(piece.samples)
    return Window(
        samples,
        tuple((inside / RATE_HZ, outside / RATE_HZ, length / RATE_HZ) for inside, outside, length in joined),
        channel,
        hashlib.sha256(samples.tobytes()).hexdigest(),
    )
