"""Two drawings of decisions: influence against stance over all cases, and how many months decisions took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log, sqrt

from markupsafe import Markup

from generator.model.vocabulary import Stance
from generator.pages.drawings import svg
from generator.pages.drawings.wrapping import wrap

STANCES = (Stance.OPPONENT, Stance.SCEPTIC, Stance.NEUTRAL, Stance.SUPPORTER, Stance.CHAMPION)
"""From left to right: who fights against us, who fights for us."""
LEVELS = (5, 4, 3, 2, 1)
"""Influence, the most on top."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of all cases with one influence and one stance."""

    influence: int
    stance: Stance
    won: int
    lost: int
    roles: tuple[tuple[str, str], ...]
    """Some of them, newest first, each with the attribute of its language (`Words.lang`)."""
    href: str
    title: str

    @property
    def count(self) -> int:
        """How many they are."""
        return self.won + self.lost


def influence_map(crowds: Sequence[Crowd], labels: Sequence[str], names: tuple[str, str], *, narrow: bool) -> Markup:
    """Influence upwards, stance from left to right. The area of a disc is how many people, its filled part those of
    decisions that we won.

    `labels` name the stances in the order of `STANCES`; `names` are those of the drawing and of influence.
    """
    width, left, row, most_radius = (360, 30, 62, 22) if narrow else (1000, 72, 96, 26)
    column, top = (width - left) / len(STANCES), 26
    bottom = top + row * len(LEVELS)
    most = max((crowd.count for crowd in crowds), default=1)
    parts = [f'<rect class="cb-d-field" x="{left}" y="{top}" width="{width - left}" height="{bottom - top}"/>']
    for place, level in enumerate(LEVELS):
        y = top + place * row
        if place:
            parts.append(f'<path class="cb-d-level" d="M{left} {y}H{width}"/>')
        parts.append(svg.text([str(level)], left - 10, y + row / 2 + 5, 0, "cb-d-axis cb-d-end"))
    for place, label in enumerate(labels):
        x = left + place * column
        if place:
            parts.append(f'<path class="cb-d-level" d="M{svg.coordinate(x)} {top}V{bottom}"/>')
        named = wrap(label, 10 if narrow else 24, 2)
        parts.append(svg.text(named, x + column / 2, bottom + 18, 14, "cb-d-axis cb-d-middle"))
    parts.append(svg.text([names[1]], 0, 14, 0, "cb-d-axis-name"))
    for crowd in crowds:
        x = left + STANCES.index(crowd.stance) * column
        y = top + LEVELS.index(crowd.influence) * row
        radius = max(9.0, most_radius * sqrt(crowd.count / most))
        centre_x = x + column / 2 if narrow else x + most_radius + 8
        body = f"<title>{escape(crowd.title)}</title>" + _disc(crowd, centre_x, y + row / 2, radius)
        if not narrow:
            at = x + 2 * most_radius + 18
            lines = [(lang, line) for role, lang in crowd.roles for line in wrap(role, 16, 2)][:4]
            first = y + row / 2 - (len(lines) - 1) * 8.5 + 4.5
            for place, (lang, line) in enumerate(lines):
                words = svg.text([line], at, first + place * 17, 0, "cb-crowd-role")
                body += f"<g{lang}>{words}</g>" if lang else words
        parts.append(svg.link(crowd.href, body))
    return svg.drawing(parts, width, bottom + 36, "cb-crowd-drawing", names[0])


def _disc(crowd: Crowd, x: float, y: float, radius: float) -> str:
    """A ring, filled from below as far as those of won decisions go, with the number on it."""
    share = crowd.won / crowd.count
    at = f'cx="{svg.coordinate(x)}" cy="{svg.coordinate(y)}" r="{svg.coordinate(radius)}"'
    disc = f'<circle class="cb-crowd-lost" {at}/>'
    if crowd.won == crowd.count:
        disc += f'<circle class="cb-crowd-won" {at}/>'
    elif crowd.won:
        height = y + radius - 2 * radius * share
        half = sqrt(max(0.0, radius**2 - (height - y) ** 2))
        disc += (
            f'<path class="cb-crowd-won" d="M{svg.coordinate(x - half)} {svg.coordinate(height)}'
            f"A{svg.coordinate(radius)} {svg.coordinate(radius)} 0 {int(share > 0.5)} 0 "
            f'{svg.coordinate(x + half)} {svg.coordinate(height)}Z"/>'
        )
    disc += f'<circle class="cb-crowd-ring" {at}/>'
    return disc + svg.text([str(crowd.count)], x, y + 5, 0, "cb-crowd-count cb-d-middle")


@dataclass(frozen=True, slots=True)
class Dot:
    """One decision."""

    months: float
    title: str
    href: str
    lang: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The decisions of one kind of case."""

    name: str
    href: str
    figure: str
    """The median in words."""
    median: float
    low: float
    high: float
    """Quartiles, in months."""
    dots: tuple[Dot, ...]


TICKS = (1, 3, 6, 12, 24, 60, 120)
"""Months at which the axis is marked. It is logarithmic: from one month to two is as far as from one year to two."""


def duration_strips(strips: Sequence[Strip], labels: Sequence[str], name: str, *, narrow: bool) -> Markup:
    """A line for each kind of case: a dot for each decision, a box between the quartiles, a stroke at the median.

    `labels` are those of `TICKS`.
    """
    width, left, row = (360, 10, 62) if narrow else (1000, 220, 56)
    longest = max((dot.months for strip in strips for dot in strip.dots), default=1.0)
    last = max(12.0, *(strip.high for strip in strips), longest) if strips else 12.0
    bottom = 12 + row * len(strips)

    def x(months: float) -> float:
        return left + 14 + (width - left - 40) * log(max(1.0, months)) / log(last)

    parts = []
    for months, label in zip(TICKS, labels, strict=True):
        if months <= last:
            parts.append(f'<path class="cb-d-level" d="M{svg.coordinate(x(months))} 8V{bottom}"/>')
            parts.append(svg.text([label], x(months), bottom + 18, 0, "cb-d-axis cb-d-middle"))
    for place, strip in enumerate(strips):
        y = 12 + row * (place + (0.68 if narrow else 0.5))
        if narrow:
            title = svg.text([f"{strip.name}  {strip.figure}"], left, y - 24, 0, "cb-strip-name")
        else:
            title = svg.text([strip.name], 0, y - 3, 0, "cb-strip-name")
            title += svg.text([strip.figure], 0, y + 15, 0, "cb-d-axis")
        low, middle = svg.coordinate(x(strip.low)), svg.coordinate(x(strip.median))
        box = svg.coordinate(x(strip.high) - x(strip.low))
        parts += [
            svg.link(strip.href, title),
            f'<path class="cb-strip-line" d="M{svg.coordinate(x(1))} {svg.coordinate(y)}H{width - 12}"/>',
            f'<rect class="cb-strip-box" x="{low}" y="{svg.coordinate(y - 11)}" width="{box}" height="22" rx="4"/>',
            f'<path class="cb-strip-median" d="M{middle} {svg.coordinate(y - 15)}v30"/>',
        ]
        parts += (
            svg.link(
                dot.href,
                f"<title>{escape(dot.title)}</title>"
                f'<circle class="cb-strip-dot" cx="{svg.coordinate(x(dot.months))}" cy="{svg.coordinate(y)}" r="6"/>',
                dot.lang,
            )
            for dot in strip.dots
        )
    return svg.drawing(parts, width, bottom + 28, "cb-strip-drawing", name)
