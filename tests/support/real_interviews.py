"""Cases made from real Japanese interviews, read from beside the checkout when they are there.

The recordings' transcripts are JSON: `episodeTitle`, `utterances` with speaker, text, start and end in milliseconds.
They may be used for tests but not shipped, so tests that need them are skipped where they are missing.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.sources.webvtt import VttFile, spoken_cue, write

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "interviews-ja"

CASEBOOK = """\
title: 実在のインタビュー
language: ja
own_company: {name: 聞き手の会社}
departments: [{id: research, name: 調査}]
products: [{id: podcast, name: 番組}]
industries: [{id: it, name: 情報通信}]
"""

CASE = """\
title: {title}
type: loyal
customer: {{name: 話し手, alias: 番組の出演者, industry: it}}
products: [podcast]
dates: {{decision: 2025-01-10, interview: 2025-07-10}}
consent: {{recorded: true, given_by: 話し手, given_on: 2025-07-10}}
"""


def interview_files() -> tuple[Path, ...]:
    """The interviews' files in a fixed order; empty when they are not there."""
    return tuple(sorted(FOLDER.glob("*.json")))


def make_cases(folder: Path) -> dict[str, list[str]]:
    """Write one knowledge base with a case for each interview into `folder`; the utterances by case folder name."""
    folder.mkdir(parents=True)
    (folder / "casebook.yml").write_text(CASEBOOK, encoding="utf-8")
    texts: dict[str, list[str]] = {}
    for number, file in enumerate(interview_files(), start=1):
        interview = json.loads(file.read_text(encoding="utf-8"))
        slug = f"interview-{number}"
        case = folder / slug
        case.mkdir()
        title = json.dumps(interview["episodeTitle"], ensure_ascii=False)
        (case / "case.yml").write_text(CASE.format(title=title), encoding="utf-8")
        cues = tuple(
            spoken_cue(f"q{n:03}", said["start"] / 1000, said["end"] / 1000, said["speaker"], said["text"])
            for n, said in enumerate(interview["utterances"], start=1)
        )
        (case / "transcript.vtt").write_text(write(VttFile("", cues, ())), encoding="utf-8")
        texts[slug] = [said["text"] for said in interview["utterances"]]
    return texts
