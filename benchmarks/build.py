"""Build time of Casebook beside plain Material for MkDocs on the same text, in one run.

    python benchmarks/build.py --cases 1000 --cues 300 [--rounds 3] [--corpus FOLDER]

The peer is what a team would do without Casebook: one Markdown page a case with the same words (facts, insights, value
map, journey, notes, and every line of the talk as a paragraph with its anchor) and the same three lists as tables,
`mkdocs build` with Material, no search. Its navigation names the lists only; `--whole-navigation` leaves it as Material
makes it without settings, with every case in it, which takes longer as it is written into each page. Both run as whole
processes, in turn, and the ratio is that of the medians. Peak memory is that of the largest single process. Measure on
a machine that does nothing else: Casebook uses all cores and the peer one, so that other programs slow it down more.
Processor seconds, of a build and all that it starts, say how much work was done; the load at the start, who else worked.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.make_corpus import make  # noqa: E402 - the project's root must be importable first
from generator.sources.webvtt import parse, spoken  # noqa: E402

PEER_SETTINGS = """\
site_name: Peer
theme: {name: material, language: ja, font: false}
plugins: []
markdown_extensions: [attr_list, tables]
"""
SHORT_NAVIGATION = """\
nav: [index.md, cases.md, insights.md, actions.md]
not_in_nav: "*"
"""


def markdown_page(case: Path) -> str:
    """The same words as one Markdown page, written as plainly as an editor would."""
    facts = _load(case / "case.yml")
    customer, core = facts["customer"], facts["core"]
    lines = [f"# {facts['title']}", "", f"**{core['line']}**", ""]
    lines += [f"- {core['situation']} × {core['emotion']} × {core['purpose']}"]
    lines += [f"- {customer['alias']} / {customer['industry']} / {customer['employees']} / {facts['type']}"]
    lines += [f"- {facts['dates']['decision']} / {facts['dates']['interview']} / {', '.join(facts['tags'])}", ""]
    lines += ["## People", "", *_table(("role", "part", "influence", "stance"), facts["people"])]
    lines += ["## Insights", ""]
    for insight in _load(case / "insights.yml")["insights"]:
        lens = insight["lens"]
        lines += [f"### {insight['claim']}", "", f"{insight['kind']} / {insight['topic']} / {insight['state']}", ""]
        lines += [f"{lens['when']} / {lens['scene']} / {', '.join(lens['purpose'])} / {', '.join(insight['tags'])}", ""]
        lines += [*(f"1. {why}" for why in insight["whys"]), ""]
        lines += [f"> {item['quote']} [{item['cues']}](#{item['cues']})\n" for item in insight["evidence"]]
        lines += [*_table(("department", "artefact", "change", "state", "due"), insight["actions"])]
    value_map = _load(case / "value-map.yml")
    needs = [{**need, "quote": need["evidence"][0]["quote"]} for need in value_map["needs"]]
    lines += ["## Value map", "", *_table(("text", "weight", "quote"), needs)]
    rivals = [{**offer, "by": rival["competitor"]} for rival in value_map["rivals"] for offer in rival["offers"]]
    lines += [*_table(("by", "text", "meets"), [*({**offer, "by": "we"} for offer in value_map["offers"]), *rivals])]
    steps = [
        {
            **{key: step[key] for key in ("phase", "title", "feeling", "touchpoints", "actions", "thoughts")},
            "quote": step["evidence"][0]["quote"],
            "issue": step["issues"][0]["text"],
            "measure": step["measures"][0]["text"],
        }
        for step in _load(case / "journey.yml")["steps"]
    ]
    lines += ["## Journey", "", *_table(tuple(steps[0]), steps)]
    review = _load(case / "review.yml")
    lines += ["## Review", "", *_table(("on", "minutes"), review["meetings"])]
    lines += [f"- {n['department']} ({n['kind']}) [{n['cues']}](#{n['cues']}): {n['text']}" for n in review["notes"]]
    lines += ["", "## Transcript", ""]
    for cue in parse((case / "transcript.vtt").read_bytes()).cues:
        minutes, seconds = divmod(int(cue.start_s), 60)
        for voice, text in spoken(cue):
            lines += [f"**{voice}** `{minutes:02}:{seconds:02}` {text} {{#{cue.id}}}", ""]
    return "\n".join(lines)


def list_pages(cases: Sequence[Path]) -> dict[str, str]:
    """The lists that Casebook makes too: cases, insights and actions, each linked to its case."""
    rows: dict[str, list[dict[str, Any]]] = {"cases": [], "insights": [], "actions": []}
    for case in cases:
        facts = _load(case / "case.yml")
        link = f"[{facts['title']}]({case.name}.md)"
        rows["cases"].append({"case": link, "type": facts["type"], "core": facts["core"]["line"]})
        for insight in _load(case / "insights.yml")["insights"]:
            quote = insight["evidence"][0]["quote"]
            rows["insights"].append(
                {"claim": insight["claim"], "state": insight["state"], "quote": quote, "case": link}
            )
            rows["actions"] += [{**action, "case": link} for action in insight["actions"]]
    columns = {"actions": ("change", "department", "state", "due", "case")}
    return {
        name: "\n".join([f"# {name}", "", *_table(columns.get(name, tuple(found[0])), found)])
        for name, found in rows.items()
    }


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    def shown(value: object) -> str:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    head = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    return [*head, *("| " + " | ".join(shown(row.get(column, "")) for column in columns) + " |" for row in rows), ""]


def _load(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def make_peer(corpus: Path, folder: Path, *, whole_navigation: bool = False) -> None:
    """Write the peer's project for the cases in `corpus`."""
    (folder / "docs").mkdir(parents=True)
    settings = PEER_SETTINGS + ("" if whole_navigation else SHORT_NAVIGATION)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Cases\n", encoding="utf-8")
    cases = sorted(corpus.glob("case-*"))
    for case in cases:
        (folder / "docs" / f"{case.name}.md").write_text(markdown_page(case), encoding="utf-8")
    for name, text in list_pages(cases).items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Run:
    """A build that was measured."""

    wall_s: float
    processor_s: float

    def __str__(self) -> str:
        """`7.1 s (12.3 s of processor time)`"""
        return f"{self.wall_s:.1f} s ({self.processor_s:.1f} s of processor time)"


