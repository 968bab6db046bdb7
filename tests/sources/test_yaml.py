"""YAML as editors write it: what is read as what, where it stands, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Code
from generator.sources.yaml import MAX_BYTES, MAX_DEPTH, read_yaml
from tests.support.flaws import DATA


def value(written: str) -> Any:
    """What `written` is read as."""
    document = read_yaml(f"key: {written}\nother: 1\n".encode())
    assert document.flaws == ()
    assert document.data is not None
    return document.data.get("key")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True), ("False", False), ("yes", "yes"), ("off", "off"), ("12", 12), ("-3", -3), ("0x1F", 31),
        ("0o17", 15), ("017", 17), ("1_000", "1_000"), ("12:30", "12:30"), ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0),
        (".inf", float("inf")),
        ("2025-07-18", "2025-07-18"), ("'12'", "12"), ('"true"', "true"), ("~", None), ("", None), ("null", None),
        ("1.2.3", "1.2.3"), ("[1, a]", [1, "a"]), ("{a: }", {}), ("NO", "NO"), ("+81", 81), ("1200名", "1200名"),
    ],
)  # fmt: skip
def test_scalars_follow_the_core_schema_of_yaml_1_2(written: str, read: Any) -> None:
    """Norway's `no` is a word and `12:30` is a time of day; a date stays as written."""
    assert value(written) == read
    assert type(value(written)) is type(read)


def test_places_are_those_an_editor_shows() -> None:
    """Lines and columns count from 1, in characters, whatever the width of the letters."""
    document = read_yaml("\ufeff# コメント\n題名: 手袋\nlist:\n  - a: 1\n  - {い: [ろ, は]}\n".encode())
    assert document.key_mark(("題名",)) == (2, 1)
    assert document.value_mark(("題名",)) == (2, 5)
    assert document.value_mark(("list", 0, "a")) == (4, 8)
    assert document.value_mark(("list", 1, "い", 1)) == (5, 13)
    assert document.key_mark(("list", 1)) == (5, 5)
    assert document.value_mark(("list", 1, "い", 7)) == (5, 9), "what is not there is where it should be"
    assert document.value_mark(("list", 5, "x")) == (4, 3)


def test_line_ends_of_every_system_are_read() -> None:
    """A file saved on Windows says the same."""
    assert read_yaml(b"a: 1\r\nb:\r\n  - c\r\n").data == {"a": 1, "b": ["c"]}


def test_nothing_at_all_is_an_empty_mapping() -> None:
    """A file that holds only comments is a file with everything left out."""
    for content in (b"", b"# later\n", b"---\n", b"null\n"):
        assert read_yaml(content).data == {}


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"a: 1\na: 2\n", Code.DUPLICATE_KEY, (2, 1)),
        (b"a: &x 1\n", Code.YAML_ANCHOR, (1, 4)),
        (b"a: *x\n", Code.YAML_ANCHOR, (1, 4)),
        (b"a: !py/object 1\n", Code.YAML_TAG, (1, 4)),
        (b"a: {<<: {b: 1}}\n", Code.YAML_MERGE, (1, 5)),
        (b"a: 1\n---\nb: 2\n", Code.YAML_SEVERAL, (2, 1)),
        (b"- a\n", Code.NOT_A_MAPPING, (1, 1)),
        (b"[a]: 1\n", Code.YAML_ODD_KEY, (1, 1)),
        (b"a:\n\tb: 1\n", Code.YAML_TAB, (2, 1)),
        (b"a: b: c\n", Code.YAML_COLON, (1, 5)),
        (b"a: 'b\n", Code.YAML_UNCLOSED, (1, 4)),
        (b"a:\n  b: 1\n c: 2\n", Code.YAML_INDENT, (3, 2)),
        (b"a: @b\n", Code.YAML_SPECIAL_START, (1, 4)),
        (b"a: \x01\n", Code.CONTROL_CHARACTER, (1, 4)),
        (b'a: "\\e"\n', Code.CONTROL_CHARACTER, (1, 4)),
        (b"a: \xff\n", Code.NOT_UTF_8, (1, 4)),
        ("a：b\n".encode(), Code.YAML_FULL_WIDTH, (1, 2)),
        (b"a: " + b"[" * (MAX_DEPTH + 1), Code.YAML_TOO_DEEP, (1, 3 + MAX_DEPTH)),
        (b"[" * 100_000, Code.YAML_TOO_DEEP, (1, 1 + MAX_DEPTH)),
        (b"#" * (MAX_BYTES + 1), Code.FILE_TOO_LARGE, (1, 1)),
    ],
)
def test_what_is_refused_is_told_at_its_place(content: bytes, code: Code, place: tuple[int, int]) -> None:
    """One flaw, one code, and the place where it was made."""
    assert [(flaw.code, flaw.mark) for flaw in read_yaml(content).flaws] == [(code, place)]


def test_all_flaws_of_a_file_are_told_at_once() -> None:
    """An editor corrects them in one go."""
    document = read_yaml(b"a: &x 1\na: 2\nb: !t c\n<<: 3\n? [d]\n: e\nf: {g: *x}\n")
    assert [(flaw.mark.line, flaw.code) for flaw in document.flaws] == [
        (1, Code.YAML_ANCHOR),
        (2, Code.DUPLICATE_KEY),
        (3, Code.YAML_TAG),
        (4, Code.YAML_MERGE),
        (5, Code.YAML_ODD_KEY),
        (7, Code.YAML_ANCHOR),
    ]


def test_naughty_strings_are_only_strings() -> None:
    """Whatever a customer's words look like, they stay what they are."""
    for text in json.loads((DATA / "hostile-text" / "blns.json").read_text(encoding="utf-8")):
        document = read_yaml(f"key: {json.dumps(text, ensure_ascii=False)}\n".encode())
        if document.flaws:
            assert [flaw.code for flaw in document.flaws] == [Code.CONTROL_CHARACTER]
        else:
            assert document.data == {"key": text}


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No file raises."""
    document = read_yaml(content)
    assert document.data is not None or document.flaws
