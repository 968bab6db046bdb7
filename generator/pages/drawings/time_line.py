"""Days to come and days gone by on one line of months, with today between them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.pages.drawings import svg
from generator.pages.environment import Words

WIDTH, HEIGHT = 720, 130
_INSET = 26
_MIDDLE = 58
_DAYS_TOGETHER = 7
"""Days that are so close are drawn as one disc."""
_MOST_LABELS = 7


@dataclass(frozen=True, slots=True)
class DayMark:
    """Something on a day."""

    on: dt.date
    title: str
    href: str


def time_line(marks: Sequence[DayMark], today: dt.date, words: Words, label: str) -> Markup:
    """The drawing; `marks` must not be empty. Days gone by are full discs, days to come are rings."""
    first = min(today, *(mark.on for mark in marks)).replace(day=1)
    last = max(today, *(mark.on for mark in marks))
    months = _months(first, last)
    span = (_next_month(months[-1]) - first).days

    def x(day: dt.date) -> float:
        return _INSET + (WIDTH - 2 * _INSET) * (day - first).days / span

    parts = [f'<path class="cb-d-level" d="M{_INSET} {_MIDDLE}H{WIDTH - _INSET}"/>']
    step = -(-len(months) // _MOST_LABELS)
    for place, month in enumerate(months):
        at = svg.coordinate(x(month))
        parts.append(f'<path class="cb-d-level" d="M{at} {_MIDDLE - 5}V{_MIDDLE + 5}"/>')
        if place % step == 0:
            text = words.say("{year}/{month}", year=month.year, month=month.month)
            parts.append(svg.text([text], x(month), HEIGHT - 26, 0, "cb-d-axis cb-d-middle"))
    at = svg.coordinate(x(today))
    parts.append(f'<path class="cb-time-today" d="M{at} 20V{HEIGHT - 46}"/>')
    parts.append(svg.text([words.say("Today")], x(today), 12, 0, "cb-time-today-word cb-d-middle"))
    groups: dict[tuple[bool, int], list[DayMark]] = {}
    for mark in marks:
        groups.setdefault((mark.on <= today, (mark.on - first).days // _DAYS_TOGETHER), []).append(mark)
    for (is_past, _), group in sorted(groups.items(), key=lambda item: item[0][1]):
        middle = sum(x(mark.on) for mark in group) / len(group)
        parts.append(_disc(group, middle, is_past=is_past))
    return svg.drawing(parts, WIDTH, HEIGHT, "cb-time-line", label)


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    months = [first]
    while _next_month(months[-1]) <= last:
        months.append(_next_month(months[-1]))
    return months


def _next_month(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _disc(group: Sequence[DayMark], x: float, *, is_past: bool) -> str:
    radius = min(24.0, 8 + 4 * math.sqrt(len(group) - 1))
    css = "cb-time-due" if is_past else "cb-time-coming"
    title = escape("; ".join(mark.title for mark in group[:6]) + (" …" if len(group) > 6 else ""))
    count = svg.text([str(len(group))], x, _MIDDLE + 5, 0, f"{css}-count cb-d-middle") if len(group) > 1 else ""
    return (
        f'<a href="{escape(group[0].href)}" aria-label="{title}"><title>{title}</title>'
        f'<circle class="{css}" cx="{svg.coordinate(x)}" cy="{_MIDDLE}" r="{svg.coordinate(radius)}"/>{count}</a>'
    )
