"""How far a business challenge is answered: what holds, what changed because of it, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.knowledge.actions import OPEN_STATES, ActionRow, is_overdue
from generator.knowledge.hubs.words import Hub
from generator.knowledge.links import InsightLinks, LinkedInsight
from generator.model.journey import Issue, JourneyStep
from generator.model.vocabulary import ActionState, InsightState
from generator.publication import PublicCase, PublicCorpus


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """Something that went wrong for us, at a step against which no measure is done."""

    case: PublicCase
    step: JourneyStep
    issue: Issue

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#step-j1`."""
        return f"cases/{self.case.slug}/#step-{self.step.id}"


@dataclass(frozen=True, slots=True)
class Answers:
    """Where a challenge stands."""

    by_state: Mapping[InsightState, tuple[LinkedInsight, ...]]
    """Insights that answer it, those of each state together, newest first; states without any are left out."""
    changes: tuple[ActionRow, ...]
    """Actions of those insights that are done, the newest first."""
    under_way: tuple[ActionRow, ...]
    """Actions that are planned or being done."""
    unproved: tuple[LinkedInsight, ...]
    """Hypotheses: nobody has shown yet that they hold."""
    disputed: tuple[LinkedInsight, ...]
    """Insights that are held although another case says otherwise."""
    issues: tuple[OpenIssue, ...]
    """Issues of journeys named after it, at steps without a measure that is done."""


def answers(corpus: PublicCorpus, hub: Hub, links: Mapping[str, InsightLinks]) -> Answers:
    """Where the challenge of `hub` stands; `links` are `generator.knowledge.links.insight_links` of the corpus."""
    by_state = {
        state: tuple(item for item in hub.insights if item.insight.state is state)
        for state in (InsightState.HOLDS, InsightState.HYPOTHESIS, InsightState.REFUTED, InsightState.SUPERSEDED)
    }
    rows = [
        ActionRow(item.case, item.insight, action, is_overdue(action, corpus.built_on))
        for item in hub.insights
        for action in item.insight.actions
    ]
    done = [row for row in rows if row.action.state is ActionState.DONE]
    return Answers(
        by_state={state: items for state, items in by_state.items() if items},
        changes=tuple(sorted(done, key=_finished, reverse=True)),
        under_way=tuple(row for row in rows if row.action.state in OPEN_STATES),
        unproved=by_state[InsightState.HYPOTHESIS],
        disputed=tuple(
            item
            for item in by_state[InsightState.HOLDS]
            if (found := links.get(item.reference)) is not None and found.contradicts
        ),
        issues=tuple(
            OpenIssue(case, step, issue)
            for case in hub.cases
            for step in (case.journey.steps if case.journey else ())
            if not any(measure.state is ActionState.DONE for measure in step.measures)
            for issue in step.issues
            if issue.challenge == hub.word.id
        ),
    )


def _finished(row: ActionRow) -> str:
    return (row.action.done_on or row.case.facts.dates.interview).isoformat()
