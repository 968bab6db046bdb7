"""What each station takes for a case, in one process: reading, publishing, rendering, indexing.

    python -m benchmarks.parts [--cases 100] [--cues 300]

Times are processor time of this process, the best of three runs, so that other programs disturb them little; the
search index, which Pagefind makes in a process of its own, is measured by the clock.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.make_corpus import make
from generator.model.corpus import Corpus
from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Page
from generator.publication.gate import publish
from generator.search import index_site
from generator.texts import load_texts
from generator.validate import load_corpus

Result = TypeVar("Result")

ON = dt.date(2026, 11, 21)
HOUR_CUES = 440
"""So many cues of `make_corpus` are an hour of talk."""


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of the fastest of three runs, and what came of it."""
    best_s = float("inf")
    for _ in range(3):
        start_s = time.process_time()
        result = work()
        best_s = min(best_s, time.process_time() - start_s)
    return best_s, result


def loaded(folder: Path) -> Corpus:
    """The knowledge base, read in this process."""
    corpus = load_corpus(folder, jobs=1).corpus
    assert corpus is not None
    return corpus


def opened(corpus: Corpus) -> Library:
    """What pages are rendered from, with what all of them share computed already."""
    library = Library(publish(corpus, on=ON)[0], load_texts("ja"))
    _ = library.insight_links, library.related_index
    return library


def case_pages(library: Library) -> list[Page]:
    """The page of every case, with what the index needs."""
    return [render_case(library, case) for case in library.corpus.cases]


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--cues", type=int, default=300)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casebook-benchmark-") as scratch:
        make(Path(scratch, "cases"), arguments.cases, arguments.cues)
        make(Path(scratch, "hour"), 1, HOUR_CUES)
        print(f"cases: {arguments.cases}, cues a case: {arguments.cues}")
        load_s, corpus = timed(lambda: loaded(Path(scratch, "cases")))
        publish_s, _ = timed(lambda: publish(corpus, on=ON))
        library = opened(corpus)
        render_s, pages = timed(lambda: case_pages(library))
        for name, seconds in (("read and check", load_s), ("publish", publish_s), ("render the page", render_s)):
            print(f"{name}: {seconds / arguments.cases * 1000:.2f} ms a case")
        (hour,) = case_pages(opened(loaded(Path(scratch, "hour"))))
        for what, page in ((f"{arguments.cues} cues", pages[0]), (f"an hour of talk, {HOUR_CUES} cues", hour)):
            print(f"article of a case of {what}: {len(page.body.encode()) / 1000:.0f} KB of HTML")
        facts = index_site(pages, Path(scratch, "site"))
        size_kb = facts.bytes / 1000
        print(f"search index: {facts.seconds:.1f} s, {size_kb:.0f} KB, {size_kb / facts.records:.1f} KB a case")


if __name__ == "__main__":
    main()
