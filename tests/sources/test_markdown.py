"""notes.md is taken as it is, or refused with its place."""

from __future__ import annotations

from generator.problems import Code
from generator.sources.markdown import MAX_BYTES, read_markdown


def test_text_is_taken_with_one_kind_of_line_end() -> None:
    """Byte order mark and carriage returns say nothing."""
    assert read_markdown("\ufeff# 覚え書き\r\nあ\rい\n".encode()).text == "# 覚え書き\nあ\nい\n"


def test_what_is_no_text_is_told() -> None:
    """Another encoding at its first odd byte, a file that is too long at its start."""
    other = read_markdown("abc\n覚え".encode("cp932")).flaw
    assert other is not None
    assert (other.code, other.mark) == (Code.NOT_UTF_8, (2, 1))
    long = read_markdown(b"x" * (MAX_BYTES + 1)).flaw
    assert long is not None
    assert (long.code, long.values) == (Code.FILE_TOO_LARGE, {"size_mb": "0.5", "limit_mb": "0.5"})
