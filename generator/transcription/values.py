"""What passes between the stations of a transcription, from windows of sound to what was heard in them.

    recording -> windows (cut at pauses) -> engine -> Heard -> cues -> aligned with the old transcript -> file

A window is the unit of everything: at most a minute and a half of sound that is recognised on its own, kept in the
cache on its own, and handed to another process or machine on its own. So an interrupted run loses one window, the order
of work cannot change the words, and memory does not grow with the recording.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.float32]
"""Mono sound at `RATE_HZ`, full scale at 1.0; shape (samples,)."""

RATE_HZ: Final = 16_000
"""What Whisper was trained on (Radford et al. 2022, section 2.2)."""
WINDOW_S: Final = 90.0
"""Three times what Whisper hears at once (30 s, the same paper). It often leaves the last sentence of those for its
next step, and at a window's end that is one more run of the encoder: shorter windows cost more, longer ones lose more
when a run is killed (docs/performance.md has figures)."""

EngineName: TypeAlias = Literal["openai-whisper", "faster-whisper"]
Device: TypeAlias = Literal["auto", "cpu", "cuda"]


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """All that decides what an engine hears in a window; equal settings and equal sound give equal words."""

    engine: EngineName
    model: str
    """Path of the weights as given, for example `/models/whisper-base`. Workers open it under the same path."""
    model_digest: str
    """sha256 of the weights, hexadecimal: a model that was replaced under the same path is another one."""
    language: str
    """`ja`"""
    prompt: str = ""
    """Words of the case that would be misheard otherwise; given with every window."""
    beam_size: int = 5
    """Beams of the search; 1 is greedy."""
    device: Device = "auto"
    """Where it runs does not decide what is heard; the cache leaves it out."""
    version: str = ""
    """Of the engine's library, `1.2.1`."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or token as the engine timed it."""

    start_s: float
    end_s: float
    text: str
    """With the space before it where the language has one: `" fellow"`, `"\u624b\u888b"`."""
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech that the engine put out as one, with its own confidence."""

    start_s: float
    """Seconds on the timeline of what it was heard in: of the window when it comes from an engine, of the joined
    recording from `windows` on."""
    end_s: float
    text: str
    words: tuple[Word, ...]
    avg_logprob: float
    """Mean log probability of its tokens; below -1.0 Whisper itself tries again (its `logprob_threshold`)."""
    no_speech_prob: float
    """0 to 1; above 0.6 Whisper doubts that anyone spoke (its `no_speech_threshold`)."""
    compression_ratio: float
    """Of its text by zlib; above 2.4 it repeats itself (Whisper's `compression_ratio_threshold`)."""
    channel: int | None = None
    """0-based channel of a recording with one person per channel; None when all are mixed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine heard in one window."""

    segments: tuple[Segment, ...]


class Engine(Protocol):
    """Weights in memory, ready to listen. Made by `engines.open_engine`."""

    def hear(self, samples: Samples) -> Heard:
        """What is said in one window of at most `WINDOW_S` seconds; times from the window's start."""
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """At most `WINDOW_S` of speech, its long pauses left out."""

    samples: Samples = field(repr=False, compare=False)
    pieces: tuple[tuple[float, float, float], ...]
    """(start in the window, start on the recording's timeline, length), in seconds, in order."""
    channel: int | None = None
    digest: str = ""
    """sha256 of the samples' bytes: the window's name in the cache."""

    def on_timeline(self, time_s: float) -> float:
        """A time in the window as a time of the joined recording; one where pieces meet is of the later piece."""
        return self.stretch_on_timeline(time_s, time_s)[0]

    def stretch_on_timeline(self, start_s: float, end_s: float) -> tuple[float, float]:
        """A stretch, such as a word, on the recording's timeline: within the piece in which it starts.

        Engines time a word's end late; it must not reach over a pause that was left out.
        """
        started = [piece for piece in self.pieces if piece[0] <= start_s] or [self.pieces[0]]
        in_window_s, on_timeline_s, length_s = started[-1]
        first_s, last_s = (min(max(time_s - in_window_s, 0.0), length_s) for time_s in (start_s, end_s))
        return on_timeline_s + first_s, on_timeline_s + last_s


class TranscriptionError(Exception):
    """A recording that cannot be transcribed, or an engine that cannot run.

    Its text is one clear line for the editor: what is wrong - what follows - what to do. `message` is English and a
    msgid of the area `transcribe`, with `{names}` for what `values` hold; `told` gives it in the editor's language.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Cross from another process with its values."""
        return _error, (self.message, self.values)

    def __str__(self) -> str:
        return self.told(str)

    def told(self, gettext: Callable[[str], str]) -> str:
        """The line in the language of `gettext`."""
        message = gettext(self.message)
        return message.format_map(self.values) if self.values else message


def _error(message: str, values: dict[str, object]) -> TranscriptionError:
    return TranscriptionError(message, **values)
