"""Texts of any kind become talks that queries are drawn from."""

from __future__ import annotations

from pathlib import Path

from benchmarks.search_quality import texts_in


def test_lines_are_read_from_every_kind_of_file(tmp_path: Path) -> None:
    """Paragraphs, cues, and what programs for transcribing write as JSON, whatever stands around it."""
    (tmp_path / "a.txt").write_text("手袋の話\n\n画面の話\n", encoding="utf-8")
    (tmp_path / "b.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v 顧客>手袋のまま\n", encoding="utf-8")
    (tmp_path / "c.json").write_text(
        '{"fullText": "x", "of": {"segments": [{"text": "手袋が", "words": [{"text": "手"}]}, {"transcript": "要"}]}}',
        encoding="utf-8",
    )
    lines = [text.lines for text in texts_in(tmp_path)]
    assert lines == [("手袋の話", "画面の話"), ("手袋のまま",), ("手袋が", "要")]
    assert [text.lines for text in texts_in(tmp_path, lines_per_case=1)][:2] == [("手袋の話",), ("画面の話",)]
