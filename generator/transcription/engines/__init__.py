"""The engines that turn speech into words: which one runs, on which weights, and opening it.

Both are Whisper (Radford et al. 2022) with the same weights in another packing. `openai-whisper` is the reference, on
PyTorch; `faster-whisper` computes the same on CTranslate2 with 8-bit integers, twice as fast on a processor at half the
memory. Their libraries are extras and load slowly, so that nothing here imports them before an engine is opened.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final, Literal, Protocol

from generator.transcription.engines.weights import Weights, engine_of, find_weights, name_given, sha256_of
from generator.transcription.values import (
    Device,
    Engine,
    EngineName,
    EngineSettings,
    Heard,
    Samples,
    TranscriptionError,
)

BY_SPEED: Final[tuple[EngineName, ...]] = ("faster-whisper", "openai-whisper")
"""Fastest first; `auto` takes the first that can run."""
MODULES: Final[Mapping[EngineName, str]] = {"faster-whisper": "faster_whisper", "openai-whisper": "whisper"}
EXTRAS: Final[Mapping[EngineName, str]] = {"faster-whisper": "faster-whisper", "openai-whisper": "whisper"}
BEAMS: Final = 5
"""Whisper's own number of beams (the same paper, section 4.5)."""


def installed(engine: EngineName) -> bool:
    """Whether the engine's library is there."""
    return find_spec(MODULES[engine]) is not None


def engine_settings(  # noqa: PLR0913 - one for each choice that an editor has
    name: EngineName | Literal["auto"],
    model: str | None,
    *,
    language: str,
    prompt: str = "",
    beam_size: int | None = None,
    device: Device = "auto",
) -> EngineSettings:
    """All that decides what is heard, with the weights found and named by their digest. Reads files, downloads nothing.

    `model` is a path, or a name such as `small` that is looked for as `engines.weights` says; None is `CASEBOOK_MODEL`
    from the environment, or `base`. `auto` is the engine that the path's weights are made for, or else the fastest
    that is installed and has weights of that name. Without `beam_size` there are five beams, or one with
    openai-whisper on a processor, where five take seven times as long for 1 % fewer errors.

    Raises TranscriptionError when a library or the weights are missing or the weights are of another kind.
    """
    if beam_size is not None and beam_size < 1:
        raise TranscriptionError(
            "beam size {beams} - nothing can be searched - give 1 (fastest) or more; 5 is usual", beams=beam_size
        )
    wanted = name_given(model)
    engine, weights = _engine_and_weights(name, wanted)
    return EngineSettings(
        engine=engine,
        model=str(weights.path),
        model_digest=sha256_of(weights.file),
        language=language,
        prompt=prompt,
        beam_size=beam_size or _usual_beams(engine, device),
        device=device,
        version=version(engine),
    )


class Model(Protocol):
    """Weights in memory, which listen in any language they know and with any prompt."""

    def refuse_language(self, settings: EngineSettings) -> None:
        """Raise TranscriptionError when they do not know the language of `settings`."""
        ...

    def hear(self, samples: Samples, settings: EngineSettings) -> Heard:
        """What is said in one window of at most `WINDOW_S` seconds; times from the window's start."""
        ...


@dataclass(frozen=True, slots=True)
class Listening:
    """An `Engine`: a model, listening as some settings say."""

    model: Model
    settings: EngineSettings

    def hear(self, samples: Samples) -> Heard:
        """What is said in one window of at most `WINDOW_S` seconds; times from the window's start."""
        return self.model.hear(samples, self.settings)


def open_engine(settings: EngineSettings, *, threads: int | None = None) -> Engine:
    """The engine with its weights in memory: a second and 200 MB to several GB. Reads files.

    `threads` is how many cores it may use, all of them when None; it does not change what is heard. Raises
    TranscriptionError when the library is missing, when the weights are not those that `settings` were made with, or
    when they cannot be used.
    """
    return _listening(_open_model(settings, threads), settings)


_models: dict[EngineSettings, Model] = {}
_opening = threading.Lock()


def opened(settings: EngineSettings, *, threads: int | None = None) -> Engine:
    """As `open_engine`, with weights that stay in memory for the next one who asks, in this process.

    Language, prompt and beams may change from one to the next; for other weights the ones before are let go. Safe among
    threads.
    """
    weights = replace(settings, language="", prompt="", beam_size=1)
    with _opening:
        if weights not in _models:
            _models.clear()
            _models[weights] = _open_model(settings, threads)
        return _listening(_models[weights], settings)


def _listening(model: Model, settings: EngineSettings) -> Engine:
    model.refuse_language(settings)
    return Listening(model, settings)


def _open_model(settings: EngineSettings, threads: int | None) -> Model:
    _require(settings.engine)
    weights = find_weights(settings.engine, settings.model)
    digest = sha256_of(weights.file)
    if digest != settings.model_digest:
        raise TranscriptionError(
            "{file}: sha256 {here}, but this run began with {begun} - two models would be mixed in one transcript - "
            "put the same file under this path on every machine, or start again",
            file=weights.file,
            here=digest[:8],
            begun=settings.model_digest[:8],
        )
    if settings.engine == "faster-whisper":
        from generator.transcription.engines.faster_whisper import FasterWhisper

        return FasterWhisper(settings, weights, threads=threads)
    from generator.transcription.engines.openai_whisper import OpenAIWhisper

    return OpenAIWhisper(settings, weights, threads=threads)


def _engine_and_weights(name: EngineName | Literal["auto"], wanted: str) -> tuple[EngineName, Weights]:
    """What `name` and the model come to on this machine."""
    if name != "auto":
        _require(name)
        return name, find_weights(name, wanted)
    made_for = engine_of(wanted)
    if made_for is not None:
        _require(made_for)
        return made_for, find_weights(made_for, wanted)
    candidates = [engine for engine in BY_SPEED if installed(engine)]
    if not candidates:
        _require(BY_SPEED[0])
    missing: list[TranscriptionError] = []
    for engine in candidates:
        try:
            return engine, find_weights(engine, wanted)
        except TranscriptionError as error:
            missing.append(error)
    raise missing[0]


def _require(engine: EngineName) -> None:
    if not installed(engine):
        raise TranscriptionError(
            "{engine} is not installed - nothing can be transcribed with it - run: pip install 'casebook[{extra}]' "
            "(in a checkout: pip install -c constraints.txt -e '.[{extra}]'); on an intranet, first where there is "
            "internet: pip download -d wheels 'casebook[{extra}]', then here: "
            "pip install --no-index --find-links wheels 'casebook[{extra}]'",
            engine=engine,
            extra=EXTRAS[engine],
        )


def _usual_beams(engine: EngineName, device: Device) -> int:
    if engine == "faster-whisper" or device == "cuda":
        return BEAMS
    if device == "cpu":
        return 1
    from torch import cuda

    return BEAMS if cuda.is_available() else 1
