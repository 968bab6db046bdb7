"""Changing records without copying what stays the same: most cases of a knowledge base pass the gate untouched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from generator.model.base import Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def changed(record: R, **values: Any) -> R:
    """The record with these values; the same object when it has them already."""
    new = {name: value for name, value in values.items() if getattr(record, name) is not value}
    return record.model_copy(update=new) if new else record


def kept(items: tuple[T, ...], change: Callable[[T], T | None]) -> tuple[T, ...]:
    """Every item as `change` makes it, without those of which it leaves None; the same tuple when nothing changes."""
    made = [change(item) for item in items]
    if all(new is old for new, old in zip(made, items, strict=True)):
        return items
    return tuple(item for item in made if item is not None)
