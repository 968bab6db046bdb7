"""The notes of a transcription: written by a machine, read by people, and edited by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.transcript_notes import (
    Confidence,
    HeardBlock,
    HeardLine,
    VerifyNote,
    digest_of,
    read_heard,
    read_verify_note,
    write_heard,
    write_verify_note,
)

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}", fullmatch=True)
FIGURES = st.builds(
    Confidence,
    *(st.integers(-300, 300).map(lambda hundredth: hundredth / 100) for _ in range(3)),
)
LINES = st.builds(
    HeardLine,
    st.text().map(digest_of),
    st.none() | FIGURES,
    st.booleans(),
    st.booleans(),
    st.none() | st.sampled_from(("話者1", "Speaker 2", "", "佐藤 <課長>")),
)


def test_note_above_an_unsure_line() -> None:
    """Says which line, why, and the engine's own figures."""
    note = VerifyNote("q042", ("low-confidence", "phantom"), Confidence(-1.12, 0.03, 1.41))
    text = write_verify_note(note)
    assert text == (
        "verify by ear q042: low-confidence, phantom (avg_logprob -1.12, no_speech_prob 0.03, compression_ratio 1.41)"
    )
    assert read_verify_note(text) == VerifyNote("q042", ("low-confidence", "phantom"))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("verify by ear q042", VerifyNote("q042")),
        ("verify by ear  q042 :", VerifyNote("q042")),
        ("verify by ear q042：雑音、聞こえない", VerifyNote("q042", ("雑音", "聞こえない"))),
        ("verify by ear q042: noise\na truck went by", VerifyNote("q042", ("noise",))),
        ("verify by ear", None),
        ("verify it by ear q042", None),
        ("checked by ear up to q042", None),
    ],
)
def test_note_written_by_hand(text: str, note: VerifyNote | None) -> None:
    """An editor may mark a line for a colleague, in any words."""
    assert read_verify_note(text) == note


@given(
    st.builds(
        HeardBlock,
        st.just("engine 1"),
        st.just("5f3a90c1"),
        IDS,
        st.just(("話者1", "話者2")),
        st.dictionaries(IDS, LINES),
    )
)
def test_block_at_the_end_reads_back(block: HeardBlock) -> None:
    """What one run wrote the next one knows."""
    assert read_heard(write_heard(block)) == block


def test_block_survives_editing() -> None:
    """Lines that were broken, deleted or added by hand are passed over; the rest counts."""
    block = read_heard(
        "casebook heard\n\n  q001 5f3a90c1 -0.21 0.02 1.31 <話者1>\nq002 5f3a\nq003\n# 佐藤さんに確認\n"
        "proposed： 話者1、話者2\nnext:"
    )
    assert block == HeardBlock(
        proposed=("話者1", "話者2"), lines={"q001": HeardLine("5f3a90c1", Confidence(-0.21, 0.02, 1.31), voice="話者1")}
    )
    assert read_heard("casebook was heard") is None


def test_block_holds_no_arrow() -> None:
    """A name with an arrow in it must not begin a cue."""
    assert "-->" not in write_heard(HeardBlock(lines={"q1": HeardLine("5f3a90c1", voice="a --> b")}))
