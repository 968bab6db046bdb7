"""Which voice says which word: words, not segments, because Whisper's segments run across turns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator.transcription.speakers.values import Turn
from generator.transcription.values import Segment

STRAY_S: Final = 0.4
"""A word shorter than this between two of another voice is that voice's: the edges of turns are found to 0.6 s, and
nobody says less within somebody else's sentence. On its own, as a segment, `はい` stays an answer."""


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word's time and voice; what it says is left where it is."""

    start_s: float
    end_s: float
    segment: int
    """The place of its segment, from 0."""
    voice: int

    @property
    def midpoint_s(self) -> float:
        """By which it is asked for."""
        return (self.start_s + self.end_s) / 2


def voiced(segments: Sequence[Segment], turns: Sequence[Turn]) -> tuple[SaidWord, ...]:
    """The words of `segments` in order of time, each with its voice; none without turns, which are in order of time.

    A segment without words counts as one.
    """
    if not turns:
        return ()
    starts_s = [turn.start_s for turn in turns]
    words = [
        SaidWord(start_s, end_s, number, _voice(start_s, end_s, turns, starts_s))
        for number, segment in enumerate(segments)
        for start_s, end_s in _times(segment)
    ]
    words.sort(key=lambda word: (word.midpoint_s, word.start_s))
    return tuple(_without_strays(words))


def _times(segment: Segment) -> list[tuple[float, float]]:
    return [(word.start_s, word.end_s) for word in segment.words] or [(segment.start_s, segment.end_s)]


def _voice(start_s: float, end_s: float, turns: Sequence[Turn], starts_s: Sequence[float]) -> int:
    """The voice of most of a word; in a pause, of the nearest turn."""
    first = max(bisect_left(starts_s, start_s) - 1, 0)
    last = min(bisect_left(starts_s, end_s), len(turns) - 1)
    shares: dict[int, float] = {}
    for turn in turns[first : last + 1]:
        # Beyond the turn's end this is negative: the smaller the distance, the greater.
        shared_s = min(end_s, turn.end_s) - max(start_s, turn.start_s)
        before = shares.get(turn.voice)
        shares[turn.voice] = shared_s if before is None else max(before, shared_s, before + max(shared_s, 0.0))
    return max(shares, key=lambda voice: shares[voice])


def _without_strays(words: Sequence[SaidWord]) -> list[SaidWord]:
    smooth = list(words)
    for number in range(1, len(words) - 1):
        before, word, after = smooth[number - 1], words[number], words[number + 1]
        stands_alone = word.segment not in (before.segment, after.segment)
        if before.voice == after.voice != word.voice and word.end_s - word.start_s < STRAY_S and not stands_alone:
            smooth[number] = replace(word, voice=before.voice)
    return smooth
