"""A recording is encoded once, for as long as nothing about it changes."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.media import MediaCache, MediaSettings
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
