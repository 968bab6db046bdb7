"""What the records of one case must agree on among themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.case import CaseFile
from generator.model.insight import Insights
from generator.model.review import Review
from generator.model.vocabulary import ActionState, InsightState
from generator.problems import Code, Problem
from generator.sources.yaml import Path
from generator.validate.records import Sheet


def case_rules(sheet: Sheet[CaseFile]) -> Iterator[Problem]:
    """Consent is there, a person's own has a voice to which it applies; the interview follows the decision."""
    data = sheet.document.data
    if data is None:
        return
    if "consent" not in data:
        yield sheet.problem(("consent",), Code.CONSENT_MISSING)
    for path, person in _items(data, "people", ()):
        if isinstance(person.get("consent"), dict) and not person.get("voice"):
            yield sheet.problem((*path, "consent"), Code.CONSENT_WITHOUT_VOICE, person=str(person.get("id", "")))
    dates = data.get("dates")
    if isinstance(dates, dict):
        decision, interview = _day(dates.get("decision")), _day(dates.get("interview"))
        if decision and interview and decision > interview:
            values = {"decision": decision.isoformat(), "interview": interview.isoformat()}
            yield sheet.problem(("dates", "decision"), Code.DECISION_AFTER_INTERVIEW, **values)


def insight_rules(sheet: Sheet[Insights]) -> Iterator[Problem]:
    """What was superseded names its successor; what was done says when, and what came of it."""
    for path, insight in _items(sheet.document.data, "insights", ()):
        is_superseded = insight.get("state") == InsightState.SUPERSEDED
        has_successor = "superseded_by" in insight
        if is_superseded and not has_successor:
            yield sheet.problem((*path, "state"), Code.SUCCESSOR_MISSING)
        if has_successor and not is_superseded:
            yield sheet.problem(
                (*path, "superseded_by"), Code.SUCCESSOR_UNEXPECTED, written=str(insight["superseded_by"])
            )
        for place, action in _items(insight, "actions", path):
            missing = [key for key in ("done_on", "outcome") if key not in action]
            if action.get("state") == ActionState.DONE and missing:
                yield sheet.problem((*place, "state"), Code.ACTION_WITHOUT_OUTCOME, missing=", ".join(missing))


def review_rules(sheet: Sheet[Review]) -> Iterator[Problem]:
    """No note answers itself, directly or by way of others."""
    answers: dict[str, str] = {}
    places: dict[str, Path] = {}
    for path, note in _items(sheet.document.data, "notes", ()):
        own, answered = note.get("id"), note.get("reply_to")
        if isinstance(own, str) and isinstance(answered, str):
            answers.setdefault(own, answered)
            places.setdefault(own, (*path, "reply_to"))
    for cycle in cycles(answers):
        yield sheet.problem(places[cycle[0]], Code.REFERENCE_CYCLE, chain=" → ".join((*cycle, cycle[0])))


def cycles(leads_to: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The rings among things that each lead to one other, every ring once, from its first member on."""
    done: set[str] = set()
    for start in leads_to:
        way: dict[str, int] = {}
        at = start
        while at in leads_to and at not in done and at not in way:
            way[at] = len(way)
            at = leads_to[at]
        if at in way:
            yield tuple(way)[way[at] :]
        done.update(way)


def _items(
    data: Mapping[str, Any] | None, key: str, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """The mappings in a list, each with the way to it."""
    items = (data or {}).get(key)
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (*path, key, position), item


def _day(written: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
