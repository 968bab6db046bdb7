"""CSV as spreadsheets and CRM systems export it: cells that know their line and column, and every flaw of the file.

Form after RFC 4180, with what exports do beside it: a separator of `,`, `;` or tab; lines that end in LF, CR LF or CR;
rows that are shorter than the heading, or go on with empty cells. Text is UTF-8 with or without a mark at its
beginning, or else CP932, which is what Excel on a Japanese Windows writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from generator.problems import Code
from generator.sources.places import Flaw, Mark, mark_at

MAX_BYTES: Final = 5_000_000
"""Some 50,000 deals."""
SEPARATORS: Final = (",", "\t", ";")
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text without quotation marks and surrounding white space, and where it begins."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class CsvTable:
    """What a file says, and what is wrong with it. Rows of which every cell is empty are left out."""

    heading: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    flaws: tuple[Flaw, ...] = ()


def read_csv(content: bytes) -> CsvTable:
    """Read a file's bytes. Never raises on content; after a flaw of the form nothing more of the file is read."""
    if len(content) > MAX_BYTES:
        sizes = {"size_mb": f"{len(content) / 1e6:.1f}", "limit_mb": f"{MAX_BYTES / 1e6:.0f}"}
        return CsvTable(flaws=(Flaw(Mark(1, 1), Code.FILE_TOO_LARGE, sizes),))
    text = _decoded(content)
    if text is None:
        return CsvTable(flaws=(Flaw(Mark(1, 1), Code.CSV_ENCODING),))
    if control := _CONTROL.search(text):
        values = {"code_point": f"U+{ord(control[0]):04X}"}
        return CsvTable(flaws=(Flaw(mark_at(_lines(text), control.start()), Code.CONTROL_CHARACTER, values),))
    rows, flaw = _rows(_lines(text))
    filled = [row for row in rows if any(cell.text for cell in row)]
    heading = tuple(filled[0]) if filled else ()
    return CsvTable(heading, tuple(map(tuple, filled[1:])), (flaw,) if flaw else ())


def _decoded(content: bytes) -> str | None:
    if content.startswith(_UTF_16_MARKS):
        return None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _lines(text: str) -> str:
    return _LINE_END.sub("\n", text)


def _rows(text: str) -> tuple[list[list[Cell]], Flaw | None]:
    separator = _separator(text)
    rows: list[list[Cell]] = [[]]
    for cell, end, at in _cells(text, separator):
        if cell is None:
            return rows[:-1], Flaw(mark_at(text, at), Code.CSV_QUOTES)
        rows[-1].append(cell)
        if end == "\n":
            rows.append([])
    return rows, None


def _separator(text: str) -> str:
    """The separator that stands most often in the first line that has any."""
    first = next((line for line in text.split("\n") if any(sign in line for sign in SEPARATORS)), "")
    return max(SEPARATORS, key=first.count)


def _cells(text: str, separator: str) -> Iterator[tuple[Cell | None, str, int]]:
    """Each cell, what ended it, and where it began; None when its quotation marks are not in order."""
    plain = re.compile(rf"[^{re.escape(separator)}\n]*")
    quoted = re.compile(rf'[ \t]*"((?:[^"]|"")*)"[ \t]*(?=[{re.escape(separator)}\n]|\Z)')
    opens = re.compile(r'[ ]*"')
    at = line_start = 0
    line = 1
    while at < len(text):
        start = at
        match = quoted.match(text, at) if opens.match(text, at) else plain.match(text, at)
        if match is None:
            yield None, "", start
            return
        said = match[1].replace('""', '"') if match.re is quoted else match[0]
        yield Cell(said.strip(), Mark(line, start - line_start + 1)), text[match.end() : match.end() + 1], start
        at = match.end() + 1
        breaks = text.count("\n", start, at)
        if breaks:
            line += breaks
            line_start = text.rfind("\n", 0, at) + 1
    if text.endswith(separator):
        yield Cell("", Mark(line, at - line_start + 1)), "", at
