"""The customers' sentences that say most about a word, chosen by what editors wrote beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.knowledge.hubs.words import Hub, Word, WordKind
from generator.knowledge.lines import lines_of
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
    lines: range
    """Places in the talk of the lines in which the words were said."""
    points: int
    about: frozenset[Word]
    """Words it is evidence for more narrowly than all that its case carries."""


class Sentences:
    """The sentences of all cases, each looked at once however many words its case carries. Made once a build."""

    def __init__(self, language: str) -> None:
        """Begin with none: a case is read when the first word asks for it. `language` is that of the knowledge base."""
        self._language = language
        self._cases: dict[str, _OfCase] = {}
        self._best: dict[Word, tuple[Sentence, ...]] = {}

    def best(self, hub: Hub, limit: int) -> tuple[Sentence, ...]:
        """At most `limit` sentences, the best first: one of each case before a second one of any, and of each line one.

        For a tag and a challenge those that are about it; for other words all of their cases. Words of our own people,
        and lines that readers cannot see, are never among them.
        """
        known = self._best.get(hub.word, ())
        if len(known) < limit:
            known = self._best[hub.word] = self._chosen(hub, limit)
        return known[:limit]

    def _chosen(self, hub: Hub, limit: int) -> tuple[Sentence, ...]:
        """Whole rounds through the cases, until there are `limit` sentences."""
        narrow = hub.word.kind in (WordKind.TAG, WordKind.CHALLENGE)
        queues = [self._of(case).ranked(hub.word, narrow=narrow) for case in hub.cases]
        chosen: list[Sentence] = []
        while len(chosen) < limit:
            turn = [sentence for queue in queues if (sentence := next(queue, None)) is not None]
            if not turn:
                break
            chosen += sorted(turn, key=lambda sentence: -_points(sentence, hub.word))
        return tuple(chosen)

    def _of(self, case: PublicCase) -> _OfCase:
        found = self._cases.get(case.slug)
        if found is None:
            found = self._cases[case.slug] = _OfCase(case, self._language)
        return found


class _OfCase:
    """The sentences of one case."""

    def __init__(self, case: PublicCase, language: str) -> None:
        self._case = case
        self._stands_alone = STANDS_ALONE.get(case.language, range(0))
        is_heard = case.recording is not None
        self._case_points = POINTS_OWN_LANGUAGE * (case.language == language) + POINTS_HEARD * is_heard
        """What every sentence of the case is worth."""

    def ranked(self, word: Word, *, narrow: bool) -> Iterator[Sentence]:
        """The sentences, the best for `word` first, of each line one; `narrow` leaves only those about the word."""
        taken: set[int] = set()
        for sentence in self._about(word) if narrow else self._with(word):
            if taken.isdisjoint(sentence.lines):
                taken.update(sentence.lines)
                yield sentence

    def _about(self, word: Word) -> Iterator[Sentence]:
        return (sentence for sentence in self._by_points if word in sentence.about)

    def _with(self, word: Word) -> Sequence[Sentence]:
        if word not in self._words:
            return self._by_points
        return sorted(self._all, key=lambda sentence: -_points(sentence, word))

    @cached_property
    def _words(self) -> frozenset[Word]:
        return frozenset().union(*[sentence.about for sentence in self._all])

    @cached_property
    def _by_points(self) -> Sequence[Sentence]:
        return sorted(self._all, key=lambda sentence: -sentence.points)

    @cached_property
    def _all(self) -> tuple[Sentence, ...]:
        """Every sentence once; named twice, it keeps the better points and is about the words of both."""
        found: dict[tuple[str, str], Sentence] = {}
        for evidence, use_points, about in self._uses():
            lines = self._customers_lines(evidence)
            if not lines:
                continue
            points = use_points + self._common_points(evidence)
            key = (evidence.cues, evidence.quote or "")
            other = found.get(key)
            if other is None:
                found[key] = Sentence(self._case, evidence, lines, points, about)
            else:
                found[key] = replace(other, points=max(other.points, points), about=other.about | about)
        return tuple(found.values())

    def _uses(self) -> Iterator[tuple[Evidence, int, frozenset[Word]]]:
        """Evidence, what its use is worth, and the words it is about."""
        case = self._case
        for insight in case.insights:
            if insight.state in (InsightState.HOLDS, InsightState.HYPOTHESIS):
                holds = insight.state is InsightState.HOLDS
                about = frozenset(
                    (
                        *(Word(WordKind.TAG, tag) for tag in insight.tags),
                        *(Word(WordKind.CHALLENGE, challenge) for challenge in insight.challenges),
                    )
                )
                for evidence in insight.evidence:
                    yield evidence, POINTS_HOLDS if holds else POINTS_HYPOTHESIS, about
        yield from self._uses_on_the_map()
        for step in case.journey.steps if case.journey else ():
            named = frozenset(Word(WordKind.CHALLENGE, issue.challenge) for issue in step.issues if issue.challenge)
            if named:
                for evidence in step.evidence:
                    yield evidence, abs(step.feeling), named

    def _uses_on_the_map(self) -> Iterator[tuple[Evidence, int, frozenset[Word]]]:
        """A need is about those who meet it, an offer about who makes it."""
        case = self._case
        if case.value_map is None:
            return
        products = frozenset(Word(WordKind.PRODUCT, product) for product in case.facts.products)
        offers = [(offer, products) for offer in case.value_map.offers]
        for rival in case.value_map.rivals:
            competitor = frozenset((Word(WordKind.COMPETITOR, rival.competitor),))
            offers += [(offer, competitor) for offer in rival.offers]
        met_by: defaultdict[str, frozenset[Word]] = defaultdict(frozenset)
        for offer, makers in offers:
            for met in offer.meets:
                met_by[met] |= makers
        for need in case.value_map.needs:
            for evidence in need.evidence:
                yield evidence, need.weight - 2, met_by[need.id]
        for offer, makers in offers:
            for evidence in offer.evidence:
                yield evidence, POINTS_HYPOTHESIS, makers

    def _common_points(self, evidence: Evidence) -> int:
        alone = len(evidence.quote or "") in self._stands_alone
        return self._case_points + POINTS_STANDS_ALONE * alone + POINTS_COPY_ALLOWED * evidence.copy_allowed

    def _customers_lines(self, evidence: Evidence) -> range:
        """The lines of the evidence; none when it stands elsewhere, cannot be seen, or is not a customer's."""
        case, nothing = self._case, range(0)
        lines = lines_of(case, evidence)
        if case.transcript is None or not lines:
            return nothing
        first = case.transcript.cues[lines[0]]
        if first.id in case.withheld_cues or not (evidence.quote or first.text):
            return nothing
        if first.voice in self._own_voices or first.voice in case.transcript.unconfirmed:
            return nothing
        return lines

    @cached_property
    def _own_voices(self) -> frozenset[str]:
        return frozenset(p.voice for p in self._case.facts.people if p.voice and p.side is Side.OWN)


def _points(sentence: Sentence, word: Word) -> int:
    return sentence.points + POINTS_ABOUT * (word in sentence.about)
