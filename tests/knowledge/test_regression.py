"""The line through points and its intervals, counted another way."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from generator.knowledge.regression import Line, fitted

POINTS = [(57, 64), (64, 66), (69, 78), (72, 72), (75, 80), (60, 65), (66, 70), (71, 77), (80, 86)]


def line_of(points: list[tuple[float, float]]) -> Line:
    """The line, which must be there."""
    line = fitted(points)
    assert line is not None
    return line


def test_the_line_is_that_of_linear_algebra() -> None:
    """Slope, intercept, correlation and error as numpy has them by another way."""
    line = line_of(POINTS)
    x, y = np.array(POINTS, float).T
    (intercept, slope), residual, *_ = np.linalg.lstsq(np.column_stack([np.ones_like(x), x]), y)
    assert (line.slope, line.intercept) == pytest.approx((slope, intercept))
    assert line.r == pytest.approx(np.corrcoef(x, y)[0, 1])
    assert line.error == pytest.approx(math.sqrt(residual[0] / (len(POINTS) - 2)))


def test_intervals_are_those_of_matrix_algebra() -> None:
    """Half widths from the inverse of X'X: of the mean, and of one more point."""
    line = line_of(POINTS)
    design = np.column_stack([np.ones(len(POINTS)), [x for x, _ in POINTS]])
    inverse = np.linalg.inv(design.T @ design)
    for x in (50.0, 68.0, 95.0):
        leverage = np.array([1, x]) @ inverse @ np.array([1, x])
        assert line.mean_within(x) == pytest.approx(line.t * line.error * math.sqrt(leverage))
        assert line.one_within(x) == pytest.approx(line.t * line.error * math.sqrt(1 + leverage))
    assert line.slope_within == pytest.approx(line.t * line.error * math.sqrt(inverse[1, 1]))


def test_what_is_needed_is_where_the_interval_of_the_mean_meets_the_target() -> None:
    """The ends are found anew by walking along the interval's borders."""
    line = line_of(POINTS)
    for target in (70.0, 75.0, 100.0):
        needed = line.needed(target)
        assert needed is not None
        assert line.at(needed.x) == pytest.approx(target)
        assert line.at(needed.low) + line.mean_within(needed.low) == pytest.approx(target)
        assert line.at(needed.high) - line.mean_within(needed.high) == pytest.approx(target)
        assert needed.low < needed.x < needed.high


def test_nothing_is_needed_where_nothing_is_known() -> None:
    """A line that may as well fall gives no number of visits."""
    flat = line_of([(1, 5), (2, 1), (3, 6), (4, 2), (5, 5)])
    assert not flat.rises
    assert flat.needed(10) is None
    falling = line_of([(1, 9), (2, 8), (3, 7), (4, 5.9)])
    assert falling.needed(10) is None


@pytest.mark.parametrize("points", [[], [(1, 2)], [(1, 2), (3, 4)], [(2, 1), (2, 5), (2, 9)], [(1, 3), (2, 3), (3, 3)]])
def test_too_little_gives_no_line(points: list[tuple[float, float]]) -> None:
    """Two points, or points that do not differ, say nothing."""
    assert fitted(points) is None


def test_intervals_hold_what_they_promise() -> None:
    """In 95 of 100 worlds the interval of the mean holds the true mean."""
    rng = random.Random(7)  # noqa: S311 - a world to be made again, not a secret
    held = 0
    for _ in range(1000):
        line = line_of([(x, 3 + 2 * x + rng.gauss(0, 4)) for x in range(12)])
        held += abs(line.at(8) - 19) <= line.mean_within(8)
    assert 930 <= held <= 970
