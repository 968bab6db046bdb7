"""Which cases and insights carry which word of the vocabulary, and which words are met together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.knowledge.links import LinkedInsight
from generator.publication import PublicCase, PublicCorpus


class WordKind(StrEnum):
    """The vocabularies that are ways in. Each member's value is the facet by which lists are narrowed down."""

    TAG = "tag"
    CHALLENGE = "challenge"
    PRODUCT = "product"
    COMPETITOR = "competitor"
    INDUSTRY = "industry"


class Word(NamedTuple):
    """A word of a vocabulary."""

    kind: WordKind
    id: str
    """Identifier in casebook.yml or challenges.yml: `tf14`."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A word with what carries it."""

    word: Word
    cases: tuple[PublicCase, ...] = ()
    """Newest interview first. A case carries the tags of its insights too, and the challenges that its insights answer
    or that its journey names as an issue."""
    insights: tuple[LinkedInsight, ...] = ()
    """Insights that carry the tag or answer the challenge; for other words all insights of the cases."""


class Hubs:
    """All words that something carries. Made once a build."""

    def __init__(self, corpus: PublicCorpus) -> None:
        """Look through all cases of `corpus`."""
        cases: dict[Word, list[PublicCase]] = {}
        insights: dict[Word, list[LinkedInsight]] = {}
        # Which cases carry a word, as the bits of an integer: what two words share is counted in one operation.
        self._bits: defaultdict[Word, int] = defaultdict(int)
        for place, case in enumerate(corpus.cases):
            facts = tuple(_facts(case))
            for insight in case.insights:
                item = LinkedInsight(case, insight)
                for word in dict.fromkeys((*_tags(insight.tags), *_challenges(insight.challenges), *facts)):
                    insights.setdefault(word, []).append(item)
            for word in words_of(case):
                cases.setdefault(word, []).append(case)
                self._bits[word] |= 1 << place
        self._hubs = {word: Hub(word, tuple(found), tuple(insights.get(word, ()))) for word, found in cases.items()}

    def hub(self, word: Word) -> Hub:
        """What carries `word`: nothing when nobody has used it."""
        return self._hubs.get(word) or Hub(word)

    def related(self, word: Word, limit: int) -> tuple[tuple[Word, int], ...]:
        """Words met in the same cases, each with the number of those cases; at most `limit`, the closest first.

        Closeness is the square of the shared cases over all cases of the other word: a word that every case carries
        says little about this one. A word met in one case only is no pattern, and comes after all others.
        """
        own = self._bits.get(word, 0)
        shared = {
            other: count for other, bits in self._bits.items() if other != word and (count := (own & bits).bit_count())
        }
        ranked = sorted(
            shared,
            key=lambda other: (shared[other] < 2, -(shared[other] ** 2) / len(self.hub(other).cases), other),
        )
        return tuple((other, shared[other]) for other in ranked[:limit])


def words_of(case: PublicCase) -> tuple[Word, ...]:
    """Every word that a case carries, each once."""
    return tuple(dict.fromkeys(_words_of(case)))


def _words_of(case: PublicCase) -> Iterator[Word]:
    yield from _facts(case)
    yield from _tags(case.facts.tags)
    for insight in case.insights:
        yield from _tags(insight.tags)
    yield from _challenges(challenges_of(case))


def challenges_of(case: PublicCase) -> tuple[str, ...]:
    """Challenges that the case's insights answer, or that its journey names as an issue; each once."""
    answered = (challenge for insight in case.insights for challenge in insight.challenges)
    steps = case.journey.steps if case.journey else ()
    named = (issue.challenge for step in steps for issue in step.issues if issue.challenge)
    return tuple(dict.fromkeys((*answered, *named)))


def _facts(case: PublicCase) -> Iterator[Word]:
    facts = case.facts
    yield from (Word(WordKind.PRODUCT, product) for product in facts.products)
    yield from (Word(WordKind.COMPETITOR, competitor) for competitor in facts.competitors)
    yield Word(WordKind.INDUSTRY, facts.customer.industry)


def _tags(identifiers: tuple[str, ...]) -> Iterator[Word]:
    return (Word(WordKind.TAG, identifier) for identifier in identifiers)


def _challenges(identifiers: tuple[str, ...]) -> Iterator[Word]:
    return (Word(WordKind.CHALLENGE, identifier) for identifier in identifiers)


def vocabulary(corpus: PublicCorpus) -> Mapping[WordKind, tuple[str, ...]]:
    """The identifiers of each vocabulary, in the order of the editors' files."""
    casebook = corpus.casebook
    return {
        WordKind.TAG: tuple(term.id for term in casebook.tags),
        WordKind.CHALLENGE: tuple(challenge.id for challenge in corpus.challenges),
        WordKind.PRODUCT: tuple(term.id for term in casebook.products),
        WordKind.COMPETITOR: tuple(term.id for term in casebook.competitors),
        WordKind.INDUSTRY: tuple(term.id for term in casebook.industries),
    }
