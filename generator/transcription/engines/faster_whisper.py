"""Whisper on CTranslate2: the fastest on a processor, in 8-bit integers."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import ctranslate2
from faster_whisper import WhisperModel

from generator.transcription.engines import common
from generator.transcription.engines.weights import Weights
from generator.transcription.values import RATE_HZ, EngineSettings, Heard, Samples, Segment, Word


class FasterWhisper:
    """A model in memory. Safe among threads, one window after another."""

    def __init__(self, settings: EngineSettings, weights: Weights, *, threads: int | None = None) -> None:
        self._weights = weights
        self._threads = threads
        self._device = _existing_device(settings)
        self._turn = threading.Lock()
        self._model = self._open()

    def refuse_language(self, settings: EngineSettings) -> None:
        """Raise TranscriptionError when the weights do not know the language of `settings`."""
        model = self._model
        common.refuse_language(settings, model.supported_languages, multilingual=bool(model.model.is_multilingual))

    def hear(self, samples: Samples, settings: EngineSettings) -> Heard:
        """What is said in one window; times from the window's start."""
        common.refuse_too_long(samples)
        if len(samples) < common.LEAST_S * RATE_HZ:
            return Heard(())
        with self._turn:
            if self._model.has_sampled:
                self._model = self._open()
            self._model.stretches = 0
            self._model.prompt = settings.prompt
            found, _ = self._model.transcribe(
                samples,
                language=settings.language,
                beam_size=settings.beam_size,
                best_of=common.BEST_OF,
                temperature=common.TEMPERATURES,
                compression_ratio_threshold=common.COMPRESSION_RATIO_THRESHOLD,
                log_prob_threshold=common.LOGPROB_THRESHOLD,
                no_speech_threshold=common.NO_SPEECH_THRESHOLD,
                condition_on_previous_text=False,
                word_timestamps=True,
                vad_filter=False,
            )
            return Heard(tuple(self._segments(found, len(samples) / RATE_HZ)))

    def _segments(self, found: Iterable[Any], length_s: float) -> Iterator[Segment]:
        with suppress(_WindowIsOver):
            for segment in found:
                put_out = Segment(
                    start_s=segment.start,
                    end_s=segment.end,
                    text=segment.text,
                    words=tuple(
                        Word(word.start, word.end, word.word, word.probability) for word in segment.words or ()
                    ),
                    avg_logprob=segment.avg_logprob,
                    no_speech_prob=segment.no_speech_prob,
                    compression_ratio=segment.compression_ratio,
                )
                tidied = common.tidied(put_out, length_s)
                if tidied is not None:
                    yield tidied

    def _open(self) -> _WindowModel:
        # Sampling draws from a generator that each of the library's threads seeds once, when it first needs it. A model
        # opened anew has new threads, so that every window that is sampled starts from the same seed.
        ctranslate2.set_random_seed(common.SEED)
        try:
            return _WindowModel(
                str(self._weights.path),
                device=self._device,
                compute_type="float16" if self._device == "cuda" else "int8",
                cpu_threads=common.cores(self._threads),
                local_files_only=True,
            )
        except Exception as error:  # its readers raise what they like: RuntimeError, ValueError, bare Exception
            raise common.cannot_open("faster-whisper", self._weights.path, error) from error


def _existing_device(settings: EngineSettings) -> str:
    has_cuda = ctranslate2.get_cuda_device_count() > 0
    if settings.device == "cuda" and not has_cuda:
        raise common.no_cuda(settings)
    return "cuda" if has_cuda and settings.device != "cpu" else "cpu"


class _WindowModel(WhisperModel):  # type: ignore[misc]  # the library's types are not looked at: it is an extra
    """The library's model, for windows: it notes what it used up, and knows when a window is over."""

    has_sampled = False
    """Whether random numbers were drawn."""
    stretches = 0
    """Of this window, listened to so far."""
    prompt = ""

    def get_prompt(self, tokenizer: Any, previous_tokens: Any, **options: Any) -> Any:
        """The library's own, with our prompt in the place of what was said before, for every stretch of the window."""
        first_stamp = tokenizer.timestamp_begin
        return super().get_prompt(
            tokenizer, common.prompt_tokens(self.prompt, tokenizer.encode, first_stamp), **options
        )

    def encode(self, features: Any) -> Any:
        """The library's own for a stretch of the window. Raises _WindowIsOver instead when only a rest is left."""
        if common.is_rest(self.stretches, int(features.any(axis=0).sum())):
            raise _WindowIsOver
        self.stretches += 1
        return super().encode(features)

    def generate_with_fallback(self, *args: Any, **options: Any) -> Any:
        """The library's own; of its result, the third is the temperature that it ended with."""
        result = super().generate_with_fallback(*args, **options)
        self.has_sampled = self.has_sampled or result[2] > 0
        return result


class _WindowIsOver(Exception):  # noqa: N818 - not an error
    """Nothing is left of the window that could be speech."""
