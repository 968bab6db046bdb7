"""The published corpus with what pages ask of it: names for identifiers, linked insights, related cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from generator.knowledge.hubs import Hubs, LowPoints, Sentences
from generator.knowledge.links import InsightLinks, insight_links
from generator.knowledge.related import RelatedIndex
from generator.knowledge.term_finder import TermFinder
from generator.model.casebook import Challenge, Competitor, Department, Product, Term
from generator.model.vocabulary import Phase
from generator.pages.environment import Words
from generator.pages.terms import TermLinks
from generator.publication import PublicCorpus
from generator.texts import Texts

AnyTerm = TypeVar("AnyTerm", bound=Term)


class Library:
    """A corpus opened for reading in one language. Made once a build and handed to every page."""

    def __init__(self, corpus: PublicCorpus, texts: Texts, site_url: str = "") -> None:
        """Open `corpus` for readers of the language of `texts`.

        `site_url` is where the site will be, ending in a slash; empty when it does not know.
        """
        self.corpus = corpus
        self.texts = texts
        self.site_url = site_url
        self.words = Words(texts)
        casebook = corpus.casebook
        self._departments = _by_id(casebook.departments)
        self._products = _by_id(casebook.products)
        self._competitors = _by_id(casebook.competitors)
        self._industries = _by_id(casebook.industries)
        self._tags = _by_id(casebook.tags)
        self._needs = _by_id(casebook.needs)
        self._challenges = {challenge.id: challenge for challenge in corpus.challenges}
        self._phases = {phase.id: phase.name for phase in casebook.phases}

    def department(self, identifier: str) -> Department:
        """A department; one that the casebook does not describe goes by its identifier, as all terms below do."""
        return self._departments.get(identifier) or Department(id=identifier, name=identifier)

    def product(self, identifier: str) -> Product:
        """A product of the own company."""
        return self._products.get(identifier) or Product(id=identifier, name=identifier)

    def competitor(self, identifier: str) -> Competitor:
        """A competitor, or a way of doing without."""
        return self._competitors.get(identifier) or Competitor(id=identifier, name=identifier)

    def industry(self, identifier: str) -> Term:
        """An industry of customers."""
        return self._industries.get(identifier) or Term(id=identifier, name=identifier)

    def tag(self, identifier: str) -> Term:
        """A controlled tag."""
        return self._tags.get(identifier) or Term(id=identifier, name=identifier)

    def shared_need(self, identifier: str) -> Term:
        """A need that several customers share."""
        return self._needs.get(identifier) or Term(id=identifier, name=identifier)

    def challenge(self, identifier: str) -> Challenge:
        """A business challenge."""
        return self._challenges.get(identifier) or Challenge(id=identifier, title=identifier)

    def phase(self, phase: Phase) -> str:
        """The company's own name of a journey phase, or ours."""
        return self._phases.get(phase) or self.words.label(phase)

    @cached_property
    def insight_links(self) -> Mapping[str, InsightLinks]:
        """`<slug>#<insight id>` -> what other insights say to it."""
        return insight_links(self.corpus)

    @cached_property
    def term_finder(self) -> TermFinder:
        """Finds the words of the glossary."""
        return TermFinder(self.corpus.glossary)

    def term_links(self, root: str, language: str | None = None) -> TermLinks:
        """Links words to the glossary on one page, from which `root` leads to the site's root.

        Texts in another `language` than that of the knowledge base are left as they are: the glossary is not theirs.
        """
        is_ours = language in (None, self.corpus.casebook.language)
        return TermLinks(self.term_finder if is_ours else TermFinder(()), f"{root}glossary/")

    @cached_property
    def hubs(self) -> Hubs:
        """Which cases and insights carry which word."""
        return Hubs(self.corpus)

    @cached_property
    def sentences(self) -> Sentences:
        """Finds what customers said best about a word."""
        return Sentences(self.corpus.casebook.language)

    @cached_property
    def low_points(self) -> LowPoints:
        """Finds where the customers of a word felt bad."""
        return LowPoints()

    @cached_property
    def related_index(self) -> RelatedIndex:
        """Finds the cases to read next."""
        return RelatedIndex(self.corpus)


def _by_id(terms: Iterable[AnyTerm]) -> dict[str, AnyTerm]:
    return {term.id: term for term in terms}
