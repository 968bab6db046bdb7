"""Windows to be heard, handed to whoever listens: this process, several processes here, or the workers of a cluster.

What comes back is kept at once and passed on in order, so that the words depend neither on who heard them nor on when.
An interrupted run loses what was just being listened to: one window here, at most two a worker elsewhere.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

import numpy as np

from generator.transcription import worker
from generator.transcription.cache import HearingCache
from generator.transcription.cluster import Cluster
from generator.transcription.values import EngineSettings, Heard, Samples, TranscriptionError, Window

WAITING_EACH: Final = 2
"""Windows on their way for each listener: one is heard while the next one travels."""
CHECK_S: Final = 2.0
"""How often listeners that say nothing are looked after."""

OnHeard = Callable[[Window, Heard], None]


class Listeners(Protocol):
    """Those who listen, wherever they are."""

    def room(self) -> int:
        """How many windows may be on their way to them now."""
        ...

    def send(self, settings: EngineSettings, samples: Samples) -> Any:
        """Have a window heard: a future, which is only given back to `fetch` once it is done."""
        ...

    def fetch(self, future: Any) -> Heard:
        """What was heard. Raises TranscriptionError when nothing was, and says why."""
        ...

    def check(self) -> None:
        """Raise TranscriptionError when nobody is left to listen."""
        ...


@contextmanager
def open_listeners(jobs: int = 1, scheduler: str | None = None) -> Iterator[Listeners]:
    """Those who listen for one or more recordings: the cluster at `scheduler`, or `jobs` processes here.

    One job is this process itself. On leaving, by an error too, what is not heard yet is given up and processes end.
    Raises TranscriptionError when a cluster cannot be used.
    """
    listeners = Cluster(scheduler) if scheduler else _Processes(jobs) if jobs > 1 else _Here()
    try:
        yield listeners
    finally:
        listeners.close()


def hear_with(  # noqa: PLR0913 - who listens to what, where it is kept, and whom to tell
    listeners: Listeners,
    windows: Iterable[Window],
    settings: EngineSettings,
    *,
    cache: HearingCache,
    on_heard: OnHeard,
    on_known: OnHeard | None = None,
) -> Iterator[tuple[Window, Heard]]:
    """What is heard in each of the windows, in their order, from the cache where it knows them.

    `on_heard` is called in this thread as soon as a window was heard and kept, in whatever order that happens;
    `on_known` (or `on_heard`, without it) for those that the cache knew. The windows come out without their samples, so
    that keeping them costs nothing. Writes into the cache.

    Raises TranscriptionError when a window cannot be heard; what was heard before stays in the cache.
    """
    source = iter(windows)
    done: SimpleQueue[_Place] = SimpleQueue()
    on_their_way: set[_Place] = set()
    in_order: deque[_Place] = deque()
    has_more = True
    try:
        while has_more or in_order:
            while has_more and len(on_their_way) < listeners.room():
                window = next(source, None)
                if window is None:
                    has_more = False
                    break
                place = _Place(replace(window, samples=_NOTHING), cache.window(settings, window.digest))
                in_order.append(place)
                if place.heard is None:
                    on_their_way.add(place)
                    place.future = listeners.send(settings, window.samples)
                    place.future.add_done_callback(lambda _, place=place: done.put(place))
                else:
                    (on_known or on_heard)(place.window, place.heard)
                yield from _ready(in_order)
            if on_their_way:
                try:
                    place = done.get(timeout=CHECK_S)
                except Empty:
                    listeners.check()
                    continue
                on_their_way.remove(place)
                place.heard = listeners.fetch(place.future)
                cache.keep_window(settings, place.window.digest, place.heard)
                on_heard(place.window, place.heard)
                yield from _ready(in_order)
    finally:
        for place in on_their_way:
            if place.future is not None:
                place.future.cancel()


@dataclass(slots=True, eq=False)
class _Place:
    """A window's place in the order, until all before it are heard."""

    window: Window
    heard: Heard | None
    future: Any = None


