"""What an engine may have made up: loops are cut, and what is doubtful is left to an ear, never dropped.

Whisper was trained on subtitles from the web. Where it hears little it writes what subtitles often say there, and where
it loses its way it repeats itself. Its own figures tell part of that; the rest is told by the words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from generator.transcription.engines.common import COMPRESSION_RATIO_THRESHOLD, LOGPROB_THRESHOLD, NO_SPEECH_THRESHOLD
from generator.transcription.values import Segment, Word

LEAST_WORD_PROBABILITY: Final = 0.2
LEAST_MEAN_LOGPROB: Final = -0.3
"""Of the words of one segment. Whisper's `avg_logprob` is that of a whole window and hardly tells one line from the
next: on five minutes of a sample with the base model it told lines with errors from those without no better than
chance (area under the curve 0.52); the mean over a line's own words did (0.77). Of 57 lines these two limits marked
21, of which 19 had errors; 44 had any."""

KEPT_REPETITIONS: Final = 3
"""So often a person says the same in a row: はい、はい、はい."""
LOOP_REPETITIONS: Final = 5
"""From here on it is taken for a loop. In the samples' speech no phrase stands more than twice in a row."""
LONGEST_LOOP: Final = 30
"""Characters of a phrase that is looked for; loops of longer ones show in the compression ratio."""

_LOOP: Final = re.compile(rf"(?P<phrase>.{{1,{LONGEST_LOOP}}}?)(?P=phrase){{{LOOP_REPETITIONS - 1},}}", re.DOTALL)
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_BETWEEN_NAMES: Final = re.compile(r"[、。,.]")

PHANTOMS: Final = (
    "ご視聴ありがとうございました",
    "最後までご視聴いただきありがとうございます",
    "最後までご視聴いただきありがとうございました",
    "ご清聴ありがとうございました",
    "チャンネル登録よろしくお願いします",
    "チャンネル登録をお願いします",
    "高評価とチャンネル登録をお願いします",
    "次の動画でお会いしましょう",
    "また次の動画でお会いしましょう",
    "お疲れ様でした字幕",
    "字幕は自動生成されています",
    "thanks for watching",
    "thank you for watching",
    "thank you so much for watching",
    "please subscribe",
    "please subscribe to my channel",
    "like and subscribe",
    "don't forget to subscribe",
    "see you in the next video",
    "i'll see you in the next video",
    "bye bye",
    "you",
)
"""Whole lines that Whisper writes over silence and noise: what closes videos, and a lone "you". Gathered in Koenecke et
al., "Careless Whisper" (FAccT 2024), in Barański et al., "Investigation of Whisper ASR Hallucinations Induced by
Non-Speech Audio" (ICASSP 2025, their bag of hallucinations), and in the discussions of openai/whisper."""
PHANTOM_PARTS: Final = (
    "字幕by",
    "字幕作成者",
    "字幕提供",
    "字幕制作",
    "subtitles by",
    "subtitled by",
    "transcribed by",
    "translated by",
    "transcription by",
    "captions by",
    "amara.org",
    "mbc뉴스",
)
"""Beginnings of credits (the same sources), which stand before some name."""


