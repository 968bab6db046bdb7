"""Where customers stood before and where they stand now: five places on each side, and a ribbon for each flow."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from generator.knowledge.segments import Direction, Flow
from generator.model.vocabulary import SegmentKind
from generator.pages.drawings import svg
from generator.pages.drawings.wrapping import wrap_evenly
from generator.pages.environment import Words

WIDTH, HEIGHT = 720, 330
_LEFT, _RIGHT = 150, 570
_TOP, _ROW = 54, 60
_LEADING = 17
_WIDEST = 26
"""Of a ribbon, in pixels."""


def flow_drawing(flows: Sequence[Flow], titles: Sequence[str], words: Words) -> Markup:
    """The drawing of `flows`, which must not be empty, each with the title at its place.

    Ribbons lead to `#flow-<place>`.
    """
    rows = {kind: _TOP + place * _ROW for place, kind in enumerate(SegmentKind)}
    parts = [
        svg.text([words.say("Before")], _LEFT - 12, 20, 0, "cb-d-axis-name cb-d-end"),
        svg.text([words.say("Now")], _RIGHT + 12, 20, 0, "cb-d-axis-name"),
    ]
    most = max(len(flow.movements) for flow in flows)
    for place, flow in sorted(enumerate(flows), key=lambda item: -len(item[1].movements)):
        width = max(3.0, _WIDEST * len(flow.movements) / most)
        start = sum(rows[kind] for kind in flow.origins) / len(flow.origins)
        parts.append(_ribbon(flow, start, rows[flow.target], width, f"#flow-{place}", titles[place]))
        if len(flow.origins) > 1:
            first, last = rows[flow.origins[0]], rows[flow.origins[-1]]
            parts.append(f'<path class="cb-flow-brace" d="M{_LEFT - 4} {first}h8V{last}h-8"/>')
    for kind, y in rows.items():
        lines = wrap_evenly(words.label(kind), 14, 2)
        top = y + 5 - (len(lines) - 1) * _LEADING / 2
        parts.append(svg.text(lines, _LEFT - 12, top, _LEADING, "cb-flow-name cb-d-end"))
        parts.append(svg.text(lines, _RIGHT + 12, top, _LEADING, "cb-flow-name"))
        parts += [f'<circle class="cb-flow-place" cx="{x}" cy="{y}" r="4"/>' for x in (_LEFT, _RIGHT)]
    return svg.drawing(parts, WIDTH, HEIGHT, "cb-flow-drawing", words.say("Where customers came from"))


def _ribbon(flow: Flow, start: float, end: float, width: float, href: str, title: str) -> str:  # noqa: PLR0913, PLR0917 - what a ribbon is
    third = (_RIGHT - _LEFT) / 2.4
    path = (
        f"M{_LEFT} {svg.coordinate(start)}C{svg.coordinate(_LEFT + third)} {svg.coordinate(start)} "
        f"{svg.coordinate(_RIGHT - third)} {svg.coordinate(end)} {_RIGHT} {svg.coordinate(end)}"
    )
    css = {Direction.NEARER: "cb-flow-nearer", Direction.FARTHER: "cb-flow-farther"}.get(
        flow.direction, "cb-flow-stayed"
    )
    middle = (_LEFT + _RIGHT) / 2
    count = svg.text([str(len(flow.movements))], middle, (start + end) / 2 + 5, 0, "cb-flow-count cb-d-middle")
    return (
        f'<a href="{escape(href)}" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f'<path class="cb-flow {css}" stroke-width="{svg.coordinate(width)}" d="{path}"/>{count}</a>'
    )
