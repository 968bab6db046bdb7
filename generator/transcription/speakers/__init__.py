"""Who speaks when: proposals that an editor confirms by giving the speakers their names.

Two ways, by what the recording offers. `channels`: recorders and call services often write one person per channel; each
channel is then transcribed on its own, and nothing is guessed. `voices`: everyone is mixed, and voices are told apart
by a model (the extra `speakers`).

    listening = listen(parts, how)
    for channel in listening.channels:                # (None,) when mixed, (0, 1) with one person per channel
        windows(listening.sound(channel), ...) -> engine -> segments
    speakers = propose(parts, segments, language, how)
    speakers.at(word midpoint, segment.channel)       # "話者1"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.sources.sound import join_parts
from generator.transcription.activity import speech
from generator.transcription.speakers.channels import (
    CHANNELS_VERSION,
    Separation,
    read_separation,
    sound_of_channel,
)
from generator.transcription.speakers.values import Speakers, SpeakersBy, Turn
from generator.transcription.speakers.voices import find_turns, is_installed, voices_method
from generator.transcription.speakers.words import voiced
from generator.transcription.values import RATE_HZ, Samples, Segment, TranscriptionError

__all__ = ["Listening", "Speakers", "SpeakersBy", "Turn", "find_turns", "listen", "propose", "voices_method"]

NAMES: Final = {"ja": "話者{}", "en": "Speaker {}"}
"""By the transcript's language, English for others; numbered from 1 in order of first words."""
NOBODY: Final = Speakers("none")


@dataclass(frozen=True, slots=True)
class Listening:
    """How a recording is to be listened to."""

    parts: tuple[Path, ...]
    separation: Separation | None = None
    """None when all channels are mixed."""

    @property
    def channels(self) -> tuple[int | None, ...]:
        """What is transcribed one after another: `(None,)` mixed, `(0, 1)` each channel on its own."""
        return (None,) if self.separation is None else (0, 1)

    @property
    def method(self) -> str:
        """What besides the files decides what `sound` gives, for the cache: `mixed`, `channels 1`."""
        return "mixed" if self.separation is None else f"channels {CHANNELS_VERSION}"

    def sound(self, channel: int | None) -> Iterator[Samples]:
        """The sound of one of `channels` on the joined timeline. Reads the files."""
        if self.separation is None or channel is None:
            return join_parts(self.parts, RATE_HZ, [])
        return sound_of_channel(self.parts, channel, self.separation)


def listen(parts: Sequence[Path], how: SpeakersBy) -> Listening:
    """Whether each channel is to be heard on its own. Reads the files, of most only the header or the start.

    Raises AudioError, and TranscriptionError when channels are asked for and there are not two.
    """
    if how not in {"auto", "channels"}:
        return Listening(tuple(parts))
    separation = read_separation(parts, speech, sure=how == "channels")
    if separation is None and how == "channels":
        raise TranscriptionError(
            "{file} has not two channels - speakers cannot be told by channel - leave out --speakers channels",
            file=", ".join(part.name for part in parts),
        )
    return Listening(tuple(parts), separation)


def propose(
    parts: Sequence[Path],
    segments: Sequence[Segment],
    language: str,
    how: SpeakersBy,
    *,
    turns_of: Callable[[Sequence[Path]], Sequence[Turn]] = find_turns,
) -> Speakers:
    """Who is proposed to speak each word of `segments`, which are on the joined timeline.

    Where `segments` come from single channels, the channel says it; otherwise `turns_of` the files does. Raises
    AudioError, and TranscriptionError when voices are asked for and cannot be told apart here.
    """
    in_order = sorted(segments, key=lambda segment: segment.start_s)
    channels = list(dict.fromkeys(segment.channel for segment in in_order if segment.channel is not None))
    if how == "none" or not in_order:
        return NOBODY
    if channels:
        names = _names(language, len(channels))
        return Speakers(f"channels {CHANNELS_VERSION}", names, tuple(zip(channels, names, strict=True)))
    if how == "channels" or (how == "auto" and not is_installed()):
        return NOBODY
    words = voiced(in_order, turns_of(parts))
    voices = list(dict.fromkeys(word.voice for word in words))
    names = _names(language, len(voices))
    name_of = dict(zip(voices, names, strict=True))
    return Speakers(voices_method(), names, words=tuple((word.midpoint_s, name_of[word.voice]) for word in words))


def _names(language: str, count: int) -> tuple[str, ...]:
    name = NAMES.get(language, NAMES["en"])
    return tuple(name.format(number) for number in range(1, count + 1))