class Doubt(StrEnum):
    """Why a line is to be verified by ear."""

    LOW_CONFIDENCE = "low-confidence"
    """The engine gave its own words, or one of them, a low probability."""
    MAYBE_SILENCE = "maybe-silence"
    """The engine doubts that anyone spoke."""
    REPETITION = "repetition"
    """It repeats itself; a loop was cut."""
    PHANTOM = "phantom"
    """A set phrase that engines write where nobody speaks."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """A segment, its loops cut, and what speaks against it."""

    segment: Segment
    doubts: tuple[Doubt, ...] = ()
    """In the order of `Doubt`."""


def clean(segments: Iterable[Segment], *, prompt: str = "") -> tuple[Doubted, ...]:
    """The segments in their order, each with its doubts. Text without a loop stays as it is, to the letter.

    The thresholds are Whisper's own: beyond them it tries again, and what is still beyond is doubtful. Phantoms of all
    languages count: English ones turn up in Japanese talk too. So do lines that only read out the engine's `prompt`.
    """
    return tuple(_doubted(segment, prompt) for segment in segments)


def _doubted(segment: Segment, prompt: str) -> Doubted:
    cut = without_loops(segment)
    found = set()
    if segment.avg_logprob < LOGPROB_THRESHOLD or _has_doubtful_words(segment):
        found.add(Doubt.LOW_CONFIDENCE)
    if segment.no_speech_prob > NO_SPEECH_THRESHOLD:
        found.add(Doubt.MAYBE_SILENCE)
    if cut is not segment or segment.compression_ratio > COMPRESSION_RATIO_THRESHOLD:
        found.add(Doubt.REPETITION)
    if is_phantom(segment.text) or is_read_out(segment.text, prompt):
        found.add(Doubt.PHANTOM)
    return Doubted(cut, tuple(doubt for doubt in Doubt if doubt in found))


def _has_doubtful_words(segment: Segment) -> bool:
    probabilities = [max(word.probability, 1e-9) for word in segment.words if _letters(word.text)]
    if not probabilities:
        return False
    mean_logprob = sum(map(math.log, probabilities)) / len(probabilities)
    return min(probabilities) < LEAST_WORD_PROBABILITY or mean_logprob < LEAST_MEAN_LOGPROB


def is_phantom(text: str) -> bool:
    """Whether engines write this where nobody speaks. Case, width and punctuation do not count."""
    letters = _letters(text)
    return letters in _PHANTOMS or letters.startswith(_PHANTOM_PARTS)


def is_read_out(text: str, prompt: str) -> bool:
    """Whether the line is several names of the prompt in the prompt's own order, which nobody says like that."""
    said = _letters(text)
    names = list(filter(None, map(_letters, _BETWEEN_NAMES.split(prompt))))
    return any(said in "".join(names) and said.startswith(name) and len(said) > len(name) for name in names)


def without_loops(segment: Segment) -> Segment:
    """The segment with `KEPT_REPETITIONS` of whatever it says `LOOP_REPETITIONS` times or more in a row; else itself.

    Words go with the text, and the segment ends with its last word: the time of the loop is not speech.
    """
    kept = _kept(segment.text)
    if all(kept):
        return segment
    text = "".join(letter for letter, keeps in zip(segment.text, kept, strict=True) if keeps)
    words = _words_of(segment, kept)
    end_s = max((word.end_s for word in words), default=segment.end_s)
    return replace(segment, text=text, words=words, end_s=max(end_s, segment.start_s))


def _kept(text: str) -> list[bool]:
    """Of each character, whether it stays."""
    kept = [True] * len(text)
    for loop in _LOOP.finditer(text):
        phrase = loop["phrase"]
        if not any(map(str.isalpha, phrase)):
            continue  # a pause is written in dots and dashes, and 1000000 has six noughts
        first = loop.start() + len(phrase) * KEPT_REPETITIONS
        kept[first : loop.end()] = [False] * (loop.end() - first)
    return kept


def _words_of(segment: Segment, kept: Sequence[bool]) -> tuple[Word, ...]:
    """The words, each without the characters that go; none where words and text differ, and times cannot be told."""
    if "".join(word.text for word in segment.words) != segment.text:
        return ()
    words = []
    place = 0
    for word in segment.words:
        stays = kept[place : place + len(word.text)]
        place += len(word.text)
        text = "".join(letter for letter, keeps in zip(word.text, stays, strict=True) if keeps)
        if text:
            words.append(replace(word, text=text))
    return tuple(words)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


_PHANTOMS: Final = frozenset(map(_letters, PHANTOMS))
_PHANTOM_PARTS: Final = tuple(filter(None, map(_letters, PHANTOM_PARTS)))
