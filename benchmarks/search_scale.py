"""Search of many cases: making the index beside one plain Pagefind run, and asking it in Chromium beside Material's search.

    python -m benchmarks.search_scale --cases 1000 --cues 300 [--steps index growth browser material] [--texts FOLDER]

index     cold, after one case changed, and with nothing changed, beside plain `pagefind --site` over the same articles
growth    the index alone for more and more cases, doubled from a quarter of `--cases`
browser   the search page: what opening it and what a query costs, in KB and ms
material  the same cases as Markdown pages with Material's own search (not with `--texts`)

Cases come from `make_corpus`, whose few hundred words stand in every case, the worst that can happen to a search; with
`--texts`, lines are drawn from the `.txt`, `.md` and `.vtt` files in a folder. Each index is made in a process of its own,
whose memory and that of all it starts is sampled; growth is what it takes beside the pages it was given. Other programs on
the machine disturb seconds, and hardly the ratios of one run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pagefind.service import get_executable

from benchmarks.build import PEER_SETTINGS, make_peer
from benchmarks.memory import PeakMemory
from benchmarks.search_browser import measure_material, measure_ours
from benchmarks.search_pages import drawn_pages, keep, kept_pages, made_pages, write_plain
from benchmarks.search_quality import Text, draw, texts_in
from generator.pages.page import Page
from generator.pages.search import search_page
from generator.search import KeptParts, index_site
from generator.site.engine import build_site
from generator.site.source import FinishedPages
from generator.texts import load_texts
from tests.support.tiny_site import CONFIG

STEPS = ("index", "growth", "browser", "material")
QUERIES_A_CLASS = 15
WANTED = {"cold": 0.9, "one case changed": 0.08, "nothing changed": 0.02}
"""Most of plain Pagefind's time."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured of one program."""

    seconds: float
    processor_s: float
    """Of all its processes together."""
    peak_mb: float
    """Of all its processes."""
    growth_mb: float
    """Of that, what came after it had its pages."""

    def __str__(self) -> str:
        """`9.8 s (17.1 s of processor time), 1,020 MB, 610 MB of them beside its pages`"""
        took = f"{self.seconds:.2f} s ({self.processor_s:.2f} s of processor time)"
        return f"{took}, {self.peak_mb:,.0f} MB, {self.growth_mb:,.0f} MB of them beside its pages"


def plain_run(pages: Path, output: Path) -> Run:
    """One run of Pagefind as it comes."""
    program = get_executable()
    started, started_processor_s = time.monotonic(), used_processor_s()
    with subprocess.Popen([str(program), "--site", pages, "--output-path", output, "--silent"]) as process:
        memory = PeakMemory(process.pid)
        process.wait()
    seconds = time.monotonic() - started
    peak = memory.stop()
    return Run(seconds, used_processor_s() - started_processor_s, peak, peak)


