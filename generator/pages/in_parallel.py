"""Case pages on all cores: each page needs only the library and its case, and a thousand of them take a while.

Where the system can fork, workers see the library as it is; elsewhere it is sent to each of them once. Pages come back
in the order of the cases, and do not depend on the number of workers.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext

from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Page, Sound

MANY_CASES = 64
"""From here on several processes are faster than one: starting them takes as long as rendering a dozen pages."""

CHUNK = 8
"""Cases handed to a worker at a time; small enough that no worker is left with a long tail."""

_opened: list[tuple[Library, Mapping[str, Sound], bool]] = []
"""In a worker: what it renders from."""


def case_pages(
    library: Library, sounds: Mapping[str, Sound], *, searchable: bool = True, jobs: int | None = None
) -> Iterator[Page]:
    """The page of every case in the corpus' order, on `jobs` processes (as many as there are cores when None).

    Rendering begins at the call, not when the first page is asked for. `searchable` is False when no index will be
    made: what only the index reads is then left out.
    """
    cases = library.corpus.cases
    workers = min(jobs or os.cpu_count() or 1, len(cases))
    if workers == 1 or len(cases) < MANY_CASES:
        return (render_case(library, case, sounds.get(case.slug), searchable=searchable) for case in cases)
    # Computed here once, not again in each worker.
    _ = library.insight_links, library.related_index
    pool = ProcessPoolExecutor(
        workers, mp_context=_context(), initializer=_open, initargs=(library, sounds, searchable)
    )
    return _in_order(pool, pool.map(_render, range(len(cases)), chunksize=CHUNK))


def _in_order(pool: ProcessPoolExecutor, pages: Iterator[Page]) -> Iterator[Page]:
    with pool:
        yield from pages


def _context() -> BaseContext:
    """Forking is fastest, and safe while there is one thread; a preview has more."""
    forkable = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forkable else "spawn")


def _open(library: Library, sounds: Mapping[str, Sound], searchable: bool) -> None:
    # What was inherited lives as long as the worker: looking through it for garbage costs a third of the time.
    gc.freeze()
    _opened[:] = [(library, sounds, searchable)]


def _render(place: int) -> Page:
    library, sounds, searchable = _opened[0]
    case = library.corpus.cases[place]
    return render_case(library, case, sounds.get(case.slug), searchable=searchable)
