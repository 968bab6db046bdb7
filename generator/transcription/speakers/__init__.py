"""Who speaks when: proposals that an editor confirms by giving the speakers their names.

Two ways, by what the recording offers. `channels`: recorders and call services often write one person per channel; each
channel is then transcribed on its own, and nothing is guessed. `voices`: everyone is mixed, and voices are told apart by
a model (the extra `speakers`); words, not segments, are given to voices, because Whisper's segments run across turns.

    for channel in channels_to_hear(parts, how):     # (None,) when mixed, (0, 1) with one person per channel
        ... windows(parts, channel) -> engine -> segments
    speakers = propose(parts, segments, language, how)
    speakers.at(word midpoint, segment.channel)      # "話者1"
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from generator.transcription.speakers.values import Speakers, SpeakersBy, Turn
from generator.transcription.values import Segment

__all__ = ["Speakers", "SpeakersBy", "Turn", "channels_to_hear", "method", "propose"]

NAMES: Final = {"ja": "話者{}", "en": "Speaker {}"}
"""By the transcript's language; numbered from 1 in order of first words."""


def channels_to_hear(parts: Sequence[Path], how: SpeakersBy) -> tuple[int | None, ...]:
    """The channels to transcribe one by one, or `(None,)` for all mixed together. Reads the files."""
    return (None,)


def propose(parts: Sequence[Path], segments: Sequence[Segment], language: str, how: SpeakersBy) -> Speakers:
    """Who is proposed to speak each word of `segments`, which are on the joined timeline. Reads the files."""
    return Speakers("none")


def method(how: SpeakersBy) -> str:
    """What decides who is proposed, besides the sound and the words: equal methods propose equal speakers."""
    return "none"
