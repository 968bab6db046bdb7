"""Cue settings (`line:0 align:start`) and REGION blocks, to and from text.

Follows "parse the WebVTT cue settings" and "collect WebVTT region settings" of the W3C standard: each setting stands
alone, the last good one of a name counts, a bad one is ignored. Here it is reported as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from math import isinf
from typing import Any, TypeAlias

from generator.sources.webvtt.values import VttFlawKind, VttRegion, VttSettings

_Changes: TypeAlias = dict[str, Any]  # fields of a frozen value with their new contents

Complaint: TypeAlias = tuple[VttFlawKind, int, str]
"""Kind, 0-based offset of the setting in the text that was read, the setting."""

DEFAULT_SETTINGS = VttSettings()

MAX_LINES_DIGITS = 100
"""Longer numbers of lines are read as the largest of this many digits."""

_SETTING = re.compile(r"[^\t\n\f\r ]+")
_PERCENTAGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_LINE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DIGITS = re.compile(r"[0-9]+")


def read_settings(text: str, regions: Mapping[str, VttRegion], complaints: list[Complaint]) -> VttSettings:
    """Read what follows the end time; `regions` by identifier. Appends to `complaints`."""
    settings = DEFAULT_SETTINGS
    for at, setting, name, value in _named_values(text):
        if name == "region":
            settings = replace(settings, region=regions.get(value))
            if settings.region is None:
                complaints.append((VttFlawKind.UNKNOWN_REGION, at, value))
        elif changes := _changes(_CUE_SETTINGS, name, value):
            settings = replace(settings, **changes)
        else:
            complaints.append((VttFlawKind.BAD_SETTING, at, setting))
    return settings


def read_region(text: str, line: int, complaints: list[Complaint]) -> VttRegion:
    """Read the lines below the word REGION, which stands on the 1-based `line`. Appends to `complaints`."""
    region = VttRegion(line=line)
    for at, setting, name, value in _named_values(text):
        if changes := _changes(_REGION_SETTINGS, name, value):
            region = replace(region, **changes)
        else:
            complaints.append((VttFlawKind.BAD_REGION_SETTING, at, setting))
    return region


def write_settings(settings: VttSettings) -> str:
    """Write the settings that are not the default, in an order that reads back as the same."""
    parts = []
    if settings.vertical:
        parts.append(f"vertical:{settings.vertical}")
    if settings.line_position is not None:
        unit = "" if settings.snap_to_lines else "%"
        align = "" if settings.line_align == "start" else f",{settings.line_align}"
        parts.append(f"line:{_plain(settings.line_position)}{unit}{align}")
    if settings.position is not None:
        align = "" if settings.position_align == "auto" else f",{settings.position_align}"
        parts.append(f"position:{_plain(settings.position)}%{align}")
    if settings.size != DEFAULT_SETTINGS.size:
        parts.append(f"size:{_plain(settings.size)}%")
    if settings.align != DEFAULT_SETTINGS.align:
        parts.append(f"align:{settings.align}")
    if settings.region is not None:
        # Last, because vertical, line and size take a cue out of its region.
        parts.append(f"region:{settings.region.id}")
    return " ".join(parts)


def write_region(region: VttRegion) -> str:
    """Write a REGION block."""
    lines = ["REGION"]
    if region.id:
        lines.append(f"id:{region.id}")
    lines += [
        f"width:{_plain(region.width)}%",
        f"lines:{region.lines}",
        f"regionanchor:{_plain(region.region_anchor[0])}%,{_plain(region.region_anchor[1])}%",
        f"viewportanchor:{_plain(region.viewport_anchor[0])}%,{_plain(region.viewport_anchor[1])}%",
    ]
    if region.scroll_up:
        lines.append("scroll:up")
    return "\n".join(lines)


def _named_values(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Offset, setting, name and value; name and value are empty where the colon is missing, first or last."""
    for found in _SETTING.finditer(text):
        setting = found.group()
        name, _, value = setting.partition(":")
        yield (found.start(), setting, name, value) if name and value else (found.start(), setting, "", "")


def _vertical(value: str) -> _Changes | None:
    return {"vertical": value, "region": None} if value in ("rl", "lr") else None


def _line(value: str) -> _Changes | None:
    number, comma, align = value.partition(",")
    is_percentage = number.endswith("%")
    line = _percentage(number) if is_percentage else _line_number(number)
    if line is None or (comma and align not in ("start", "center", "end")):
        return None
    changes: _Changes = {"line_position": line, "snap_to_lines": not is_percentage, "region": None}
    return changes | {"line_align": align} if comma else changes


def _position(value: str) -> _Changes | None:
    number, comma, align = value.partition(",")
    position = _percentage(number)
    if position is None or (comma and align not in ("line-left", "center", "line-right")):
        return None
    return {"position": position, "position_align": align} if comma else {"position": position}


def _size(value: str) -> _Changes | None:
    size = _percentage(value)
    if size is None:
        return None
    return {"size": size} if size == DEFAULT_SETTINGS.size else {"size": size, "region": None}


def _align(value: str) -> _Changes | None:
    return {"align": value} if value in ("start", "center", "end", "left", "right") else None


_CUE_SETTINGS: Mapping[str, Callable[[str], _Changes | None]] = {
    "vertical": _vertical,
    "line": _line,
    "position": _position,
    "size": _size,
    "align": _align,
}


def _region_id(value: str) -> _Changes | None:
    return {"id": value}


def _region_width(value: str) -> _Changes | None:
    width = _percentage(value)
    return None if width is None else {"width": width}


def _region_lines(value: str) -> _Changes | None:
    if not _DIGITS.fullmatch(value):
        return None
    return {"lines": int(value if len(value) <= MAX_LINES_DIGITS else "9" * MAX_LINES_DIGITS)}


def _region_anchor(value: str) -> _Changes | None:
    anchor = _anchor(value)
    return None if anchor is None else {"region_anchor": anchor}


def _viewport_anchor(value: str) -> _Changes | None:
    anchor = _anchor(value)
    return None if anchor is None else {"viewport_anchor": anchor}


def _scroll(value: str) -> _Changes | None:
    return {"scroll_up": True} if value == "up" else None


_REGION_SETTINGS: Mapping[str, Callable[[str], _Changes | None]] = {
    "id": _region_id,
    "width": _region_width,
    "lines": _region_lines,
    "regionanchor": _region_anchor,
    "viewportanchor": _viewport_anchor,
    "scroll": _scroll,
}


def _changes(readers: Mapping[str, Callable[[str], _Changes | None]], name: str, value: str) -> _Changes | None:
    """The fields that a setting changes; None when it is to be ignored."""
    reader = readers.get(name)
    return reader(value) if reader else None


def _anchor(value: str) -> tuple[float, float] | None:
    x_text, _, y_text = value.partition(",")
    x, y = _percentage(x_text), _percentage(y_text)
    return None if x is None or y is None else (x, y)


def _line_number(text: str) -> float | None:
    number = float(text) if _LINE_NUMBER.fullmatch(text) else None
    return None if number is None or isinf(number) else number


def _percentage(text: str) -> float | None:
    found = _PERCENTAGE.fullmatch(text)
    if not found:
        return None
    number = float(found.group(1))
    return number if number <= 100 else None


def _plain(number: float) -> str:
    """The shortest digits that read back as the number, never with an exponent, which the format does not know."""
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")
