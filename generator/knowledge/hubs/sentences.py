"""The customers' sentences that say most about a word, chosen by what editors wrote beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.knowledge.hubs.words import Hub, Word, WordKind
from generator.model.evidence import Evidence
from generator.model.vocabulary import InsightState, Side
from generator.publication import PublicCase

STANDS_ALONE = {"ja": range(10, 61), "en": range(25, 161)}
"""Characters of a quote that can be read at a glance and needs nothing beside it, by language."""

POINTS_HOLDS, POINTS_HYPOTHESIS = 3, 1
POINTS_STANDS_ALONE = 4
POINTS_ABOUT = 4
POINTS_OWN_LANGUAGE = 2
POINTS_COPY_ALLOWED = 1
POINTS_HEARD = 1
"""Points by which sentences are ranked. Chosen so that a sentence about the word itself that can stand alone comes
first, then the one behind the surer claim or the heavier need, then the one in the language of the knowledge base, then
the one that can be heard or handed on."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Evidence in which a customer speaks of something that carries a word."""

    case: PublicCase
    evidence: Evidence
    lines: frozenset[str]
    """The lines of the talk in which the words were said."""
    points: int
    about: frozenset[Word]
    """Words it is evidence for more narrowly than all that its case carries."""


class Sentences:
    """The sentences of all cases, each looked at once however many words its case carries. Made once a build."""

    def __init__(self, language: str) -> None:
        """Begin with none: a case is read when the first word asks for it. `language` is that of the knowledge base."""
        self._language = language
        self._cases: dict[str, _OfCase] = {}

    def best(self, hub: Hub, limit: int) -> tuple[Sentence, ...]:
        """At most `limit` sentences, the best first: one of each case before a second one of any, and of each line one.

        For a tag and a challenge those that are about it; for other words all of their cases. Words of our own people,
        and lines that readers cannot see, are never among them.
        """
        narrow = hub.word.kind in (WordKind.TAG, WordKind.CHALLENGE)
        queues = [list(self._of(case).ranked(hub.word, narrow=narrow)) for case in hub.cases]
        chosen: list[Sentence] = []
        for place in range(limit):
            turn = [queue[place] for queue in queues if len(queue) > place]
            chosen += sorted(turn, key=lambda sentence: -_points(sentence, hub.word))
            if len(chosen) >= limit or not turn:
                break
        return tuple(chosen[:limit])

    def _of(self, case: PublicCase) -> _OfCase:
        found = self._cases.get(case.slug)
        if found is None:
            found = self._cases[case.slug] = _OfCase(case, self._language)
        return found


class _OfCase:
    """The sentences of one case."""

    def __init__(self, case: PublicCase, language: str) -> None:
        self._case = case
        self._is_own_language = case.language == language

    def ranked(self, word: Word, *, narrow: bool) -> list[Sentence]:
        found = [sentence for sentence in self._all if not narrow or word in sentence.about]
        taken: set[str] = set()
        chosen = []
        for sentence in sorted(found, key=lambda sentence: -_points(sentence, word)):
            if taken.isdisjoint(sentence.lines):
                chosen.append(sentence)
                taken |= sentence.lines
        return chosen

    @cached_property
    def _all(self) -> tuple[Sentence, ...]:
        """Every sentence once; named twice, it keeps the better points and is about the words of both."""
        found: dict[tuple[str, str], Sentence] = {}
        for evidence, points, about in self._uses():
            lines = self._customers_lines(evidence)
            if not lines:
                continue
            key = (evidence.cues, evidence.quote or "")
            other = found.get(key)
            found[key] = Sentence(
                self._case,
                evidence if other is None else other.evidence,
                lines,
                points + self._common_points(evidence)
                if other is None
                else max(other.points, points + self._common_points(evidence)),
                frozenset(about) if other is None else other.about | frozenset(about),
            )
        return tuple(found.values())

    def _uses(self) -> Iterator[tuple[Evidence, int, Iterable[Word]]]:
        """Evidence, what its use is worth, and the words it is about."""
        case = self._case
        for insight in case.insights:
            if insight.state in (InsightState.HOLDS, InsightState.HYPOTHESIS):
                holds = insight.state is InsightState.HOLDS
                about = (
                    *(Word(WordKind.TAG, tag) for tag in insight.tags),
                    *(Word(WordKind.CHALLENGE, challenge) for challenge in insight.challenges),
                )
                for evidence in insight.evidence:
                    yield evidence, POINTS_HOLDS if holds else POINTS_HYPOTHESIS, about
        yield from self._uses_on_the_map()
        for step in case.journey.steps if case.journey else ():
            named = tuple(Word(WordKind.CHALLENGE, issue.challenge) for issue in step.issues if issue.challenge)
            if named:
                for evidence in step.evidence:
                    yield evidence, abs(step.feeling), named

    def _uses_on_the_map(self) -> Iterator[tuple[Evidence, int, Iterable[Word]]]:
        """A need is about those who meet it, an offer about who makes it."""
        case = self._case
        if case.value_map is None:
            return
        products = tuple(Word(WordKind.PRODUCT, product) for product in case.facts.products)
        met_by_us = {need for offer in case.value_map.offers for need in offer.meets}
        for need in case.value_map.needs:
            theirs = (
                Word(WordKind.COMPETITOR, rival.competitor)
                for rival in case.value_map.rivals
                if any(need.id in offer.meets for offer in rival.offers)
            )
            about = (*(products if need.id in met_by_us else ()), *theirs)
            for evidence in need.evidence:
                yield evidence, need.weight - 2, about
        for offer in case.value_map.offers:
            for evidence in offer.evidence:
                yield evidence, POINTS_HYPOTHESIS, products
        for rival in case.value_map.rivals:
            for offer in rival.offers:
                for evidence in offer.evidence:
                    yield evidence, POINTS_HYPOTHESIS, (Word(WordKind.COMPETITOR, rival.competitor),)

    def _common_points(self, evidence: Evidence) -> int:
        alone = len(evidence.quote or "") in STANDS_ALONE.get(self._case.language, range(0))
        return (
            POINTS_STANDS_ALONE * alone
            + POINTS_OWN_LANGUAGE * self._is_own_language
            + POINTS_COPY_ALLOWED * evidence.copy_allowed
            + POINTS_HEARD * (self._case.recording is not None)
        )

    def _customers_lines(self, evidence: Evidence) -> frozenset[str]:
        """The lines of the evidence; none when it stands elsewhere, cannot be seen, or is not a customer's."""
        case = self._case
        if case.transcript is None or evidence.case not in (None, case.slug):
            return frozenset()
        cues = case.transcript.run(evidence.first_cue, evidence.last_cue)
        if not cues or cues[0].id in case.withheld_cues or not (evidence.quote or cues[0].text):
            return frozenset()
        if cues[0].voice in self._own_voices or cues[0].voice in case.transcript.unconfirmed:
            return frozenset()
        return frozenset(cue.id for cue in cues)

    @cached_property
    def _own_voices(self) -> frozenset[str]:
        return frozenset(p.voice for p in self._case.facts.people if p.voice and p.side is Side.OWN)


def _points(sentence: Sentence, word: Word) -> int:
    return sentence.points + POINTS_ABOUT * (word in sentence.about)
