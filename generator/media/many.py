"""All recordings of a knowledge base at once, on all cores; a recording that fails does not stop the others."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from generator.media.cache import MediaCache
from generator.media.prepare import Media
from generator.processes import end_with_parent
from generator.sources.audio import AudioError, AudioReason


@dataclass(frozen=True, slots=True)
class MediaJob:
    """One recording to prepare."""

    parts: tuple[Path, ...]
    target: Path
    muted_s: tuple[tuple[float, float], ...] = ()


def prepare_many(
    jobs: Sequence[MediaJob], cache: MediaCache, *, workers: int | None = None
) -> list[Media | AudioError]:
    """Prepare every job; answers in the order of the jobs, a Media or what is wrong with that recording.

    Uses as many processes as there are cores, at most `workers`, and none when the cache has everything. A decoder
    that takes its process down with it costs only its own recording.
    """
    limit = max(1, min(workers or os.cpu_count() or 1, len(jobs)))
    with ThreadPoolExecutor(limit) as threads:  # hashing files leaves Python's lock free
        found = list(threads.map(_fetch, jobs, [cache] * len(jobs)))
    outcomes: dict[int, Media | AudioError] = {place: known for place, known in enumerate(found) if known is not None}
    missing = [place for place, known in enumerate(found) if known is None]
    crashed: list[int] = []
    if missing:
        with _processes(min(limit, len(missing))) as pool:
            futures = {place: pool.submit(_prepare, jobs[place], cache) for place in missing}
            for place, future in futures.items():
                try:
                    outcomes[place] = future.result()
                except BrokenProcessPool:
                    crashed.append(place)
    for place in crashed:
        # One crash breaks the pool for all that had not ended: each of them gets a process of its own.
        outcomes[place] = _prepare_alone(jobs[place], cache)
    return [outcomes[place] for place in range(len(jobs))]


def _prepare_alone(job: MediaJob, cache: MediaCache) -> Media | AudioError:
    with _processes(1) as pool:
        try:
            return pool.submit(_prepare, job, cache).result()
        except BrokenProcessPool:
            return AudioError(job.parts[0], AudioReason.UNREADABLE, "the decoder crashed on it")


def _processes(count: int) -> ProcessPoolExecutor:
    # Forking a program that runs threads, as a preview server does, can leave the child hanging.
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent)


def _prepare(job: MediaJob, cache: MediaCache) -> Media | AudioError:
    try:
        return cache.prepare(job.parts, job.target, muted_s=job.muted_s)
    except AudioError as error:
        return error


def _fetch(job: MediaJob, cache: MediaCache) -> Media | AudioError | None:
    try:
        return cache.fetch(job.parts, job.target, muted_s=job.muted_s)
    except AudioError as error:
        return error
