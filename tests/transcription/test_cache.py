"""What was heard once is known by the sound and by all that decides the words, and by nothing else."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.audio import AudioError
from generator.transcription.cache import HearingCache, recording_key, turns_key
from generator.transcription.speakers.values import Turn
from generator.transcription.values import EngineSettings, Heard, Segment, TranscriptionError, Word

SETTINGS = EngineSettings("faster-whisper", "/models/base", "d01c3014", "ja", "梱包機", 5, "auto", "1.2.1")
WORDS = (Word(0.1, 0.52, "手袋", 0.98), Word(0.52, 0.7, "です", 0.4))
SEGMENT = Segment(0.1, 0.7, "手袋です", WORDS, -0.21, 0.02, 1.1)
HEARD = Heard((SEGMENT, replace(SEGMENT, text="", words=(), channel=1)))
DIGEST = "ab" * 32
OTHERS: dict[str, Any] = {
    "engine": "openai-whisper",
    "model_digest": "0" * 64,
    "language": "en",
    "prompt": "",
    "beam_size": 1,
    "version": "1.2.2",
}
numbers = st.floats(allow_nan=False)
texts = st.text(st.characters(exclude_categories=["Cs"]))
segments = st.builds(
    Segment, numbers, numbers, texts, st.lists(st.builds(Word, numbers, numbers, texts, numbers)).map(tuple),
    numbers, numbers, numbers, st.none() | st.integers(0, 7),
)  # fmt: skip


def files(folder: Path) -> list[Path]:
    """All files of a cache."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@given(st.lists(segments).map(tuple))
def test_what_was_heard_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, kept: tuple[Segment, ...]) -> None:
    """Times, words and the engine's confidence are the same as if it had been heard again, to the last digit."""
    cache = HearingCache(tmp_path_factory.getbasetemp() / "cache")
    cache.keep_window(SETTINGS, DIGEST, Heard(kept))
    assert cache.window(SETTINGS, DIGEST) == Heard(kept)
    cache.keep_recording(DIGEST, kept)
    assert cache.recording(DIGEST) == kept


def test_voices_are_told_apart_once_for_a_recording_and_a_method(tmp_path: Path) -> None:
    """The same bytes by the same method have the same turns; other bytes or another method are listened to."""
    recording = tmp_path / "audio.wav"
    recording.write_bytes(b"one")
    cache = HearingCache(tmp_path / "cache")
    turns = (Turn(0.1, 2.5, 0), Turn(2.5, 3.0, 1))
    cache.keep_turns(turns_key([recording], method="voices 1"), turns)
    assert cache.turns(turns_key([recording], method="voices 1")) == turns
    assert cache.turns(turns_key([recording], method="voices 2")) is None
    recording.write_bytes(b"other")
    assert cache.turns(turns_key([recording], method="voices 1")) is None


def test_numbers_that_are_none_come_back_too(tmp_path: Path) -> None:
    """An engine that gives no figure for a window is not asked again and again."""
    cache = HearingCache(tmp_path)
    cache.keep_window(SETTINGS, DIGEST, Heard((replace(SEGMENT, avg_logprob=math.nan, no_speech_prob=math.inf),)))
    heard = cache.window(SETTINGS, DIGEST)
    assert heard is not None
    assert math.isnan(heard.segments[0].avg_logprob)
    assert heard.segments[0].no_speech_prob == math.inf


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_decides_the_words_makes_another_entry(name: str, tmp_path: Path) -> None:
    """Words of one engine, model or vocabulary are never given out for those of another."""
    cache = HearingCache(tmp_path)
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    assert cache.window(replace(SETTINGS, **{name: OTHERS[name]}), DIGEST) is None
    assert cache.window(SETTINGS, "cd" * 32) is None


def test_where_the_engine_runs_does_not_matter(tmp_path: Path) -> None:
    """A colleague's machine or a GPU worker has heard it for everybody."""
    cache = HearingCache(tmp_path)
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    elsewhere = replace(SETTINGS, model="/elsewhere/whisper-base", device="cuda")
    assert cache.window(elsewhere, DIGEST) == HEARD


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: bytes(len(content)),
        lambda content: b"\xff\xfe" + content,
        lambda content: b"[" * 100_000,
        lambda content: b'{"key": "x", "content": {"segments": []}}',
        lambda content: json.dumps({**json.loads(content), "content": {"segments": [{"text": "invented"}]}}).encode(),
    ],
    ids=["empty", "half", "one-byte-less", "zeros", "not-text", "nested", "another-key", "another-form"],
)
def test_what_is_torn_or_foreign_counts_as_missing(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """A disk that filled up or a hand in the cache costs one window's time, never a wrong transcript or a traceback."""
    cache = HearingCache(tmp_path)
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    (file,) = files(tmp_path)
    file.write_bytes(spoil(file.read_bytes()))
    assert cache.window(SETTINGS, DIGEST) is None
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    assert cache.window(SETTINGS, DIGEST) == HEARD


def test_two_runs_at_once_do_no_harm(tmp_path: Path) -> None:
    """Whoever reads sees nothing or all of it, while others write the same."""

    def run(_: int) -> list[Heard | None]:
        cache = HearingCache(tmp_path)
        seen = []
        for _ in range(20):
            seen.append(cache.window(SETTINGS, DIGEST))
            cache.keep_window(SETTINGS, DIGEST, HEARD)
        return seen

    with ThreadPoolExecutor(8) as threads:
        seen = [heard for found in threads.map(run, range(8)) for heard in found]
    assert set(seen) <= {None, HEARD}
    assert len(files(tmp_path)) == 1


def test_a_recording_is_known_by_its_bytes(tmp_path: Path) -> None:
    """Renamed or copied it is the same one; edited, in another order or by channel it is not."""
    first, second = tmp_path / "1.wav", tmp_path / "2.wav"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    key = recording_key([first, second], [None], SETTINGS)
    renamed = tmp_path / "renamed.wav"
    first.rename(renamed)
    assert recording_key([renamed, second], [None], replace(SETTINGS, device="cpu")) == key
    others = {
        recording_key([second, renamed], [None], SETTINGS),
        recording_key([renamed], [None], SETTINGS),
        recording_key([renamed, second], [0, 1], SETTINGS),
        recording_key([renamed, second], [None], replace(SETTINGS, prompt="")),
        recording_key([renamed, second], [None], SETTINGS, detector="another"),
    }
    assert len(others | {key}) == 6
    with pytest.raises(AudioError):
        recording_key([first], [None], SETTINGS)


def test_windows_and_recordings_do_not_mix(tmp_path: Path) -> None:
    """An entry of one kind is none of the other."""
    cache = HearingCache(tmp_path)
    cache.keep_recording(DIGEST, HEARD.segments)
    assert cache.window(SETTINGS, DIGEST) is None
    assert cache.recording("cd" * 32) is None


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """A place that can hold nothing is named with what to do."""
    (tmp_path / "cache").write_text("")
    cache = HearingCache(tmp_path / "cache")
    with pytest.raises(TranscriptionError, match="cannot be read"):
        cache.window(SETTINGS, DIGEST)
    with pytest.raises(TranscriptionError, match="cannot be written"):
        cache.keep_window(SETTINGS, DIGEST, HEARD)
