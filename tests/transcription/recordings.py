"""Real speech whose words are known, and how far what an engine heard is from them.

Japanese: the first 29 s of a sample case, synthetic speech (tests/support/speech.py) whose transcript is exact.
English: `tests/data/audio/jfk.opus` and `tests/data/real-interview`, with the licences beside them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import jiwer
import numpy as np

from generator.sources.sound import decode_part
from generator.sources.webvtt import parse, spoken
from generator.transcription.values import RATE_HZ, EngineName, Heard, Samples
from tests.support.weights import faster_whisper_weights, openai_weights

ROOT = Path(__file__).parents[2]
JAPANESE = ROOT / "cases" / "2025-07-power-line-maintenance"
TELEPHONE = ROOT / "tests" / "data" / "real-interview" / "cases" / "telephone-call"
JFK = ROOT / "tests" / "data" / "audio" / "jfk.opus"
JFK_WORDS = (
    "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country."
)
JAPANESE_S = 29.0
"""Up to the pause behind its fifth cue."""


def weights(engine: EngineName) -> Path:
    """Real weights of the base size, as the engine reads them."""
    return faster_whisper_weights() if engine == "faster-whisper" else openai_weights()


@cache
def sound(path: Path, duration_s: float | None = None) -> Samples:
    """A recording, or its beginning; not to be written to."""
    samples = np.concatenate(list(decode_part(path, RATE_HZ)))
    return samples if duration_s is None else samples[: round(duration_s * RATE_HZ)]


def words_of(folder: Path, until_s: float = float("inf")) -> str:
    """What the transcript of a case says up to a time."""
    cues = parse((folder / "transcript.vtt").read_bytes()).cues
    return " ".join(text for cue in cues if cue.end_s <= until_s for _, text in spoken(cue))


def text_of(heard: Heard) -> str:
    """All that was heard, in a line."""
    return " ".join(segment.text for segment in heard.segments)


def character_error_rate(reference: str, heard: str) -> float:
    """Share of characters that differ. Width, punctuation, spaces and the commas in numbers do not count."""
    return float(jiwer.cer(_letters(reference, ""), _letters(heard, "")))


def word_error_rate(reference: str, heard: str) -> float:
    """Share of words that differ. Case and punctuation do not count."""
    return float(jiwer.wer(_letters(reference, " "), _letters(heard, " ")))


def _letters(text: str, between: str) -> str:
    without_apostrophes = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("\u2019", "")
    return re.sub(r"[\W_]+", between, without_apostrophes).strip()
