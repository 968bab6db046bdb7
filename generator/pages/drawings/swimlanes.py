"""Swim lanes: phases from left to right, the customer's feeling on top, a lane for each department, hand-overs between.

Two sizes are drawn: a wide one that says everything, and a small one for phones that keeps the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from generator.pages.drawings import svg
from generator.pages.drawings.emotion_curve import curve_path
from generator.pages.drawings.icons import face_shapes
from generator.pages.drawings.wrapping import width, wrap

ARROWS_IN_A_PHASE = 3
"""The most frequent are drawn; the table names all."""


@dataclass(frozen=True, slots=True)
class PhaseHead:
    """A phase with how customers feel there."""

    name: str
    href: str
    feeling: float | None
    """Median, -2 to +2; None when no journey tells."""
    feeling_label: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class LaneBox:
    """What a department does in a phase."""

    done: int
    doing: int
    planned: int
    notes: int
    lines: tuple[str, ...]
    """The same in a few words, one line each."""
    href: str

    @property
    def acts(self) -> bool:
        """Whether anything is done or being done."""
        return self.done + self.doing > 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A department, from phase to phase."""

    name: str
    hue: int
    boxes: tuple[LaneBox, ...]
    """One for each phase."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A hand-over: places of its phase and of the two lanes, counted from 0, and how often it happened."""

    phase: int
    giver: int
    taker: int
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn."""

    label: str
    """Name of the drawing for those who do not see it."""
    customer: str
    """Name of the topmost lane."""
    phases: tuple[PhaseHead, ...]
    lanes: tuple[Lane, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class _Size:
    """Measures of a drawing in pixels."""

    name: int
    """Width of the lanes' names."""
    column: int
    box: int
    """Width of a box; the rest of a column is for arrows."""
    head: int
    curve: int
    lane: int
    face: int
    is_small: bool

    @property
    def width(self) -> int:
        return self.name + 5 * self.column


_WIDE = _Size(name=120, column=176, box=124, head=34, curve=112, lane=58, face=26, is_small=False)
_LINE = 17
"""Between the lines of a box, in pixels."""
_SMALL = _Size(name=66, column=58, box=42, head=30, curve=72, lane=46, face=18, is_small=True)


def swimlanes(picture: Picture) -> tuple[Markup, Markup]:
    """The wide drawing and the small one."""
    most = max((len(box.lines) for lane in picture.lanes for box in lane.boxes), default=0)
    wide = replace(_WIDE, lane=max(_WIDE.lane, 25 + _LINE * most))
    return _drawing(wide, picture), _drawing(_SMALL, picture)


def _drawing(size: _Size, picture: Picture) -> Markup:
    top = size.head + size.curve
    height = top + size.lane * len(picture.lanes)
    parts = [_gap_band(size, place, height) for place, phase in enumerate(picture.phases) if phase.is_gap]
    parts += (_head(size, place, phase) for place, phase in enumerate(picture.phases))
    parts += _rules(size, len(picture.lanes), top)
    parts.append(_name(size, picture.customer, size.head, size.curve, None))
    parts += _curve(size, picture.phases)
    for row, lane in enumerate(picture.lanes):
        y = top + row * size.lane
        parts.append(_name(size, lane.name, y, size.lane, lane.hue))
        parts += (_box(size, place, y, lane, box) for place, box in enumerate(lane.boxes))
    parts += _arrows(size, picture.arrows, top)
    css = "cb-lanes-drawing cb-lanes-small" if size.is_small else "cb-lanes-drawing cb-lanes-wide"
    return svg.drawing(parts, size.width, height + 2, css, picture.label)


def _gap_band(size: _Size, place: int, height: int) -> str:
    return (
        f'<rect class="cb-d-gap" x="{size.name + place * size.column}" y="0" '
        f'width="{size.column}" height="{height}" rx="4"/>'
    )


def _head(size: _Size, place: int, phase: PhaseHead) -> str:
    x = size.name + place * size.column + (size.column / 2 if size.is_small else 0)
    css = "cb-d-phase cb-d-middle" if size.is_small else "cb-d-phase"
    return svg.link(phase.href, svg.text([phase.name], x, 18, 0, css))


def _rules(size: _Size, lanes: int, top: int) -> list[str]:
    rows = [size.head, *(top + row * size.lane for row in range(lanes + 1))]
    return [f'<path class="cb-d-level" d="M0 {y}H{size.width}"/>' for y in rows]


def _name(size: _Size, name: str, y: float, height: float, hue: int | None) -> str:
    limit = int((size.name - 14) / (5.6 if size.is_small else 7))
    lines = [name] if width(name) <= limit else wrap(name, max(4, limit), 2)
    leading = 14 if size.is_small else 18
    first = y + height / 2 - (len(lines) - 1) * leading / 2 + 5
    words = svg.text(lines, 14 if hue is not None else 0, first, leading, "cb-d-lane")
    if hue is None:
        return words
    middle = svg.coordinate(y + height / 2)
    return f'<circle class="cb-d-hue" style="--cb-hue:{hue}" cx="4" cy="{middle}" r="4"/>{words}'


