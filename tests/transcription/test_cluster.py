"""The workers of a real Dask cluster hear what this machine would have heard, whatever becomes of them on the way."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.transcription.cache import HearingCache
from generator.transcription.cluster import Cluster, differences
from generator.transcription.values import Heard, TranscriptionError, Window
from generator.transcription.work import hear_with, open_listeners
from tests.transcription.hearing import ROOT, clips, hear, nothing, settings, words

pytestmark = pytest.mark.audio


class DaskCluster:
    """A scheduler and workers in processes of their own, on loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._scheduler_file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(self._scheduler_file),
        )  # fmt: skip
        self.address = self._address()

    def add_worker(self) -> subprocess.Popen[bytes]:
        """One more worker, without a nanny that would replace it."""
        return self._start(
            "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self._folder),
        )  # fmt: skip

    def stop(self) -> None:
        """End whatever still runs."""
        for process in self._processes:
            process.kill()
            process.wait()

    def _start(self, role: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{role}-{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments], cwd=ROOT, stdout=log, stderr=log
            )
        self._processes.append(process)
        return process

    def _address(self) -> str:
        end_s = time.monotonic() + 120
        while time.monotonic() < end_s:
            with suppress(FileNotFoundError, ValueError):
                return str(json.loads(self._scheduler_file.read_text(encoding="utf-8"))["address"])
            time.sleep(0.1)
        raise AssertionError("the scheduler does not start")


@contextmanager
def dask_cluster(folder: Path, *, workers: int) -> Iterator[DaskCluster]:
    """A cluster that ends with the block."""
    import distributed  # slow to load

    cluster = DaskCluster(folder)
    try:
        for _ in range(workers):
            cluster.add_worker()
        if workers:
            with distributed.Client(cluster.address, set_as_default=False, timeout=60) as client:
                client.wait_for_workers(workers, timeout=120)
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def shared_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A cluster of one worker that no test harms."""
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers=1) as cluster:
        yield cluster


def test_a_worker_that_dies_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    """Of two workers one is killed while both listen: the other hears the rest, and the words are the serial ones."""
    heard_by_now: list[str] = []
    with dask_cluster(tmp_path, workers=2) as cluster, open_listeners(scheduler=cluster.address) as listeners:
        assert listeners.room() == 4
        workers = cluster._processes[1:]

        def kill_one(window: Window, _: Heard) -> None:
            heard_by_now.append(window.digest)
            if len(heard_by_now) == 2:
                workers[0].send_signal(signal.SIGKILL)

        cache = HearingCache(tmp_path / "cache")
        found = list(hear_with(listeners, clips(6), settings(), cache=cache, on_heard=kill_one))
        assert workers[0].wait() == -signal.SIGKILL
        assert workers[1].poll() is None
    assert [heard for _, heard in found] == words(6)
    assert [window.digest for window, _ in found] == [window.digest for window in clips(6)]
    assert sorted(heard_by_now) == sorted(window.digest for window in clips(6))
    assert [cache.window(settings(), window.digest) for window in clips(6)] == words(6)


def test_the_cache_is_asked_first(shared_cluster: DaskCluster, tmp_path: Path) -> None:
    """What was heard here is not sent to a cluster, and what a cluster heard is known here."""
    cache = HearingCache(tmp_path)
    cache.keep_window(settings(), clips(1)[0].digest, words(1)[0])
    heard: list[str] = []
    found = hear(
        clips(2),
        settings(),
        cache,
        scheduler=shared_cluster.address,
        on_heard=lambda window, _: heard.append(window.digest),
        on_known=nothing,
    )
    assert list(found) == words(2)
    assert heard == [clips(2)[1].digest]


def test_weights_that_a_worker_lacks_are_told(shared_cluster: DaskCluster, tmp_path: Path) -> None:
    """The weights have to lie on every worker: the line says on which they do not."""
    away = replace(settings(), model=str(tmp_path / "whisper-base"))
    with pytest.raises(TranscriptionError, match=rf"worker tcp://127.0.0.1:\d+: .*{re.escape(str(tmp_path))}"):
        list(hear(clips(1), away, HearingCache(tmp_path), scheduler=shared_cluster.address))


def test_an_engine_of_another_version_is_told(shared_cluster: DaskCluster, tmp_path: Path) -> None:
    """Words of two versions of an engine do not mix in one transcript, nor in the cache."""
    old = replace(settings(), version="0.9.0")
    with pytest.raises(TranscriptionError, match=r"worker tcp://.*faster-whisper .*0\.9\.0"):
        list(hear(clips(1), old, HearingCache(tmp_path), scheduler=shared_cluster.address))


def test_other_cases_are_transcribed_after_a_failure(shared_cluster: DaskCluster, tmp_path: Path) -> None:
    """One recording that fails leaves the cluster to the next."""
    away = replace(settings(), model=str(tmp_path / "whisper-base"))
    cache = HearingCache(tmp_path)
    with open_listeners(scheduler=shared_cluster.address) as listeners:
        with pytest.raises(TranscriptionError):
            list(hear_with(listeners, clips(2), away, cache=cache, on_heard=nothing))
        found = list(hear_with(listeners, clips(1), settings(), cache=cache, on_heard=nothing))
    assert [heard for _, heard in found] == words(1)


@pytest.mark.parametrize(
    "address",
    ["tcp://127.0.0.1:{port}", "127.0.0.1:{port}", "carrier-pigeon://127.0.0.1", "tcp://no.such.host.invalid:1"],
)
def test_a_scheduler_that_does_not_answer_is_told(address: str) -> None:
    """A wrong address ends in a line, not in waiting."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        address = address.format(port=taken.getsockname()[1])
        with pytest.raises(TranscriptionError, match=rf"no Dask scheduler answers at {address} \(.+\) - .+ - .+"):
            Cluster(address)


