"""review.yml: the review meeting - the conversation read line by line, with what each department knows of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from generator.model.base import DepartmentId, Only, Record, RefersTo, Slug, Target, Text, told, told_only
from generator.model.evidence import CueRange, split_cue_range
from generator.model.vocabulary import NoteKind, Topic


class Participation(Record):
    """How many people of a department took part."""

    department: DepartmentId = told("部門", "Department from casebook.yml")
    people: Annotated[int, Field(ge=1, le=1000)] = told("人数", "Number of people", 1)


class Meeting(Record):
    """One review meeting. A good one takes five to ten times as long as the interview."""

    on: dt.date = told("開催日", "When")
    minutes: Annotated[int, Field(ge=1, le=6000)] = told("時間（分）", "How long")
    participants: tuple[Participation, ...] = told("参加者", "Who took part", ())
    note: str = told("補足", "What the meeting was about", "")


class Note(Record):
    """What a department adds to a line."""

    id: Slug = told("ID", "Identifier within the case", examples=["n01"])
    cues: CueRange = told("発言の位置", "Cue, or first..last", examples=["q042", "q042..q045"])
    department: DepartmentId = told("部門", "Department that made the note")
    kind: NoteKind = told("種類", "Kind of note")
    text: Text = told("内容", "The note")
    reply_to: Annotated[Slug, RefersTo(Target.OWN_NOTE)] | None = told(
        "返信先", "Identifier of the note it answers", None
    )
    only: Only = told_only()

    @property
    def first_cue(self) -> str:
        """Identifier of the cue beside which the note stands."""
        return split_cue_range(self.cues)[0]

    @property
    def last_cue(self) -> str:
        """Identifier of the last cue the note speaks of."""
        return split_cue_range(self.cues)[1]


class TopicMark(Record):
    """A stretch of the talk that digs into one of the three topics; shown as a band beneath the waveform."""

    cues: CueRange = told("発言の位置", "Cue, or first..last", examples=["q005..q017"])
    topic: Topic = told("話題", "Topic")


class Review(Record):
    """review.yml"""

    meetings: tuple[Meeting, ...] = told("レビュー会", "Review meetings", ())
    topics: tuple[TopicMark, ...] = told("話題の区間", "Which stretches of the talk dig into which topic", ())
    notes: tuple[Note, ...] = told("メモ", "Notes tied to lines", ())
