"""What the pages across cases take, and how heavy they are: every kind of page, feeds and exports included.

    python -m benchmarks.across_cases [--cases 1000] [--cues 300]

Processor time of one process, the best of three runs, from the published corpus to finished HTML. A build does it in
parts on all cores, while the pages of cases are rendered.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.make_corpus import make
from benchmarks.parts import ON, loaded
from generator.interchange import exports
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile
from generator.pages.render import ACROSS_CASES
from generator.publication import PublicCorpus
from generator.publication.gate import publish
from generator.texts import load_texts

RUNS = 3
Measured = dict[str, tuple[float, int, int]]
"""First part of an address -> processor seconds, number of pages and files, bytes of the largest page."""


def measured(public: PublicCorpus) -> Measured:
    """One run. What several kinds share is counted for the first that asks for it."""
    library = Library(public, load_texts("ja"))
    parts: Iterable[Callable[[Library], Iterable[Page | SiteFile]]] = (*ACROSS_CASES, exports)
    seconds: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    largest: dict[str, int] = defaultdict(int)
    for part in parts:
        start_s = time.process_time()
        for item in part(library):
            kind = item.address.split("/")[0] or "home"
            seconds[kind] += time.process_time() - start_s
            counts[kind] += 1
            if isinstance(item, Page):
                largest[kind] = max(largest[kind], len(item.body.encode()))
            start_s = time.process_time()
    return {kind: (seconds[kind], counts[kind], largest[kind]) for kind in seconds}


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--cues", type=int, default=300)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casebook-benchmark-") as scratch:
        make(Path(scratch, "cases"), arguments.cases, arguments.cues)
        public, _ = publish(loaded(Path(scratch, "cases")), on=ON)
    runs = [measured(public) for _ in range(RUNS)]
    print(f"{'':<14}{'s':>7}{'files':>7}{'largest page, KB':>18}")
    for kind, (_, count, largest) in runs[0].items():
        best_s = min(run[kind][0] for run in runs)
        print(f"{kind:<14}{best_s:>7.2f}{count:>7}{largest / 1000:>18.0f}")
    print(f"{'all':<14}{min(sum(item[0] for item in run.values()) for run in runs):>7.2f}")


if __name__ == "__main__":
    main()
