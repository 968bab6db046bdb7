"""All claims at `insights/`, under the three questions an interview digs for, each beside what others say to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.knowledge.changes import periods
from generator.knowledge.claim_phases import claim_phases
from generator.knowledge.links import InsightLinks, LinkedInsight, all_insights, cases_behind
from generator.model.casebook import Challenge, Department, Product, Term
from generator.model.vocabulary import ActionState, InsightState, Phase, Topic
from generator.pages.environment import environment
from generator.pages.insight_facets import insight_facets, insight_marks
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, leaves, marks_file
from generator.pages.page import Heading, Page, SiteFile
from generator.pages.quotes import Quote, quotes
from generator.publication import PublicCase

ADDRESS = "insights/"
ROWS_ON_A_PAGE = 32
"""A row with all its quotes takes about six kilobytes of HTML, with what others say to it up to nine."""
ECHOES_SHOWN = 4
CASES_NAMED = 12
"""Behind one claim; its page in the case names all."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What another insight says to this one."""

    relation: str
    """`contradicts`, `agrees`, `replaced_by` or `replaces`."""
    item: LinkedInsight
    href: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case by its title."""

    case: PublicCase
    href: str


@dataclass(frozen=True, slots=True)
class InsightRow:
    """A claim in a list."""

    id: str
    """Anchor on the list: `2025-07-rugged-laptop.i2`."""
    item: LinkedInsight
    href: str
    case_href: str
    quotes: tuple[Quote, ...]
    """The words that carry the claim; the first stands beside it, the others are opened."""
    against: tuple[Quote, ...]
    """Words of the same customer that speak against it."""
    echoes: tuple[Echo, ...]
    """What replaced it and what speaks against it first."""
    more_echoes: int
    """Those that are not shown here."""
    cases_behind: int
    """Cases whose customers say so: its own and those whose insights agree."""
    behind: tuple[CaseLink, ...]
    """The first of these cases, its own among them."""
    phases: tuple[str, ...]
    departments: tuple[Department, ...]
    tags: tuple[Term, ...]
    challenges: tuple[Challenge, ...]
    products: tuple[Product, ...]
    done: int
    """Actions that came of it and are done."""
    marks: Marks

    @property
    def quote(self) -> Quote | None:
        """The first words that carry the claim."""
        return self.quotes[0] if self.quotes else None


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The claims of one page under one topic."""

    topic: Topic
    count: int
    """In the whole list."""
    rows: tuple[InsightRow, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """How many claims are proved how far."""

    states: tuple[tuple[InsightState, int], ...]
    """Those that occur, in the order of the vocabulary."""
    contradicted: int
    """Claims to which another case says otherwise, or that say so of another."""


@dataclass(frozen=True, slots=True)
class InsightsView:
    """The view behind `insights.html.j2`."""

    leaf: Leaf[LinkedInsight]
    groups: tuple[TopicGroup, ...]
    total: int
    proof: Proof | None
    """On the first page only."""
    facets: tuple[Facet, ...]
    root: str


def insights_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The list, cut into pages, with its file of marks."""
    words = library.words
    order = list(Topic)
    items = sorted(all_insights(library.corpus), key=lambda item: order.index(item.insight.topic))
    phases = {case.slug: claim_phases(case) for case in library.corpus.cases}
    times = periods(library.corpus)
    marks = {
        item.reference: insight_marks(library, item, phases[item.case.slug][item.insight.id], times) for item in items
    }
    facets = insight_facets(library, list(marks.values()), times)
    in_topic = Counter(item.insight.topic for item in items)
    kept = marks_file(ADDRESS, facets, list(marks.values()), ROWS_ON_A_PAGE)
    if kept:
        yield kept
    template = environment(library.texts).get_template("insights.html.j2")
    for leaf in leaves(items, ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        groups = tuple(
            TopicGroup(
                topic,
                in_topic[topic],
                tuple(
                    insight_row(
                        library,
                        item,
                        root,
                        leaf.on_row(marks[item.reference]),
                        phases[item.case.slug][item.insight.id],
                    )
                    for item in group
                ),
            )
            for topic, group in groupby(leaf.items, key=lambda item: item.insight.topic)
        )
        yield Page(
            address=leaf.address,
            title=words.say("Insights"),
            body=template.render(
                v=InsightsView(
                    leaf, groups, len(items), _proof(library, items) if leaf.number == 1 else None, facets, root
                )
            ),
            kind="insights",
            description=words.say("Every claim, the words that carry it, and what speaks against it."),
            headings=tuple(Heading(f"topic-{group.topic.value}", words.label(group.topic), 2) for group in groups),
            crumbs=((words.say("Insights"), ADDRESS),) if leaf.number > 1 else (),
        )


def insight_row(
    library: Library, item: LinkedInsight, root: str, marks: Marks | None = None, phases: tuple[Phase, ...] = ()
) -> InsightRow:
    """The row of an insight on a page from which `root` leads to the site's root."""
    links = library.insight_links.get(item.reference, InsightLinks())
    related = _related(links)
    behind = cases_behind(item, links)
    insight = item.insight
    return InsightRow(
        id=f"{item.case.slug}.{insight.id}",
        item=item,
        href=root + item.address,
        case_href=f"{root}cases/{item.case.slug}/",
        quotes=quotes(library, item.case, insight.evidence, page_of=None, root=root),
        against=quotes(library, item.case, insight.against, page_of=None, root=root),
        echoes=tuple(
            Echo(relation, other, root + other.address, first_quote(library, other, root))
            for relation, other in related[:ECHOES_SHOWN]
        ),
        more_echoes=max(0, len(related) - ECHOES_SHOWN),
        cases_behind=len(behind),
        behind=tuple(CaseLink(case, f"{root}cases/{case.slug}/") for case in behind[:CASES_NAMED]),
        phases=tuple(map(library.phase, phases)),
        departments=tuple(map(library.department, insight.departments)),
        tags=tuple(map(library.tag, insight.tags)),
        challenges=tuple(map(library.challenge, insight.challenges)),
        products=tuple(map(library.product, item.case.facts.products)),
        done=sum(action.state is ActionState.DONE for action in insight.actions),
        marks=marks or {},
    )


def first_quote(library: Library, item: LinkedInsight, root: str) -> Quote | None:
    """The first words that carry an insight, or None when readers may see none of them."""
    found = quotes(library, item.case, item.insight.evidence, page_of=None, root=root)
    return found[0] if found else None


def _proof(library: Library, items: Sequence[LinkedInsight]) -> Proof:
    counts = Counter(item.insight.state for item in items)
    return Proof(
        states=tuple((state, counts[state]) for state in InsightState if counts[state]),
        contradicted=sum(bool(links.contradicts) for links in library.insight_links.values()),
    )


def _related(links: InsightLinks) -> list[tuple[str, LinkedInsight]]:
    related = (
        ("replaced_by", (links.replaced_by,) if links.replaced_by else ()),
        ("contradicts", links.contradicts),
        ("agrees", links.agrees),
        ("replaces", links.replaces),
    )
    return [(relation, item) for relation, items in related for item in items]
