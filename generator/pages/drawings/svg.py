"""The few SVG strings that all drawings are made of. Text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup


def coordinate(value: float) -> str:
    """A number as short as it can be written: `12.5`, `40`."""
    return f"{value:.1f}".removesuffix(".0")


def text(lines: Sequence[str], x: float, y: float, leading: float, css: str) -> str:
    """Lines of text whose first baseline is at `y`, `leading` apart."""
    if not lines:
        return ""
    at = coordinate(x)
    if len(lines) == 1:
        return f'<text class="{css}" x="{at}" y="{coordinate(y)}">{escape(lines[0])}</text>'
    spans = "".join(
        f'<tspan x="{at}" dy="{coordinate(leading) if place else 0}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f'<text class="{css}" y="{coordinate(y)}">{spans}</text>'


def link(href: str, inside: str, lang: str = "") -> str:
    """`inside` as a link; `lang` is the attribute for words in another language than the page's (`Words.lang`)."""
    return f'<a href="{escape(href)}"{lang}>{inside}</a>'


def drawing(inside: Sequence[str], width: float, height: float, css: str, label: str) -> Markup:
    """A whole drawing with its name for those who do not see it."""
    return Markup(  # noqa: S704 - every text inside came through `text`, which escapes
        f'<svg class="cb-drawing {css}" viewBox="0 0 {coordinate(width)} {coordinate(height)}" role="group" '
        f'aria-label="{escape(label)}">{"".join(inside)}</svg>'
    )