def _curve(size: _Size, phases: Sequence[PhaseHead]) -> list[str]:
    step = (size.curve - 2 * size.face) / 4
    middle = size.head + size.curve / 2
    parts = [f'<path class="cb-d-level cb-d-level-zero" d="M{size.name} {svg.coordinate(middle)}H{size.width}"/>']
    points = [
        (size.name + place * size.column + size.box / 2, middle - phase.feeling * step)
        for place, phase in enumerate(phases)
        if phase.feeling is not None
    ]
    if len(points) > 1:
        parts.append(f'<path class="cb-d-curve" d="{curve_path(points)}"/>')
    told = [phase for phase in phases if phase.feeling is not None]
    for (x, y), phase in zip(points, told, strict=True):
        feeling = round(phase.feeling or 0)
        parts.append(
            f'<g class="cb-face cb-feel-{feeling}" transform="translate({svg.coordinate(x - size.face / 2)} '
            f'{svg.coordinate(y - size.face / 2)}) scale({round(size.face / 16, 3)})">'
            f"<title>{escape(phase.feeling_label)}</title>{face_shapes(feeling)}</g>"
        )
    return parts


def _box(size: _Size, place: int, y: float, lane: Lane, box: LaneBox) -> str:
    x = size.name + place * size.column
    middle = y + size.lane / 2
    if not (box.acts or box.planned or box.notes):
        return f'<circle class="cb-d-nothing-done" cx="{x + size.box / 2}" cy="{svg.coordinate(middle)}" r="1.5"/>'
    height = size.lane - 14
    look = "acts" if box.acts else "plans" if box.planned else "knows"
    frame = (
        f'<rect class="cb-d-work cb-d-work-{look}" style="--cb-hue:{lane.hue}" x="{x}" y="{svg.coordinate(y + 7)}" '
        f'width="{size.box}" height="{height}" rx="6"/>'
    )
    if size.is_small:
        figure = str(box.done + box.doing or box.planned or box.notes)
        words = svg.text([figure], x + size.box / 2, middle + 5, 0, "cb-d-work-figure cb-d-middle")
        words = f"<g><title>{escape(' '.join(box.lines))}</title>{words}</g>"
    else:
        first = middle - (len(box.lines) - 1) * _LINE / 2 + 4.5
        words = svg.text(box.lines, x + 10, first, _LINE, "cb-d-work-words")
    return svg.link(box.href, frame + words)


def _arrows(size: _Size, arrows: Sequence[Arrow], top: float) -> list[str]:
    parts = []
    gutter = size.column - size.box
    for phase in {arrow.phase: None for arrow in arrows}:
        here = sorted((arrow for arrow in arrows if arrow.phase == phase), key=lambda arrow: -arrow.count)
        here = here[:ARROWS_IN_A_PHASE]
        for place, arrow in enumerate(here, start=1):
            x = size.name + phase * size.column + size.box + gutter * place / (len(here) + 1)
            start, end = (top + (lane + 0.5) * size.lane for lane in (arrow.giver, arrow.taker))
            parts.append(_loop(x, start, arrow) if start == end else _line(size, x, (start, end), arrow))
    return parts


def _line(size: _Size, x: float, ends: tuple[float, float], arrow: Arrow) -> str:
    start, end = ends
    down = 1 if end > start else -1
    at, tip = svg.coordinate(x), end - 5 * down
    wing = svg.coordinate(tip - 5 * down)
    path = (
        f"M{at} {svg.coordinate(start)}V{svg.coordinate(tip)}"
        f"M{svg.coordinate(x - 4)} {wing}L{at} {svg.coordinate(tip)}L{svg.coordinate(x + 4)} {wing}"
    )
    figure = ""
    if not size.is_small:
        figure = svg.text([str(arrow.count)], x, (start + end) / 2 + 4, 0, "cb-d-arrow-figure")
    return (
        f'<g class="cb-d-arrow"><title>{escape(arrow.label)}</title>'
        f'<circle cx="{at}" cy="{svg.coordinate(start)}" r="3"/><path d="{path}"/>{figure}</g>'
    )


def _loop(x: float, y: float, arrow: Arrow) -> str:
    """Within one department: from one person to the next."""
    at = f"M{svg.coordinate(x - 5)} {svg.coordinate(y - 8)}"
    return f'<g class="cb-d-arrow"><title>{escape(arrow.label)}</title><path d="{at}a8 8 0 1 1 0 16m-1-5l1 5 5-1"/></g>'
