"""Where in a file something stands, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.problems import Code


class Mark(NamedTuple):
    """A place in a file, 1-based, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a file whose name the reader does not know; with it, it becomes a `Problem`."""

    mark: Mark
    code: Code
    values: dict[str, str] = field(default_factory=dict)


def utf8_error_mark(content: bytes, error: UnicodeDecodeError) -> Mark:
    """The place of the first byte that is no UTF-8."""
    before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
    return mark_at(before, len(before))


def mark_at(text: str, at: int) -> Mark:
    """The place of a 0-based offset in a text."""
    return Mark(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
