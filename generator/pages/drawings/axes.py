"""Round figures for axes."""

from __future__ import annotations

import math

_ALMOST = 1e-9
"""What arithmetic may leave over, as a share of a step."""


def round_step(span: float, parts: int) -> float:
    """The smallest round step (1, 2 or 5 times a power of ten) that needs at most `parts` to cover `span`."""
    if span <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(span / parts))
    return next(step * power for step in (1, 2, 5, 10, 20) if step * power * parts >= span * (1 - _ALMOST))


def ticks(top: float, parts: int, least: float = 0.0) -> tuple[float, ...]:
    """Round figures from zero to the first at or above `top`, in at most `parts` steps of `least` or more."""
    step = max(least, round_step(top, parts))
    return tuple(step * number for number in range(math.ceil(top / step - _ALMOST) + 1)) if top > 0 else (0.0, step)
