"""Quarters, half-years and years as readers call them: by their months, since no two companies count quarters alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel.dates import get_month_names

from generator.knowledge.changes import Period
from generator.pages.environment import Words


def period_months(words: Words, period: Period) -> str:
    """The months of a period: `1-3月`, `Jan-Mar`; empty for a whole year."""
    if period.months == 12:
        return ""
    first, last = period.first_month, period.last.month
    if words.language == "ja":
        return f"{first}〜{last}月"
    names = get_month_names("abbreviated", locale=words.language)
    return f"{names[first]}-{names[last]}"


def period_label(words: Words, period: Period) -> str:
    """A period in full: `2025年 1〜3月`, `Jan-Mar 2025`, `2025年`."""
    months = period_months(words, period)
    if words.language == "ja":
        return f"{period.year}年 {months}".strip()
    return f"{months} {period.year}".strip()


def period_mark(periods: Sequence[Period], day: dt.date) -> tuple[str, ...]:
    """By which of `periods` something of that day is found; by none when it lies outside of them."""
    return tuple(
        period.id
        for period in periods
        if period.year == day.year and period.first_month <= day.month <= period.last.month
    )
