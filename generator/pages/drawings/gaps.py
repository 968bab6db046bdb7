"""Needs by importance against who meets them: four columns from ours to theirs, what weighs most on top.

     importance   defend      keep up      open        win
        5 |         (1)                     (4) name
        4 |                    (2) name                (3) name
        ...
          +------ offered, and not wanted: 13 -> stop doing ------

Every dot stands at the height of its weight and carries the number by which lists and table name it; the more often a
need was heard, the larger the dot. Names stand beside the dots, moved apart where they would overlap, and under each
name a bar says how its weight is divided over the four columns. `scripts/gaps.js` places the same marks by the same
rules when a reader looks at some of the cases only; a test holds that both agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from markupsafe import Markup

from generator.knowledge.gaps import WANTED_ZONES
from generator.model.vocabulary import Zone
from generator.pages.drawings import svg
from generator.pages.drawings.wrapping import wrap_evenly

BAR_WIDTH = 120
_BAR_HEIGHT = 5
_LEADING = 18
_HEAVIEST = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of a drawing in its pixels."""

    width: int
    left: int
    """Where the columns begin."""
    column: int
    top: int
    level: int
    """From one weight to the next."""
    smallest: float
    """Radius of a dot for a need that was heard once."""
    largest: float
    lane: int
    """From one dot to another of the same weight beside it."""
    lanes: int
    label: int
    """Where names begin, from the left of a column; 0 where there is no room for names."""

    @property
    def floor(self) -> int:
        """Lower edge of the columns."""
        return self.top + (_HEAVIEST - 1) * self.level + 28


