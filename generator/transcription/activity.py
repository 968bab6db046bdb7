"""Where anyone speaks, by Silero VAD: what is not speech never reaches an engine, which would invent words for it.

The detector's weights come inside the packages, so that nothing has to be found: faster-whisper has it for ONNX
Runtime, silero-vad, which comes with the extra `whisper`, for PyTorch. It takes about a hundredth of the sound's time.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, Final, TypeAlias

from generator.transcription.values import RATE_HZ, Samples, TranscriptionError

Spans: TypeAlias = tuple[tuple[float, float], ...]
"""Starts and ends in seconds, in order, apart from each other."""

THRESHOLD: Final = 0.5
"""Probability from which a 32 ms frame counts as speech; the detector's own figure."""
LEAST_SPEECH_S: Final = 0.1
"""Shorter sounds are clicks; a short "はい" takes 0.2 s."""
LEAST_PAUSE_S: Final = 0.5
"""Shorter pauses are breath, and stay inside the speech."""
MARGIN_S: Final = 0.3
"""Kept on either side: the detector is late on soft consonants, and Whisper hears a word cut short as another one."""

_turn = threading.Lock()


def speech(samples: Samples) -> Spans:
    """Spans of speech in mono sound of any length, in seconds, with a margin on either side.

    Empty for silence and noise. Raises TranscriptionError when neither detector is installed.
    """
    if len(samples) == 0:
        return ()
    with _turn:  # the detector keeps state while it listens
        found = _detector()(samples)
    return tuple((span["start"] / RATE_HZ, min(span["end"], len(samples)) / RATE_HZ) for span in found)


def method() -> str:
    """What finds speech here: equal methods find the same in equal sound. `faster-whisper 1.2.1`"""
    package = "faster-whisper" if find_spec("faster_whisper") is not None else "silero-vad"
    try:
        return f"{package} {version(package)}, {THRESHOLD} {LEAST_SPEECH_S} {LEAST_PAUSE_S} {MARGIN_S}"
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=1)
def _detector() -> Callable[[Samples], Sequence[dict[str, int]]]:
    if find_spec("faster_whisper") is not None:
        return _of_faster_whisper()
    if find_spec("silero_vad") is not None:
        return _of_silero()
    raise TranscriptionError(
        "no detector of speech is installed - nothing can be transcribed - "
        "run: pip install 'casebook[faster-whisper]' or pip install 'casebook[whisper]'"
    )


def _of_faster_whisper() -> Callable[[Samples], Sequence[dict[str, int]]]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        threshold=THRESHOLD,
        min_speech_duration_ms=round(LEAST_SPEECH_S * 1000),
        min_silence_duration_ms=round(LEAST_PAUSE_S * 1000),
        speech_pad_ms=round(MARGIN_S * 1000),
    )

    def detect(samples: Samples) -> Any:
        return get_speech_timestamps(samples, options, sampling_rate=RATE_HZ)

    return detect


def _of_silero() -> Callable[[Samples], Sequence[dict[str, int]]]:
    import torch

    with _one_thread(), warnings.catch_warnings():
        from silero_vad import get_speech_timestamps, load_silero_vad

        warnings.filterwarnings("ignore", "`torch.jit.load`", DeprecationWarning)  # the only form that needs no ONNX
        model = load_silero_vad()

    def detect(samples: Samples) -> Any:
        with _one_thread():
            return get_speech_timestamps(
                torch.from_numpy(samples),
                model,
                threshold=THRESHOLD,
                sampling_rate=RATE_HZ,
                min_speech_duration_ms=round(LEAST_SPEECH_S * 1000),
                min_silence_duration_ms=round(LEAST_PAUSE_S * 1000),
                speech_pad_ms=round(MARGIN_S * 1000),
            )

    return detect


@contextmanager
def _one_thread() -> Iterator[None]:
    """PyTorch on one thread: the detector's steps are so small that two threads took forty times as long.

    Importing silero_vad sets one thread for the whole process; that is put right too.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
