"""A recording is encoded once, for as long as nothing about it changes."""

from __future__ import annotations

import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.media import MediaCache, MediaSettings
from generator.media.cache import ABANDONED_AFTER_S
from generator.sources.audio import AudioError, AudioReason
from tests.support import sound

pytestmark = pytest.mark.audio


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A short recording that has to be encoded."""
    return sound.write_recording(tmp_path, sound.WAV_8_KHZ, duration_s=1.0)


@pytest.fixture
def cache(tmp_path: Path) -> MediaCache:
    """An empty cache."""
    return MediaCache(tmp_path / "cache")


def entries(cache: MediaCache) -> list[Path]:
    """The sound files in the cache."""
    return sorted(cache.folder.glob("*/*.m4a"))


def test_the_second_build_takes_what_the_first_made(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """The file in the site is the cached one itself, and its facts are the same."""
    assert cache.fetch([source], tmp_path / "early.m4a") is None
    first = cache.prepare([source], tmp_path / "first.m4a")
    assert cache.fetch([source], tmp_path / "second.m4a") == first
    [entry] = entries(cache)
    assert (tmp_path / "second.m4a").samefile(entry)
    assert not (tmp_path / "early.m4a").exists()


def test_the_place_and_name_of_a_recording_do_not_matter(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """A case that is renamed, or checked out elsewhere, costs nothing."""
    cache.prepare([source], tmp_path / "first.m4a")
    moved = shutil.copy(source, tmp_path / "moved.wav")
    assert cache.fetch([moved], tmp_path / "second.m4a") is not None


def test_whatever_changes_the_sound_makes_another_entry(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """What is muted, how it is encoded, which parts and in which order: each is part of the key."""
    other = sound.write_recording(tmp_path, sound.WAV_8_KHZ, duration_s=0.5, name="other")
    target = tmp_path / "audio.m4a"
    cache.prepare([source], target)
    cache.prepare([source], target, muted_s=[(0.2, 0.4)])
    cache.prepare([source], target, settings=MediaSettings(bit_rate_bps=48_000))
    cache.prepare([source, other], target)
    cache.prepare([other, source], target)
    assert len(entries(cache)) == 5


@pytest.mark.parametrize("damage", ["sound is cut off", "sound is gone", "facts are no JSON", "facts lack a field"])
def test_a_damaged_entry_is_made_again(damage: str, cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """A full disk or a cache that was copied halfway does not end in a broken site."""
    target = tmp_path / "audio.m4a"
    media = cache.prepare([source], target)
    good = target.read_bytes()
    target.unlink()
    [entry] = entries(cache)
    facts = entry.with_suffix(".json")
    match damage:
        case "sound is cut off":
            entry.write_bytes(good[:500])
        case "sound is gone":
            entry.unlink()
        case "facts are no JSON":
            facts.write_text('{"duration_s": 1.', encoding="ascii")
        case "facts lack a field":
            facts.write_text(json.dumps({"duration_s": 1.0}), encoding="ascii")
    assert cache.fetch([source], target) is None
    assert cache.prepare([source], target) == media
    assert target.read_bytes() == good


def test_two_builds_at_once_share_a_cache(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """Nobody sees half an entry, and nothing half-written stays."""
    targets = [tmp_path / "site" / f"{place}.m4a" for place in range(8)]
    with ThreadPoolExecutor(4) as threads:
        medias = list(threads.map(lambda target: cache.prepare([source], target), targets))
    assert len(set(medias)) == 1
    assert len({target.read_bytes() for target in targets}) == 1
    assert not list(tmp_path.rglob("*.part"))


def test_a_recording_that_cannot_be_read_leaves_no_entry(cache: MediaCache, tmp_path: Path) -> None:
    """A mistake is found again in every build until it is put right."""
    with pytest.raises(AudioError) as caught:
        cache.prepare([tmp_path / "missing.wav"], tmp_path / "audio.m4a")
    assert caught.value.reason is AudioReason.UNREADABLE
    (tmp_path / "empty.wav").touch()
    with pytest.raises(AudioError) as caught:
        cache.prepare([tmp_path / "empty.wav"], tmp_path / "audio.m4a")
    assert caught.value.reason is AudioReason.EMPTY_FILE
    assert entries(cache) == []


def test_what_may_no_longer_be_heard_is_taken_out(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """Recordings that are withdrawn, and silences as they were before somebody withdrew; the others stay."""
    other = sound.write_recording(tmp_path, sound.WAV_8_KHZ, duration_s=0.5, name="other")
    target = tmp_path / "audio.m4a"
    cache.prepare([source], target)
    cache.prepare([source], target, muted_s=[(0.2, 0.4)])
    cache.prepare([other], target)
    gone = tmp_path / "gone.wav"
    assert cache.keep_only([((source,), ((0.2, 0.4),)), ((gone,), ())]) == ()
    assert len(entries(cache)) == 1
    assert len(list(cache.folder.glob("*/*.json"))) == 1
    assert cache.fetch([source], target, muted_s=[(0.2, 0.4)]) is not None
    assert cache.keep_only([]) == ()
    assert not [path for path in cache.folder.rglob("*") if path.is_file()]


def test_a_killed_build_leaves_no_sound_behind(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """What was begun and never finished goes after an hour; another build may be writing what is younger."""
    cache.prepare([source], tmp_path / "audio.m4a")
    shelf = entries(cache)[0].parent
    old, young = shelf / ".a.m4a.1-abcd.part", shelf / ".b.m4a.2-abcd.part"
    for file in (old, young):
        file.write_bytes(b"sound")
    hours_ago = time.time() - 2 * ABANDONED_AFTER_S
    os.utime(old, (hours_ago, hours_ago))
    cache.keep_only([((source,), ())])
    assert (old.exists(), young.exists(), len(entries(cache))) == (False, True, 1)


def test_what_cannot_be_removed_is_told(cache: MediaCache, source: Path, tmp_path: Path) -> None:
    """Nobody may think a voice is gone that is still there."""
    cache.prepare([source], tmp_path / "audio.m4a")
    sound_file = entries(cache)[0]
    sound_file.unlink()
    sound_file.mkdir()
    assert cache.keep_only([]) == (sound_file,)
