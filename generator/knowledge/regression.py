"""A straight line through points, and how far it is to be trusted (ordinary least squares).

Intervals assume that the points scatter about the line independently, evenly and normally; formulas as in Draper and
Smith, Applied Regression Analysis (3rd edition 1998), sections 1.4 and 3.1 to 3.2.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from generator.knowledge.student import t_within

CONFIDENCE = 0.95
FEWEST = 3
"""Points: two always lie on a line, and say nothing about how far the third would be from it."""


@dataclass(frozen=True, slots=True)
class Needed:
    """The x at which the line reaches a target, and between which x that may really be."""

    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line y = intercept + slope x, fitted to `n` points."""

    n: int
    slope: float
    intercept: float
    r: float
    """Pearson's correlation, -1 to 1."""
    mean_x: float
    mean_y: float
    sxx: float
    """Sum of the squared distances of x from its mean."""
    error: float
    """Standard error of the points about the line, in units of y."""
    t: float
    """Student's t for `CONFIDENCE` and n - 2 degrees of freedom."""

    def at(self, x: float) -> float:
        """The line's y."""
        return self.intercept + self.slope * x

    def mean_within(self, x: float) -> float:
        """Half the width of the interval in which the mean y at `x` lies with `CONFIDENCE`."""
        return self.t * self.error * math.sqrt(1 / self.n + (x - self.mean_x) ** 2 / self.sxx)

    def one_within(self, x: float) -> float:
        """Half the width of the interval in which one new point at `x` lies with `CONFIDENCE`."""
        return self.t * self.error * math.sqrt(1 + 1 / self.n + (x - self.mean_x) ** 2 / self.sxx)

    @property
    def slope_within(self) -> float:
        """Half the width of the slope's interval."""
        return self.t * self.error / math.sqrt(self.sxx)

    @property
    def rises(self) -> bool:
        """Whether y grows with x for all that these points can tell: the slope's interval lies above zero."""
        return self.slope > self.slope_within

    def needed(self, target: float) -> Needed | None:
        """The x for a mean y of `target`: all x at which the interval of the mean holds it (Fieller, 1954).

        None when the line does not rise for sure: then no x is enough, or any.
        """
        if not self.rises:
            return None
        squared = (self.t * self.error) ** 2
        distance = target - self.mean_y
        steep = self.slope**2 - squared / self.sxx
        middle = self.slope * distance / steep
        spread = math.sqrt(squared * (distance**2 / self.sxx + steep / self.n)) / steep
        return Needed(
            (target - self.intercept) / self.slope, self.mean_x + middle - spread, self.mean_x + middle + spread
        )


def fitted(points: Sequence[tuple[float, float]]) -> Line | None:
    """The line through `points` (x, y); None when there are too few, or all have the same x or the same y."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if len(points) < FEWEST or len(set(xs)) == 1 or len(set(ys)) == 1:
        return None
    slope, intercept = statistics.linear_regression(xs, ys)
    mean_x, mean_y = statistics.fmean(xs), statistics.fmean(ys)
    left = sum((y - intercept - slope * x) ** 2 for x, y in points)
    return Line(
        n=len(points),
        slope=slope,
        intercept=intercept,
        r=statistics.correlation(xs, ys),
        mean_x=mean_x,
        mean_y=mean_y,
        sxx=sum((x - mean_x) ** 2 for x in xs),
        error=math.sqrt(left / (len(points) - 2)),
        t=t_within(CONFIDENCE, len(points) - 2),
    )