def run(command: Sequence[str], cwd: Path) -> Run:
    """Measure a command. Raises CalledProcessError when it fails; what it prints is thrown away."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start, start_processor = time.perf_counter(), processor_s()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, env=environment)
    return Run(time.perf_counter() - start, processor_s() - start_processor)


def processor_s() -> float:
    """Processor seconds of all child processes so far, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(statistics.median(run.wall_s for run in runs), statistics.median(run.processor_s for run in runs))


def peak_mb() -> float:
    """Peak memory of the largest child process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Run both in turn and print seconds, ratio and page sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--cues", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole-navigation", action="store_true", help="give the peer a navigation of all its pages")
    parser.add_argument("--corpus", type=Path, help="use this knowledge base, made by make_corpus.py before")
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="casebook-benchmark-"))
    try:
        corpus = arguments.corpus or scratch / "cases"
        if arguments.corpus is None:
            make(corpus, arguments.cases, arguments.cues)
        make_peer(corpus, scratch / "peer", whole_navigation=arguments.whole_navigation)
        binaries = Path(sys.executable).parent
        site = scratch / "site"
        ours = [str(binaries / "casebook"), "build", "--cases", str(corpus), "--site", str(site), "--no-search"]
        peer = [str(binaries / "mkdocs"), "build", "-q"]
        ours_runs: list[Run] = []
        peer_runs: list[Run] = []
        print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        ours_mb = 0.0
        for number in range(1, arguments.rounds + 1):
            shutil.rmtree(site, ignore_errors=True)
            ours_runs.append(run(ours, ROOT))
            ours_mb = ours_mb or peak_mb()
            peer_runs.append(run(peer, scratch / "peer"))
            print(f"round {number}: casebook {ours_runs[-1]}, plain mkdocs-material {peer_runs[-1]}", flush=True)
        sizes = sorted(page.stat().st_size for page in (site / "cases").glob("case-*/index.html"))
        ours_median, peer_median = median(ours_runs), median(peer_runs)
        ratio = ours_median.wall_s / peer_median.wall_s
        print(f"cases: {len(sizes)}, cues a case: {arguments.cues}")
        print(f"casebook median {ours_median}, peak {ours_mb:.0f} MB in the largest process")
        print(f"plain mkdocs-material median {peer_median}")
        print(f"ratio {ratio:.3f} (wanted: at most 0.25)")
        print(f"case page: median {sizes[len(sizes) // 2] / 1000:.0f} KB, largest {sizes[-1] / 1000:.0f} KB of HTML")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
