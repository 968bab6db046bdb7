"""notes.md: text beside a case that has no form of its own. Its Markdown is rendered where pages are made.

The renderer takes time that grows with the square of a paragraph's length where brackets stand unclosed (20,000 of them
0.2 s, 200,000 of them 15 s), so that paragraphs have a limit of their own besides the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from generator.problems import Code
from generator.sources.places import Flaw, Mark, utf8_error_mark

MAX_BYTES: Final = 500_000
"""Over a hundred printed pages in Japanese."""
MAX_PARAGRAPH_CHARACTERS: Final = 10_000
"""Seven printed pages without a blank line."""
MAX_DEPTH: Final = 20
"""Quotations and lists within each other; at fifty the renderer would drop the words."""

_MARK = re.compile(r"([ \t]*)(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))")
_STEP = 4
"""White space that stands for a level: the most that a list's own mark takes."""


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """The text of a file, or why it cannot be had."""

    text: str = ""
    """With line feeds only and without byte order mark."""
    flaw: Flaw | None = None


def read_markdown(content: bytes) -> MarkdownText:
    """Read a file's bytes. Never raises on content: see `MarkdownText.flaw`."""
    if len(content) > MAX_BYTES:
        sizes = {"size_mb": f"{len(content) / 1e6:.1f}", "limit_mb": f"{MAX_BYTES / 1e6:g}"}
        return MarkdownText(flaw=Flaw(Mark(1, 1), Code.FILE_TOO_LARGE, sizes))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        found = content[error.start : error.end].hex(" ")
        return MarkdownText(flaw=Flaw(utf8_error_mark(content, error), Code.NOT_UTF_8, {"found": found}))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    flaw = next(_beyond_limits(text), None)
    return MarkdownText(flaw=flaw) if flaw else MarkdownText(text)


def _beyond_limits(text: str) -> Iterator[Flaw]:
    """Paragraphs that are too long, and lines that nest too deep."""
    start, characters = 1, 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if _depth(line) > MAX_DEPTH:
            yield Flaw(Mark(number, 1), Code.MARKDOWN_TOO_DEEP, {"limit": str(MAX_DEPTH)})
        if line.strip():
            start = start if characters else number
            characters += len(line) + 1
            continue
        if characters > MAX_PARAGRAPH_CHARACTERS:
            values = {"count": str(characters), "limit": str(MAX_PARAGRAPH_CHARACTERS)}
            yield Flaw(Mark(start, 1), Code.PARAGRAPH_TOO_LONG, values)
        characters = 0


def _depth(line: str) -> int:
    """How deep the words of a line stand in quotations and lists, by its marks and the white space between them."""
    depth = at = 0
    while found := _MARK.match(line, at):
        depth, at = depth + 1 + len(found[1]) // _STEP, found.end()
    return depth
