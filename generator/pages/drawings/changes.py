"""Whether anything changes: a column for each period, as full as the share that changed; and how long it takes.

Both are drawn twice, once as wide as the page and once for a phone, so that words keep their size: the stylesheet shows
one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.pages.drawings import svg
from generator.pages.drawings.wrapping import wrap


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of a drawing in its pixels."""

    width: int
    name: int
    """Room for names at the left of rows."""
    css: str
    crowded: int
    """Columns from which on only every second is labelled."""


WIDE = Sheet(912, 150, "cb-d-for-wide", 24)
NARROW = Sheet(350, 104, "cb-d-for-narrow", 7)

_COLUMN_HEIGHT = 150
_TOP = 26
_LABELS = 42
_WIDEST_COLUMN = 74
_ROW = 42
_HALF_EM = 7.2
"""Half the size of a lane's name, and a little air, in pixels."""
_DOTS_AT_MOST = 16
"""More dots than these in a row say no more than its box does."""


@dataclass(frozen=True, slots=True)
class Column:
    """A period."""

    percent: int
    label: str
    """Its months; empty for years."""
    year: str
    title: str
    """All of it in words."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The days that something took, of one department or of all."""

    name: str
    href: str
    days: tuple[int, ...]
    """Shortest first; never empty."""
    middle: int
    """The median."""
    said: str
    """The median in words: `88 days`."""


def share_columns(columns: Sequence[Column], label: str, sheet: Sheet) -> Markup:
    """A column for each period, filled from below as far as the share reached by its end."""
    step = sheet.width / max(1, len(columns))
    width = min(_WIDEST_COLUMN, step * 0.62)
    floor = _TOP + _COLUMN_HEIGHT
    parts = [
        f'<path class="cb-d-level" d="M0 {svg.coordinate(floor - _COLUMN_HEIGHT * part / 2)}H{sheet.width}"/>'
        for part in range(3)
    ]
    for place, column in enumerate(columns):
        middle = step * (place + 0.5)
        left, height = middle - width / 2, _COLUMN_HEIGHT * column.percent / 100
        shapes = (
            f'<rect class="cb-d-known" x="{svg.coordinate(left)}" y="{_TOP}" width="{svg.coordinate(width)}" '
            f'height="{_COLUMN_HEIGHT}"/>'
            f'<rect class="cb-d-changed" x="{svg.coordinate(left)}" y="{svg.coordinate(floor - height)}" '
            f'width="{svg.coordinate(width)}" height="{svg.coordinate(height)}"/>'
        )
        is_last = place == len(columns) - 1
        words = ""
        if len(columns) < sheet.crowded or (len(columns) - 1 - place) % 2 == 0:
            above = max(_TOP - 8, floor - height - 7)
            named = "cb-d-share cb-d-share-now" if is_last else "cb-d-share"
            words = svg.text([f"{column.percent}%"], middle, above, 0, named)
            words += svg.text([column.label or column.year], middle, floor + 18, 0, "cb-d-period")
            new_year = place == 0 or columns[place - 1].year != column.year
            if column.label and (new_year or len(columns) >= sheet.crowded):
                words += svg.text([column.year], middle, floor + 35, 0, "cb-d-period")
        parts.append(f"<g>{_title(column.title)}{shapes}{words}</g>")
    return svg.drawing(parts, sheet.width, floor + _LABELS, f"cb-share-columns {sheet.css}", label)


def speed_lanes(lanes: Sequence[Lane], label: str, sheet: Sheet) -> Markup:
    """A lane for all and for each department: dots where single things got done, a box around the middle half of them
    where there are many, and a stroke at the median.
    """
    most = max([1, *(lane.days[-1] for lane in lanes)])
    scale = _Scale(sheet.name + 12, (sheet.width - sheet.name - 24) / most)
    height = _ROW * len(lanes) + 34
    ticks = _ticks(most)
    parts = [f'<path class="cb-d-level" d="M{scale.at(tick)} 4V{height - 26}"/>' for tick in ticks]
    parts += [svg.text([str(tick)], scale.x(tick), height - 10, 0, "cb-d-period") for tick in ticks]
    for place, lane in enumerate(lanes):
        middle = _ROW * place + _ROW // 2 + 2
        css = "cb-d-lane" if place else "cb-d-lane cb-d-strong"
        lines = wrap(lane.name, int(sheet.name / _HALF_EM), 2)
        name = svg.link(lane.href, svg.text(lines, 0, middle + 5 - 8 * (len(lines) - 1), 16, css))
        parts.append(f"<g>{name}{_days(lane, scale, middle)}{_median(lane, scale, middle, most)}</g>")
    return svg.drawing(parts, sheet.width, height, f"cb-speed-lanes {sheet.css}", label)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to pixels."""

    left: float
    day: float

    def x(self, days: float) -> float:
        return self.left + self.day * days

    def at(self, days: float) -> str:
        return svg.coordinate(self.x(days))


def _days(lane: Lane, scale: _Scale, middle: int) -> str:
    days = lane.days
    span = f'<path class="cb-d-span" d="M{scale.at(days[0])} {middle}H{scale.at(days[-1])}"/>'
    if len(days) <= _DOTS_AT_MOST:
        return span + "".join(f'<circle class="cb-d-dot" cx="{scale.at(day)}" cy="{middle}" r="4"/>' for day in days)
    low, high = (days[len(days) * part // 4] for part in (1, 3))
    width = svg.coordinate(scale.day * (high - low))
    return f'{span}<rect class="cb-d-box" x="{scale.at(low)}" y="{middle - 7}" width="{width}" height="14"/>'


def _median(lane: Lane, scale: _Scale, middle: int, most: int) -> str:
    """The stroke and its words, on the side where there is room for them."""
    is_late = lane.middle > 0.7 * most
    css, beside = ("cb-d-said cb-d-end", -7) if is_late else ("cb-d-said", 7)
    said = svg.text([lane.said], scale.x(lane.middle) + beside, middle - 10, 0, css)
    return f'<path class="cb-d-median" d="M{scale.at(lane.middle)} {middle - 12}v24"/>{said}'


def _title(words: str) -> str:
    return f"<title>{escape(words)}</title>"


def _ticks(most: int) -> list[int]:
    """Round numbers of days from 0 on, at most five."""
    step = next(size for size in (5, 10, 30, 60, 90, 180, 365, 730, 3650, most) if most // size <= 4)
    return list(range(0, most + 1, step))
