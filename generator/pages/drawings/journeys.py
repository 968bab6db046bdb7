"""The median journey: one point a phase over the band in which the middle half of the cases lies.

Its columns are those of the map of cases (styles/journeys.css), whose head names the phases and counts the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.pages.drawings import svg
from generator.pages.drawings.emotion_curve import curve_path
from generator.pages.drawings.icons import face_shapes

_LEVELS = (2, 1, 0, -1, -2)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of a drawing in its pixels."""

    width: int
    left: int
    """Where the phases begin: before them stand the faces of the levels."""
    level: int
    """From one feeling to the next."""
    face: int


WIDE = Sheet(1000, 300, 44, 30)
NARROW = Sheet(360, 84, 30, 20)


@dataclass(frozen=True, slots=True)
class Point:
    """A phase of the curve."""

    name: str
    href: str
    """To what is said of the phase."""
    median: float | None
    """-2 to +2; None when no case tells of the phase: the curve then passes over it."""
    low: float
    high: float
    """The quartiles."""
    figure: str
    """The median as readers write it."""


def median_curve(points: Sequence[Point], sheet: Sheet, label: str) -> Markup:
    """The curve through the medians of `points`, over the band between their quartiles."""
    column = (sheet.width - sheet.left) / max(1, len(points))
    top = sheet.face
    floor = top + 4 * sheet.level + sheet.face

    def y(feeling: float) -> float:
        return top + (2 - feeling) * sheet.level

    middles = [sheet.left + column * (place + 0.5) for place in range(len(points))]
    told = [(x, point) for x, point in zip(middles, points, strict=True) if point.median is not None]
    parts = []
    for level in _LEVELS:
        css = "cb-d-level cb-d-level-zero" if level == 0 else "cb-d-level"
        parts.append(f'<path class="{css}" d="M{sheet.left} {svg.coordinate(y(level))}H{sheet.width}"/>')
        parts.append(_face(level, sheet.left - sheet.face, y(level), sheet.face * 0.8))
    if len(told) > 1:
        edge = [(x, y(point.high)) for x, point in told] + [(x, y(point.low)) for x, point in reversed(told)]
        corners = " ".join(f"{svg.coordinate(x)},{svg.coordinate(height)}" for x, height in edge)
        parts.append(f'<polygon class="cb-median-band" points="{corners}"/>')
        parts.append(f'<path class="cb-d-curve" d="{curve_path([(x, y(point.median or 0)) for x, point in told])}"/>')
    for x, point in told:
        middle = y(point.median or 0)
        span = f"M{svg.coordinate(x)} {svg.coordinate(y(point.high))}V{svg.coordinate(y(point.low))}"
        parts.append(f'<path class="cb-median-span" d="{span}"/>')
        face = _face(nearest(point.median or 0), x, middle, sheet.face * 1.15, point.name)
        parts.append(svg.link(point.href, face))
        parts.append(svg.text([point.figure], x + sheet.face * 0.75, middle - 4, 0, "cb-median-figure"))
    return svg.drawing(parts, sheet.width, floor, "cb-median-drawing", label)


def nearest(feeling: float) -> int:
    """The feeling of five that is nearest; halves go away from indifference."""
    return int(feeling + 0.5) if feeling >= 0 else -int(0.5 - feeling)


def _face(feeling: int, x: float, y: float, size: float, title: str = "") -> str:
    named = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<g class="cb-face cb-feel-{feeling}" transform="translate({svg.coordinate(x - size / 2)} '
        f'{svg.coordinate(y - size / 2)}) scale({size / 16:.3g})">{named}{face_shapes(feeling)}</g>'
    )
