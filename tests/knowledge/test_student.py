"""Student's t, held against printed tables."""

from __future__ import annotations

import math

import pytest

from generator.knowledge.student import probability_within, t_within

TABLE = {
    (0.95, 1): 12.706, (0.95, 2): 4.303, (0.95, 3): 3.182, (0.95, 5): 2.571, (0.95, 10): 2.228, (0.95, 30): 2.042,
    (0.95, 60): 2.000, (0.95, 100): 1.984, (0.99, 1): 63.657, (0.99, 4): 4.604, (0.99, 10): 3.169, (0.90, 7): 1.895,
    (0.80, 20): 1.325,
}  # fmt: skip
"""Two-sided (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: column 0.975 is 0.95 here)."""


@pytest.mark.parametrize(("wanted", "t"), TABLE.items())
def test_quantiles_are_those_of_the_tables(wanted: tuple[float, int], t: float) -> None:
    """To the three decimals that tables print."""
    assert t_within(*wanted) == pytest.approx(t, abs=0.0005)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 30])
def test_probability_is_the_area_under_the_density(freedom: int) -> None:
    """Counted another way: the density added up in small steps."""
    scale = math.gamma((freedom + 1) / 2) / (math.sqrt(freedom * math.pi) * math.gamma(freedom / 2))
    step = 0.0005
    area = sum(scale * (1 + ((k + 0.5) * step) ** 2 / freedom) ** (-(freedom + 1) / 2) * step for k in range(3000))
    assert probability_within(1.5, freedom) == pytest.approx(2 * area, abs=1e-6)


def test_many_degrees_of_freedom_come_near_the_normal_distribution() -> None:
    """1.96 in the end."""
    assert t_within(0.95, 20_000) == pytest.approx(1.95996, abs=2e-4)
