"""The map of people: influence upwards, stance from left to right, and who could say no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.case import Stakeholder
from generator.model.vocabulary import DecisionPart, Side, Stance
from generator.pages.drawings import svg
from generator.pages.drawings.wrapping import wrap_evenly
from generator.pages.environment import Words

WIDTH = 1000
_LEFT = 112
_TOP = 20
_COLUMN = (WIDTH - _LEFT) / 5
_STANCES = (Stance.OPPONENT, Stance.SCEPTIC, Stance.NEUTRAL, Stance.SUPPORTER, Stance.CHAMPION)
_LEVELS = (5, 4, 3, 2, 1)
_LEADING = 18


@dataclass(frozen=True, slots=True)
class _Placed:
    """A person with the lines of the role and the height in pixels that the mark and they take."""

    person: Stakeholder
    lines: list[str]
    height: float


SAYS_NO = frozenset({DecisionPart.DECIDER, DecisionPart.APPROVER, DecisionPart.GATEKEEPER})
"""Parts that can end a deal: who decides, who approves, who lets nobody through."""


def can_say_no(person: Stakeholder) -> bool:
    """True when one of the person's parts can end a deal."""
    return not SAYS_NO.isdisjoint(person.part)


def on_map(people: Sequence[Stakeholder]) -> tuple[Stakeholder, ...]:
    """The people whose influence and stance are both known."""
    return tuple(person for person in people if person.influence is not None and person.stance is not None)


def people_map(people: Sequence[Stakeholder], words: Words, language: str = "ja") -> Markup:
    """The map of those of `people` who can be placed. People link to `#person-<id>`.

    `language` is that of the roles.
    """
    cells: dict[tuple[int, Stance], list[_Placed]] = {(level, stance): [] for level in _LEVELS for stance in _STANCES}
    for person in on_map(people):
        cells[person.influence or 0, person.stance or Stance.NEUTRAL].append(_placed(person))
    rows: list[tuple[int, float, float]] = []
    y = float(_TOP)
    for level in _LEVELS:
        height = max(40.0, *(_height(cells[level, stance]) + 20 for stance in _STANCES))
        rows.append((level, y, height))
        y += height
    bottom = y
    parts = [
        f'<rect class="cb-d-field" x="{_LEFT}" y="{_TOP}" width="{WIDTH - _LEFT}" '
        f'height="{svg.coordinate(bottom - _TOP)}"/>'
    ]
    for level, top, height in rows:
        if level != _LEVELS[0]:
            parts.append(f'<path class="cb-d-level" d="M{_LEFT} {svg.coordinate(top)}H{WIDTH}"/>')
        parts.append(_influence(level, top + height / 2, words))
    for place, stance in enumerate(_STANCES):
        x = _LEFT + place * _COLUMN
        if place:
            parts.append(
                f'<path class="cb-d-level{" cb-d-level-zero" if stance is Stance.NEUTRAL else ""}" '
                f'd="M{svg.coordinate(x)} {_TOP}V{svg.coordinate(bottom)}"/>'
            )
        parts.append(svg.text([words.label(stance)], x + _COLUMN / 2, bottom + 24, 0, "cb-d-axis cb-d-middle"))
        for level, top, height in rows:
            cell = cells[level, stance]
            at = top + (height - _height(cell)) / 2
            for placed in cell:
                parts.append(_person(placed, x + 16, at, words, language))
                at += placed.height
    parts.append(svg.text([words.say("Influence")], 0, _TOP + 14, 0, "cb-d-axis-name"))
    return svg.drawing(parts, WIDTH, bottom + 36, "cb-people-drawing", words.say("People by influence and stance"))


def _height(cell: Sequence[_Placed]) -> float:
    return sum(placed.height for placed in cell)


def _placed(person: Stakeholder) -> _Placed:
    lines = wrap_evenly(person.role, 19, 3)
    return _Placed(person, lines, len(lines) * _LEADING + (16 if can_say_no(person) else 0) + 12)


def _person(placed: _Placed, x: float, y: float, words: Words, language: str) -> str:
    """A mark by side (disc, square, triangle), a ring around those who could say no, and the role."""
    person = placed.person
    centre_x, centre_y = svg.coordinate(x + 8), svg.coordinate(y + 12)
    if person.side is Side.OWN:
        mark = (
            f'<rect class="cb-d-mark" x="{svg.coordinate(x + 3)}" y="{svg.coordinate(y + 7)}" width="10" height="10"/>'
        )
    elif person.side is Side.PARTNER:
        mark = f'<path class="cb-d-mark" d="M{centre_x} {svg.coordinate(y + 5)}l6 11h-12z"/>'
    else:
        mark = f'<circle class="cb-d-mark" cx="{centre_x}" cy="{centre_y}" r="5"/>'
    role = svg.text(placed.lines, x + 24, y + 17, _LEADING, "cb-d-role")
    lang = words.lang(language)
    body = mark + (f"<g{lang}>{role}</g>" if lang else role)
    if can_say_no(person):
        body += f'<circle class="cb-d-veto" cx="{centre_x}" cy="{centre_y}" r="9"/>'
        body += svg.text([words.say("Can say no")], x + 24, y + 16 + len(placed.lines) * _LEADING, 0, "cb-d-veto-word")
    return svg.link(f"#person-{person.id}", body)


def _influence(level: int, y: float, words: Words) -> str:
    """Steps like a signal's strength, and the figure."""
    bars = "".join(
        f'<rect class="cb-d-pip{"" if place < level else " cb-d-pip-empty"}" x="{56 + place * 7}" '
        f'y="{svg.coordinate(y + 6 - 3 * (place + 1))}" width="4" height="{3 * (place + 1)}"/>'
        for place in range(5)
    )
    return bars + svg.text([str(level)], 44, y + 6, 0, "cb-d-axis cb-d-end")
