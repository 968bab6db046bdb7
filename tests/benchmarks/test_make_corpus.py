"""What is measured is a knowledge base like any other, and the same one every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.build import list_pages, markdown_page
from benchmarks.make_corpus import make
from generator.validate import load_corpus


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    """Figures of two days can be compared only when they were measured on the same thing."""
    make(tmp_path / "one", cases=3, cues=20)
    make(tmp_path / "two", cases=3, cues=20)
    make(tmp_path / "other", cases=3, cues=20, seed=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


@pytest.mark.parametrize("cues", [4, 300])
def test_made_cases_pass_the_check(tmp_path: Path, cues: int) -> None:
    """Every file an editor writes is there, and evidence really stands in the talk."""
    make(tmp_path / "cases", cases=4, cues=cues)
    checked = load_corpus(tmp_path / "cases")
    assert not checked.problems
    assert checked.corpus is not None
    for case in checked.corpus.cases:
        assert case.transcript is not None
        assert len(case.transcript.cues) == cues
        assert case.review and case.insights and case.value_map and case.journey
        assert len(case.facts.lead) == 5
        assert case.facts.account and len(case.facts.account.figures) == 5
    assert len(checked.corpus.deals) == 4


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder that holds something is left alone."""
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(FileExistsError):
        make(tmp_path, cases=1, cues=4)


def test_the_peer_says_the_same_words(tmp_path: Path) -> None:
    """The comparison is fair: every line, claim, need, step and note of a case is on the peer's pages too."""
    make(tmp_path / "cases", cases=1, cues=40)
    page = markdown_page(tmp_path / "cases" / "case-00001")
    corpus = load_corpus(tmp_path / "cases").corpus
    assert corpus is not None
    case = corpus.cases[0]
    assert case.transcript and case.review and case.value_map and case.journey
    said = [cue.text for cue in case.transcript.cues]
    said += [text for insight in case.insights for text in (insight.claim, *insight.whys)]
    said += [action.change for insight in case.insights for action in insight.actions]
    said += [need.text for need in case.value_map.needs] + [offer.text for offer in case.value_map.offers]
    said += [text for step in case.journey.steps for text in (step.title, *step.actions, *step.thoughts)]
    said += [note.text for note in case.review.notes]
    assert [text for text in said if text not in page] == []
    assert case.insights[0].claim in list_pages([tmp_path / "cases" / "case-00001"])["insights"]
