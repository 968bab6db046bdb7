"""Windows heard one by one, in several processes, or after any interruption: the words are the same."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.transcription.cache import HearingCache
from generator.transcription.values import Heard, TranscriptionError, Window
from generator.transcription.work import hear_with, open_listeners
from tests.transcription.hearing import clips, hear, lines, nothing, settings, start, words

pytestmark = pytest.mark.audio


def is_alive(pid: int) -> bool:
    """Whether a process runs, also as somebody else's child."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_processes_hear_the_same_in_the_same_order(tmp_path: Path) -> None:
    """How many listen is a matter of time only; the engine is opened once in each, and everybody ends with the run."""
    before = set(multiprocessing.active_children())
    told: list[str] = []
    with open_listeners(jobs=2) as listeners:
        found = list(
            hear_with(
                listeners,
                clips(4),
                settings(),
                cache=HearingCache(tmp_path),
                on_heard=lambda window, _: told.append(window.digest),
            )
        )
    assert [heard for _, heard in found] == words(4)
    assert [window.pieces for window, _ in found] == [window.pieces for window in clips(4)]
    assert sorted(told) == sorted(window.digest for window in clips(4))
    assert any(segment.text for _, heard in found for segment in heard.segments)
    assert set(multiprocessing.active_children()) == before


def test_what_is_known_is_not_heard_again(tmp_path: Path) -> None:
    """With everything in the cache no engine is opened: weights that are gone are not missed."""
    cache = HearingCache(tmp_path)
    for window, one in zip(clips(2), words(2), strict=True):
        cache.keep_window(settings(), window.digest, one)
    known: list[Heard] = []
    heard: list[Heard] = []
    found = hear(
        clips(2),
        replace(settings(), model="/nowhere"),
        cache,
        on_heard=lambda _, one: heard.append(one),
        on_known=lambda _, one: known.append(one),
    )
    assert list(found) == known == words(2)
    assert heard == []


def test_windows_are_drawn_as_they_are_needed(tmp_path: Path) -> None:
    """A long recording is never in memory: no more windows are cut than are on their way."""
    cache = HearingCache(tmp_path)
    for window in clips(6):
        cache.keep_window(settings(), window.digest, Heard(()))
    drawn = 0

    def counted() -> Iterator[Window]:
        nonlocal drawn
        for window in clips(6):
            drawn += 1
            yield window

    with open_listeners() as listeners:
        found = hear_with(listeners, counted(), settings(), cache=cache, on_heard=nothing)
        for number, (window, _) in enumerate(found, start=1):
            assert drawn == number
            assert len(window.samples) == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_weights_that_are_not_there_are_told(jobs: int, tmp_path: Path) -> None:
    """Wherever the engine cannot be opened, the line that says why comes back whole."""
    away = replace(settings(), model=str(tmp_path / "base"))
    with pytest.raises(TranscriptionError, match=str(tmp_path / "base")):
        list(hear(clips(1), away, HearingCache(tmp_path / "cache"), jobs=jobs))


def test_an_engine_that_fails_is_told(tmp_path: Path) -> None:
    """Memory that runs out inside an engine's library ends in words."""
    with open_listeners() as listeners:
        future = listeners.send(settings(), _OutOfMemory())
        with pytest.raises(TranscriptionError, match=r"the engine failed \(CUDA out of memory\)"):
            listeners.fetch(future)


class _OutOfMemory:
    """Sound that no engine can take in."""

    def __len__(self) -> int:
        raise RuntimeError("CUDA out of memory")


def test_a_killed_process_is_told_and_costs_only_what_it_heard(tmp_path: Path) -> None:
    """When the machine runs out of memory and ends a process, what was heard stays, and the next run goes on."""
    cache = HearingCache(tmp_path / "killed")
    heard: list[str] = []

    def kill(window: Window, _: Heard) -> None:
        heard.append(window.digest)
        if len(heard) == 1:
            multiprocessing.active_children()[0].kill()

    before = set(multiprocessing.active_children())
    with open_listeners(jobs=2) as listeners:
        with pytest.raises(TranscriptionError, match=r"was ended from outside.* - .* - .*fewer --jobs"):
            list(hear_with(listeners, clips(5), settings(), cache=cache, on_heard=kill))
        assert set(multiprocessing.active_children()) == before
        assert len(heard) < 5
        # The next recording finds new processes.
        found = list(hear_with(listeners, clips(5), settings(), cache=cache, on_heard=kill, on_known=nothing))
    assert Counter(heard) == dict.fromkeys([window.digest for window in clips(5)], 1)
    assert [one for _, one in found] == words(5)


def test_a_run_killed_at_any_moment_goes_on_where_it_was(tmp_path: Path) -> None:
    """Whenever the machine goes down: the words are those of an undisturbed run, and a kill costs one window."""
    moments = random.Random(3)  # noqa: S311 - nothing secret
    sent: Counter[int] = Counter()
    kills = 0
    for attempt in range(20):
        process = start(4, 1, tmp_path)
        stop_after = moments.randint(1, 5) if attempt < 3 else 99
        for number, line in enumerate(lines(process)):
            word, *rest = line.split()
            if word == "drawn":
                sent[int(rest[0])] += 1
            elif word == "known":
                sent[int(rest[0])] -= 1
            if number == stop_after:
                time.sleep(moments.uniform(0.0, 0.5))
                process.kill()
        _, errors = process.communicate()
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL, errors
        kills += 1
    assert kills >= 2
    assert set(sent) == set(range(4))
    assert sum(times - 1 for times in sent.values()) <= kills
    cache = HearingCache(tmp_path)
    assert [cache.window(settings(), window.digest) for window in clips(4)] == words(4)


def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    """Nobody goes on listening for a run that was killed."""
    process = start(8, 2, tmp_path)
    children: list[int] = []
    for line in lines(process):
        if line.startswith("heard"):
            children = [int(pid) for pid in line.split()[2:]]
            process.kill()
            break
    process.communicate()
    assert len(children) == 2
    end_s = time.monotonic() + 60
    while any(map(is_alive, children)):
        assert time.monotonic() < end_s, "the listening processes go on"
        time.sleep(0.05)


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_everything_and_keeps_what_was_heard(jobs: int, tmp_path: Path) -> None:
    """Ctrl+C reaches every process of a terminal: all end at once and in silence, and the words so far are kept."""
    process = start(8, jobs, tmp_path)
    children: list[int] = []
    for line in lines(process):
        if line.startswith("heard"):
            children = [int(pid) for pid in line.split()[2:]]
            for pid in (process.pid, *children):
                os.kill(pid, signal.SIGINT)
            break
    _, errors = process.communicate()
    assert (process.returncode, errors) == (130, "")
    assert not any(map(is_alive, children))
    assert len(list(tmp_path.rglob("*.json"))) >= 1
