"""Visits against sales: a disc a year of an account, and the line through them with the interval of its mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.knowledge.regression import Line
from generator.pages.drawings import svg
from generator.pages.drawings.axes import ticks
from generator.pages.environment import Words

WIDTH, HEIGHT = 620, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 30, 52
DRAWN_ALONE = 300
"""Points; where there are more, those that lie close together are drawn as one disc, the larger the more they are."""
_ROWS = 24
_CURVE_STEPS = 24


@dataclass(frozen=True, slots=True)
class Dot:
    """A year of an account."""

    visits: int
    sales_k_yen: int
    title: str
    """Who and when, shown when a reader points at it."""
    href: str


def scatter(dots: Sequence[Dot], line: Line | None, words: Words) -> Markup:
    """The drawing; `dots` must not be empty."""
    columns = ticks(max(1, *(dot.visits for dot in dots)), 8, least=1)
    rows = ticks(max(1, *(dot.sales_k_yen for dot in dots)), 5)

    def x(visits: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * visits / columns[-1]

    def y(sales: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(max(sales, 0.0), rows[-1]) / rows[-1]

    parts = [f'<path class="cb-d-level" d="M{_LEFT} {svg.coordinate(y(row))}H{WIDTH - _RIGHT}"/>' for row in rows]
    parts += [svg.text([words.number(row)], _LEFT - 10, y(row) + 5, 0, "cb-d-axis cb-d-end") for row in rows]
    parts += [
        svg.text([words.number(column)], x(column), HEIGHT - _BOTTOM + 22, 0, "cb-d-axis cb-d-middle")
        for column in columns
    ]
    parts.append(svg.text([words.say("Sales, thousand yen")], 0, 14, 0, "cb-d-axis-name"))
    parts.append(svg.text([words.say("Visits in the year")], WIDTH - _RIGHT, HEIGHT - 8, 0, "cb-d-axis-name cb-d-end"))
    if line is not None:
        first, last = min(dot.visits for dot in dots), max(dot.visits for dot in dots)
        steps = [first + (last - first) * step / _CURVE_STEPS for step in range(_CURVE_STEPS + 1)]
        upper = [(x(at), y(line.at(at) + line.mean_within(at))) for at in steps]
        lower = [(x(at), y(line.at(at) - line.mean_within(at))) for at in reversed(steps)]
        parts.append(f'<path class="cb-visits-band" d="M{_path([*upper, *lower])}Z"/>')
        ends = [(x(at), y(line.at(at))) for at in (first, last)]
        parts.append(f'<path class="cb-visits-fit" d="M{_path(ends)}"/>')
    if len(dots) <= DRAWN_ALONE:
        parts += [_dot(dot, x(dot.visits), y(dot.sales_k_yen)) for dot in dots]
    else:
        height = rows[-1] / _ROWS
        counted = Counter((dot.visits, int(dot.sales_k_yen // height)) for dot in dots)
        parts += [_heap(x(at), y((row + 0.5) * height), count) for (at, row), count in sorted(counted.items())]
    label = words.say("Visits against sales")
    return svg.drawing(parts, WIDTH, HEIGHT, "cb-scatter", label)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{svg.coordinate(x)} {svg.coordinate(y)}" for x, y in points)


def _dot(dot: Dot, x: float, y: float) -> str:
    disc = f'<circle class="cb-visits-dot" cx="{svg.coordinate(x)}" cy="{svg.coordinate(y)}" r="6"/>'
    return f'<a href="{escape(dot.href)}" aria-label="{escape(dot.title)}"><title>{escape(dot.title)}</title>{disc}</a>'


def _heap(x: float, y: float, count: int) -> str:
    radius = svg.coordinate(min(14.0, 2.5 * math.sqrt(count)))
    return (
        f'<circle class="cb-visits-dot" cx="{svg.coordinate(x)}" cy="{svg.coordinate(y)}" r="{radius}">'
        f"<title>{count}</title></circle>"
    )
