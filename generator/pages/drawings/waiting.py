"""Time that a lead takes: a strip of waits from stage to stage, and one lead's way as a band of days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.pages.drawings import svg

STRIP_WIDTH, STRIP_HEIGHT = 360, 28
_INSET = 8
_BINS = 40
_NAMED = 2
"""Waits of one disc that are named when a reader points at it."""
WAY_WIDTH, WAY_HEIGHT = 1000, 34


@dataclass(frozen=True, slots=True)
class Lain:
    """A wait on a strip."""

    days: int
    title: str
    href: str


def strip(waits: Sequence[Lain], median_days: float, longest_days: int, label: str) -> Markup:
    """A disc for each wait from zero to `longest_days`, larger where several lie, and a stroke at their median.

    A disc leads to the case of its wait; one that stands for several leads to the first of them.
    """

    def x(value: float) -> float:
        return _INSET + (STRIP_WIDTH - 2 * _INSET) * value / max(1, longest_days)

    middle = STRIP_HEIGHT / 2
    parts = [f'<path class="cb-d-level" d="M{_INSET} {svg.coordinate(middle)}H{STRIP_WIDTH - _INSET}"/>']
    width = max(1, longest_days) / _BINS
    heaps: dict[int, list[Lain]] = {}
    for wait in waits:
        heaps.setdefault(round(wait.days / width), []).append(wait)
    parts += [_heap(heap, x(place * width), middle) for place, heap in sorted(heaps.items())]
    at = svg.coordinate(x(median_days))
    parts.append(f'<path class="cb-wait-median" d="M{at} 2V{STRIP_HEIGHT - 2}"/>')
    return svg.drawing(parts, STRIP_WIDTH, STRIP_HEIGHT, "cb-wait-strip", label)


def _heap(heap: Sequence[Lain], x: float, y: float) -> str:
    title = escape("; ".join(wait.title for wait in heap[:_NAMED]) + (" …" if len(heap) > _NAMED else ""))
    radius = svg.coordinate(min(11.0, 3.5 + 1.5 * math.sqrt(len(heap))))
    return (
        f'<a href="{escape(heap[0].href)}" aria-label="{title}"><title>{title}</title>'
        f'<circle class="cb-wait-dot" cx="{svg.coordinate(x)}" cy="{svg.coordinate(y)}" r="{radius}"/></a>'
    )


def band(waits: Sequence[tuple[int, int, str]], longest_days: int, stuck: int, label: str) -> Markup:
    """One lead as stretches of time, drawn to a scale that all leads share.

    `waits` are days, hue of the department that had it and what is told when a reader points at it; `stuck` is the
    place of the longest, which has a bar above it; `longest_days` is the longest way of all.
    """
    scale = WAY_WIDTH / max(1, longest_days)
    parts, x = [], 0.0
    for place, (days, hue, title) in enumerate(waits):
        width = days * scale
        parts.append(
            f'<g style="--cb-hue:{hue}"><title>{escape(title)}</title>'
            f'<rect class="cb-way-part" x="{svg.coordinate(x)}" y="10" width="{svg.coordinate(max(0.5, width))}" '
            f'height="18"/></g>'
        )
        if place == stuck:
            parts.append(
                f'<rect class="cb-way-stuck" x="{svg.coordinate(x)}" y="2" width="{svg.coordinate(max(2, width))}" '
                f'height="4"/>'
            )
        parts.append(f'<path class="cb-way-step" d="M{svg.coordinate(x)} 7V31"/>')
        x += width
    parts.append(f'<path class="cb-way-step" d="M{svg.coordinate(x)} 7V31"/>')
    return svg.drawing(parts, WAY_WIDTH, WAY_HEIGHT, "cb-way", label)
