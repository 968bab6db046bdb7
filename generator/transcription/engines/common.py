"""What both engines are asked for, so that they can stand in for each other and their figures mean the same."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from generator.transcription.values import (
    RATE_HZ,
    WINDOW_S,
    EngineName,
    EngineSettings,
    Samples,
    Segment,
    TranscriptionError,
    Word,
)

TEMPERATURES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Tried in turn while the thresholds are not met (Radford et al. 2022, section 4.5)."""
BEST_OF: Final = 5
"""Samples drawn at temperatures above 0, of which the likeliest is kept (the same)."""
COMPRESSION_RATIO_THRESHOLD: Final = 2.4
LOGPROB_THRESHOLD: Final = -1.0
NO_SPEECH_THRESHOLD: Final = 0.6
SEED: Final = 20220921
"""Of the samples drawn, so that the same window gives the same words in any process. Any number would do."""
LEAST_S: Final = 0.1
"""Shorter sound holds no word."""
PROMPT_TOKENS: Final = 223
"""What Whisper takes of a prompt: half of its text context of 448, less one."""
PROMPT_STAMP: Final = 250
"""In steps of 0.02 s: as if the prompt had taken 5 s to say."""
FRAMES_PER_S: Final = 100
"""Of Whisper's spectrograms (the same, section 2.2)."""
REST_S: Final = 1.0
"""Less than this behind the last word of a window is not listened to. A window ends in a pause, so that nothing is said
there; Whisper would take as long for it as for the window, and invent a sentence, most often one of the prompt."""


def cores(threads: int | None) -> int:
    """How many threads to use: those given, or one for each core that this process may run on."""
    if threads is not None:
        return max(1, threads)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def refuse_language(settings: EngineSettings, supported: Iterable[str], *, multilingual: bool) -> None:
    """Raise TranscriptionError when the weights do not know the language; else they would write some other one."""
    if not multilingual and settings.language != "en":
        raise TranscriptionError(
            "{model}: weights for English only, but the language is '{language}' - the words would be invented - "
            "give the weights without '.en' in their name, or --language en",
            model=settings.model,
            language=settings.language,
        )
    if settings.language not in supported:
        raise TranscriptionError(
            "language '{language}' is unknown to Whisper - nothing can be transcribed - give a code such as ja, en, zh "
            "or ko with --language",
            language=settings.language,
        )


def no_cuda(settings: EngineSettings) -> TranscriptionError:
    """A graphics card is asked for where there is none."""
    return TranscriptionError(
        "no CUDA device here for {engine} - nothing can be transcribed on it - leave --device away, or give "
        "--device cpu",
        engine=settings.engine,
    )


def cannot_open(engine: EngineName, path: Path, error: BaseException) -> TranscriptionError:
    """Weights that the library refuses: cut off, damaged, or something else altogether."""
    said = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, MemoryError) or "out of memory" in said:
        return TranscriptionError(
            "{model}: too large for this machine's memory - nothing can be transcribed - choose a smaller model with "
            "--model, or fewer processes with --jobs",
            model=path,
        )
    return TranscriptionError(
        "{model}: {engine} cannot read these weights ({reason}) - nothing can be transcribed - copy the model again "
        "whole, and check that it is a Whisper model",
        model=path,
        engine=engine,
        reason=said,
    )


def refuse_too_long(samples: Samples) -> None:
    """Raise ValueError for more than a window: the engine would cut it anywhere."""
    if len(samples) > round(WINDOW_S * RATE_HZ):
        raise ValueError(f"a window of {len(samples) / RATE_HZ:.2f} s is longer than {WINDOW_S} s")


def prompt_tokens(prompt: str, encode: Callable[[str], list[int]], first_stamp: int) -> list[int]:
    """The prompt as tokens, closed by a time stamp as everything is that Whisper takes for said before.

    Without the stamp the model leaves out time stamps too, and a window of ten sentences comes as one segment: measured
    on the sample recordings, 4 segments for 18 turns, and 18 with it.
    """
    if not prompt.strip():
        return []
    return [*encode(" " + prompt.strip())[: PROMPT_TOKENS - 1], first_stamp + PROMPT_STAMP]


def is_rest(stretches: int, frames: int) -> bool:
    """Whether `frames` of sound, behind what was heard of a window in so many stretches, are no more than its rest."""
    return stretches > 0 and frames < REST_S * FRAMES_PER_S


def tidied(segment: Segment, length_s: float) -> Segment | None:
    """What an engine put out, inside a window of `length_s` and rounded; None when nothing is said in it.

    The words always join up to the text. Where the engine timed none, the whole text is one word. Figures are rounded
    because the last digits differ from processor to processor.
    """
    said = _spelt(segment.text).strip()
    if not said:
        return None
    start_s = _inside(segment.start_s, length_s)
    end_s = _inside(max(segment.start_s, segment.end_s), length_s)
    timed = [
        Word(
            start_s=_inside(word.start_s, length_s),
            end_s=_inside(max(word.start_s, word.end_s), length_s),
            text=_spelt(word.text),
            probability=round(float(word.probability), 3),
        )
        for word in segment.words
    ]
    if timed:
        timed[0] = replace(timed[0], text=timed[0].text.lstrip())
        timed[-1] = replace(timed[-1], text=timed[-1].text.rstrip())
    words = tuple(word for word in timed if word.text)
    if "".join(word.text for word in words) != said:
        words = (Word(start_s, end_s, said, round(min(1.0, math.exp(segment.avg_logprob)), 3)),)
    return Segment(
        start_s=start_s,
        end_s=end_s,
        text=said,
        words=words,
        avg_logprob=round(float(segment.avg_logprob), 3),
        no_speech_prob=round(float(segment.no_speech_prob), 3),
        compression_ratio=round(float(segment.compression_ratio), 2),
    )


def _inside(time_s: float, length_s: float) -> float:
    return round(min(max(float(time_s), 0.0), length_s), 3)


def _spelt(text: str) -> str:
    """Without the mark for half a character, which is left where an engine stops between its bytes."""
    return text.replace("\ufffd", "")
