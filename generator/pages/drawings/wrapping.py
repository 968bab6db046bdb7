"""Breaking text into lines inside drawings, where no browser does it for us.

Widths are counted in half-ems: a Latin letter takes one, a Japanese character two. Japanese may break between any two
characters, but for the few that must not begin or end a line (kinsoku, after JIS X 4051); Latin words stay whole.
"""

from __future__ import annotations

import re

_PIECES = re.compile(r"[!-~\u00a1-\u024f]+|\s+|.")

_NOT_AT_START = frozenset(
    "、。，．・：；？！ー」』）］｝〉》】〕’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〜…‥%％"
)
_NOT_AT_END = frozenset("「『（［｛〈《【〔‘“")
_MAY_HANG = frozenset("、。，．")
"""Stops may stand just outside the line, as typesetters let them."""

ELLIPSIS = "…"


def width(text: str) -> int:
    """Width of a text in half-ems."""
    return sum(1 if code < 0x2E80 or 0xFF61 <= code <= 0xFF9F else 2 for code in map(ord, text))


def wrap(text: str, limit: int, max_lines: int | None = None) -> list[str]:
    """`text` in lines of at most `limit` half-ems (a hanging stop may exceed it); what is cut ends in an ellipsis.

    `limit` must be at least four, two Japanese characters.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for piece in _pieces(text, limit):
        if piece.isspace():
            if not line:
                continue
            piece = " "  # noqa: PLW2901 - any white space is one space in a drawing
        size = width(piece)
        if used + size <= limit or (piece in _MAY_HANG and used <= limit) or not line:
            line.append(piece)
            used += size
            continue
        carried = _carry(line, piece)
        lines.append("".join(line).rstrip())
        line = carried if piece == " " else [*carried, piece]
        used = sum(map(width, line))
    if line:
        lines.append("".join(line).rstrip())
    if max_lines is not None and len(lines) > max_lines:
        return _cut(lines[:max_lines], limit)
    return lines


def wrap_evenly(text: str, limit: int, max_lines: int | None = None) -> list[str]:
    """As `wrap`, but the last line is not left with a crumb: lines are narrowed while their number stays the same."""
    lines = wrap(text, limit, max_lines)
    while len(lines) > 1 and width(lines[-1]) * 3 < limit and not lines[-1].endswith(ELLIPSIS):
        limit -= 2
        narrower = wrap(text, limit, max_lines)
        if limit < 8 or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _pieces(text: str, limit: int) -> list[str]:
    """Words and characters; a word longer than a line is cut into pieces that fit."""
    pieces = []
    for piece in _PIECES.findall(text):
        if len(piece) > limit:
            pieces += [piece[start : start + limit] for start in range(0, len(piece), limit)]
        else:
            pieces.append(piece)
    return pieces


def _carry(line: list[str], piece: str) -> list[str]:
    """Take from the end of `line` what must move down together with `piece`."""
    carried: list[str] = []
    following = piece
    while len(line) > 1 and (following[0] in _NOT_AT_START or line[-1][-1] in _NOT_AT_END):
        following = line.pop()
        carried.insert(0, following)
    # No line begins with white space.
    return carried[1:] if carried and carried[0] == " " else carried


def _cut(lines: list[str], limit: int) -> list[str]:
    last = lines[-1]
    while last and width(last) + width(ELLIPSIS) > limit:
        last = last[:-1]
    return [*lines[:-1], last.rstrip("、。") + ELLIPSIS]
