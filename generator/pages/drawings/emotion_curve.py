"""The emotion curve above a journey: one point a step, and at its lows and highs the customer's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markupsafe import Markup

from generator.pages.drawings import svg
from generator.pages.drawings.icons import face_shapes
from generator.pages.drawings.wrapping import wrap_evenly

_ROW_WIDTH = 912
_NARROWEST, _WIDEST = 114, 228
"""Of a column; eight of the narrowest fill a row."""
_LEVEL_HEIGHT = 34
_WORDS_HEIGHT = 96
_LEADING = 19
_FACE = 24
_LEANING = 1.45
"""Columns that words may take where no others stand beside them."""
_HALF_EM = 6.9
"""Half the size of the words, and a little air, in pixels."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the curve."""

    feeling: int
    """-2 to +2."""
    title: str
    words: str
    """The customer's words there, between the quotation marks of their language; empty when none are known."""
    href: str
    """To the line they were said in; empty when there is none."""


def emotion_curve(moments: Sequence[Moment], label: str, lang: str = "") -> Markup:
    """The curve through `moments`, in columns of equal width: each point stands over its column of the table.

    `lang` is the attribute for the customer's words where they are in another language than the page (`Words.lang`).
    """
    column = column_width(len(moments))
    points = [(column * (place + 0.5), _y(moment.feeling)) for place, moment in enumerate(moments)]
    width, height = column * max(1, len(moments)), 4 * _LEVEL_HEIGHT + 2 * _WORDS_HEIGHT
    parts = [
        f'<path class="cb-d-level{" cb-d-level-zero" if level == 0 else ""}" d="M0 {_y(level)}H{width}"/>'
        for level in range(-2, 3)
    ]
    if len(points) > 1:
        parts.append(f'<path class="cb-d-curve" d="{curve_path(points)}"/>')
    turning = turning_points([moment.feeling for moment in moments])
    spoken = {place: moments[place].feeling > 0 for place in turning if moments[place].words}
    for place, (moment, (x, y)) in enumerate(zip(moments, points, strict=True)):
        parts.append(_face(moment, x, y, lang))
        if place in spoken:
            # Words may lean over into the next columns unless words stand there too, on the same side of the curve.
            crowded = spoken[place] in (spoken.get(place - 1), spoken.get(place + 1))
            room = min(width, column * (0.95 if crowded else _LEANING))
            middle = min(max(x, room / 2), width - room / 2)
            parts.append(_words(moment, middle, y, room, lang))
    return svg.drawing(parts, width, height, "cb-journey-curve", label)


def column_width(steps: int) -> int:
    """Pixels a step: as wide as the page allows, but never too narrow for words."""
    return max(_NARROWEST, min(_WIDEST, _ROW_WIDTH // max(1, steps)))


def turning_points(feelings: Sequence[int]) -> frozenset[int]:
    """Places of the lows and highs: not indifferent, and no neighbour is further out on the same side."""
    found = set()
    for place, feeling in enumerate(feelings):
        around = [*feelings[max(0, place - 1) : place], *feelings[place + 1 : place + 2]]
        if (feeling > 0 and all(other <= feeling for other in around)) or (
            feeling < 0 and all(other >= feeling for other in around)
        ):
            found.add(place)
    return frozenset(found)


def curve_path(points: Sequence[tuple[float, float]]) -> str:
    """A smooth SVG path through all points that never swings beyond two neighbours (Fritsch and Carlson, 1980).

    A feeling between -2 and +2 is never drawn as one beyond them. `points` are in pixels, x rising.
    """
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points)]
    slopes = [dy / dx for dx, dy in steps]
    tangents = [slopes[0]]
    for before, after in pairwise(slopes):
        # The harmonic mean keeps the tangent within three times the flatter slope; at a turn it is level.
        tangents.append(0.0 if before * after <= 0 else 2 * before * after / (before + after))
    tangents.append(slopes[-1])
    path = f"M{svg.coordinate(points[0][0])} {svg.coordinate(points[0][1])}"
    for (x0, y0), (dx, dy), left, right in zip(points, steps, tangents, tangents[1:], strict=False):
        path += "C" + " ".join(
            svg.coordinate(value)
            for value in (
                x0 + dx / 3,
                y0 + left * dx / 3,
                x0 + dx * 2 / 3,
                y0 + dy - right * dx / 3,
                x0 + dx,
                y0 + dy,
            )
        )
    return path


def _y(feeling: int) -> int:
    return _WORDS_HEIGHT + (2 - feeling) * _LEVEL_HEIGHT


def _face(moment: Moment, x: float, y: float, lang: str) -> str:
    scale = _FACE / 16
    return (
        f'<g class="cb-face cb-feel-{moment.feeling}" transform="translate({svg.coordinate(x - _FACE / 2)} '
        f'{svg.coordinate(y - _FACE / 2)}) scale({scale})"><title{lang}>{escape(moment.title)}</title>'
        f"{face_shapes(moment.feeling)}</g>"
    )


def _words(moment: Moment, x: float, y: float, room: float, lang: str) -> str:
    lines = wrap_evenly(moment.words, int(room / _HALF_EM), 4)
    top = y - 22 - (len(lines) - 1) * _LEADING if moment.feeling > 0 else y + 32
    drawn = svg.text(lines, x, top, _LEADING, "cb-d-words")
    return svg.link(moment.href, drawn, lang) if moment.href else drawn
