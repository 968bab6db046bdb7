"""Whisper as OpenAI published it, on PyTorch: the reference, and the one for graphics cards that PyTorch knows."""

from __future__ import annotations

import math
import threading
import warnings
from dataclasses import replace
from typing import Any, Final

import torch
import whisper
from whisper.tokenizer import LANGUAGES, get_tokenizer

from generator.transcription.engines import common
from generator.transcription.engines.weights import Weights
from generator.transcription.values import RATE_HZ, EngineSettings, Heard, Samples, Segment, Word

SIZES: Final = {(4, 6): "tiny", (6, 8): "base", (12, 12): "small", (24, 16): "medium", (4, 20): "large-v3-turbo"}
"""Official models by layers and heads of their text decoder (the paper's table 1, and the turbo model's card)."""
LARGE: Final = {80: "large-v2", 128: "large-v3"}
"""The large ones, all of 32 layers and 20 heads, by the height of their spectrograms."""


class OpenAIWhisper:
    """A model in memory. Safe among threads, one window after another: its layers are hooked while it listens."""

    def __init__(self, settings: EngineSettings, weights: Weights, *, threads: int | None = None) -> None:
        self._threads = common.cores(threads)
        self._turn = threading.Lock()
        device = _existing_device(settings)
        try:
            self._model = whisper.load_model(str(weights.file), device=device)
        except Exception as error:  # unpickling raises what it likes: RuntimeError, KeyError, UnpicklingError, EOFError
            raise common.cannot_open("openai-whisper", weights.path, error) from error
        self._model.encoder.forward = _Encoder(self._model.encoder)
        heads = alignment_heads(self._model.dims, settings.model_digest)
        if heads is not None:
            self._model.set_alignment_heads(heads)
        self._decoding = self._model.decode = _Decoding(self._model)

    def refuse_language(self, settings: EngineSettings) -> None:
        """Raise TranscriptionError when the weights do not know the language of `settings`."""
        common.refuse_language(settings, LANGUAGES, multilingual=bool(self._model.is_multilingual))

    def hear(self, samples: Samples, settings: EngineSettings) -> Heard:
        """What is said in one window; times from the window's start."""
        common.refuse_too_long(samples)
        if len(samples) < common.LEAST_S * RATE_HZ:
            return Heard(())
        device = self._model.device
        on_card = device.type == "cuda"
        with self._turn, torch.random.fork_rng([device] if on_card else []), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Performing inference on CPU when CUDA is available")
            self._decoding.begin(settings)
            torch.manual_seed(common.SEED)
            torch.set_num_threads(self._threads)
            result = whisper.transcribe(
                self._model,
                samples,
                language=settings.language,
                beam_size=settings.beam_size if settings.beam_size > 1 else None,
                best_of=common.BEST_OF,
                temperature=common.TEMPERATURES,
                compression_ratio_threshold=common.COMPRESSION_RATIO_THRESHOLD,
                logprob_threshold=common.LOGPROB_THRESHOLD,
                no_speech_threshold=common.NO_SPEECH_THRESHOLD,
                condition_on_previous_text=False,
                word_timestamps=True,
                fp16=on_card,
                verbose=None,  # False would draw a bar
            )
        length_s = len(samples) / RATE_HZ
        put_out = [
            Segment(
                start_s=segment["start"],
                end_s=segment["end"],
                text=segment["text"],
                words=tuple(
                    Word(word["start"], word["end"], word["word"], word["probability"])
                    for word in segment.get("words", ())
                ),
                avg_logprob=segment["avg_logprob"],
                no_speech_prob=segment["no_speech_prob"],
                compression_ratio=segment["compression_ratio"],
            )
            for segment in result["segments"]
        ]
        tidied = (common.tidied(segment, length_s) for segment in put_out)
        return Heard(tuple(segment for segment in tidied if segment is not None))


class _Encoder:
    """The library's encoder, which remembers what it made of the last stretch.

    The library runs it anew on the same stretch for every temperature that it tries, and once more to time the words.
    """

    def __init__(self, encoder: Any) -> None:
        self._forward = encoder.forward
        self._last: tuple[Any, Any] | None = None

    def __call__(self, mel: Any) -> Any:
        if self._last is None or self._last[0].dtype != mel.dtype or not torch.equal(self._last[0], mel):
            self._last = mel, self._forward(mel)
        return self._last[1]


class _Decoding:
    """The library's decoding, stretch after stretch of one window; of its rest, it says at once that nobody speaks."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._stretches = 0
        self._prompt: list[int] = []

    def begin(self, settings: EngineSettings) -> None:
        """A window begins, with the prompt of these settings before each of its stretches."""
        model = self._model
        tokenizer = get_tokenizer(model.is_multilingual, num_languages=model.num_languages, language=settings.language)
        self._prompt = common.prompt_tokens(settings.prompt, tokenizer.encode, tokenizer.timestamp_begin)
        self._stretches = 0

    def __call__(self, mel: Any, options: Any) -> Any:
        if common.is_rest(self._stretches, int(mel.any(dim=0).sum())):
            return whisper.DecodingResult(
                audio_features=mel, language=options.language, no_speech_prob=1.0, avg_logprob=-math.inf, tokens=[]
            )
        self._stretches += 1
        return whisper.decode(self._model, mel, replace(options, prompt=self._prompt))


def alignment_heads(dims: Any, digest: str) -> bytes | None:
    """Which attention heads of a model follow the sound, packed as the library keeps them; None when that is not known.

    The times of words come from these heads. The library knows them by the model's name only, so that a file opened by
    its path would be timed by all heads at random. Here the name is found by the file's digest, which is part of the
    library's addresses, or else by the model's size.
    """
    names = [name for name, address in whisper._MODELS.items() if f"/{digest}/" in address]
    size = SIZES.get((dims.n_text_layer, dims.n_text_head)) or (
        LARGE.get(dims.n_mels) if (dims.n_text_layer, dims.n_text_head) == (32, 20) else None
    )
    multilingual = dims.n_vocab >= 51865  # as the library itself tells
    names += [size if multilingual else f"{size}.en"] if size else []
    return next((whisper._ALIGNMENT_HEADS[name] for name in names if name in whisper._ALIGNMENT_HEADS), None)


def _existing_device(settings: EngineSettings) -> str:
    has_cuda = torch.cuda.is_available()
    if settings.device == "cuda" and not has_cuda:
        raise common.no_cuda(settings)
    return "cuda" if has_cuda and settings.device != "cpu" else "cpu"
