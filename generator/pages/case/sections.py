"""The sections of a case page: which ones stand on it, in which order, and what is not there yet."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.case.view import CaseView
from generator.pages.environment import Words
from generator.publication import PublicCase


@dataclass(frozen=True, slots=True)
class Section:
    """A section that stands on the page."""

    id: str
    """Its anchor."""
    title: str
    count: int | None = None
    """How many things are in it, where that says something."""


def sections(view: CaseView, words: Words) -> tuple[Section, ...]:
    """The sections that the case has something for, in the order of the page."""
    candidates = (
        (bool(view.facts.core), "core", "Core", None),
        (bool(view.insights), "insights", "Insights", len(view.insights)),
        (view.value_map is not None, "value-map", "Value map (3C)", None),
        (view.journey is not None, "journey", "Journey", None),
        (view.people is not None, "people", "People", None),
        (bool(view.actions), "actions", "What changed", len(view.actions)),
        (view.facts.template is not None, "template", "On one card", None),
        (view.talk is not None, "transcript", "The talk", view.talk.cue_count if view.talk else None),
        (view.review is not None, "review", "Review meetings", None),
        (bool(view.lead), "lead", "The lead's way", None),
        (bool(view.figures), "account", "The account in figures", None),
        (bool(view.notes), "notes", "Notes", None),
        (bool(view.related) or view.has_ended_related, "related", "Read next", None),
    )
    return tuple(Section(id_, words.say(title), count) for there, id_, title, count in candidates if there)


def missing_parts(case: PublicCase, words: Words) -> tuple[tuple[str, str], ...]:
    """What the case does not have yet: the part's name and the file that would add it."""
    parts = (
        (case.transcript, "The talk", "transcript.vtt"),
        (case.review, "Review notes", "review.yml"),
        (case.insights, "Insights", "insights.yml"),
        (case.value_map, "Value map (3C)", "value-map.yml"),
        (case.journey, "Journey", "journey.yml"),
    )
    return tuple((words.say(title), file) for part, title, file in parts if not part)
