"""Pages on all cores: each needs only the library, and those of a thousand cases take a while."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile, Sound
from generator.processes import spread

Part = Callable[[Library], Iterable[Page | SiteFile]]
"""Some of the pages across cases, and what stands beside them. A function of a module, so that it can be named to
another process."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a process renders from."""

    library: Library
    sounds: Mapping[str, Sound]
    searchable: bool


_desk: list[_Desk] = []
"""That of this process: one set of pages at a time."""


def render_in_parallel(
    library: Library,
    parts: Sequence[Part],
    sounds: Mapping[str, Sound],
    *,
    searchable: bool = True,
    jobs: int | None = None,
) -> Iterator[tuple[Page | SiteFile, ...]]:
    """The pages and files of each part, then the page of every case in the corpus' order, on `jobs` processes (all
    cores when None).

    Other processes begin at the call. `searchable` is False when no index will be made: what only the index reads is
    then left out. One set of pages at a time can be rendered in a process.
    """
    # Computed here once, not again in each process.
    _ = library.insight_links, library.related_index
    # All of it lives as long as the build: looking through it for garbage, here and in each process, costs a third of
    # the time.
    gc.freeze()
    # Cases go by their place: they are known to every process.
    work: list[Part | int] = [*parts, *range(len(library.corpus.cases))]
    return spread(_render, work, jobs=jobs, piece=1, opening=partial(_open, _Desk(library, sounds, searchable)))


def _open(desk: _Desk) -> None:
    gc.freeze()  # a process that was not forked made it anew
    _desk[:] = [desk]


def _render(work: Part | int) -> tuple[Page | SiteFile, ...]:
    desk = _desk[0]
    if not isinstance(work, int):
        return tuple(work(desk.library))
    case = desk.library.corpus.cases[work]
    return (render_case(desk.library, case, desk.sounds.get(case.slug), searchable=desk.searchable),)