def our_run(pages: Path, site: Path, kept: Path, *, change: int | None = None) -> Run:
    """One index of ours, in a process of its own; the case number `change` says something else than before."""
    command = [sys.executable, "-m", "benchmarks.search_scale", "--make", str(pages), str(site), str(kept)]
    environment = {**os.environ, "CHANGE": "" if change is None else str(change)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()  # it has its pages
        memory = PeakMemory(process.pid)
        process.stdin.write("go\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
    peak = memory.stop()
    return Run(told["seconds"], told["processor_s"], peak, peak - memory.start_mb)


def make_index(pages_file: Path, site: Path, kept: Path) -> None:
    """The process that makes an index: says when it has its pages, waits, and says how long it took."""
    pages = kept_pages(pages_file)
    change = os.environ["CHANGE"]
    if change:
        page = pages[int(change)]
        assert page.search is not None
        *others, last = page.search.passages
        said = (*others, replace(last, text=f"{last.text}{random.random()}"))
        pages[int(change)] = replace(page, search=replace(page.search, passages=said))
    print("ready", flush=True)
    sys.stdin.readline()
    started_processor_s = used_processor_s()
    facts = index_site(pages, site, kept=KeptParts.of(kept, None))
    print(json.dumps({"seconds": facts.seconds, "processor_s": used_processor_s() - started_processor_s}), flush=True)


def used_processor_s() -> float:
    """Processor seconds of this process and of those it started that have ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure_index(scratch: Path, pages: Sequence[Page]) -> None:
    """Ours beside plain Pagefind."""
    for page in pages:
        write_plain(page, scratch / "plain")
    keep(pages, scratch / "pages")
    peer = plain_run(scratch / "plain", scratch / "plain-index")
    print(f"plain Pagefind: {peer}", flush=True)
    for name, change in (("cold", None), ("nothing changed", None), ("one case changed", len(pages) // 2)):
        run = our_run(scratch / "pages", scratch / "indexed", scratch / "kept", change=change)
        ratio = f"{run.seconds / peer.seconds:.3f}, of processor time {run.processor_s / peer.processor_s:.3f}"
        print(f"{name}: {run}, ratio {ratio} (wanted: {WANTED[name]})", flush=True)
    size = sum(file.stat().st_size for file in (scratch / "indexed").rglob("*") if file.is_file())
    parts = json.loads((scratch / "indexed" / "pagefind" / "parts.json").read_bytes())["parts"]
    slices = sum(len(part["slices"]) for part in parts)
    print(f"index: {size / 1000 / len(pages):.0f} KB a case, {len(parts)} parts of {slices} slices")
    shutil.rmtree(scratch / "plain")


def measure_growth(scratch: Path, pages: Sequence[Page]) -> None:
    """Ours, cold, for more and more cases."""
    before: Run | None = None
    for count in (len(pages) // 4, len(pages) // 2, len(pages)):
        keep(pages[:count], scratch / "pages")
        run = our_run(scratch / "pages", scratch / "grown", scratch / f"kept-{count}")
        factor = "" if before is None else f", {run.seconds / before.seconds:.2f} times the half (wanted: 2.2)"
        print(f"{count} cases: {run}{factor}", flush=True)
        before = run


def measure_browser(scratch: Path, pages: Sequence[Page], queries: Sequence[str]) -> None:
    """The search page of a site of these pages."""
    home = Page("", "Texts", "<h1>Texts</h1>", "home")
    site = scratch / "site"
    build_site(CONFIG, site=site, search=True, source=FinishedPages((home, search_page(load_texts("ja")), *pages)))
    measure_ours(site, queries)


def measure_peer(scratch: Path, queries: Sequence[str]) -> None:
    """Material's own search over the first thousand cases."""
    make_peer(scratch / "corpus-0", scratch / "peer")
    settings = scratch / "peer" / "mkdocs.yml"
    with_search = PEER_SETTINGS.replace("plugins: []", "plugins: [search]")
    settings.write_text(settings.read_text(encoding="utf-8").replace(PEER_SETTINGS, with_search), encoding="utf-8")
    started = time.monotonic()
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q"]
    subprocess.run(command, cwd=scratch / "peer", check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    print(f"Material: the whole site with search in {time.monotonic() - started:.0f} s", flush=True)
    measure_material(scratch / "peer" / "site", queries)


def queries_from(pages: Sequence[Page]) -> list[str]:
    """Queries of every class that stand in the talks, and pairs of them, in a fixed order."""
    texts = [
        Text(page.address, tuple(line.text for line in page.search.passages if line.kind == "cue"))
        for page in pages[:: max(1, len(pages) // 50)]
        if page.search
    ]
    drawn = [query.typed for query in draw(texts, QUERIES_A_CLASS, 5)]
    chance = random.Random(5)
    pairs = [" ".join(chance.sample(drawn, 2)) for _ in range(QUERIES_A_CLASS)]
    return [*drawn, *pairs]


def _pages(scratch: Path, cases: int, cues: int, texts: Path | None) -> Iterator[Page]:
    if texts is None:
        return made_pages(scratch, cases, cues)
    lines = [line for text in texts_in(texts) for line in text.lines]
    return drawn_pages(lines, cases, cues)


def main() -> None:
    """Read the command line, measure, print."""
    if sys.argv[1:2] == ["--make"]:
        make_index(*map(Path, sys.argv[2:5]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--cues", type=int, default=300)
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--texts", type=Path, help="folder of texts whose lines are spoken in the cases")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casebook-benchmark-") as folder:
        scratch = Path(folder)
        pages = list(_pages(scratch, arguments.cases, arguments.cues, arguments.texts))
        queries = queries_from(pages)
        print(f"{len(pages)} cases of {arguments.cues} lines; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
        if "index" in arguments.steps:
            measure_index(scratch, pages)
        if "growth" in arguments.steps:
            measure_growth(scratch, pages)
        if "browser" in arguments.steps:
            measure_browser(scratch, pages, queries)
        if "material" in arguments.steps and arguments.texts is None:
            measure_peer(scratch, queries)


if __name__ == "__main__":
    main()
