"""A YAML file becomes a record of the model, or a list of what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model.base import Record
from generator.problems import Code, Problem
from generator.sources.yaml import MAX_QUOTED, Path, Plain, YamlDocument, YamlNode, read_yaml
from generator.validate.fields import shape_at, shapes
from generator.validate.nearest import as_slug, suggestion

R = TypeVar("R", bound=Record)

_CODES = {
    "missing": Code.MISSING_KEY,
    "extra_forbidden": Code.UNKNOWN_KEY,
    "enum": Code.UNKNOWN_WORD,
    "literal_error": Code.UNKNOWN_WORD,
    "string_type": Code.TEXT_EXPECTED,
    "string_too_short": Code.EMPTY_VALUE,
    "string_too_long": Code.TEXT_TOO_LONG,
    "string_pattern_mismatch": Code.BAD_SLUG,
    "int_type": Code.WHOLE_NUMBER_EXPECTED,
    "float_type": Code.NUMBER_EXPECTED,
    "bool_type": Code.TRUTH_EXPECTED,
    "date_type": Code.BAD_DATE,
    "date_parsing": Code.BAD_DATE,
    "date_from_datetime_inexact": Code.BAD_DATE,
    "date_from_datetime_parsing": Code.BAD_DATE,
    "greater_than_equal": Code.OUT_OF_RANGE,
    "less_than_equal": Code.OUT_OF_RANGE,
    "tuple_type": Code.LIST_EXPECTED,
    "model_type": Code.MAPPING_EXPECTED,
    "too_short": Code.TOO_FEW_ITEMS,
    "too_long": Code.TOO_MANY_ITEMS,
}
"""pydantic's kinds of error (https://docs.pydantic.dev/latest/errors/validation_errors/) as ours."""
_OWN_RULES = {"cue_range": Code.BAD_CUE_RANGE, "insight_reference": Code.BAD_INSIGHT_REFERENCE}
"""What the model's own validators raise as ValueError."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """A file that was read: its record, its places, and what is wrong with it."""

    file: str
    """As in `Problem.file`."""
    kind: type[R]
    """What the file is to hold."""
    record: R | None
    """None when something in it is wrong."""
    document: YamlDocument
    problems: tuple[Problem, ...] = ()

    def problem(self, place: Path, code: Code, **values: str) -> Problem:
        """A problem with the value at `place`."""
        return Problem(self.file, *self.document.value_mark(place), code, values)


def read_record(content: bytes, file: str, record: type[R]) -> Sheet[R]:
    """Read the bytes of a YAML file as a `record`. Never raises on content."""
    document = read_yaml(content)
    problems = [Problem(file, *flaw.mark, flaw.code, flaw.values) for flaw in document.flaws]
    if document.data is None:
        return Sheet(file, record, None, document, tuple(problems))
    try:
        # By way of JSON pydantic is strict (a number is no text, "yes" is no truth) and yet takes what YAML has instead
        # of tuples, dates and enums; it is also faster than on Python's own values.
        filled = record.model_validate_json(json.dumps(document.data, ensure_ascii=False), strict=True)
    except ValidationError as error:
        filled = None
        problems += _told(error, file, document, record)
    return Sheet(file, record, None if problems else filled, document, tuple(problems))


def record_of(sheet: Sheet[R] | None) -> R | None:
    """The record of a file that is there and in order."""
    return sheet.record if sheet else None


def top_value(sheet: Sheet[Any] | None, key: str) -> Plain:
    """What stands under a key of a file, whether or not the rest of the file is in order; None when nothing does."""
    return sheet.document.data.get(key) if sheet and sheet.document.data else None


def _told(error: ValidationError, file: str, document: YamlDocument, record: type[Record]) -> Iterator[Problem]:
    for details in error.errors(include_url=False):
        path = details["loc"]
        node = document.node(path)
        if node is not None and node.is_alias:
            continue  # Reported as such; what it would have stood for is not known.
        code, values = _explained(details, document, record)
        at_key = code in (Code.UNKNOWN_KEY, Code.EMPTY_VALUE)
        if code is Code.MISSING_KEY:
            mark = document.key_mark(path[:-1])
        else:
            mark = document.key_mark(path) if at_key else document.value_mark(path)
        yield Problem(file, *mark, code, values)


def _explained(details: ErrorDetails, document: YamlDocument, record: type[Record]) -> tuple[Code, dict[str, str]]:
    """The code of one of pydantic's errors, and the values for its texts."""
    path = details["loc"]
    code = _OWN_RULES.get(str(details.get("ctx", {}).get("error", "")), _CODES.get(details["type"], Code.BAD_VALUE))
    keys = [step for step in path if isinstance(step, str)]
    key = keys[-1] if keys else ""
    node = document.node(path)
    written = _written(node)
    if details["input"] is None or (code is Code.MISSING_KEY and node is not None):
        return Code.EMPTY_VALUE, {"key": key}
    if code is Code.UNKNOWN_KEY:
        around = shape_at(record, path[:-1])
        known = shapes(around.record) if around and around.record else {}
        return code, {"key": key, **suggestion(key, known)}
    if code is Code.UNKNOWN_WORD:
        shape = shape_at(record, path)
        return code, {"key": key, "written": written, **suggestion(written, shape.words if shape else ())}
    if code is Code.BAD_SLUG:
        slug = as_slug(written)
        return code, {"key": key, "written": written, **({"nearest": slug} if slug else {})}
    context = details.get("ctx", {})
    values = {"key": key, "written": written}
    if code is Code.OUT_OF_RANGE:
        values["allowed"] = allowed_range(shape_at(record, path))
    elif code is Code.TEXT_TOO_LONG:
        values["limit"] = str(context["max_length"])
    elif code is Code.TOO_FEW_ITEMS:
        values["least"] = str(context["min_length"])
    elif code is Code.TOO_MANY_ITEMS:
        values["most"] = str(context["max_length"])
    elif code is Code.BAD_VALUE:
        values["reason"] = details["msg"]
    return code, values


def _written(node: YamlNode | None) -> str:
    """A value as a message repeats it: lists and mappings by their brackets only."""
    if node is None:
        return ""
    if node.items is not None:
        return "[…]"
    return "{…}" if node.entries is not None else node.written[:MAX_QUOTED]


def allowed_range(shape: Any) -> str:
    """The numbers allowed, in signs that need no translation: `1-5`, `>= 0`; empty when all are."""
    least = most = None
    for constraint in _flattened(shape.constraints if shape else ()):
        least = getattr(constraint, "ge", least)
        most = getattr(constraint, "le", most)
    if least is not None and most is not None:
        return f"{least} … {most}"
    if least is not None:
        return f"≥ {least}"
    return "" if most is None else f"≤ {most}"


def _flattened(constraints: tuple[Any, ...]) -> Iterator[Any]:
    """The single constraints; `pydantic.Field` inside `Annotated` holds several."""
    for constraint in constraints:
        yield from getattr(constraint, "metadata", None) or (constraint,)
