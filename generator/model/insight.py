"""insights.yml: claims with evidence, how far they are proved, and what changed because of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from generator.model.base import (
    ChallengeId,
    DepartmentId,
    Only,
    Record,
    RefersTo,
    Slug,
    TagId,
    Target,
    Text,
    told,
    told_only,
)
from generator.model.evidence import Evidence
from generator.model.vocabulary import ActionState, Artefact, InsightKind, InsightState, Purpose, Scene, Topic


def _checked_reference(text: str) -> str:
    case, mark, insight = text.partition("#")
    if not mark or not case or not insight:
        raise ValueError("insight_reference")
    return text


InsightReference = Annotated[
    str,
    AfterValidator(_checked_reference),
    WithJsonSchema({"type": "string", "pattern": "^[^#]+#.+$"}),
    RefersTo(Target.INSIGHT),
]
"""An insight of any case: `2025-07-rugged-laptop#i2`."""


class Lens(Record):
    """The three gaps that make interviews die, closed: of when, for which scene, for what."""

    when: Text = told("いつ", "Of what time it is true", examples=["2024年の更新検討時"])
    scene: Scene = told("どの場面", "Before, deciding, or after")
    purpose: tuple[Purpose, ...] = told("何のため", "What it is good for", ())


class Action(Record):
    """What a department changed because of a customer's words."""

    id: Slug = told("ID", "Identifier within the case", examples=["a1"])
    department: DepartmentId = told("部門", "Department that acts")
    artefact: Artefact = told("対象", "What changes")
    change: Text = told("変更点", "What is changed, from what to what")
    owner: str = told("担当", "Role of the person who sees to it", "")
    due: dt.date | None = told("期限", "Due date", None)
    done_on: dt.date | None = told("完了日", "Day it was finished", None)
    state: ActionState = told("状態", "How far it has come")
    outcome: str = told("結果", "What came of it, with figures where there are any", "")
    only: Only = told_only()


class Insight(Record):
    """A claim about why customers act as they do, tied to the words that carry it."""

    id: Slug = told("ID", "Identifier within the case", examples=["i1"])
    claim: Text = told("主張", "The claim in one sentence")
    kind: InsightKind = told("種類", "What it is about")
    topic: Topic = told("話題", "Topic it belongs to")
    lens: Lens = told("三つの視点", "When, which scene, what for")
    situation: str = told("状況", "Situation", "")
    emotion: str = told("感情", "Emotion", "")
    purpose: str = told("目的", "Purpose", "")
    whys: Annotated[tuple[Text, ...], Field(max_length=5)] = told("なぜ", "Answers to why, asked three times", ())
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)] = told("根拠", "Words that carry it")
    against: tuple[Evidence, ...] = told("反証", "Words that speak against it", ())
    state: InsightState = told("状態", "How far it is proved", InsightState.HYPOTHESIS)
    superseded_by: InsightReference | None = told(
        "後継", "Insight that replaced it", None, examples=["2025-07-rugged-laptop#i2"]
    )
    supports: tuple[InsightReference, ...] = told("裏づける先", "Insights of other cases that this one supports", ())
    contradicts: tuple[InsightReference, ...] = told(
        "食い違う先", "Insights of other cases that this one contradicts", ()
    )
    departments: tuple[DepartmentId, ...] = told("関係部門", "Departments that should know", ())
    tags: tuple[TagId, ...] = told("タグ", "Tags from casebook.yml", ())
    challenges: tuple[ChallengeId, ...] = told("答える課題", "Business challenges that it answers", ())
    actions: tuple[Action, ...] = told("行動", "What changed because of it", ())
    only: Only = told_only()


class Insights(Record):
    """insights.yml"""

    insights: tuple[Insight, ...] = told("インサイト", "Insights", ())
