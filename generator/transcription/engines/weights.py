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
        raise _not_found(engine, model)
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
        raise _nothing_at(engine, path)
    return _checked_folder(path) if engine == "faster-whisper" else _checked_file(path)


def _checked_folder(path: Path) -> Weights:
    if path.is_file():
        raise _no_folder(path)
    file = path / "model.bin"
    if not file.is_file():
        raise _no_model_in(path)
    missing = [name for name in COMPANIONS if not (path / name).is_file()]
    if missing:
        raise TranscriptionError(
            "{path}: {files} missing beside model.bin - the words cannot be spelt - copy the whole folder, not "
            "model.bin alone",
            path=path,
            files=", ".join(missing),
        )
    _refuse_pointer(file)
    return Weights(path, file)


def _checked_file(path: Path) -> Weights:
    if path.is_dir():
        raise _no_file(path)
    _refuse_pointer(path)
    return Weights(path, path)


def _refuse_pointer(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(len(LFS_POINTER)) == LFS_POINTER:
            raise TranscriptionError(
                "{file}: a Git LFS pointer, not the weights - nothing can be transcribed - run: git lfs pull", file=file
            )


def _not_found(engine: EngineName, name: str) -> TranscriptionError:
    """No weights of this name; which names there are, if any."""
    there = ", ".join(_names_there(engine))
    if engine == "faster-whisper":
        if there:
            return TranscriptionError(
                "no weights called '{name}' for faster-whisper on this machine - nothing can be transcribed, and "
                "nothing is downloaded by itself - there are {there}: choose one with --model; or copy a folder such "
                "as Systran/faster-whisper-{name} of Hugging Face (model.bin, config.json, tokenizer.json, "
                "vocabulary.*) into the folder that CASEBOOK_MODELS names",
                name=name,
                there=there,
            )
        return TranscriptionError(
            "no weights called '{name}' for faster-whisper on this machine - nothing can be transcribed, and nothing "
            "is downloaded by itself - copy a folder such as Systran/faster-whisper-{name} of Hugging Face (model.bin, "
            "config.json, tokenizer.json, vocabulary.*) here and give --model FOLDER, or put it into the folder that "
            "CASEBOOK_MODELS names",
            name=name,
        )
    if there:
        return TranscriptionError(
            "no weights called '{name}' for openai-whisper on this machine - nothing can be transcribed, and nothing "
            "is downloaded by itself - there are {there}: choose one with --model; or copy Whisper's file {name}.pt "
            "into the folder that CASEBOOK_MODELS names, or into ~/.cache/whisper",
            name=name,
            there=there,
        )
    return TranscriptionError(
        "no weights called '{name}' for openai-whisper on this machine - nothing can be transcribed, and nothing is "
        "downloaded by itself - copy Whisper's file {name}.pt here and give --model FILE, or put it into the folder "
        "that CASEBOOK_MODELS names, or into ~/.cache/whisper",
        name=name,
    )


def _nothing_at(engine: EngineName, path: Path) -> TranscriptionError:
    if engine == "faster-whisper":
        return TranscriptionError(
            "{path}: no such file or folder - nothing can be transcribed - give the folder of a model with --model, "
            "such as a copy of Systran/faster-whisper-base of Hugging Face (model.bin, config.json, tokenizer.json, "
            "vocabulary.*)",
            path=path,
        )
    return TranscriptionError(
        "{path}: no such file or folder - nothing can be transcribed - give a file of Whisper's weights with --model, "
        "such as a copy of base.pt",
        path=path,
    )


def _no_folder(path: Path) -> TranscriptionError:
    """A file where faster-whisper needs a folder."""
    if path.name == "model.bin":
        return TranscriptionError(
            "{path}: a file, but faster-whisper reads a folder - nothing can be transcribed - give the folder it lies "
            "in: --model {folder}",
            path=path,
            folder=path.parent,
        )
    if path.suffix == ".pt":
        return TranscriptionError(
            "{path}: a file, but faster-whisper reads a folder - nothing can be transcribed - run it "
            "with --engine openai-whisper, or give a folder with model.bin with --model",
            path=path,
        )
    return TranscriptionError(
        "{path}: a file, but faster-whisper reads a folder - nothing can be transcribed - give the folder of a model "
        "with --model, such as a copy of Systran/faster-whisper-base of Hugging Face (model.bin, config.json, "
        "tokenizer.json, vocabulary.*)",
        path=path,
    )


def _no_model_in(path: Path) -> TranscriptionError:
    """A folder without what faster-whisper reads."""
    others = [name for name in ("model.safetensors", "pytorch_model.bin") if (path / name).exists()]
    if others:
        return TranscriptionError(
            "{path}: no model.bin in this folder - nothing can be transcribed - {file} is a Transformers model; "
            "convert it once: ct2-transformers-converter --model {path} --output_dir NEW --copy_files tokenizer.json "
            "preprocessor_config.json",
            path=path,
            file=others[0],
        )
    return TranscriptionError(
        "{path}: no model.bin in this folder - nothing can be transcribed - give the folder of a model with --model, "
        "such as a copy of Systran/faster-whisper-base of Hugging Face (model.bin, config.json, tokenizer.json, "
        "vocabulary.*)",
        path=path,
    )


def _no_file(path: Path) -> TranscriptionError:
    """A folder where openai-whisper needs a file."""
    if (path / "model.bin").exists():
        return TranscriptionError(
            "{path}: a folder, but openai-whisper reads a .pt file - nothing can be transcribed - run "
            "it with --engine faster-whisper, or give a .pt file with --model",
            path=path,
        )
    return TranscriptionError(
        "{path}: a folder, but openai-whisper reads a .pt file - nothing can be transcribed - give a file of Whisper's "
        "weights with --model, such as a copy of base.pt",
        path=path,
    )


def _names_there(engine: EngineName) -> list[str]:
    """Names of the models in the folder CASEBOOK_MODELS that this engine can read."""
    folder = _models_folder()
    if folder is None or not folder.is_dir():
        return []
    if engine == "openai-whisper":
        return sorted(path.stem for path in folder.glob("*.pt"))
    return sorted(path.parent.name.removeprefix("faster-whisper-") for path in folder.glob("*/model.bin"))
