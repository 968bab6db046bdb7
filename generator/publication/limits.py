"""Parts of a case that only some audiences may see, taken out before anything is derived from it."""

from __future__ import annotations

from typing import TypeVar

from generator.model.base import Only
from generator.model.case import CaseFile
from generator.model.corpus import Case
from generator.model.insight import Action, Insight
from generator.model.journey import Journey, JourneyStep
from generator.model.review import Note, Review
from generator.model.value_map import Need, Offer, Rival, ValueMap
from generator.publication.audiences import may
from generator.publication.changes import changed, kept
from generator.publication.dependents import answers_to_withheld, depends, without_needs
from generator.publication.public import Key, Withheld, WithholdingReason

FACTS = {"lead": (), "account": None}
"""Parts of case.yml that can be limited as a whole, and what is left of them."""


Thing = TypeVar("Thing", Insight, Action, Note, Need, Offer, JourneyStep)


class Limiter:
    """Takes out of one case what is not for the circle of a site, and remembers what that was."""

    def __init__(self, slug: str, circle: frozenset[str]) -> None:
        """Decide for the case `slug`, for readers of `circle`."""
        self._slug = slug
        self._circle = circle
        self.withheld: list[Withheld] = []

    def case(self, case: Case) -> Case:
        """The case without what is limited to others; what is left says no more to whom it was limited."""
        facts = case.facts
        return Case(
            slug=case.slug,
            facts=self._facts(facts),
            transcript=case.transcript,
            review=None if self._is_closed(facts, "review", case.review) else self._review(case.review),
            insights=kept(self._things("insights.yml", "insight", ("insights",), case.insights), self._insight),
            value_map=None if self._is_closed(facts, "value_map", case.value_map) else self._value_map(case.value_map),
            journey=None if self._is_closed(facts, "journey", case.journey) else self._journey(case.journey),
            recording=case.recording,
            notes_markdown="" if self._is_closed(facts, "notes", case.notes_markdown) else case.notes_markdown,
            changed_on=case.changed_on,
        )

    def _is_closed(self, facts: CaseFile, part: str, content: object) -> bool:
        """Whether a part that has content is limited to others; remembered when it is."""
        only: Only = getattr(facts.limits, part) if facts.limits else None
        if not content or may(only, self._circle):
            return False
        self._note(part, only, "case.yml", ("limits", part))
        return True

    def _note(self, part: str, only: Only, file: str, key: Key) -> None:
        detail = ", ".join(only or ())
        self.withheld.append(Withheld(self._slug, part, WithholdingReason.AUDIENCE, detail, file, key))

    def _things(self, file: str, kind: str, key: Key, things: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """Those that may be seen; the same tuple when all may."""
        seen = []
        for thing in things:
            if may(thing.only, self._circle):
                seen.append(thing)
            else:
                self._note(f"{kind} {thing.id}", thing.only, file, (*key, thing.id, "only"))
        return things if len(seen) == len(things) else tuple(seen)

    def _facts(self, facts: CaseFile) -> CaseFile:
        closed = {name: left for name, left in FACTS.items() if self._is_closed(facts, name, getattr(facts, name))}
        return changed(facts, **closed)

    def _insight(self, insight: Insight) -> Insight:
        key = ("insights", insight.id, "actions")
        actions = self._things("insights.yml", "action", key, insight.actions)
        return changed(insight, only=None, actions=kept(actions, _open))

    def _review(self, review: Review | None) -> Review | None:
        if review is None:
            return None
        notes = self._things("review.yml", "note", ("notes",), review.notes)
        lost = answers_to_withheld(review.notes, notes)
        self.withheld += (
            depends(self._slug, f"note {own}", f"note {to}", "review.yml", "notes", own) for own, to in lost.items()
        )
        return changed(review, notes=kept(notes, lambda note: None if note.id in lost else changed(note, only=None)))

    def _value_map(self, value_map: ValueMap | None) -> ValueMap | None:
        if value_map is None:
            return None
        needs = self._things("value-map.yml", "need", ("needs",), value_map.needs)
        closed = frozenset(need.id for need in value_map.needs) - frozenset(need.id for need in needs)
        open_map = changed(
            value_map,
            needs=kept(needs, _open),
            offers=kept(self._things("value-map.yml", "offer", ("offers",), value_map.offers), _open),
            rivals=kept(value_map.rivals, self._rival),
        )
        left, lost = without_needs(open_map, closed)
        self.withheld += (
            depends(self._slug, f"offer {own}", f"need {need}", "value-map.yml", "offers", own)
            for own, need in lost.items()
        )
        return left

    def _rival(self, rival: Rival) -> Rival:
        offers = self._things("value-map.yml", "offer", ("rivals", rival.competitor, "offers"), rival.offers)
        return changed(rival, offers=kept(offers, _open))

    def _journey(self, journey: Journey | None) -> Journey | None:
        if journey is None:
            return None
        steps = self._things("journey.yml", "step", ("steps",), journey.steps)
        return changed(journey, steps=kept(steps, _open))


def _open(thing: Thing) -> Thing:
    return changed(thing, only=None)
