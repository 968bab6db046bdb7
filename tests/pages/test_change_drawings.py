"""The drawings of what changed: what stands where, measured in the drawing itself."""

from __future__ import annotations

import re

import pytest

from generator.pages.drawings.changes import NARROW, WIDE, Column, Lane, Sheet, share_columns, speed_lanes
from generator.pages.drawings.wrapping import width


def a_lane(name: str, *days: int) -> Lane:
    """A lane whose median is its middle value."""
    middle = days[len(days) // 2]
    return Lane(name, "?state=done", days, middle, f"{middle}日")


def columns(count: int) -> list[Column]:
    """Quarters from 2024 on, each five percent fuller than the one before."""
    return [
        Column(5 * place, f"{place % 4 * 3 + 1}〜{place % 4 * 3 + 3}月", str(2024 + place // 4), f"<{place}>")
        for place in range(count)
    ]


def numbers(pattern: str, drawn: str) -> list[float]:
    """The figures that `pattern` finds in a drawing."""
    return [float(found) for found in re.findall(pattern, drawn)]


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_days_are_placed_to_one_scale(sheet: Sheet) -> None:
    """A day is as wide in each lane as between two ticks of the axis, from 0 at the left."""
    drawn = speed_lanes([a_lane("すべて", 0, 45, 90), a_lane("営業", 30, 60)], "日数", sheet)
    ticks = numbers(r'cb-d-level" d="M([\d.]+) ', drawn)
    days = numbers(r'cb-d-dot" cx="([\d.]+)"', drawn)
    day = (ticks[1] - ticks[0]) / 30
    assert re.findall(r'cb-d-period" [^>]*>(\d+)<', drawn) == ["0", "30", "60", "90"]
    assert days == pytest.approx([ticks[0] + day * count for count in (0, 45, 90, 30, 60)], abs=0.11)
    assert max(days) <= sheet.width


def test_many_days_become_a_box_around_their_middle_half() -> None:
    """Dots on dots would hide how many there are."""
    drawn = speed_lanes([a_lane("すべて", *range(101))], "日数", WIDE)
    assert "cb-d-dot" not in drawn
    ((left, breadth),) = re.findall(r'cb-d-box" x="([\d.]+)" [^>]*? width="([\d.]+)"', drawn)
    ticks = numbers(r'cb-d-level" d="M([\d.]+) ', drawn)
    day = (ticks[1] - ticks[0]) / 30
    assert float(left) == pytest.approx(ticks[0] + 25 * day, abs=0.11)
    assert float(breadth) == pytest.approx(50 * day, abs=0.11)


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_long_names_stay_in_their_room(sheet: Sheet) -> None:
    """Two lines at most, none of which reaches into the lanes (13.5 pixels a Japanese letter)."""
    names = ("カスタマーサクセス推進本部 第二グループ", "International Field Application Engineering")
    drawn = speed_lanes([a_lane(name, 1, 2) for name in names], "日数", sheet)
    for group in re.findall(r'<text class="cb-d-lane.*?</text>', drawn):
        lines = re.findall(r">([^<>]+)<", group)
        assert len(lines) <= 2
        assert all(width(line) * 13.5 / 2 <= sheet.name for line in lines)


def test_words_of_a_late_median_stand_before_it() -> None:
    """They would leave the drawing behind it."""
    drawn = speed_lanes([a_lane("営業", 1, 99, 100)], "日数", NARROW)
    assert "cb-d-said cb-d-end" in drawn


def test_years_are_named_where_they_begin() -> None:
    """Months under each column, the year under the first of it; titles are text."""
    drawn = share_columns(columns(6), "割合", WIDE)
    assert re.findall(r'cb-d-period" [^>]*>(\d{4})<', drawn) == ["2024", "2025"]
    assert drawn.count("月</text>") == 6
    assert "<title>&lt;5&gt;</title>" in drawn


def test_crowded_columns_keep_every_second_label() -> None:
    """On a phone the last one is always named, and each name says its year."""
    drawn = share_columns(columns(12), "割合", NARROW)
    assert re.findall(r">(\d+)%<", drawn) == ["5", "15", "25", "35", "45", "55"]
    assert drawn.count("月</text>") == 6
    assert len(re.findall(r'cb-d-period" [^>]*>\d{4}<', drawn)) == 6
    assert drawn.count("cb-d-known") == 12


def test_whole_years_are_named_once() -> None:
    """A column that is a year has no months."""
    drawn = share_columns([Column(50, "", "2024", "x"), Column(60, "", "2025", "y")], "割合", WIDE)
    assert re.findall(r'cb-d-period" [^>]*>([^<]+)<', drawn) == ["2024", "2025"]
