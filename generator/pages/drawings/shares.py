"""Bars that are as wide as the words beside them: how something falls into parts, and what is won against lost.

The words stand beside a bar as text, so that they are read on every width of screen; the bar alone is stretched.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from generator.pages.drawings.svg import coordinate

_HEIGHT = 10
_GAP = 0.6
"""Between parts, in percent of the width."""


def stacked_bar(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """A bar of the width of all parts together. Each part is a name for its look (`lost`) and a number."""
    total = sum(number for _, number in parts)
    x, shapes = 0.0, []
    for name, number in parts:
        width = 100 * number / total if total else 0.0
        if number:
            shapes.append(_part(name, x, max(0.4, width - _GAP)))
        x += width
    return _bar(shapes, 0, 100, label)


def balance_bar(left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]], most: int, label: str) -> Markup:
    """A bar from its middle: `left` grows to the left, `right` to the right; `most` would fill one half.

    The first part of each side stands next to the middle.
    """
    shapes = ['<path class="cb-bar-middle" d="M0 0V10"/>']
    for sign, parts in ((-1, left), (1, right)):
        x = 0.0
        for name, number in parts:
            width = 100 * number / most if most else 0.0
            if number:
                start = x if sign > 0 else -x - width
                shapes.append(_part(name, start + _GAP / 2, max(0.4, width - _GAP)))
            x += width
    return _bar(shapes, -100, 200, label)


def _part(name: str, x: float, width: float) -> str:
    return (
        f'<rect class="cb-bar-{name}" x="{coordinate(x)}" y="0" width="{coordinate(width)}" height="{_HEIGHT}"'
        ' vector-effect="non-scaling-stroke"/>'
    )


def _bar(shapes: Sequence[str], start: int, width: int, label: str) -> Markup:
    return Markup(  # noqa: S704 - numbers, constants, and a label that is escaped
        f'<svg class="cb-bar" viewBox="{start} 0 {width} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}">{"".join(shapes)}</svg>'
    )
