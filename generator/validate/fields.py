"""What a record's fields are, read from the model itself: shared by the check and by the format reference."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from generator.model.base import Record


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand under a key."""

    kind: type[Any]
    """A record, an enum, `str`, `int`, `float`, `bool` or `datetime.date`."""
    is_list: bool = False
    words: tuple[str, ...] = ()
    """The words of an enum or literal, the only ones allowed."""
    constraints: tuple[Any, ...] = ()
    """What `Annotated` says about one value, outermost last."""

    @property
    def record(self) -> type[Record] | None:
        """The record that stands here, one or a list of it."""
        return self.kind if issubclass(self.kind, Record) else None


@cache
def shapes(record: type[Record]) -> dict[str, Shape]:
    """The fields of a record in the order in which they are described."""
    return {name: _shape(field.annotation, tuple(field.metadata)) for name, field in record.model_fields.items()}


def shape_at(record: type[Record], path: tuple[str | int, ...]) -> Shape | None:
    """What may stand at `path` in a file of that record; None when the record does not know the way."""
    shape: Shape | None = Shape(record)
    for step in path:
        if isinstance(step, int):
            continue
        inner = shape.record if shape else None
        shape = shapes(inner).get(step) if inner else None
    return shape


def record_paths(record: type[Record], label: str = "") -> Iterator[tuple[str, type[Record]]]:
    """Every record inside a file with the keys that lead there, `people[].evidence[]`; the file's own comes first."""
    yield label, record
    for name, shape in shapes(record).items():
        if shape.record:
            yield from record_paths(shape.record, f"{label}.{name}".lstrip(".") + ("[]" if shape.is_list else ""))


def _shape(annotation: Any, constraints: tuple[Any, ...]) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, (*more, *constraints))
    if origin in (Union, types.UnionType):
        (inner,) = (option for option in get_args(annotation) if option is not type(None))
        return _shape(inner, constraints)
    if origin is tuple:
        item = _shape(get_args(annotation)[0], ())
        return Shape(item.kind, True, item.words, (*item.constraints, *constraints))
    if origin is Literal:
        return Shape(str, words=get_args(annotation), constraints=constraints)
    if issubclass(annotation, Enum):
        return Shape(annotation, words=tuple(word.value for word in annotation), constraints=constraints)
    return Shape(annotation, constraints=constraints)
