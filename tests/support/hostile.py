"""A knowledge base whose every free text is a naughty string: markup, scripts, templates, odd Unicode.

The sample cases give the shape; the model says which of their texts are free. Strings go round, so that over all cases
each of them stands in many fields.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.model.base import Record, RefersTo
from generator.model.vocabulary import InsightState
from generator.sources.webvtt import VttFile, parse, spoken, spoken_cue, write
from generator.validate.fields import Shape, shapes
from generator.validate.schemas import FILES
from generator.validate.transcript import read_transcript

SAMPLES = Path(__file__).parents[2] / "cases"
DATA = Path(__file__).parents[1] / "data" / "hostile-text"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, which the check reports, and what is no text."""
KEPT = ("quote", "cues", "redact", "recording", "words")
"""Keys whose texts mean something to the program: places, files, words to look for."""

OWN = (
    "[link](javascript:alert(1))",
    "[link](data:text/html,<script>alert(1)</script>)",
    "![picture](https://elsewhere.example/pixel.png)",
    "<https://elsewhere.example/>",
    '</script><script src="https://elsewhere.example/x.js"></script>',
    "{{ 7 * 7 }} {% include 'x' %} ${7*7} <%= 7 %>",
    "<!-- --!> ]]> </style> </textarea> </title> </svg>",
    '" onmouseover="alert(1)" style="position:fixed',
    "' autofocus onfocus='alert(1)",
    "<details open ontoggle=alert(1)>",
    "--> q001 00:00:01.000 --> 00:00:02.000",
    "# 見出し\n\n- 一覧\n\n    コード",
)
"""What the collection lacks: links and pictures in Markdown, and ways out of where our own pages put a text."""


def naughty_strings() -> list[str]:
    """All strings that a file of a case may hold: no control characters, and something to be seen."""
    listed = json.loads((DATA / "blns.json").read_text(encoding="utf-8"))
    return [*OWN, *(text for text in listed if text.strip() and not FORBIDDEN.search(text))]


def write_hostile_cases(cases: Path, count: int) -> Path:
    """Write the first `count` sample cases to the folder `cases`, with naughty strings for words; `cases`."""
    strings = _each_once()
    cases.mkdir(parents=True)
    slugs = sorted(folder.name for folder in SAMPLES.iterdir() if (folder / "case.yml").is_file())[:count]
    for name in ("casebook.yml", "challenges.yml", "glossary.yml"):
        _rewrite(SAMPLES / name, cases / name, _Words(strings))
    for slug in slugs:
        folder = cases / slug
        folder.mkdir()
        words = _rewrite_transcript(SAMPLES / slug / "transcript.vtt", folder / "transcript.vtt", strings)
        for name in ("case.yml", "review.yml", "insights.yml", "value-map.yml", "journey.yml"):
            _rewrite(SAMPLES / slug / name, folder / name, words)
        shutil.copy(SAMPLES / slug / "audio.m4a", folder)
        (folder / "notes.md").write_text("\n\n".join(naughty_strings()), encoding="utf-8")
    return cases


def _each_once() -> Iterator[str]:
    """Naughty strings without end, no two the same: what one field keeps secret must not stand in another by chance."""
    return (f"{text} ·{place}·" for place, text in enumerate(itertools.cycle(naughty_strings())))


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands where something else stood."""

    strings: Iterator[str]
    voices: dict[str, str] = field(default_factory=dict)
    """Name of a voice before -> now."""
    said: dict[str, str] = field(default_factory=dict)
    """Cue -> what it says now."""


def _rewrite_transcript(source: Path, target: Path, strings: Iterator[str]) -> _Words:
    """Write the transcript with other words and names."""
    words = _Words(strings)
    cues = []
    for cue in parse(source.read_bytes()).cues:
        before = spoken(cue)[0][0] or ""
        voice = words.voices.setdefault(before, f"{len(words.voices)} {' '.join(next(strings).split())[:60]}")
        cues.append(spoken_cue(cue.id, cue.start_s, cue.end_s, voice, next(strings)))
    target.write_text(write(VttFile(blocks=tuple(cues))), encoding="utf-8")
    read = read_transcript(target.read_bytes(), target.name).transcript
    assert read is not None
    words.said.update({cue.id: cue.text for cue in read.cues})
    return words


def _rewrite(source: Path, target: Path, words: _Words) -> None:
    """Write a YAML file of the samples with other words."""
    record = next(record for file, record in FILES.values() if file == source.name)
    data = _replaced(yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader), record, words)  # noqa: S506 - texts only
    target.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _replaced(data: dict[str, Any], record: type[Record], words: _Words) -> dict[str, Any]:
    """The same record with other free texts; identifiers, days and words to choose from stay."""
    if "quote" in data:
        data = {**data, "quote": words.said.get(data["cues"].split("..")[0])}
    if "superseded_by" in data:  # without its successor it is only no longer held
        data = {**data, "state": InsightState.REFUTED.value}
    for key in ("related", "supports", "contradicts", "superseded_by", "case"):  # they lead to cases that are not here
        data = {name: value for name, value in data.items() if name != key}
    return {key: _other(data[key], key, shape, words) for key, shape in shapes(record).items() if key in data}


def _other(value: Any, key: str, shape: Shape, words: _Words) -> Any:
    if isinstance(value, list):
        return [_other(item, key, shape, words) for item in value]
    if shape.record:
        return _replaced(value, shape.record, words)
    if key == "voice":
        return words.voices[value]
    is_free = shape.kind is str and not shape.words and key not in KEPT and not _is_identifier(shape)
    return next(words.strings) if is_free else _typed(value, shape.kind)


def _is_identifier(shape: Shape) -> bool:
    return any(isinstance(rule, RefersTo) or getattr(rule, "pattern", None) for rule in shape.constraints)


def _typed(value: str, kind: type[Any]) -> Any:
    if kind is bool:
        return value == "true"
    return float(value) if kind is float else int(value) if kind is int else value
