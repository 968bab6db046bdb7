"""Case pages on all cores: each page needs only the library and its case, and a thousand of them take a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping

from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Page, Sound
from generator.processes import spread
from generator.publication import PublicCase

_opened: list[tuple[Library, Mapping[str, Sound], bool]] = []
"""What this process renders from."""


def case_pages(
    library: Library, sounds: Mapping[str, Sound], *, searchable: bool = True, jobs: int | None = None
) -> Iterator[Page]:
    """The page of every case in the corpus' order, on `jobs` processes (as many as there are cores when None).

    Other processes begin at the call. `searchable` is False when no index will be made: what only the index reads is
    then left out. One set of pages at a time can be rendered in a process.
    """
    # Computed here once, not again in each process.
    _ = library.insight_links, library.related_index
    opened = (library, sounds, searchable)
    return spread(_render, library.corpus.cases, jobs=jobs, opening=_open, opened=opened)


def _open(library: Library, sounds: Mapping[str, Sound], searchable: bool) -> None:
    # What was inherited lives as long as the process: looking through it for garbage costs a third of the time.
    gc.freeze()
    _opened[:] = [(library, sounds, searchable)]


def _render(case: PublicCase) -> Page:
    library, sounds, searchable = _opened[0]
    return render_case(library, case, sounds.get(case.slug), searchable=searchable)