def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    """A scheduler alone hears nothing: that is said instead of waiting for ever."""
    with (
        dask_cluster(tmp_path, workers=0) as cluster,
        pytest.raises(TranscriptionError, match=rf"{cluster.address} has no workers .* dask worker {cluster.address}"),
    ):
        Cluster(cluster.address, patience_s=0.5)


@pytest.mark.parametrize("lost", ["the last worker", "the scheduler"])
def test_a_cluster_that_goes_away_is_told_and_what_was_heard_stays(lost: str, tmp_path: Path) -> None:
    """When nobody is left the run ends in a line, and the next one goes on from there."""
    cache = HearingCache(tmp_path / "cache")
    heard: list[str] = []
    with dask_cluster(tmp_path, workers=1) as cluster:
        listeners = Cluster(cluster.address, patience_s=3.0 if lost == "the last worker" else 60.0)

        def lose(window: Window, _: Heard) -> None:
            heard.append(window.digest)
            (cluster._processes[1] if lost == "the last worker" else cluster.scheduler).kill()

        with pytest.raises(TranscriptionError, match=r"has no workers|went away"):
            list(hear_with(listeners, clips(4), settings(), cache=cache, on_heard=lose))
        listeners.close()
    assert heard
    assert all(cache.window(settings(), digest) is not None for digest in heard)
    assert list(hear(clips(4), settings(), cache)) == words(4)


def test_versions_that_cannot_talk_are_named() -> None:
    """Dask promises nothing between its versions; where they differ, each place is named."""

    def place(**packages: str) -> dict[str, Any]:
        return {"packages": {"dask": "2026.8.0", "distributed": "2026.8.0", "numpy": "2.4.0", **packages}}

    same = {"client": place(), "scheduler": place(numpy="2.3.0"), "workers": {"tcp://10.0.0.5:40001": place()}}
    assert differences(same) == ""
    other = {**same, "workers": {"tcp://10.0.0.5:40001": place(distributed="2025.9.1")}}
    assert differences(other) == "distributed: 2026.8.0 here, 2025.9.1 at tcp://10.0.0.5:40001"
