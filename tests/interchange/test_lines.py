"""The lines of a talk in both forms: whatever was said comes back as it was said."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.interchange.cells import FORMULA_BEGINNINGS
from generator.interchange.document import document, schema
from generator.interchange.lines import as_json, as_rows
from generator.model.transcript import Cue, Transcript
from generator.publication import PublicCase
from tests.pages.knowledge import CORPUS

WORDS = st.text(st.sampled_from("あ髙😀a ,;%\"'\\/\r\n\t\x00\x1f\x7f\u2028=-+@[]{}"))
TIMES = st.integers(0, 36_000_000).map(lambda time_ms: time_ms / 1000)
CUES = st.lists(st.builds(Cue, st.just("q001"), TIMES, TIMES, WORDS, WORDS, st.just(1), st.booleans()), max_size=3)
SCHEMA = json.loads(schema())


def saying(cues: list[Cue]) -> PublicCase:
    """The first case of the small corpus, with another talk."""
    numbered = tuple(cue._replace(id=f"q{number:03}") for number, cue in enumerate(cues))
    return dataclasses.replace(CORPUS.cases[0], transcript=Transcript(numbered), withheld_cues=frozenset())


def without_guard(cell: str) -> str:
    """A cell as it was before spreadsheets were kept from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_BEGINNINGS) else cell


@given(CUES)
def test_lines_come_back_from_json(cues: list[Cue]):
    """Words to the last sign, times to the millisecond."""
    case = saying(cues)
    wanted = [
        {"id": cue.id, "start_s": cue.start_s, "end_s": cue.end_s, "voice": cue.voice, "text": cue.text}
        for cue in case.transcript.cues
    ]
    told = json.loads(as_json(case))
    assert [line.pop("unsure") for line in told] == [cue.unsure for cue in cues]
    assert told == wanted


@given(CUES)
def test_lines_come_back_from_csv(cues: list[Cue]):
    """The same in their table, for a reader that knows nothing of us."""
    case = saying(cues)
    text, count = as_rows(case, "case-1,cases/case-1/")
    told = list(csv.reader(io.StringIO(text, newline="")))
    assert count == len(told) == len(cues)
    for row, cue in zip(told, case.transcript.cues, strict=True):
        assert row[:3] == ["case-1", f"cases/case-1/#{cue.id}", cue.id]
        assert [float(cell) for cell in row[3:5]] == [cue.start_s, cue.end_s]
        assert [without_guard(cell) for cell in row[5:7]] == [without_guard(cue.voice), without_guard(cue.text)]
        assert not any(cell.startswith(FORMULA_BEGINNINGS) for cell in row[5:7])
        assert row[7] == str(cue.unsure).lower()


@settings(max_examples=20, deadline=None)
@given(CUES)
def test_what_stands_around_the_lines_stays(cues: list[Cue]):
    """The document is what its schema says, and every other key of the case is what it was."""
    case = saying(cues)
    before, after = (
        json.loads(document(dataclasses.replace(CORPUS, cases=(each, *CORPUS.cases[1:]))))
        for each in (saying([]), case)
    )
    jsonschema.validate(after, SCHEMA)
    assert len(after["cases"][0].pop("lines")) == len(cues)
    assert before["cases"][0].pop("lines") == []
    assert before == after


def test_words_that_look_like_the_place_of_the_lines_are_words():
    """Whoever writes `"lines":[]` into a title does not move the talk there."""
    case = saying([Cue("q001", 0.0, 1.0, "", "はい", 1)])
    title = '"lines":[]'
    titled = dataclasses.replace(case, facts=case.facts.model_copy(update={"title": title}))
    (told,) = json.loads(document(dataclasses.replace(CORPUS, cases=(titled,))))["cases"]
    assert told["title"] == title
    assert [line["text"] for line in told["lines"]] == ["はい"]
