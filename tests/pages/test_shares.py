"""Bars of shares: as wide as they say, and named."""

from __future__ import annotations

import re

import pytest

from generator.pages.drawings.shares import balance_bar, stacked_bar
from tests.pages.knowledge import HOSTILE
from tests.pages.rendering import Outline


def parts(bar: str) -> list[tuple[str, float, float]]:
    """Name, left end and width of each part."""
    found = re.findall(r'class="cb-bar-(\w+)" x="([-\d.]+)" y="0" width="([\d.]+)"', bar)
    return [(name, float(x), float(width)) for name, x, width in found]


def test_parts_are_as_wide_as_their_numbers():
    """Side by side without a hole wider than the gap, and together the whole width."""
    drawn = parts(stacked_bar([("lost", 1), ("loyal", 3), ("won", 0)], "八件"))
    assert [name for name, _, _ in drawn] == ["lost", "loyal"]
    (_, first, lost), (_, second, loyal) = drawn
    assert (first, second) == (0.0, 25.0)
    assert lost == pytest.approx(24.4)
    assert loyal == pytest.approx(74.4)


def test_a_balance_grows_from_its_middle():
    """What is lost to the left, what is won to the right; the longest side fills its half."""
    drawn = parts(balance_bar([("lost", 2)], [("won", 1), ("even", 1)], 4, "勝ち負け"))
    assert [(name, round(x), round(x + width)) for name, x, width in drawn] == [
        ("lost", -50, 0), ("won", 0, 25), ("even", 25, 50),
    ]  # fmt: skip


def test_nothing_to_show_draws_nothing():
    """No division by zero, and no stroke that would look like a share."""
    assert parts(stacked_bar([("lost", 0)], "")) == parts(balance_bar([], [("won", 0)], 0, "")) == []


def test_the_name_is_escaped():
    """Words of editors stand in the name."""
    for bar in (stacked_bar([("lost", 1)], HOSTILE), balance_bar([("lost", 1)], [], 1, HOSTILE)):
        outline = Outline(bar)
        assert set(outline.tags) <= {"svg", "rect", "path"}
        assert "onerror" not in outline.attributes
        assert 'role="img"' in bar
