"""What changed because of a customer: every action with the claim it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.insight import Action, Insight
from generator.model.vocabulary import ActionState
from generator.publication import PublicCase, PublicCorpus

OPEN_STATES = frozenset({ActionState.PLANNED, ActionState.DOING})


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action, the insight behind it, and whether it is late."""

    case: PublicCase
    insight: Insight
    action: Action
    overdue: bool

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#action-a1`."""
        return f"cases/{self.case.slug}/#action-{self.action.id}"


def is_overdue(action: Action, on: dt.date) -> bool:
    """True when the due date has passed on the day `on` and the action is still open."""
    return action.state in OPEN_STATES and action.due is not None and action.due < on


def case_actions(case: PublicCase, on: dt.date) -> tuple[ActionRow, ...]:
    """The actions of a case in the order of its file."""
    return tuple(
        ActionRow(case, insight, action, is_overdue(action, on))
        for insight in case.insights
        for action in insight.actions
    )


def actions(corpus: PublicCorpus) -> tuple[ActionRow, ...]:
    """All actions: the longest overdue on top, then open ones by due date, then the rest, newest first."""
    rows = [row for case in corpus.cases for row in case_actions(case, corpus.built_on)]
    return tuple(sorted(rows, key=_urgency))


def _urgency(row: ActionRow) -> tuple[int, int]:
    due = row.action.due.toordinal() if row.action.due else dt.date.max.toordinal()
    if row.overdue:
        return 0, due
    if row.action.state in OPEN_STATES:
        return 1, due
    done = row.action.done_on or row.case.facts.dates.interview
    return 2 if row.action.state is ActionState.DONE else 3, -done.toordinal()
