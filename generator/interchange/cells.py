"""Cells of CSV files (RFC 4180), which spreadsheets open: quoted where they have to be, and none of them a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

Cell: TypeAlias = str | int | float | bool | dt.date | None

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own encoding, and Japanese becomes unreadable."""
CRLF: Final = "\r\n"
FORMULA_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is run as a formula by spreadsheets (OWASP, CSV Injection)."""
_BEGINNINGS: Final = frozenset(FORMULA_BEGINNINGS)
_ASKING_FOR_QUOTES: Final = (b'"', b",", b"\r", b"\n")


def as_cells(column: Sequence[Cell]) -> Iterable[str]:
    """The cells of a column as they are written."""
    kinds = set(map(type, column))
    if kinds == {str}:
        texts = cast("Sequence[str]", column)
        return texts if _are_plain(texts) else map(quoted, texts)
    if len(kinds) == 1:
        return map(_AS_TEXT[kinds.pop()], column)
    return [_AS_TEXT[type(cell)](cell) for cell in column]


def _are_plain(texts: Sequence[str]) -> bool:
    """Whether all stand as they are. Most columns of a talk do: seen at once, not letter by letter, which takes four
    times as long. Encoded, as a search for one byte is the fastest there is.
    """
    whole = "".join(texts).encode()
    return not any(sign in whole for sign in _ASKING_FOR_QUOTES) and _BEGINNINGS.isdisjoint(
        {text[:1] for text in texts}
    )


def quoted(text: str) -> str:
    """A text as a cell: in quotation marks where RFC 4180 (section 2) wants them, and no formula."""
    if text.startswith(FORMULA_BEGINNINGS):
        text = f"'{text}"
    if '"' in text:
        text = text.replace('"', '""')
    elif "," not in text and "\n" not in text and "\r" not in text:
        return text
    return f'"{text}"'


_AS_TEXT: Final[Mapping[type, Callable[[Any], str]]] = {
    str: quoted,
    bool: lambda cell: "true" if cell else "false",
    int: str,
    float: str,
    dt.date: str,
    type(None): lambda _: "",
}
