"""The lines of a talk in both forms: whatever was said comes back as it was said."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from generator.interchange.cells import FORMULA_BEGINNINGS
from generator.interchange.document import document
from generator.interchange.lines import as_rows
from generator.model.transcript import Cue, Transcript
from generator.publication import PublicCase
from tests.pages.knowledge import CORPUS

WORDS = st.text(st.sampled_from("あ髙😀a ,;%\"'\\/\r\n\t\x00\x1f\x7f\u2028=-+@[]{}"))
TIMES = st.integers(0, 36_000_000).map(lambda time_ms: time_ms / 1000)
CUES = st.lists(st.builds(Cue, st.just("q001"), TIMES, TIMES, WORDS, WORDS, st.just(1), st.booleans()), max_size=3)


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
    told = json.loads(b"".join(document(dataclasses.replace(CORPUS, cases=(case,)))))["cases"][0]["lines"]
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
