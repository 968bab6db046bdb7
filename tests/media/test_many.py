"""All recordings of a knowledge base are prepared, and what is wrong with some is told beside the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.media import Media, MediaCache, MediaJob, prepare_many
from generator.sources.audio import AudioError, AudioReason
from tests.support import sound

pytestmark = pytest.mark.audio


def test_each_recording_has_its_outcome_in_order(tmp_path: Path) -> None:
    """One bad file among good ones costs the good ones nothing; a second build needs no encoding."""
    good = [sound.write_recording(tmp_path, form, duration_s=1.0) for form in (sound.WAV, sound.OGG_OPUS)]
    pointer = tmp_path / "pointer.m4a"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n", encoding="ascii")
    sources = [good[0], pointer, good[1], tmp_path / "missing.mp3"]
    jobs = [MediaJob((source,), tmp_path / "site" / f"{place}.m4a") for place, source in enumerate(sources)]
    cache = MediaCache(tmp_path / "cache")
    first, lfs, third, missing = prepare_many(jobs, cache)
    assert isinstance(first, Media)
    assert isinstance(third, Media)
    assert isinstance(lfs, AudioError)
    assert isinstance(missing, AudioError)
    assert (lfs.path, lfs.reason) == (pointer, AudioReason.LFS_POINTER)
    assert missing.reason is AudioReason.UNREADABLE
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["0.m4a", "2.m4a"]
    assert prepare_many([jobs[0], jobs[2]], cache) == [first, third]


def test_a_knowledge_base_without_recordings_is_fine(tmp_path: Path) -> None:
    """No jobs, no work."""
    assert prepare_many([], MediaCache(tmp_path)) == []
