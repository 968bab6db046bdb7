"""All claims at `insights/`, under the three questions an interview digs for, each beside what others say to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.knowledge.actions import OPEN_STATES
from generator.knowledge.links import InsightLinks, LinkedInsight, all_insights
from generator.model.casebook import Challenge, Department, Term
from generator.model.vocabulary import ActionState, InsightKind, InsightState, Scene, Topic
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves
from generator.pages.page import Heading, Page
from generator.pages.quotes import Quote, quotes

ADDRESS = "insights/"
ROWS_ON_A_PAGE = 100
"""A row with its quote takes about two kilobytes of HTML, with what others say to it up to four."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What another insight says to this one."""

    relation: str
    """`contradicts`, `agrees`, `replaced_by` or `replaces`."""
    item: LinkedInsight
    href: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class InsightRow:
    """A claim in a list."""

    id: str
    """Anchor on the list: `2025-07-rugged-laptop.i2`."""
    item: LinkedInsight
    href: str
    case_href: str
    quote: Quote | None
    """The first words that carry the claim."""
    echoes: tuple[Echo, ...]
    """What speaks against it first."""
    cases_behind: int
    """Cases whose customers say so: its own and those whose insights agree."""
    departments: tuple[Department, ...]
    tags: tuple[Term, ...]
    challenges: tuple[Challenge, ...]
    marks: Marks


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The claims of one page under one topic."""

    topic: Topic
    rows: tuple[InsightRow, ...]


@dataclass(frozen=True, slots=True)
class InsightsView:
    """The view behind `insights.html.j2`."""

    leaf: Leaf[LinkedInsight]
    groups: tuple[TopicGroup, ...]
    total: int
    facets: tuple[Facet, ...]
    root: str


def insights_pages(library: Library) -> Iterator[Page]:
    """The list, cut into pages."""
    words = library.words
    order = list(Topic)
    items = sorted(all_insights(library.corpus), key=lambda item: order.index(item.insight.topic))
    marks = {item.reference: insight_marks(library, item) for item in items}
    facets = _facets(library, list(marks.values()))
    template = environment(library.texts).get_template("insights.html.j2")
    for leaf in leaves(items, ADDRESS, ROWS_ON_A_PAGE):
        root = "../" * leaf.address.count("/")
        groups = tuple(
            TopicGroup(topic, tuple(insight_row(library, item, root, marks[item.reference]) for item in group))
            for topic, group in groupby(leaf.items, key=lambda item: item.insight.topic)
        )
        yield Page(
            address=leaf.address,
            title=words.say("Insights"),
            body=template.render(v=InsightsView(leaf, groups, len(items), facets, root)),
            kind="insights",
            description=words.say("Every claim, the words that carry it, and what speaks against it."),
            headings=tuple(Heading(f"topic-{group.topic.value}", words.label(group.topic), 2) for group in groups),
            crumbs=((words.say("Insights"), ADDRESS),) if leaf.number > 1 else (),
        )


def insight_row(library: Library, item: LinkedInsight, root: str, marks: Marks | None = None) -> InsightRow:
    """The row of an insight on a page from which `root` leads to the site's root."""
    links = library.insight_links.get(item.reference, InsightLinks())
    return InsightRow(
        id=f"{item.case.slug}.{item.insight.id}",
        item=item,
        href=root + item.address,
        case_href=f"{root}cases/{item.case.slug}/",
        quote=first_quote(library, item, root),
        echoes=tuple(_echoes(library, links, root)),
        cases_behind=cases_behind(item, links),
        departments=tuple(map(library.department, item.insight.departments)),
        tags=tuple(map(library.tag, item.insight.tags)),
        challenges=tuple(map(library.challenge, item.insight.challenges)),
        marks=marks or {},
    )


def first_quote(library: Library, item: LinkedInsight, root: str) -> Quote | None:
    """The first words that carry an insight, or None when readers may see none of them."""
    found = quotes(library, item.case, item.insight.evidence, page_of=None, root=root)
    return found[0] if found else None


def cases_behind(item: LinkedInsight, links: InsightLinks) -> int:
    """How many cases' customers say so: the insight's own and those whose insights agree."""
    return len({item.case.slug, *(other.case.slug for other in links.agrees)})


def insight_marks(library: Library, item: LinkedInsight) -> Marks:
    """What an insight is found by in the list."""
    insight = item.insight
    links = library.insight_links.get(item.reference, InsightLinks())
    states = {action.state for action in insight.actions}
    changed = "done" if ActionState.DONE in states else "open" if states & OPEN_STATES else "none"
    return {
        "department": insight.departments,
        "topic": (insight.topic.value,),
        "kind": (insight.kind.value,),
        "scene": (insight.lens.scene.value,),
        "state": (insight.state.value,),
        "tag": insight.tags,
        "challenge": insight.challenges,
        "voices": (*(("contradicts",) if links.contradicts else ()), *(("agrees",) if links.agrees else ())),
        "changed": (changed,),
    }


def _echoes(library: Library, links: InsightLinks, root: str) -> Iterator[Echo]:
    related = (
        ("replaced_by", (links.replaced_by,) if links.replaced_by else ()),
        ("contradicts", links.contradicts),
        ("agrees", links.agrees),
        ("replaces", links.replaces),
    )
    for relation, items in related:
        for item in items:
            yield Echo(relation, item, root + item.address, first_quote(library, item, root))


def _facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    words, casebook = library.words, library.corpus.casebook
    departments = [(term.id, term.name) for term in casebook.departments]
    candidates = (
        facet(
            "department",
            words.say("Department"),
            departments,
            marks,
            {department.id: department.hue for department in casebook.departments},
        ),
        facet("topic", words.say("Topic"), [(word.value, words.label(word)) for word in Topic], marks),
        facet("kind", words.say("Kind"), [(word.value, words.label(word)) for word in InsightKind], marks),
        facet("scene", words.say("Scene"), [(word.value, words.label(word)) for word in Scene], marks),
        facet("state", words.say("State"), [(word.value, words.label(word)) for word in InsightState], marks),
        facet("tag", words.say("Tag"), [(term.id, term.name) for term in casebook.tags], marks),
        facet(
            "challenge", words.say("Challenge"), [(item.id, item.title) for item in library.corpus.challenges], marks
        ),
        facet(
            "voices",
            words.say("Other voices"),
            [("contradicts", words.say("Others contradict")), ("agrees", words.say("Others agree"))],
            marks,
        ),
        facet(
            "changed",
            words.say("What changed"),
            [
                ("done", words.say("Changed something")),
                ("open", words.say("Being worked on")),
                ("none", words.say("Nothing yet")),
            ],
            marks,
        ),
    )
    return tuple(candidate for candidate in candidates if candidate.options)
