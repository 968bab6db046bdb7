"""Ways in by word, at `tags/`: tags, products, competitors, industries and challenges, each with what carries it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.knowledge.links import LinkedInsight, all_insights
from generator.model.casebook import Term
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page
from generator.publication import PublicCase

Carrier = TypeVar("Carrier")

ADDRESS = "tags/"
ROOT = "../"
CASES_SHOWN = 4
INSIGHTS_SHOWN = 3
"""The newest are named; the rest is a link away in the lists, so that a word of a thousand cases stays light."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A case or an insight in a word's entry."""

    title: str
    href: str
    language: str


@dataclass(frozen=True, slots=True)
class WordEntry:
    """A word of the vocabulary with what carries it."""

    anchor: str
    """`gloves` for a tag, `product-tf14` for the others."""
    name: str
    description: str
    cases: tuple[NamedThing, ...]
    case_count: int
    cases_href: str
    """The list of cases, narrowed down to this word."""
    insights: tuple[NamedThing, ...]
    insight_count: int
    insights_href: str


@dataclass(frozen=True, slots=True)
class WordSection:
    """Words of one kind."""

    id: str
    title: str
    lead: str
    entries: tuple[WordEntry, ...]
    """Words that something carries."""
    unused: tuple[str, ...]
    """Words of the vocabulary that nothing carries yet."""


@dataclass(frozen=True, slots=True)
class TagsView:
    """The view behind `tags.html.j2`."""

    sections: tuple[WordSection, ...]


def tags_page(library: Library) -> Page:
    """The page of all words."""
    words = library.words
    view = TagsView(tuple(section for section in _sections(library) if section.entries or section.unused))
    return Page(
        address=ADDRESS,
        title=words.say("Tags and other ways in"),
        body=environment(library.texts).get_template("tags.html.j2").render(v=view),
        kind="tags",
        description=words.say("Every word of our vocabulary with the cases and insights that carry it."),
        headings=tuple(Heading(section.id, section.title, 2) for section in view.sections),
    )


def _sections(library: Library) -> Iterator[WordSection]:
    words, casebook, cases = library.words, library.corpus.casebook, library.corpus.cases
    insights = all_insights(library.corpus)
    challenges = [Term(id=item.id, name=item.title, description=item.description) for item in library.corpus.challenges]
    yield _section(
        ("tag", words.say("Tags"), words.say("What cases and insights are about.")),
        casebook.tags,
        _carriers(
            (case, (*case.facts.tags, *(tag for insight in case.insights for tag in insight.tags))) for case in cases
        ),
        _carriers((item, item.insight.tags) for item in insights),
    )
    yield _section(
        ("challenge", words.say("Business challenges"), words.say("Insights answer challenges.")),
        challenges,
        {},
        _carriers((item, item.insight.challenges) for item in insights),
    )
    yield _section(
        ("product", words.say("Products"), words.say("What the talk was about.")),
        casebook.products,
        _carriers((case, case.facts.products) for case in cases),
    )
    yield _section(
        ("competitor", words.say("Compared with"), words.say("Competitors, and ways of doing without.")),
        casebook.competitors,
        _carriers((case, case.facts.competitors) for case in cases),
    )
    yield _section(
        ("industry", words.say("Industries"), words.say("Where our customers work.")),
        casebook.industries,
        _carriers((case, (case.facts.customer.industry,)) for case in cases),
    )


def _carriers(carried: Iterable[tuple[Carrier, Iterable[str]]]) -> Mapping[str, Sequence[Carrier]]:
    """Word -> what carries it, in the order given."""
    found: dict[str, list[Carrier]] = {}
    for carrier, identifiers in carried:
        for identifier in dict.fromkeys(identifiers):
            found.setdefault(identifier, []).append(carrier)
    return found


def _section(
    heading: tuple[str, str, str],
    terms: Iterable[Term],
    cases: Mapping[str, Sequence[PublicCase]],
    insights: Mapping[str, Sequence[LinkedInsight]] | None = None,
) -> WordSection:
    """`heading` is the name of the lists' facet, the title and a line on how to read it."""
    facet, title, lead = heading
    insights = insights or {}
    prefix = "" if facet == "tag" else f"{facet}-"
    entries = tuple(
        WordEntry(
            anchor=prefix + term.id,
            name=term.name,
            description=term.description,
            cases=tuple(
                NamedThing(case.facts.title, f"{ROOT}cases/{case.slug}/", case.language)
                for case in cases.get(term.id, ())[:CASES_SHOWN]
            ),
            case_count=len(cases.get(term.id, ())),
            cases_href=f"{ROOT}cases/?{facet}={term.id}",
            insights=tuple(
                NamedThing(item.insight.claim, ROOT + item.address, item.case.language)
                for item in insights.get(term.id, ())[:INSIGHTS_SHOWN]
            ),
            insight_count=len(insights.get(term.id, ())),
            insights_href=f"{ROOT}insights/?{facet}={term.id}",
        )
        for term in terms
    )
    return WordSection(
        id=f"all-{facet}",
        title=title,
        lead=lead,
        entries=tuple(entry for entry in entries if entry.case_count or entry.insight_count),
        unused=tuple(entry.name for entry in entries if not (entry.case_count or entry.insight_count)),
    )
