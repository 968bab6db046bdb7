"""Which engine runs on which weights; and when there are none, one clear line, and nothing is downloaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.transcription.engines import engine_settings, installed, open_engine, opened
from generator.transcription.engines.common import refuse_language
from generator.transcription.engines.weights import find_weights, name_given, sha256_of
from generator.transcription.values import EngineName, EngineSettings, TranscriptionError
from tests.support.weights import MODEL_SHA256, faster_whisper_weights, openai_weights
from tests.transcription.recordings import ROOT

pytestmark = pytest.mark.audio
ENGINES: tuple[EngineName, ...] = ("faster-whisper", "openai-whisper")


@pytest.fixture(autouse=True)
def _plain_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set up, and nobody has used Whisper before."""
    monkeypatch.delenv("CASEBOOK_MODELS", raising=False)
    monkeypatch.delenv("CASEBOOK_MODEL", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-cache"))


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of models that CASEBOOK_MODELS names, with real ones of the base size for both engines."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "faster-whisper-base").symlink_to(faster_whisper_weights())
    (folder / "base.pt").symlink_to(openai_weights())
    monkeypatch.setenv("CASEBOOK_MODELS", str(folder))
    return folder


def told(engine: str, model: str | None) -> str:
    """The line that an editor gets to read."""
    with pytest.raises(TranscriptionError) as refused:
        engine_settings(engine, model, language="ja", device="cpu")  # type: ignore[arg-type]
    line = str(refused.value)
    assert "\n" not in line
    assert line.count(" - ") >= 2, "what - what follows - what to do"
    return line


def test_auto_is_the_fastest(models: Path) -> None:
    """With both installed and weights for both, faster-whisper runs, on what CASEBOOK_MODELS holds under the name."""
    settings = engine_settings("auto", None, language="ja", prompt="オルバン。")
    assert settings == EngineSettings(
        engine="faster-whisper",
        model=str(models / "faster-whisper-base"),
        model_digest=MODEL_SHA256,
        language="ja",
        prompt="オルバン。",
        beam_size=5,
        device="auto",
        version=settings.version,
    )
    assert settings.version[0].isdigit()


def test_auto_takes_the_engine_that_has_weights(models: Path) -> None:
    """A model that is there for one engine only is no reason to give up."""
    (models / "faster-whisper-base").unlink()
    assert engine_settings("auto", "base", language="ja", device="cpu").engine == "openai-whisper"


def test_auto_follows_the_weights_given() -> None:
    """A path tells its engine: a folder is for faster-whisper, a .pt file for openai-whisper."""
    for engine, path in (("faster-whisper", faster_whisper_weights()), ("openai-whisper", openai_weights())):
        settings = engine_settings("auto", str(path), language="ja", device="cpu")
        assert (settings.engine, settings.model) == (engine, str(path))


def test_usual_beams(models: Path) -> None:
    """Five, but one where five would take seven times as long; an editor may ask for any number."""
    beams = [engine_settings(engine, "base", language="ja", device="cpu").beam_size for engine in ENGINES]
    assert beams == [5, 1]
    assert engine_settings("openai-whisper", "base", language="ja", device="cuda").beam_size == 5
    assert engine_settings("openai-whisper", "base", language="ja", device="cpu", beam_size=3).beam_size == 3
    with pytest.raises(TranscriptionError, match="beam size 0"):
        engine_settings("auto", "base", language="ja", beam_size=0)


def test_the_model_is_chosen_by_hand_or_by_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the editor gives, what the machine is set up for, or base."""
    assert name_given(None) == "base"
    monkeypatch.setenv("CASEBOOK_MODEL", "large-v3")
    assert name_given(None) == "large-v3"
    assert name_given("small") == "small"


def test_other_names_of_the_same_model(models: Path) -> None:
    """Large is large-v3, turbo is large-v3-turbo, a folder may do without the engine's name."""
    (models / "large-v3-turbo").symlink_to(faster_whisper_weights())
    (models / "large-v3.pt").symlink_to(openai_weights())
    assert find_weights("faster-whisper", "turbo").path == models / "large-v3-turbo"
    assert find_weights("openai-whisper", "large").path == models / "large-v3.pt"


def test_whispers_own_cache_is_looked_into(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the library once downloaded is used."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "whisper").mkdir()
    (tmp_path / "whisper" / "base.pt").symlink_to(openai_weights())
    assert engine_settings("openai-whisper", "base", language="ja", device="cpu").model == str(
        tmp_path / "whisper" / "base.pt"
    )


CHOOSE = """
import sys
def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo"):
        sys.exit("the internet was asked")
sys.addaudithook(refuse)
from generator.transcription.engines import engine_settings
from generator.transcription.values import TranscriptionError
try:
    print(engine_settings("auto", sys.argv[1], language="ja", device="cpu").model)
except TranscriptionError as error:
    print(error)
"""


def choose(model: str, **environment: str) -> str:
    """What a new process answers that may not open a connection."""
    done = subprocess.run(
        [sys.executable, "-c", CHOOSE, model],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_hugging_faces_cache_is_looked_into(tmp_path: Path) -> None:
    """What the library once downloaded is used, without asking whether there is something newer."""
    repository = tmp_path / "hub" / "models--Systran--faster-whisper-tiny"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("0123abc", encoding="utf-8")
    (repository / "snapshots").mkdir()
    (repository / "snapshots" / "0123abc").symlink_to(faster_whisper_weights())
    assert choose("tiny", HF_HOME=str(tmp_path)) == str(repository / "snapshots" / "0123abc")


def test_nothing_is_downloaded(tmp_path: Path) -> None:
    """A name without weights is told, not fetched: an intranet has no internet, and a build no surprises."""
    line = choose("tiny", HF_HOME=str(tmp_path))
    assert line.startswith("no weights called 'tiny' for faster-whisper on this machine - ")
    assert "--model FOLDER" in line
    assert "CASEBOOK_MODELS" in line


def test_models_that_are_there_are_offered(models: Path) -> None:
    """An editor who asks for another size learns what there is."""
    for engine in ENGINES:
        assert f"no weights called 'medium' for {engine}" in told(engine, "medium")
        assert " - there are base: choose one with --model" in told(engine, "medium")
    assert "medium.pt" in told("openai-whisper", "medium")


def test_a_path_that_is_not_there() -> None:
    """A path is never taken for a name."""
    assert told("faster-whisper", "./nowhere").startswith(f"{Path.cwd() / 'nowhere'}: no such file or folder")
    assert told("auto", "/nowhere/base.pt").startswith("/nowhere/base.pt: no such file or folder")


def test_weights_of_the_other_engine() -> None:
    """The line names the engine that can read them."""
    assert "--engine openai-whisper" in told("faster-whisper", str(openai_weights()))
    assert "--engine faster-whisper" in told("openai-whisper", str(faster_whisper_weights()))


def test_the_file_inside_the_folder() -> None:
    """model.bin alone is a near miss: its folder is what to give."""
    folder = faster_whisper_weights()
    assert told("faster-whisper", str(folder / "model.bin")).endswith(f"--model {folder}")


def test_a_folder_of_another_library(tmp_path: Path) -> None:
    """A Transformers model has to be converted; the line says with which command."""
    (tmp_path / "model.safetensors").touch()
    assert "ct2-transformers-converter" in told("faster-whisper", str(tmp_path))


def test_a_folder_without_weights(tmp_path: Path) -> None:
    """An empty folder is no model."""
    assert "no model.bin in this folder" in told("faster-whisper", str(tmp_path))


def test_half_a_folder(tmp_path: Path) -> None:
    """Without tokenizer.json the library would ask the internet."""
    (tmp_path / "model.bin").symlink_to(faster_whisper_weights() / "model.bin")
    assert "config.json, tokenizer.json missing" in told("faster-whisper", str(tmp_path))


def test_a_git_lfs_pointer(tmp_path: Path) -> None:
    """Weights kept in Git LFS may not have been pulled."""
    file = tmp_path / "base.pt"
    file.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", encoding="utf-8")
    assert told("openai-whisper", str(file)).endswith("run: git lfs pull")


def damaged(engine: EngineName, folder: Path, content: bytes | None) -> Path:
    """Weights that hold `content`, or the first half of the real ones."""
    if engine == "openai-whisper":
        path = file = folder / "base.pt"
        whole = openai_weights()
    else:
        path = folder / "model"
        path.mkdir()
        file, whole = path / "model.bin", faster_whisper_weights() / "model.bin"
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            shutil.copy(faster_whisper_weights() / name, path)
    if content is None:
        with whole.open("rb") as source:
            content = source.read(1_000_000)
    file.write_bytes(content)
    return path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("content", [None, b"", b"<!doctype html><title>Sign in</title>", bytes(5000)])
def test_weights_that_cannot_be_read(engine: EngineName, content: bytes | None, tmp_path: Path) -> None:
    """Cut off while copying, empty, a sign-in page, noughts: one line with the library's own words in brackets."""
    settings = engine_settings(engine, str(damaged(engine, tmp_path, content)), language="ja", device="cpu")
    with pytest.raises(
        TranscriptionError, match=r"cannot read these weights \(.+\) - nothing can be transcribed - copy"
    ):
        open_engine(settings)


def test_weights_that_were_replaced(tmp_path: Path) -> None:
    """A worker whose machine has another model under the same path does not mix it in."""
    path = damaged("openai-whisper", tmp_path, b"one")
    settings = engine_settings("openai-whisper", str(path), language="ja", device="cpu")
    path.write_bytes(b"another")
    assert sha256_of(path) != settings.model_digest
    with pytest.raises(TranscriptionError, match="two models would be mixed"):
        opened(settings)


def test_weights_for_english_only() -> None:
    """They would write English whatever is said."""
    settings = EngineSettings("openai-whisper", "/models/base.en.pt", "0" * 64, "ja")
    with pytest.raises(TranscriptionError, match="weights for English only, but the language is 'ja'"):
        refuse_language(settings, ["en", "ja"], multilingual=False)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_language_nobody_knows(engine: EngineName, models: Path) -> None:
    """An unknown code is told when the engine is opened."""
    with pytest.raises(TranscriptionError, match="language 'jp' is unknown to Whisper"):
        opened(engine_settings(engine, "base", language="jp", device="cpu"))


def test_one_model_for_all_cases() -> None:
    """Cases differ in prompt and language; the weights are read once."""
    path = str(faster_whisper_weights())
    one, other = (
        opened(engine_settings("faster-whisper", path, language=language, prompt=prompt, device="cpu"))
        for language, prompt in (("ja", "オルバン。"), ("en", ""))
    )
    assert one.model is other.model  # type: ignore[attr-defined]


def test_a_graphics_card_that_is_not_there(models: Path) -> None:
    """Asked for by name, it is missed in one line; left to the machine, it is not."""
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("there is one here")
    for engine in ENGINES:
        with pytest.raises(TranscriptionError, match=f"no CUDA device here for {engine}"):
            open_engine(engine_settings(engine, "base", language="ja", device="cuda"))


def test_an_engine_that_is_not_installed(tmp_path: Path) -> None:
    """The line names the command, also for a machine without internet; shown where only numpy is installed."""
    numpy = find_spec("numpy")
    assert numpy is not None
    assert numpy.origin is not None
    packages = Path(numpy.origin).parents[1]
    for folder in packages.glob("numpy*"):
        (tmp_path / folder.name).symlink_to(folder)
    bare = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n{CHOOSE}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", bare, "base"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.startswith(
        "faster-whisper is not installed - nothing can be transcribed with it - "
        "run: pip install 'casebook[faster-whisper]' "
    ), done.stderr
    assert "--no-index --find-links wheels" in done.stdout
    assert done.stdout.count("\n") == 1


def test_both_are_installed_here() -> None:
    """Else half of these tests would hold nothing."""
    assert all(map(installed, ENGINES))
