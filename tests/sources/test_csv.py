"""CSV: what spreadsheets write comes in as it was typed, with the place of every cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Code
from generator.sources.csv import MAX_BYTES, read_csv
from generator.sources.places import Mark

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"), max_size=12
).map(str.strip)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def texts(content: bytes) -> list[list[str]]:
    """All rows of a file, the heading first, as texts."""
    table = read_csv(content)
    assert not table.flaws
    return [[cell.text for cell in row] for row in (table.heading, *table.rows)]


@given(TABLES, st.sampled_from(["\r\n", "\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_python_writes_is_read_back(rows: list[list[str]], ending: str, quoting: int) -> None:
    """Any text, quoted or not: the writer of the standard library and our reader agree."""
    written = io.StringIO()
    csv.writer(written, lineterminator=ending, quoting=quoting).writerows([["a", *["b,"] * (len(rows[0]) - 1)], *rows])
    expected = [["a", *["b,"] * (len(rows[0]) - 1)], *(row for row in rows if any(row))]
    assert texts(written.getvalue().encode()) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_encodings_of_excel(encoding: str) -> None:
    """With a mark, without, and as Excel on a Japanese Windows saves by default: also letters that Shift_JIS lacks."""
    assert texts("社名,仮名\r\n髙﨑①工業,～の工場\r\n".encode(encoding)) == [
        ["社名", "仮名"],
        ["髙﨑①工業", "～の工場"],
    ]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separators_and_line_ends(separator: str) -> None:
    """Cells from a spreadsheet's clipboard come by tabs; old Macs ended lines in CR."""
    for ending in ("\n", "\r\n", "\r"):
        content = ending.join([separator.join(row) for row in (("a", "b"), ("1", "2"))]).encode()
        assert texts(content) == [["a", "b"], ["1", "2"]]


def test_every_cell_knows_its_place() -> None:
    """Line and column in characters, behind a line break inside of quotation marks too."""
    table = read_csv('id,名前,結果\nD-1,"二行の\n名前",失注\n\n,,\nD-2,,失注'.encode())
    assert [cell.mark for cell in table.heading] == [Mark(1, 1), Mark(1, 4), Mark(1, 7)]
    assert [(cell.text, cell.mark) for cell in table.rows[0]] == [
        ("D-1", Mark(2, 1)), ("二行の\n名前", Mark(2, 5)), ("失注", Mark(3, 5)),
    ]  # fmt: skip
    assert [(cell.text, cell.mark.line) for cell in table.rows[1]] == [("D-2", 6), ("", 6), ("失注", 6)]


@pytest.mark.parametrize(
    ("content", "code", "mark"),
    [
        (b'a,b\n1,"2\n3,4\n', Code.CSV_QUOTES, Mark(2, 3)),
        (b'a,b\n"1"x,2\n', Code.CSV_QUOTES, Mark(2, 1)),
        ("\ufeffa,b".encode("utf-16-le"), Code.CSV_ENCODING, Mark(1, 1)),
        (b"a,\x81\x7f", Code.CSV_ENCODING, Mark(1, 1)),
        (b"a,b\n1,x\x00y\n", Code.CONTROL_CHARACTER, Mark(2, 4)),
        (b"a" * (MAX_BYTES + 1), Code.FILE_TOO_LARGE, Mark(1, 1)),
    ],
)
def test_flaws_are_told_at_their_place(content: bytes, code: Code, mark: Mark) -> None:
    """What cannot be read is a flaw with a place, never an exception."""
    flaws = read_csv(content).flaws
    assert [(flaw.code, flaw.mark) for flaw in flaws] == [(code, mark)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No file makes the check stop."""
    read_csv(content)
