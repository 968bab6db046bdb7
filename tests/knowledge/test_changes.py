"""Whether anything changes: each figure is counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.knowledge.changes import MOST_PERIODS, Share, periods, share_changed, speeds, standings
from tests.pages.figures import DAY, plain_cases, plain_insights, samples
from tests.support.cases import a_case, an_insight, published

QUARTER_ENDS = [
    dt.date(year, month, 31 if month in (3, 12) else 30) for year in (2025, 2026) for month in (3, 6, 9, 12)
]


def interviewed_on(slug: str) -> dt.date:
    """When the customer of a sample case was heard."""
    day = plain_cases()[slug]["dates"]["interview"]
    assert isinstance(day, dt.date)
    return day


def done_days(insight: dict[str, Any]) -> list[dt.date]:
    """When the actions of an insight were done."""
    return [action["done_on"] for action in insight.get("actions", ()) if action["state"] == "done"]


def an_action(**changes: Any) -> dict[str, Any]:
    """An action that is done."""
    return {"id": "a1", "department": "sales", "artefact": "talk", "change": "x", "state": "done", **changes}


@pytest.mark.parametrize("place", range(8))
def test_share_at_the_end_of_each_quarter(place: int) -> None:
    """Of the insights heard by that day, how many had something done by that day."""
    until = min(QUARTER_ENDS[place], DAY)
    known = [insight for slug, insight in plain_insights() if interviewed_on(slug) <= until]
    changed = [insight for _, insight in plain_insights() if any(day <= until for day in done_days(insight))]
    standing = standings(samples())[place]
    assert (standing.period.id, standing.until) == (f"{until.year}-q{(until.month + 2) // 3}", until)
    assert standing.share == Share(len(known), len(changed))


def test_what_is_new_in_each_quarter_adds_up() -> None:
    """Every insight is new once, and changes something for the first time once."""
    found = standings(samples())
    assert len(found) == len(QUARTER_ENDS)
    assert [sum(item.newly_known for item in found[: place + 1]) for place in range(8)] == [
        item.share.insights for item in found
    ]
    assert [sum(item.newly_changed for item in found[: place + 1]) for place in range(8)] == [
        item.share.changed for item in found
    ]


def test_the_last_standing_is_the_share_of_today() -> None:
    """The headline and the end of the drawing say the same."""
    today, last = share_changed(samples()), standings(samples())[-1].share
    assert (today.insights, today.changed) == (last.insights, last.changed)
    insights = [insight for _, insight in plain_insights()]
    states = [{action["state"] for action in insight.get("actions", ())} for insight in insights]
    assert today == Share(
        len(states),
        sum("done" in those for those in states),
        sum("done" not in those and bool(those & {"planned", "doing"}) for those in states),
    )


def test_done_without_a_day_or_in_the_future_counts_from_today_on() -> None:
    """Nobody knows when it was: it must not make an earlier period look better."""
    public = published(
        a_case("undated", insights=(an_insight(actions=[an_action()]),)),
        a_case("ahead", insights=(an_insight(actions=[an_action(done_on="2026-12-01")]),)),
        on=dt.date(2026, 1, 15),
    )
    assert [(item.period.id, item.share.changed) for item in standings(public)] == [
        ("2025-q3", 0),
        ("2025-q4", 0),
        ("2026-q1", 2),
    ]


def test_long_histories_are_told_in_longer_periods() -> None:
    """Quarters, then half-years, then years: never more columns than can be read, unless there are more years."""

    def lengths(first: str) -> tuple[int, int]:
        facts = {"dates": {"decision": "2010-01-01", "interview": first}}
        found = periods(published(a_case(facts=facts), on=dt.date(2026, 1, 15)))
        return found[0].months, len(found)

    assert lengths("2025-12-31") == (3, 2)
    assert lengths("2023-04-01") == (3, 12)
    assert lengths("2023-03-31") == (6, 7)
    assert lengths("2020-06-30") == (12, 7)
    assert MOST_PERIODS == 12
    assert periods(published(a_case(insights=()))) == ()


def test_days_from_the_interview_to_what_is_done() -> None:
    """For all departments and for each, sorted and halved by hand."""
    days: dict[str, list[int]] = {"": []}
    for slug, insight in plain_insights():
        for action in insight.get("actions", ()):
            if action["state"] == "done":
                passed = (action["done_on"] - interviewed_on(slug)).days
                days[""].append(passed)
                days.setdefault(action["department"], []).append(passed)
    found = speeds(samples())
    assert {speed.department: sorted(days[speed.department]) for speed in found} == {
        speed.department: [step.days for step in speed.steps] for speed in found
    }
    assert {speed.department for speed in found} == set(days)
    for speed in found:
        ordered = sorted(days[speed.department])
        middle = len(ordered) // 2
        median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
        assert abs(speed.median_days - median) <= 0.5


def test_what_was_done_before_the_interview_did_not_come_of_it() -> None:
    """It has no speed, and an action without a day has none either; nothing done, nothing to tell."""
    early = an_insight(actions=[an_action(done_on="2025-07-17"), an_action(id="a2")])
    assert speeds(published(a_case(insights=(early,)))) == ()
    same_day = an_insight(actions=[an_action(done_on="2025-07-18")])
    assert [step.days for step in speeds(published(a_case(insights=(same_day,))))[0].steps] == [0]


def test_a_share_of_nothing_is_nothing() -> None:
    """A knowledge base without insights does not divide by their number."""
    public = published(a_case(insights=()))
    assert share_changed(public).percent == 0
    assert standings(public) == ()
