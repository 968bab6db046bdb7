"""Student's t distribution, as far as intervals around a regression line need it."""

from __future__ import annotations

import math
from functools import cache

_STEPS = 80
"""Halvings of the interval in which the quantile lies: beyond what a float can tell apart."""


def probability_within(t: float, freedom: int) -> float:
    """The probability that a value of Student's t with `freedom` degrees of freedom lies between -`t` and `t`.

    By the finite sums for whole degrees of freedom (Abramowitz and Stegun, Handbook of Mathematical Functions, 1964,
    26.7.3 and 26.7.4).
    """
    angle = math.atan(t / math.sqrt(freedom))
    sine, squared = math.sin(angle), math.cos(angle) ** 2
    is_odd = freedom % 2 == 1
    term = math.cos(angle) if is_odd else 1.0
    total = 0.0
    for step in range(freedom // 2):
        total += term
        term *= squared * ((2 * step + 2) / (2 * step + 3) if is_odd else (2 * step + 1) / (2 * step + 2))
    return 2 / math.pi * (angle + sine * total) if is_odd else sine * total


@cache
def t_within(probability: float, freedom: int) -> float:
    """The t between whose negative and itself a value lies with that `probability`: 2.228 for 0.95 and 10.

    `probability` is above 0 and below 1, `freedom` at least 1.
    """
    low, high = 0.0, 1.0
    while probability_within(high, freedom) < probability:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if probability_within(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2
