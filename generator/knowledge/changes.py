"""Whether anything changes because of customers: how many insights led to something done, over time, and how fast.

An insight changed something when one of its actions is done. Time is read in two ways:

    standing   at the end of each period: of all insights known by then, how many had changed something by then. It is
               counted up to that day, because a share by the day of the interview would make the newest ones look idle
               that simply had no time yet.
    speed      from the interview to the day an action was done.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from generator.knowledge.actions import OPEN_STATES
from generator.model.insight import Action, Insight
from generator.model.vocabulary import ActionState
from generator.publication import PublicCase, PublicCorpus

MOST_PERIODS = 12
"""More are too narrow to be read on a phone: quarters become half-years, and these become years."""
PERIOD_MONTHS = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class Share:
    """How many insights changed something."""

    insights: int
    changed: int
    """Insights with at least one action that is done."""
    working: int = 0
    """Insights without a done action, but with an open one."""

    @property
    def percent(self) -> int:
        """Insights that changed something, in percent of all; 0 when there are none."""
        return round(100 * self.changed / self.insights) if self.insights else 0


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, half-year or year of the calendar."""

    year: int
    part: int
    """1 to 4 of quarters, 1 or 2 of half-years, 1 of years."""
    months: int
    """3, 6 or 12."""

    @property
    def id(self) -> str:
        """As it stands in addresses: `2025-q1`, `2025-h1`, `2025`."""
        return {3: f"{self.year}-q{self.part}", 6: f"{self.year}-h{self.part}"}.get(self.months, str(self.year))

    @property
    def first_month(self) -> int:
        """1 to 12."""
        return (self.part - 1) * self.months + 1

    @property
    def last(self) -> dt.date:
        """Its last day."""
        month = self.part * self.months
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Standing:
    """How far we were at the end of a period."""

    period: Period
    until: dt.date
    """Last day that is counted: the period's last, or the day of the build."""
    share: Share
    """Of the insights known by then."""
    newly_known: int
    """Insights from interviews of this period."""
    newly_changed: int
    """Insights that changed something for the first time in this period."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from an interview to something done."""

    case: PublicCase
    insight: Insight
    action: Action
    days: int
    """From the interview to the day it was done."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How long it takes from an interview until something is done."""

    department: str
    """Identifier; empty for all departments."""
    steps: tuple[Step, ...]
    """Fastest first; never empty."""

    @property
    def median_days(self) -> int:
        """Half of them took no longer."""
        return round(median(step.days for step in self.steps))


def share_changed(corpus: PublicCorpus) -> Share:
    """How many of the published insights changed something by the day of the build."""
    states = [{action.state for action in insight.actions} for case in corpus.cases for insight in case.insights]
    return Share(
        insights=len(states),
        changed=sum(ActionState.DONE in those for those in states),
        working=sum(ActionState.DONE not in those and bool(those & OPEN_STATES) for those in states),
    )


def standings(corpus: PublicCorpus) -> tuple[Standing, ...]:
    """The share at the end of each period from the first interview to the day of the build; empty without insights.

    The last standing is that of `share_changed`.
    """
    known = [known_on(case, corpus) for case in corpus.cases for _ in case.insights]
    changed = [
        day
        for case in corpus.cases
        for insight in case.insights
        if (day := first_changed_on(insight, corpus)) is not None
    ]
    found, after = [], dt.date.min
    for period in periods(corpus):
        until = min(period.last, corpus.built_on)
        found.append(
            Standing(
                period=period,
                until=until,
                share=Share(sum(day <= until for day in known), sum(day <= until for day in changed)),
                newly_known=sum(after < day <= until for day in known),
                newly_changed=sum(after < day <= until for day in changed),
            )
        )
        after = until
    return tuple(found)


def periods(corpus: PublicCorpus) -> tuple[Period, ...]:
    """The shortest periods of which few enough lead from the first event to the day of the build; empty without
    insights. The first event is an interview, or something done before it.
    """
    days = [known_on(case, corpus) for case in corpus.cases if case.insights]
    if not days:
        return ()
    dated = (first_changed_on(insight, corpus) for case in corpus.cases for insight in case.insights)
    first = min((*days, *(day for day in dated if day is not None)))
    found: list[Period] = []
    for months in PERIOD_MONTHS:
        in_year = 12 // months
        start = first.year * in_year + (first.month - 1) // months
        stop = corpus.built_on.year * in_year + (corpus.built_on.month - 1) // months
        found = [Period(place // in_year, place % in_year + 1, months) for place in range(start, stop + 1)]
        if len(found) <= MOST_PERIODS:
            break
    return tuple(found)


def known_on(case: PublicCase, corpus: PublicCorpus) -> dt.date:
    """The day from which on the insights of a case are known: that of the interview."""
    return min(case.facts.dates.interview, corpus.built_on)


def first_changed_on(insight: Insight, corpus: PublicCorpus) -> dt.date | None:
    """The day on which an insight first changed something; None while it has not.

    What is said to be done without a day, or on a day to come, counts from the day of the build on.
    """
    today = corpus.built_on
    done = [min(action.done_on or today, today) for action in insight.actions if action.state is ActionState.DONE]
    return min(done, default=None)


def speeds(corpus: PublicCorpus) -> tuple[Speed, ...]:
    """That of all actions, then that of each department, in the casebook's order; empty before the first is done.

    What was done before the interview did not come of it, and is left out, as is what has no day.
    """
    steps = sorted(_steps(corpus), key=lambda step: step.days)
    departments = dict.fromkeys(
        (*(item.id for item in corpus.casebook.departments), *(step.action.department for step in steps))
    )
    by_department = (
        Speed(department, tuple(step for step in steps if step.action.department == department))
        for department in departments
    )
    return (Speed("", tuple(steps)), *(speed for speed in by_department if speed.steps)) if steps else ()


def _steps(corpus: PublicCorpus) -> Iterator[Step]:
    for case in corpus.cases:
        for insight in case.insights:
            for action in insight.actions:
                if action.state is ActionState.DONE and action.done_on is not None:
                    days = (action.done_on - case.facts.dates.interview).days
                    if days >= 0:
                        yield Step(case, insight, action, days)
