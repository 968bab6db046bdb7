"""What an editor most likely did where a YAML parser gives up: its own words help only those who know its grammar."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError
from yaml.reader import ReaderError

from generator.problems import Code
from generator.sources.places import Flaw, Mark, mark_at

_FULL_WIDTH = (
    re.compile(r"^[\s\u3000]*(?:-[\s\u3000]+)?[A-Za-z_-]+(：)"),
    re.compile(r"^ *(?:- *)?(\u3000)"),
    re.compile(r"^[ \u3000]*([－ー―])[ \u3000]"),
)
"""Signs typed with Japanese input still on: after a key, before one, and at a list's item."""
_HALF_WIDTH = {"：": ":", "\u3000": " "}
_BLOCKS = ("while parsing a block mapping", "while parsing a block collection")


def forbidden_character(text: str, error: ReaderError) -> Flaw:
    """A character that YAML does not allow anywhere, such as U+0000."""
    values = {"code_point": f"U+{int(error.character):04X}"}
    return Flaw(mark_at(text, int(error.position)), Code.CONTROL_CHARACTER, values)


def syntax_slip(text: str, error: MarkedYAMLError) -> Flaw:
    """The slip that most likely led to libyaml's `error`, at the place where it was made."""
    at = error.problem_mark or error.context_mark
    mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
    problem = error.problem or ""
    if full_width := full_width_near(text, mark):
        return full_width
    if "tab character" in problem or _character_at(text, mark) == "\t":
        return Flaw(mark, Code.YAML_TAB)
    if error.context_mark and (problem == "found unexpected end of stream" or "',' or" in problem):
        opened = Mark(error.context_mark.line + 1, error.context_mark.column + 1)
        return Flaw(opened, Code.YAML_UNCLOSED, {"mark": _character_at(text, opened)})
    if problem.startswith("mapping values are not allowed"):
        return Flaw(mark, Code.YAML_COLON)
    if problem == "found character that cannot start any token":
        return Flaw(mark, Code.YAML_SPECIAL_START, {"character": _character_at(text, mark)})
    begins_line = not _line(text, mark.line)[: mark.column - 1].strip()
    is_indent = error.context in _BLOCKS and begins_line
    return Flaw(mark, Code.YAML_INDENT) if is_indent else Flaw(mark, Code.YAML_SYNTAX, {"reason": problem})


def full_width_near(text: str, mark: Mark) -> Flaw | None:
    """A full-width colon, space or dash where YAML has its own: on the line of an error or the one above it."""
    for number in (mark.line - 1, mark.line):
        for pattern in _FULL_WIDTH:
            if found := pattern.match(_line(text, number)):
                values = {"character": found[1], "half": _HALF_WIDTH.get(found[1], "-")}
                return Flaw(Mark(number, found.start(1) + 1), Code.YAML_FULL_WIDTH, values)
    return None


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1].rstrip("\r") if 1 <= number <= len(lines) else ""


def _character_at(text: str, mark: Mark) -> str:
    return _line(text, mark.line)[mark.column - 1 : mark.column]
