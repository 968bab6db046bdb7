"""notes.md: text beside a case that has no form of its own. Its Markdown is rendered where pages are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from generator.problems import Code
from generator.sources.places import Flaw, Mark, utf8_error_mark

MAX_BYTES: Final = 1_000_000
"""Five hundred printed pages."""


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """The text of a file, or why it cannot be had."""

    text: str = ""
    """With line feeds only and without byte order mark."""
    flaw: Flaw | None = None


def read_markdown(content: bytes) -> MarkdownText:
    """Read a file's bytes. Never raises on content: see `MarkdownText.flaw`."""
    if len(content) > MAX_BYTES:
        sizes = {"size_mb": f"{len(content) / 1e6:.1f}", "limit_mb": f"{MAX_BYTES / 1e6:.0f}"}
        return MarkdownText(flaw=Flaw(Mark(1, 1), Code.FILE_TOO_LARGE, sizes))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        found = content[error.start : error.end].hex(" ")
        return MarkdownText(flaw=Flaw(utf8_error_mark(content, error), Code.NOT_UTF_8, {"found": found}))
    return MarkdownText(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