WIDE = Sheet(1000, 40, 240, 84, 96, 10, 18, 38, 2, 84)
NARROW = Sheet(360, 20, 85, 70, 64, 9, 13, 26, 3, 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A shared need as the drawing shows it."""

    number: int
    name: str
    href: str
    zone: Zone
    weight: float
    """Mean weight, 1 to 5."""
    heard: int
    shares: Mapping[Zone, float]
    """How its weight is divided, adding up to 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above a column."""

    zone: Zone
    call: str
    """What to do there, in a word."""
    label: str
    """The zone's name."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark and its name stand."""

    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    """Upper edge of the name."""


def needs_plot(
    marks: Sequence[Mark],
    columns: Sequence[Column],
    unwanted: tuple[int, str, str],
    sheet: Sheet,
    labels: tuple[str, str],
) -> Markup:
    """The drawing on `sheet`.

    `columns` in the order of `WANTED_ZONES`; `unwanted` is how many offers nobody wanted, with words and address;
    `labels` name the drawing and its axis.
    """
    most = max((mark.heard for mark in marks), default=1)
    lines = {mark.number: wrap_evenly(mark.name, 20, 2) if sheet.label else [] for mark in marks}
    heights = {number: label_height(len(found)) for number, found in lines.items()}
    places = placed(marks, heights, sheet, most)
    parts = [
        _column(sheet, place, column, sum(mark.zone is column.zone for mark in marks))
        for place, column in enumerate(columns)
    ]
    for weight in range(1, _HEAVIEST + 1):
        y = _y(weight, sheet)
        parts.append(f'<path class="cb-d-level" d="M{sheet.left} {svg.coordinate(y)}H{sheet.width}"/>')
        parts.append(svg.text([str(weight)], sheet.left - 8, y + 4, 0, "cb-d-axis cb-d-end"))
    if sheet.label:
        parts.append(svg.text([labels[1]], 0, sheet.top - 14, 0, "cb-d-axis-name"))
    parts += [_mark(mark, places[mark.number], lines[mark.number], heights[mark.number]) for mark in marks]
    parts.append(_unwanted(unwanted, sheet))
    attributes = " ".join(
        f'data-{name}="{svg.coordinate(value)}"'
        for name, value in (
            ("left", sheet.left), ("column", sheet.column), ("top", sheet.top), ("level", sheet.level),
            ("floor", sheet.floor), ("smallest", sheet.smallest), ("largest", sheet.largest), ("lane", sheet.lane),
            ("lanes", sheet.lanes), ("label", sheet.label),
        )
    )  # fmt: skip
    return Markup(  # noqa: S704 - every text inside came through `text` or `escape`
        f'<svg class="cb-drawing cb-gaps-drawing" viewBox="0 0 {sheet.width} {sheet.floor + 62}" role="group" '
        f'aria-label="{escape(labels[0])}" data-cb-plot {attributes}>{"".join(parts)}</svg>'
    )


def placed(marks: Sequence[Mark], heights: Mapping[int, float], sheet: Sheet, most: int) -> dict[int, Place]:
    """Number of a mark -> where it stands. `heights` are those of the names, `most` is the largest `heard` of all."""
    places: dict[int, Place] = {}
    for column, zone in enumerate(WANTED_ZONES):
        left = sheet.left + column * sheet.column
        inside = sorted((mark for mark in marks if mark.zone is zone), key=lambda mark: (-mark.weight, mark.number))
        tops = _tops([(_y(mark.weight, sheet), heights[mark.number]) for mark in inside], sheet)
        dots: list[tuple[int, float, float]] = []
        for mark, top in zip(inside, tops, strict=True):
            y, radius = _y(mark.weight, sheet), _radius(mark.heard, sheet, most)
            lane = next(
                (
                    lane
                    for lane in range(sheet.lanes)
                    if all(other != lane or abs(y - at) >= radius + size + 2 for other, at, size in dots)
                ),
                sheet.lanes - 1,
            )
            dots.append((lane, y, radius))
            x = left + 6 + sheet.largest + lane * sheet.lane
            places[mark.number] = Place(x, y, radius, left + sheet.label, top)
    return places


def label_height(lines: int) -> float:
    """Height of a name of so many lines, with its bar and the air below."""
    return lines * _LEADING + _BAR_HEIGHT + 13


def _tops(names: Sequence[tuple[float, float]], sheet: Sheet) -> list[float]:
    """Upper edges of names, given the middle that each would like and its height: in order, and none over another."""
    room = sheet.floor - sheet.top + 20
    squeezed = min(1.0, room / max(1.0, sum(height for _, height in names)))
    tops: list[float] = []
    edge = float(sheet.top - 16)
    for middle, height in names:
        tops.append(max(edge, middle - height / 2))
        edge = tops[-1] + height * squeezed
    edge = float(sheet.floor + 4)
    for place in range(len(names) - 1, -1, -1):
        tops[place] = min(tops[place], edge - names[place][1] * squeezed)
        edge = tops[place]
    return tops


def _y(weight: float, sheet: Sheet) -> float:
    return sheet.top + (_HEAVIEST - weight) * sheet.level


def _radius(heard: int, sheet: Sheet, most: int) -> float:
    """The area grows with how often a need was heard."""
    return sheet.smallest + (sheet.largest - sheet.smallest) * sqrt((heard - 1) / max(1, most - 1))


def _column(sheet: Sheet, place: int, column: Column, count: int) -> str:
    x, zone = sheet.left + place * sheet.column, column.zone.value
    air, line = (16, 28) if sheet.label else (10, 22)
    # Where there is little room, the number stands under the word.
    count_x, count_y, css = (x + sheet.column - air, line, " cb-d-end") if sheet.label else (x + air, line + 19, "")
    drawn = (
        f'<rect class="cb-gap-zone cb-gap-{zone}" x="{x + 3}" y="4" width="{sheet.column - 6}" '
        f'height="{sheet.floor - 4}" rx="10"/>'
        f"{svg.text([column.call], x + air, line, 0, f'cb-gap-call cb-gap-call-{zone}')}"
        f'<text class="cb-gap-count{css}" x="{count_x}" y="{count_y}" data-cb-led="{zone}">{count}</text>'
    )
    return drawn + (svg.text([column.meaning], x + air, 47, 0, "cb-d-meaning") if sheet.label else "")


def _mark(mark: Mark, place: Place, lines: Sequence[str], height: float) -> str:
    dot = (
        f'<g class="cb-gap-dot cb-gap-dot-{mark.zone.value}" transform="{_moved(place.x, place.y)}">'
        f'<circle r="{svg.coordinate(place.radius)}"/><text class="cb-d-middle" y="4">{mark.number}</text></g>'
    )
    name = leader = ""
    if lines:
        leader = f'<path class="cb-gap-leader" d="{leader_path(place)}"/>'
        bars, x, y = "", 0.0, len(lines) * _LEADING + 2
        for zone in WANTED_ZONES:
            width = BAR_WIDTH * mark.shares.get(zone, 0.0)
            bars += (
                f'<rect class="cb-gap-share cb-gap-share-{zone.value}" x="{svg.coordinate(x)}" '
                f'width="{svg.coordinate(width)}" y="{y}" height="{_BAR_HEIGHT}"/>'
            )
            x += width
        name = (
            f'<g class="cb-gap-label" transform="{_moved(place.label_x, place.label_y)}">'
            f"{svg.text(lines, 0, 13, _LEADING, 'cb-gap-name')}{bars}</g>"
        )
    return (
        f'<g class="cb-gap-need" data-cb-need="{mark.number - 1}" data-height="{svg.coordinate(height)}">{leader}'
        f'<a href="{escape(mark.href)}"><title>{escape(mark.name)}</title>{dot}{name}</a></g>'
    )


def leader_path(place: Place) -> str:
    """From the dot to the first line of its name."""
    return (
        f"M{svg.coordinate(place.x + place.radius)} {svg.coordinate(place.y)}"
        f"L{svg.coordinate(place.label_x - 5)} {svg.coordinate(place.label_y + 9)}"
    )


def _moved(x: float, y: float) -> str:
    return f"translate({svg.coordinate(x)} {svg.coordinate(y)})"


def _unwanted(unwanted: tuple[int, str, str], sheet: Sheet) -> str:
    count, words, href = unwanted
    x, y = sheet.left, sheet.floor + 12
    body = (
        f'<rect class="cb-gap-zone cb-gap-not_wanted" x="{x + 3}" y="{y}" width="{sheet.width - x - 6}" height="44" '
        f'rx="10"/><text class="cb-gap-count" x="{x + 16}" y="{y + 28}" data-cb-unwanted>{count}</text>'
    )
    return svg.link(href, body + svg.text([words], x + (60 if sheet.label else 46), y + 27, 0, "cb-gap-call"))
