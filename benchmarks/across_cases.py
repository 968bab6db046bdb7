"""What the pages across cases take, and how heavy they are: every kind of page, feeds and exports included.

    python -m benchmarks.across_cases [--cases 1000] [--cues 300] [--rounds 5]

First the processor time of one process, the best of three runs, from the published corpus to finished HTML. A build does
it in parts on all cores, while the pages of cases are rendered.

Then what they add to a build: the site without search is built with them and without, in turn and as whole processes,
from checking the cases to the finished site that was looked through. Without them it has what `LISTS` names.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.build import ROOT, Run, median, run
from benchmarks.make_corpus import make
from benchmarks.parts import ON, loaded
from generator.interchange import exports
from generator.pages.about import about_page
from generator.pages.actions import actions_pages
from generator.pages.cases import cases_pages
from generator.pages.glossary import glossary_page
from generator.pages.home import home_page
from generator.pages.insights import insights_pages
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile, SitePages
from generator.pages.paths import paths_pages
from generator.pages.render import ACROSS_CASES, render_site
from generator.pages.search import search_page
from generator.pages.segments import segments_page
from generator.pages.tags import tags_page
from generator.publication import PublicCorpus
from generator.publication.gate import publish
from generator.site.engine import build_site, settings_in
from generator.site.source import Cases
from generator.texts import load_texts

RUNS = 3
CONFIG = ROOT / "mkdocs.yml"
Measured = dict[str, tuple[float, int, int]]
"""First part of an address -> processor seconds, number of pages and files, bytes of the largest page."""


def measured(public: PublicCorpus, site: Path) -> Measured:
    """One run; exports are written into the folder `site`. What several kinds share is counted for the first of them."""
    library = Library(public, load_texts("ja"))
    parts: Iterable[Callable[[Library], Iterable[Page | SiteFile]]] = (*ACROSS_CASES, partial(exports, site=site))
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


def print_parts(corpus: Path, folder: Path) -> None:
    """Print what each kind of page takes, and how heavy it is; exports are written below `folder`."""
    public, _ = publish(loaded(corpus), on=ON)
    runs = [measured(public, folder / "exports") for _ in range(RUNS)]
    print(f"{'':<14}{'s':>7}{'files':>7}{'largest page, KB':>18}")
    for kind, (_, count, largest) in runs[0].items():
        best_s = min(run[kind][0] for run in runs)
        print(f"{kind:<14}{best_s:>7.2f}{count:>7}{largest / 1000:>18.0f}")
    print(f"{'all':<14}{min(sum(item[0] for item in run.values()) for run in runs):>7.2f}")


def _first_lists(library: Library) -> Iterator[Page | SiteFile]:
    yield home_page(library)
    yield search_page(library.texts)
    yield from cases_pages(library)


def _other_lists(library: Library) -> Iterator[Page | SiteFile]:
    yield segments_page(library)
    yield tags_page(library)
    yield from paths_pages(library)
    yield glossary_page(library)
    yield about_page(library)


LISTS = (_first_lists, insights_pages, actions_pages, _other_lists)
"""What leads to cases and their claims: home, search, lists of cases, insights and actions, segments, tags, paths,
glossary, and the page about the knowledge base."""


class CasesAlone(Cases):
    """The pages of cases with `LISTS`, and no file beside them."""

    def pages(self, site: Path) -> SitePages:
        """The pages; the cases have no recordings."""
        del site
        assert self.reading is not None
        return render_site(self.reading.public, {}, load_texts(self.settings.language), across=LISTS, searchable=False)


def build(which: str, corpus: Path, site: Path) -> None:
    """Build the site of `corpus` in the folder `site`: `with` the pages across cases or `without`."""
    source = CasesAlone(replace(settings_in(CONFIG), cases=corpus, search=False)) if which == "without" else None
    build_site(CONFIG, cases=corpus, site=site, search=False, source=source)


def print_added(corpus: Path, folder: Path, rounds: int) -> None:
    """Build the sites of `corpus` in turn below `folder`, and print what the pages across cases add."""
    print(f"\nbuilds without search, load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    runs: dict[str, list[Run]] = {"without": [], "with": []}
    for number in range(1, rounds + 1):
        for which, done in runs.items():
            command = [sys.executable, "-m", "benchmarks.across_cases", "--corpus", str(corpus), "--build", which]
            done.append(run([*command, str(folder / which)], ROOT))
        print(f"round {number}: {', '.join(f'{which} {done[-1]}' for which, done in runs.items())}", flush=True)
    before, after = median(runs["without"]), median(runs["with"])
    added = Run(after.wall_s - before.wall_s, after.processor_s - before.processor_s)
    print(f"medians: without {before}, with {after}; added {added} (wanted: less than 3 s)")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--cues", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5, help="builds of each kind")
    parser.add_argument("--corpus", type=Path, help="use this knowledge base, made by make_corpus.py before")
    parser.add_argument("--build", nargs=2, metavar=("WHICH", "SITE"), help="only build one site: `with` or `without`")
    arguments = parser.parse_args()
    if arguments.build:
        build(arguments.build[0], arguments.corpus, Path(arguments.build[1]))
        return
    with tempfile.TemporaryDirectory(prefix="casebook-benchmark-") as scratch:
        corpus = arguments.corpus or Path(scratch, "cases")
        if arguments.corpus is None:
            make(corpus, arguments.cases, arguments.cues)
        print_parts(corpus, Path(scratch))
        print_added(corpus, Path(scratch), arguments.rounds)


if __name__ == "__main__":
    main()
