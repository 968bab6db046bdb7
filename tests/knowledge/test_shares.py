"""Market-share theory: its figures hang together as its authors say."""

from __future__ import annotations

import math

import pytest

from generator.knowledge.shares import IN_A_MARKET, ONE_TO_ONE, THRESHOLDS, Reach, ShareLevel, level, standing

SHARE = dict(THRESHOLDS)


def test_thresholds_hang_together() -> None:
    """The upper and the lower target make a whole; the lower four are products with 26.12 %."""
    upper, stable, lower = 0.7388, 0.4170, 0.2612
    assert upper + lower == pytest.approx(1)
    derived = {
        ShareLevel.MONOPOLY: upper,
        ShareLevel.STABLE: stable,
        ShareLevel.INFLUENCE: lower,
        ShareLevel.PARALLEL: upper * lower,
        ShareLevel.RECOGNITION: stable * lower,
        ShareLevel.PRESENCE: lower * lower,
        ShareLevel.BRIDGEHEAD: stable * lower * lower,
    }
    assert {name: round(100 * share, 1) for name, share in derived.items()} == SHARE


def test_levels_begin_at_their_threshold() -> None:
    """A share that reaches a threshold has its level, the least below it the next one."""
    names = [name for name, _ in THRESHOLDS]
    for number, (name, least) in enumerate(THRESHOLDS):
        assert level(least) is name
        assert level(least - 0.01) is (names[number + 1] if number + 1 < len(names) else ShareLevel.NONE)
    assert (level(100), level(0)) == (ShareLevel.MONOPOLY, ShareLevel.NONE)


@pytest.mark.parametrize(
    ("ours", "theirs", "ahead", "reach"),
    [
        (75, 25, True, Reach.OUT),
        (60, 30, True, Reach.FAR),
        (50, 40, True, Reach.IN),
        (40, 50, False, Reach.IN),
        (3, 92, False, Reach.OUT),
        (30, 0, True, Reach.OUT),
        (0, 90, False, Reach.OUT),
    ],
)
def test_ratio_to_the_next_rival(ours: float, theirs: float, ahead: bool, reach: Reach) -> None:
    """Root three in a market, three to one within a customer."""
    found = standing(ours, theirs)
    assert found is not None
    assert (found.ahead, found.reach) == (ahead, reach)
    assert found.ratio == (max(ours, theirs) / min(ours, theirs) if min(ours, theirs) else None)


def test_two_that_have_nothing_have_no_ratio() -> None:
    """Nobody is ahead of nobody."""
    assert standing(0, 0) is None
    assert math.isclose(IN_A_MARKET**2, ONE_TO_ONE)
