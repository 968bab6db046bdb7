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
from operator import is_
from typing import TypeVar

from generator.model.case import CaseFile, Stakeholder
from generator.model.corpus import Case
from generator.model.evidence import Evidence, split_cue_range
from generator.model.insight import Insight
from generator.model.journey import Journey, JourneyStep
from generator.model.review import Review
from generator.model.value_map import Need, Offer, Rival, ValueMap
from generator.publication.changes import changed, kept
from generator.publication.dependents import answers_to_withheld, depends, without_needs
from generator.publication.public import Key, Withheld
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Something that quotes or leads elsewhere: what it is called, and where it stands."""

    file: str
    key: Key
    part: str
    """See `Withheld.part`."""

    @property
    def anchor(self) -> str:
        """See `PublicCase.ended_links`."""
        return self.part.replace(" ", "-")


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
        at = _Place("insights.yml", ("insights", insight.id), f"insight {insight.id}")
        evidence = self._words(insight.evidence, at)
        if not evidence:
            self._depends(at, "evidence")
            return None
        return changed(insight, evidence=evidence, against=self._words(insight.against, at, "against"))

    def links(self, insight: Insight, shown: Collection[str]) -> Insight:
        """The insight with links to insights that are `shown` (`<slug>#<id>`) only."""
        at = _Place("insights.yml", ("insights", insight.id), f"insight {insight.id}")

        def leads(link: str) -> str | None:
            if link in shown:
                return link
            self._lost_link(at, link.partition("#")[0], link)
            return None

        return changed(
            insight,
            supports=kept(insight.supports, leads),
            contradicts=kept(insight.contradicts, leads),
            superseded_by=insight.superseded_by and leads(insight.superseded_by),
        )

    def facts(self, facts: CaseFile) -> CaseFile:
        """case.yml with the words of people and card that may be read, and with related cases that are shown."""

        def person(one: Stakeholder) -> Stakeholder:
            at = _Place("case.yml", ("people", one.id), f"person {one.id}")
            return changed(one, evidence=self._words(one.evidence, at))

        def leads(slug: str) -> str | None:
            if slug in self._sources:
                return slug
            self._lost_link(_Place("case.yml", ("related",), "related"), slug, slug)
            return None

        card = _Place("case.yml", ("template",), "template")
        template = facts.template and changed(facts.template, words=self._words(facts.template.words, card, "words"))
        return changed(facts, people=kept(facts.people, person), template=template, related=kept(facts.related, leads))

    def review(self, review: Review | None) -> Review | None:
        """The review without notes on words that may not be read, and without the answers to them."""
        if review is None or not self._own.unread:
            return review
        lost = {note.id: note.cues for note in review.notes if self._own.is_unread(note.cues)}
        lost |= answers_to_withheld(review.notes, [note for note in review.notes if note.id not in lost])
        for own, on in lost.items():
            self._depends(_Place("review.yml", ("notes", own), f"note {own}"), on)
        return changed(review, notes=kept(review.notes, lambda note: None if note.id in lost else note))

    def value_map(self, value_map: ValueMap | None) -> ValueMap | None:
        """The map with what may be said of it."""
        if value_map is None:
            return None
        file = "value-map.yml"
        needs = self._things(value_map.needs, file, ("needs",), "need")
        closed = {need.id for need in value_map.needs} - {need.id for need in needs}

        def rival(one: Rival) -> Rival:
            return changed(one, offers=self._things(one.offers, file, ("rivals", one.competitor, "offers"), "offer"))

        offers = self._things(value_map.offers, file, ("offers",), "offer")
        open_map = changed(value_map, needs=needs, offers=offers, rivals=kept(value_map.rivals, rival))
        left, lost = without_needs(open_map, closed)
        for own, need in lost.items():
            self._depends(_Place(file, ("offers", own), f"offer {own}"), f"need {need}")
        return left

    def journey(self, journey: Journey | None) -> Journey | None:
        """The journey with the steps that may be told."""
        if journey is None:
            return None
        return changed(journey, steps=self._things(journey.steps, "journey.yml", ("steps",), "step"))

    def _things(self, things: tuple[Thing, ...], file: str, key: Key, kind: str) -> tuple[Thing, ...]:
        """Things with the words that may be read, without those that had words and lost them all."""

        def thing(one: Thing) -> Thing | None:
            at = _Place(file, (*key, one.id), f"{kind} {one.id}")
            evidence = self._words(one.evidence, at)
            if one.evidence and not evidence:
                self._depends(at, "evidence")
                return None
            return changed(one, evidence=evidence)

        return kept(things, thing)

    def _words(self, evidence: tuple[Evidence, ...], at: _Place, key: str = "evidence") -> tuple[Evidence, ...]:
        found = []
        for position, item in enumerate(evidence):
            said = self._said(item)
            if said is not None:
                found.append(said)
                continue
            what = item.cues if item.case is None else f"{item.case} {item.cues}"
            self._depends(_Place(at.file, (*at.key, key, position), f"evidence of {at.part}"), what)
            if item.case in self._ended:
                self.ended_links.add(at.anchor)
        return evidence if all(map(is_, found, evidence)) and len(found) == len(evidence) else tuple(found)

    def _said(self, item: Evidence) -> Evidence | None:
        """A piece of evidence, when its words may be read."""
        source = self._own if item.case is None else self._sources.get(item.case)
        if source is None or not source.shows(item):
            return None
        said = changed(item, copy_allowed=source.leaving.allows(item))
        # The words of another case hide what that case hides, too.
        return said if source is self._own else source.redactor.record(said)

    def _lost_link(self, at: _Place, slug: str, link: str) -> None:
        self._depends(_Place(at.file, at.key, f"link of {at.part}" if at.part != "related" else at.part), link)
        if slug in self._ended:
            self.ended_links.add(at.anchor)

    def _depends(self, at: _Place, on: str) -> None:
        self.withheld.append(depends(self._slug, at.part, on, at.file, *at.key))
