"""Where an engine's weights lie. They are files that somebody put there; nothing is downloaded.

| engine | weights | a name such as `small` is looked for in |
| --- | --- | --- |
| faster-whisper | a folder with `model.bin` (CTranslate2), `config.json` and `tokenizer.json` | `$CASEBOOK_MODELS/faster-whisper-small/`, `$CASEBOOK_MODELS/small/`, the Hugging Face cache |
| openai-whisper | a file `.pt` (PyTorch) | `$CASEBOOK_MODELS/small.pt`, `~/.cache/whisper/small.pt` |
"""  # noqa: E501 - a table's row is one line

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from generator.transcription.values import EngineName, TranscriptionError

USUAL_MODEL: Final = "base"
"""Small enough for any office machine: 145 MB, ten times faster than speech. Larger ones make fewer mistakes."""
SAME: Final = {"large": "large-v3", "turbo": "large-v3-turbo"}
"""Names by which the engines call the newest of a size."""
COMPANIONS: Final = ("config.json", "tokenizer.json")
"""Without tokenizer.json the library would fetch one from the internet."""
LFS_POINTER: Final = b"version https://git-lfs"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that are there and look like what the engine reads."""

    path: Path
    """Absolute: the folder (faster-whisper) or the file (openai-whisper)."""
    file: Path
    """The file with the tensors, whose digest names the model."""


def name_given(model: str | None) -> str:
    """The model's name or path, where `model` is what the editor gave."""
    return model or os.environ.get("CASEBOOK_MODEL") or USUAL_MODEL


def engine_of(model: str) -> EngineName | None:
    """The engine that the weights at this path are made for; None for a name, or when it cannot be told."""
    path = Path(model).expanduser()
    if path.is_dir():
        return "faster-whisper"
    return "openai-whisper" if path.is_file() and path.suffix == ".pt" else None


def find_weights(engine: EngineName, model: str) -> Weights:
    """The weights of a path or name. Raises TranscriptionError when they are not there or of another kind."""
    path = Path(model).expanduser()
    if path.exists() or _is_path(model):
        return _checked(engine, Path(os.path.abspath(path)))  # noqa: PTH100 - resolve() would follow links: not the path given
    found = _named_folder(model) if engine == "faster-whisper" else _named_file(model)
    if found is None:
        raise TranscriptionError(_not_found(engine, model))
    return _checked(engine, found)


def sha256_of(file: Path) -> str:
    """The file's sha256 in hexadecimal, computed once in a process while its size and time of change stay. Reads it."""
    state = file.stat()
    return _sha256(str(file), state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=8)
def _sha256(path: str, _size: int, _changed_ns: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_path(model: str) -> bool:
    return model.startswith((".", "~", "/")) or model.endswith((".pt", ".bin")) or "\\" in model


def _models_folder() -> Path | None:
    folder = os.environ.get("CASEBOOK_MODELS")
    return Path(os.path.abspath(Path(folder).expanduser())) if folder else None  # noqa: PTH100 - as above


def _named_folder(name: str) -> Path | None:
    folder = _models_folder()
    if folder is not None:
        for spelt in dict.fromkeys((name, SAME.get(name, name))):
            for candidate in (folder / f"faster-whisper-{spelt}", folder / spelt):
                if candidate.is_dir():
                    return candidate
    from faster_whisper import download_model

    try:
        cached = Path(download_model(name, local_files_only=True))
    except (ValueError, OSError):  # an unknown name; nothing of it in the cache
        return None
    return cached if (cached / "model.bin").exists() else None


def _named_file(name: str) -> Path | None:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"
    for folder in filter(None, (_models_folder(), cache)):
        for spelt in dict.fromkeys((name, SAME.get(name, name))):
            candidate = folder / f"{spelt}.pt"
            if candidate.is_file():
                return candidate
    return None


def _checked(engine: EngineName, path: Path) -> Weights:
    if not path.exists():
        raise TranscriptionError(
            f"{path}: no such file or folder - nothing can be transcribed - {_how_to_give(engine)}"
        )
    return _checked_folder(path) if engine == "faster-whisper" else _checked_file(path)


def _checked_folder(path: Path) -> Weights:
    engine: EngineName = "faster-whisper"
    if path.is_file():
        hint = (
            f"give the folder it lies in: --model {path.parent}"
            if path.name == "model.bin"
            else f"run it with --engine openai-whisper, or {_how_to_give(engine)}"
            if path.suffix == ".pt"
            else _how_to_give(engine)
        )
        raise TranscriptionError(
            f"{path}: a file, but faster-whisper reads a folder - nothing can be transcribed - {hint}"
        )
    file = path / "model.bin"
    if not file.is_file():
        others = [name for name in ("model.safetensors", "pytorch_model.bin") if (path / name).exists()]
        hint = (
            f"{others[0]} is a Transformers model; convert it once: ct2-transformers-converter --model {path} "
            "--output_dir NEW --copy_files tokenizer.json preprocessor_config.json"
            if others
            else _how_to_give(engine)
        )
        raise TranscriptionError(f"{path}: no model.bin in this folder - nothing can be transcribed - {hint}")
    missing = [name for name in COMPANIONS if not (path / name).is_file()]
    if missing:
        raise TranscriptionError(
            f"{path}: {' and '.join(missing)} missing beside model.bin - the words cannot be spelt - copy the "
            "whole folder, not model.bin alone"
        )
    _refuse_pointer(file)
    return Weights(path, file)


def _checked_file(path: Path) -> Weights:
    engine: EngineName = "openai-whisper"
    if path.is_dir():
        hint = (
            f"run it with --engine faster-whisper, or {_how_to_give(engine)}"
            if (path / "model.bin").exists()
            else _how_to_give(engine)
        )
        raise TranscriptionError(
            f"{path}: a folder, but openai-whisper reads a .pt file - nothing can be transcribed - {hint}"
        )
    _refuse_pointer(path)
    return Weights(path, path)


def _refuse_pointer(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(len(LFS_POINTER)) == LFS_POINTER:
            raise TranscriptionError(
                f"{file}: a Git LFS pointer, not the weights - nothing can be transcribed - run: git lfs pull"
            )


def _not_found(engine: EngineName, name: str) -> str:
    there = _names_there(engine)
    choice = f"; there are {', '.join(there)}: choose one with --model" if there else ""
    return (
        f"no weights called '{name}' for {engine} on this machine - nothing can be transcribed, and nothing is "
        f"downloaded by itself - {_how_to_give(engine, name)}{choice}"
    )


def _how_to_give(engine: EngineName, name: str = "base") -> str:
    if engine == "faster-whisper":
        return (
            f"copy a folder such as Systran/faster-whisper-{name} of Hugging Face (model.bin, config.json, "
            "tokenizer.json, vocabulary.*) here and give --model FOLDER, or put it into the folder that "
            "CASEBOOK_MODELS names"
        )
    return (
        f"copy Whisper's file {name}.pt here and give --model FILE, or put it into the folder that CASEBOOK_MODELS "
        "names or into ~/.cache/whisper"
    )


def _names_there(engine: EngineName) -> list[str]:
    """Names of the models in the folder CASEBOOK_MODELS that this engine can read."""
    folder = _models_folder()
    if folder is None or not folder.is_dir():
        return []
    if engine == "openai-whisper":
        return sorted(path.stem for path in folder.glob("*.pt"))
    return sorted(path.parent.name.removeprefix("faster-whisper-") for path in folder.glob("*/model.bin"))
