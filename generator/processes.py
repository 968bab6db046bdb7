"""Work on many cases, spread over processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MANY = 64
"""From here on several processes are faster than one: starting them takes as long as a dozen cases."""

PIECE = 8
"""Items handed to a process at a time: small enough that no process is left alone with a long tail."""


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int | None = None,
    piece: int = PIECE,
    opening: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """The results of `work` on every item, in the order of the items, from `jobs` processes (all cores when None).

    The processes begin at the call, not when the first result is asked for, and take `piece` items at a time. Fewer
    than `MANY` items stay in this process unless `jobs` is given. `opening` is called once in each process before any
    work; where processes can be forked, what it holds is not sent but inherited.
    """
    workers = min(jobs or os.cpu_count() or 1, len(items))
    if workers < 2 or (jobs is None and len(items) < MANY):
        if opening is not None:
            opening()
        return map(work, items)
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=partial(_begin, opening))
    return _until_done(pool, pool.map(work, items, chunksize=piece), len(items))


@contextmanager
def without_collector() -> Iterator[None]:
    """For work that makes many objects and no cycles: looking for cycles among them takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def end_with_parent() -> None:
    """From now on, let this process end when the one that started it ends, however that comes about.

    A process of a pool waits for work for ever when the pool's own process was killed. Does nothing in that one.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _begin(opening: Callable[[], None] | None) -> None:
    end_with_parent()
    if opening is not None:
        opening()


def _until_done(pool: ProcessPoolExecutor, results: Iterator[Result], count: int) -> Iterator[Result]:
    # The pool ends before its last result is handed over: whoever takes no more than `count` would keep it, and a
    # process with the threads of a pool cannot fork the next one.
    with pool:
        yield from islice(results, count - 1)
        last = next(results)
    yield last


def _context() -> BaseContext:
    """Forking is fastest, and safe while there is one thread; a preview has more."""
    forkable = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forkable else "spawn")
