"""A folder of cases as a whole: what is found, what is kept, in which order, and whatever lies in it."""

from __future__ import annotations

import pickle
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.problems import Code
from generator.validate import load_corpus
from tests.support.flaws import DATA, Flaw, lay_out

CASE = "2025-07-field-notebook"
BOMB = DATA / "hostile-text" / "billion-laughs.yaml"
FILES = (
    "case.yml",
    "transcript.vtt",
    "review.yml",
    "insights.yml",
    "value-map.yml",
    "journey.yml",
    "notes.md",
    "audio.m4a",
)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A small knowledge base in order."""
    lay_out(Flaw((), {}), tmp_path)
    return tmp_path / "cases"


def test_everything_an_editor_wrote_is_there(cases: Path) -> None:
    """Nothing gets lost on the way from the files to the model."""
    corpus = load_corpus(cases).corpus
    assert corpus is not None
    newest, oldest = corpus.cases
    assert (newest.slug, oldest.slug) == (CASE, "2025-05-other-deal")
    assert newest.transcript is not None
    assert [(cue.id, cue.voice) for cue in newest.transcript.cues] == [
        ("q001", "聞き手"),
        ("q002", "課長"),
        ("q003", "課長"),
    ]
    assert newest.insights[0].actions[0].outcome == "同席した商談3件で使った"
    assert newest.value_map is not None
    assert newest.value_map.offers[0].meets == ("n1",)
    assert newest.review is not None
    assert newest.journey is not None
    assert corpus.paths["new-sales-rep"].stops[0].insight == "i1"
    assert [challenge.id for challenge in corpus.challenges] == ["renewals"]
    assert [entry.term for entry in corpus.glossary] == ["相見積もり"]


def test_processes_do_not_change_the_outcome(cases: Path) -> None:
    """The same problems in the same order and the same corpus, however many processes read it."""
    (cases / CASE / "journey.yml").write_text("step: []\n", encoding="utf-8")
    one, two = load_corpus(cases, jobs=1), load_corpus(cases, jobs=2)
    assert one.problems
    assert one == two


def test_hidden_things_and_those_with_an_underscore_are_passed_over(cases: Path) -> None:
    """Drafts and tools' folders are nobody's problem."""
    for name in (".git", "_template", f"{CASE}/.cache", f"{CASE}/_draft", f"{CASE}/attachments"):
        (cases / name).mkdir()
    (cases / CASE / "_old.yml").write_text("x", encoding="utf-8")
    (cases / "README.md").write_text("x", encoding="utf-8")
    assert load_corpus(cases).problems == ()


def test_a_broken_file_costs_only_itself(cases: Path) -> None:
    """The other files of the case are read and checked, so that one run shows every mistake."""
    (cases / CASE / "insights.yml").write_text("insights: [", encoding="utf-8")
    (cases / CASE / "review.yml").write_text("notes: [{id: n1, cues: q9, department: sale}]", encoding="utf-8")
    checked = load_corpus(cases)
    assert [problem.code for problem in checked.problems] == [
        Code.YAML_SYNTAX, Code.MISSING_KEY, Code.MISSING_KEY, Code.UNKNOWN_CUE, Code.UNKNOWN_TERM,
    ]  # fmt: skip
    assert checked.corpus is not None
    assert checked.corpus.cases[0].insights == ()
    assert checked.corpus.cases[0].journey is not None


def test_only_errors_make_the_check_fail(cases: Path) -> None:
    """A missing consent keeps a case off the site, not the site from its readers."""
    case_file = cases / "2025-05-other-deal" / "case.yml"
    lines = case_file.read_text(encoding="utf-8").splitlines(keepends=True)
    case_file.write_text("".join(line for line in lines if "consent" not in line), encoding="utf-8")
    checked = load_corpus(cases)
    assert [problem.code for problem in checked.problems] == [Code.CONSENT_MISSING]
    assert not checked.has_errors


def test_parts_of_a_recording_follow_their_numbers(cases: Path) -> None:
    """Part 10 comes after part 9, as people count."""
    for part in ("audio-10.wav", "audio-9.wav", "audio.wav"):
        (cases / CASE / part).write_bytes((DATA / "audio" / "odd" / "gsm_6_10.wav").read_bytes())
    corpus = load_corpus(cases).corpus
    assert corpus is not None
    recording = corpus.cases[0].recording
    assert recording is not None
    assert [part.path.name for part in recording.parts] == ["audio.wav", "audio-9.wav", "audio-10.wav"]


def test_a_transcript_survives_the_way_between_processes(cases: Path) -> None:
    """Cues and look-ups are the same on the other side."""
    corpus = load_corpus(cases).corpus
    assert corpus is not None
    transcript = corpus.cases[0].transcript
    there = pickle.loads(pickle.dumps(transcript))  # noqa: S301 - our own bytes
    assert there == transcript
    assert there.position("q003") == 2


def test_a_bomb_of_aliases_is_refused_as_fast_as_any_other_file(cases: Path) -> None:
    """632 bytes that unfold into gigabytes are not unfolded."""
    (cases / CASE / "journey.yml").write_bytes(BOMB.read_bytes())
    codes = {problem.code for problem in load_corpus(cases).problems}
    assert codes == {Code.YAML_ANCHOR, Code.UNKNOWN_KEY}


def test_real_records_are_in_order() -> None:
    """A case of a real recording and its real words passes."""
    assert load_corpus(DATA / "real-interview" / "cases").problems == ()


texts = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            ["a", ": ", "\n", "- ", "  ", "[", "]", "{", "}", "id", "cues", "q001..q002", "quote", "evidence",
             "insights", "notes", "steps", "title", "&a", "*a", "!!x", "'", '"', "|", "#", "\t", "\0", "null", "1",
             "2025-01-01", "。"]
        ),
        max_size=40,
    ).map(lambda pieces: "".join(pieces).encode()),
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FILES), texts, min_size=1, max_size=3))
def test_whatever_lies_in_a_case_is_told_and_never_a_traceback(contents: dict[str, bytes]) -> None:
    """Bytes of any kind under any name end in problems or in a corpus."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Flaw((), {}), Path(folder))
        for name, content in contents.items():
            (Path(folder) / "cases" / CASE / name).write_bytes(content)
        checked = load_corpus(Path(folder) / "cases", jobs=1)
        assert checked.corpus is not None
        assert list(checked.problems) == sorted(checked.problems, key=lambda p: (p.file, p.line, p.column, p.code))
