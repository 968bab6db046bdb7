"""Pages are the same however many processes render them, and however these were started."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from generator.pages.in_parallel import render_in_parallel
from generator.pages.library import Library
from generator.pages.page import Page
from generator.pages.tags import tags_page
from generator.processes import MANY
from generator.texts import load_texts
from tests.support.cases import a_case, published


def some_library() -> Library:
    """Just enough cases for several processes."""
    return Library(published(*(a_case(f"case-{n:03}") for n in range(MANY))), load_texts("ja"))


def a_part(library: Library) -> Iterator[Page]:
    """A page across cases, and another one."""
    yield tags_page(library)
    yield Page("other/", "Other", "", "page")


def rendered(library: Library, *, jobs: int, searchable: bool = True) -> list[tuple[Page, ...]]:
    """The pages of a part and of all cases."""
    return list(render_in_parallel(library, (a_part,), {}, searchable=searchable, jobs=jobs))


def test_pages_do_not_depend_on_the_number_of_processes() -> None:
    """One process or three: the same pages, those of the parts first, those of cases in the order of the corpus."""
    library = some_library()
    alone = rendered(library, jobs=1)
    addresses = [[page.address for page in pages] for pages in alone]
    assert addresses == [["tags/", "other/"], *([f"cases/{case.slug}/"] for case in library.corpus.cases)]
    assert rendered(library, jobs=3) == alone


def test_a_program_with_threads_renders_in_fresh_processes() -> None:
    """Forking a program with threads may hang: the preview, which has some, gets the same pages without."""
    library = some_library()
    over = threading.Event()
    waiting = threading.Thread(target=over.wait)
    waiting.start()
    try:
        assert rendered(library, jobs=2) == rendered(library, jobs=1)
    finally:
        over.set()
        waiting.join()


def test_pages_that_nobody_will_index_carry_no_search_facts() -> None:
    """What only the index reads is left out, and nothing else."""
    library = some_library()
    with_facts = [page for (page,) in rendered(library, jobs=1)[1:]]
    without = [page for (page,) in rendered(library, jobs=1, searchable=False)[1:]]
    assert all(page.search is not None for page in with_facts)
    assert all(page.search is None for page in without)
    assert [page.body for page in without] == [page.body for page in with_facts]
