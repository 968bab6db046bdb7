"""journey.yml: phases across; touchpoints, actions, thoughts, feeling, issues and measures down."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.base import ChallengeId, DepartmentId, Only, Record, Slug, Text, told, told_only
from generator.model.evidence import Evidence
from generator.model.vocabulary import ActionState, Phase

Feeling = Annotated[int, Field(ge=-2, le=2)]
"""From -2 (angry, anxious) over 0 (indifferent) to +2 (delighted)."""


class Issue(Record):
    """What went wrong for us in a phase."""

    text: Text = told("課題", "The issue, from our side")
    challenge: ChallengeId | None = told("自社の課題", "Business challenge it belongs to", None)


class Measure(Record):
    """What we do about it."""

    text: Text = told("施策", "The measure")
    department: DepartmentId | None = told("部門", "Department that takes it", None)
    state: ActionState = told("状態", "How far it has come", ActionState.PLANNED)
    outcome: str = told("結果", "What came of it", "")


class JourneyStep(Record):
    """One moment of the journey. A phase may have several, in order."""

    id: Slug = told("ID", "Identifier within the case", examples=["j1"])
    phase: Phase = told("段階", "Phase")
    title: Text = told("できごと", "What happened, in a few words")
    touchpoints: tuple[Text, ...] = told("接点", "Where the customer met us or a competitor", ())
    actions: tuple[Text, ...] = told("行動", "What the customer did", ())
    thoughts: tuple[Text, ...] = told("思考", "What the customer thought", ())
    feeling: Feeling = told("感情", "Feeling from -2 to +2", 0)
    evidence: tuple[Evidence, ...] = told("根拠", "Words that show it", ())
    issues: tuple[Issue, ...] = told("自社の課題", "Our issues in this phase", ())
    measures: tuple[Measure, ...] = told("施策", "Our measures", ())
    only: Only = told_only()


class Journey(Record):
    """journey.yml"""

    steps: tuple[JourneyStep, ...] = told("ステップ", "Steps in order", ())