_NOTHING: Final[Samples] = np.zeros(0, np.float32)


def _ready(in_order: deque[_Place]) -> Iterator[tuple[Window, Heard]]:
    """Takes from the front what was heard."""
    while in_order and (heard := in_order[0].heard) is not None:
        yield in_order.popleft().window, heard


class _Here:
    """Listening in this process itself, one window at a time."""

    def room(self) -> int:
        return 1

    def send(self, settings: EngineSettings, samples: Samples) -> Future[Heard]:
        future: Future[Heard] = Future()
        try:
            future.set_result(worker.listen(settings, samples))
        except Exception as error:  # told where it is fetched, as if it had come from elsewhere
            future.set_exception(error)
        return future

    def fetch(self, future: Future[Heard]) -> Heard:
        return _result(future)

    def check(self) -> None:
        """There is nobody to lose."""

    def close(self) -> None:
        """Nothing was opened."""


class _Processes:
    """Processes on this machine that share its cores.

    Windows reach them as files. Through the pool's pipe, a window larger than the pipe's buffer would be stuck half way
    when the process that reads it is killed, and Python 3.11.2 waits for ever then (CPython issue 94777).
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._threads = max((os.cpu_count() or 1) // jobs, 1)
        self._others = set(multiprocessing.active_children())
        self._pool: ProcessPoolExecutor | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._sent = 0
        self._on_their_way: set[Future[Heard]] = set()

    def room(self) -> int:
        return WAITING_EACH * self._jobs

    def send(self, settings: EngineSettings, samples: Samples) -> Future[Heard]:
        if self._pool is None or self._folder is None:
            self._folder = _folder()
            # Forked, a process would inherit the locks of threads that it does not have.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=worker.begin)
        self._sent += 1
        file = Path(self._folder.name) / f"{self._sent}.npy"
        _put(file, samples)
        try:
            future = self._pool.submit(worker.listen_to_file, settings, file, self._threads)
        except BrokenProcessPool as error:
            raise self._broken() from error
        self._on_their_way.add(future)
        future.add_done_callback(self._on_their_way.discard)
        return future

    def fetch(self, future: Future[Heard]) -> Heard:
        try:
            return _result(future)
        except BrokenProcessPool as error:
            raise self._broken() from error

    def check(self) -> None:
        """The pool tells by itself when a process ends."""

    def close(self) -> None:
        """End the processes, in the middle of a window too: it was not asked for any longer."""
        if self._pool is None:
            return
        if self._on_their_way:
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()
        self._pool.shutdown(cancel_futures=True)
        self._pool = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _broken(self) -> TranscriptionError:
        self.close()  # so that the next recording begins with new ones
        return TranscriptionError(
            "one of {jobs} processes was ended from outside, as happens when memory runs out - this recording is not "
            "transcribed - run the same command again with fewer --jobs: what was heard so far is kept",
            jobs=self._jobs,
        )


def _folder() -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix="casebook-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room(error) from error


def _put(file: Path, samples: Samples) -> None:
    try:
        np.save(file, samples)
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> TranscriptionError:
    return TranscriptionError(
        "the folder for temporary files cannot be used ({reason}) - this recording is not transcribed - make room "
        "there, name another one in TMPDIR, or leave --jobs away",
        reason=error.strerror or error,
    )


def _result(future: Future[Heard]) -> Heard:
    """What was heard here; trouble in an engine's library in words."""
    try:
        return future.result()
    except (RuntimeError, MemoryError, OSError) as error:
        if isinstance(error, BrokenProcessPool):
            raise
        raise TranscriptionError(
            "the engine failed ({reason}) - this recording is not transcribed - try --device cpu, a smaller model or "
            "fewer --jobs; what was heard so far is kept",
            reason=" ".join(str(error).split()) or type(error).__name__,
        ) from error
