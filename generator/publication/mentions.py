"""What a case may still say of itself and of others, once it is known what of each is shown.

Words are quoted only where they may be read: evidence in a withheld case, or in cues of somebody whose words may not be
read, is gone. A claim, need, offer or step that loses all its evidence goes with it, as it only retells those words; so
does a note on such cues. Links to what is withheld are dropped. Where a link or a quote led to a case that was shown
once and no longer is, readers of an insight, of `related` and of a guided path are told that something is no longer
available; everything else goes silently.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.model.case import CaseFile
from generator.model.corpus import Case
from generator.model.evidence import Evidence, split_cue_range
from generator.model.insight import Insight
from generator.model.journey import Journey, JourneyStep
from generator.model.review import Review
from generator.model.value_map import Need, Offer, ValueMap
from generator.publication.changes import changed, kept
from generator.publication.dependents import answers_to_withheld, depends, without_needs
from generator.publication.public import Withheld
from generator.publication.redaction import Redactor
from generator.validate.leaving import Leaving
from generator.validate.quotes import stands_in


@dataclass(frozen=True, slots=True)
class Source:
    """A case that is shown, as far as others may cite it."""

    case: Case
    """Without what is limited to others, and not redacted yet."""
    redactor: Redactor
    """Hides what the case hides, wherever its words stand."""
    leaving: Leaving
    """Which of its words may leave the company."""
    unread: frozenset[str] = frozenset()
    """Cues whose words may not be read."""

    def shows(self, evidence: Evidence) -> bool:
        """Whether the words that are meant may be read."""
        if not self.unread or self.case.transcript is None:
            return True
        cues = self.case.transcript.run(evidence.first_cue, evidence.last_cue)
        readable = [cue for cue in cues if cue.id not in self.unread]
        if not readable:
            return False
        return len(readable) == len(cues) or evidence.quote is None or stands_in(evidence.quote, readable)

    def is_unread(self, cues: str) -> bool:
        """Whether none of the words in a range of cues may be read."""
        if not self.unread or self.case.transcript is None:
            return False
        return all(cue.id in self.unread for cue in self.case.transcript.run(*split_cue_range(cues)))


Thing = TypeVar("Thing", Need, Offer, JourneyStep)


class Mentions:
    """Goes through what one case says, and remembers what had to go."""

    def __init__(self, own: Source, sources: Mapping[str, Source], ended: Collection[str]) -> None:
        """For the case of `own`; `sources` are all cases that are shown, `ended` those that are no longer shown."""
        self._own = own
        self._slug = own.case.slug
        self._sources = sources
        self._ended = ended
        self.withheld: list[Withheld] = []
        self.ended_links: set[str] = set()
        """See `PublicCase.ended_links`."""

    def insight(self, insight: Insight) -> Insight | None:
        """The insight with the words that may be read; None when none of those that carry it may."""
        anchor = f"insight-{insight.id}"
        evidence = self._words(insight.evidence, "insights.yml", "insight", insight.id, anchor)
        if not evidence:
            self._depends(f"insight {insight.id}", "evidence", "insights.yml", "insights", insight.id, "evidence")
            return None
        against = self._words(insight.against, "insights.yml", "insight", insight.id, anchor)
        return changed(insight, evidence=evidence, against=against)

    def links(self, insight: Insight, shown: Collection[str]) -> Insight:
        """The insight with links to insights that are `shown` (`<slug>#<id>`) only."""

        def leads(link: str) -> str | None:
            if link in shown:
                return link
            if link.partition("#")[0] in self._ended:
                self.ended_links.add(f"insight-{insight.id}")
            self._depends(f"link of insight {insight.id}", link, "insights.yml", "insights", insight.id)
            return None

        return changed(
            insight,
            supports=kept(insight.supports, leads),
            contradicts=kept(insight.contradicts, leads),
            superseded_by=insight.superseded_by and leads(insight.superseded_by),
        )

    def facts(self, facts: CaseFile) -> CaseFile:
        """case.yml with the words of people and card that may be read, and with related cases that are shown."""

        def leads(slug: str) -> str | None:
            if slug in self._sources:
                return slug
            if slug in self._ended:
                self.ended_links.add("related")
            self._depends("related", slug, "case.yml", "related")
            return None

        people = kept(
            facts.people,
            lambda person: changed(
                person, evidence=self._words(person.evidence, "case.yml", "person", person.id, f"person-{person.id}")
            ),
        )
        template = facts.template and changed(
            facts.template, words=self._words(facts.template.words, "case.yml", "template", "", "template")
        )
        return changed(facts, people=people, template=template, related=kept(facts.related, leads))

    def review(self, review: Review | None) -> Review | None:
        """The review without notes on words that may not be read, and without the answers to them."""
        if review is None or not self._own.unread:
            return review
        shown = kept(review.notes, lambda note: None if self._own.is_unread(note.cues) else note)
        lost: dict[str, str] = {note.id: note.cues for note in review.notes if note not in shown}
        lost |= answers_to_withheld(review.notes, shown)
        for own, on in lost.items():
            self._depends(f"note {own}", on, "review.yml", "notes", own)
        return changed(review, notes=kept(shown, lambda note: None if note.id in lost else note))

    def value_map(self, value_map: ValueMap | None) -> ValueMap | None:
        """The map with what may be said of it."""
        if value_map is None:
            return None
        needs = self._things("value-map.yml", "need", "needs", value_map.needs)
        closed = {need.id for need in value_map.needs} - {need.id for need in needs}
        rivals = kept(
            value_map.rivals,
            lambda rival: changed(rival, offers=self._things("value-map.yml", "offer", "offers", rival.offers)),
        )
        offers = self._things("value-map.yml", "offer", "offers", value_map.offers)
        left, lost = without_needs(changed(value_map, needs=needs, offers=offers, rivals=rivals), closed)
        for own, need in lost.items():
            self._depends(f"offer {own}", f"need {need}", "value-map.yml", own)
        return left

    def journey(self, journey: Journey | None) -> Journey | None:
        """The journey with the steps that may be told."""
        if journey is None:
            return None
        return changed(journey, steps=self._things("journey.yml", "step", "steps", journey.steps))

    def _things(self, file: str, kind: str, key: str, things: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """Things with the words that may be read, without those that had words and lost them all."""

        def thing(one: Thing) -> Thing | None:
            evidence = self._words(one.evidence, file, kind, one.id, f"{kind}-{one.id}")
            if one.evidence and not evidence:
                self._depends(f"{kind} {one.id}", "evidence", file, key, one.id)
                return None
            return changed(one, evidence=evidence)

        return kept(things, thing)

    def _words(
        self, evidence: tuple[Evidence, ...], file: str, kind: str, own_id: str, anchor: str
    ) -> tuple[Evidence, ...]:
        def words(item: Evidence) -> Evidence | None:
            source = self._own if item.case is None else self._sources.get(item.case)
            if source is not None and source.shows(item):
                said = changed(item, copy_allowed=source.leaving.allows(item))
                # The words of another case hide what that case hides, too.
                return said if source is self._own else source.redactor.record(said)
            if item.case in self._ended:
                self.ended_links.add(anchor)
            what = item.cues if item.case is None else f"{item.case} {item.cues}"
            self._depends(f"evidence of {kind} {own_id}".rstrip(), what, file, own_id)
            return None

        return kept(evidence, words)

    def _depends(self, part: str, on: str, file: str, *key: str | int) -> None:
        self.withheld.append(depends(self._slug, part, on, file, *key))
