"""What is cited stays as it is, however the citing file is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.transcription.citations import cited_in, citing_texts

IDS = ("q001", "q002", "q003", "q004", "q005")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("cues: q002", {"q002"}),
        ('cues: "q002"', {"q002"}),
        ("cues: q002..q004", {"q002", "q003", "q004"}),
        ("cues: q002 .. q004", {"q002", "q003", "q004"}),
        ("{cues: q001, quote: q003 と言った}", {"q001", "q003"}),
        ("cues: q004..q099", {"q004"}),
        ("cues: q004..q002", {"q002", "q004"}),
        ("cues: q0011", set()),
        ("", set()),
    ],
)
def test_cited_lines_are_found(text: str, cited: set[str]) -> None:
    """A line, and every line of a run, whatever stands around it."""
    assert cited_in([text], IDS) == cited


def test_identifiers_may_hold_points() -> None:
    """`2.1` and `2.2` are two lines, `2.1..2.2` is a run of them."""
    assert cited_in(["cues: 2.1..2.2"], ("2.1", "2.2", "2.3")) == {"2.1", "2.2"}


def test_files_of_the_case_and_those_that_name_it_count(tmp_path: Path) -> None:
    """Another case, or a guided path, may cite these lines; one that never names the case does not."""
    for name, text in {
        "a-case/insights.yml": "own",
        "a-case/notes.md": "notes",
        "other/insights.yml": "case: a-case",
        "third/insights.yml": "unrelated",
        "paths/new.yml": "- case: a-case",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert set(citing_texts(tmp_path, "a-case")) == {"own", "notes", "case: a-case", "- case: a-case"}


def test_a_broken_file_still_protects_what_it_cites(tmp_path: Path) -> None:
    """An editor in the middle of a change must not lose the words that were cited."""
    (tmp_path / "a-case").mkdir()
    (tmp_path / "a-case/insights.yml").write_bytes(b"insights: [ {cues: q002\xff")
    assert cited_in(citing_texts(tmp_path, "a-case"), IDS) == {"q002"}
