"""An account's shares over the years: ours as a line with discs, the strongest competitor's broken with squares."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from generator.knowledge.accounts import KnownAccount
from generator.knowledge.shares import THRESHOLDS
from generator.model.case import AccountFigure
from generator.pages.drawings import svg

WIDTH, HEIGHT = 320, 176
_LEFT, _RIGHT = 34, 50
_TOP, _BOTTOM = 12, 24
LINES = tuple(least for _, least in THRESHOLDS[:3])
"""Thresholds that are drawn: those below them would lie upon each other."""


def share_chart(account: KnownAccount, label: str) -> Markup:
    """The chart of an account whose share is known in a year at least; `label` is its name for those who do not see."""
    figures = [year.figure for year in account.shares]
    first, last = figures[0].year, figures[-1].year

    def x(year: int) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * ((year - first) / (last - first) if last > first else 1.0)

    parts = [f'<path class="cb-d-level" d="M{_LEFT} {svg.coordinate(y)}H{WIDTH - _RIGHT}"/>' for y in (_y(0), _y(100))]
    for least in LINES:
        parts.append(
            f'<path class="cb-d-level cb-d-level-zero" d="M{_LEFT} {svg.coordinate(_y(least))}H{WIDTH - _RIGHT}"/>'
        )
        parts.append(svg.text([f"{least:g}"], _LEFT - 6, _y(least) + 4, 0, "cb-d-axis cb-d-end"))
    rivals = [(x(figure.year), _rival(figure)) for figure in figures]
    ours = [(x(figure.year), _ours(figure)) for figure in figures]
    ends: list[tuple[float, str]] = []
    for css, values, mark in (("cb-d-rival", rivals, _square), ("cb-d-own", ours, _disc)):
        points = [(at, _y(value)) for at, value in values if value is not None]
        parts.append(_line(css, points, mark))
        known = [value for _, value in values if value is not None]
        if points:
            ends.append((points[-1][1], svg.coordinate(round(known[-1], 1)) + "%"))
    css_of = ["cb-d-rival-end", "cb-d-own-end"][-len(ends) :]
    for (y, text), css in zip(_apart(ends), css_of, strict=True):
        parts.append(svg.text([text], WIDTH - _RIGHT + 8, y + 4, 0, css))
    parts.append(svg.text([str(first)], _LEFT, HEIGHT - 6, 0, "cb-d-axis"))
    if last > first:
        parts.append(svg.text([str(last)], WIDTH - _RIGHT, HEIGHT - 6, 0, "cb-d-axis cb-d-end"))
    return svg.drawing(parts, WIDTH, HEIGHT, "cb-share-chart", label)


def _ours(figure: AccountFigure) -> float | None:
    return figure.wallet_share_percent


def _rival(figure: AccountFigure) -> float | None:
    return figure.rival_share_percent


def _y(percent: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - percent / 100)


def _line(css: str, points: Sequence[tuple[float, float]], mark: Callable[[float, float], str]) -> str:
    path = "L".join(f"{svg.coordinate(x)} {svg.coordinate(y)}" for x, y in points)
    line = f'<path d="M{path}"/>' if len(points) > 1 else ""
    return f'<g class="{css}">{line}{"".join(mark(x, y) for x, y in points)}</g>'


def _disc(x: float, y: float) -> str:
    return f'<circle cx="{svg.coordinate(x)}" cy="{svg.coordinate(y)}" r="4"/>'


def _square(x: float, y: float) -> str:
    return f'<rect x="{svg.coordinate(x - 3)}" y="{svg.coordinate(y - 3)}" width="6" height="6"/>'


def _apart(ends: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The figures at the lines' ends, moved apart where they would lie upon each other."""
    if len(ends) < 2 or abs(ends[0][0] - ends[1][0]) >= 15:
        return list(ends)
    middle = (ends[0][0] + ends[1][0]) / 2
    up = -1 if ends[0][0] <= ends[1][0] else 1
    return [(middle + up * 7.5, ends[0][1]), (middle - up * 7.5, ends[1][1])]
