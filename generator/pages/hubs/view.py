"""Everything that the template of a word's page asks for, gathered in one typed view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.knowledge.actions import ActionRow
from generator.knowledge.hubs import (
    Answers,
    Hub,
    LowPoint,
    NeedBalance,
    NeedCase,
    OpenIssue,
    PartPlayed,
    Standing,
    Word,
    WordKind,
    answers,
    need_balances,
    parts_played,
)
from generator.knowledge.links import LinkedInsight
from generator.model.casebook import Department, Term
from generator.model.vocabulary import CaseType, InsightState, Phase
from generator.pages.cases import CaseRow, case_row
from generator.pages.drawings.shares import balance_bar, stacked_bar
from generator.pages.environment import Words
from generator.pages.hubs.addresses import FOLDERS, hub_address, hub_name, insights_address, list_address
from generator.pages.library import Library
from generator.pages.quotes import Quote, said_in_case
from generator.pages.terms import TermLinks

SENTENCES_SHOWN = 5
INSIGHTS_SHOWN = 6
CASES_SHOWN = 6
LOW_POINTS_SHOWN = 4
RELATED_SHOWN = 12
NEEDS_SHOWN = 20
CUSTOMERS_SHOWN = 3
"""Beside a figure of the needs' table; the figure counts all."""
CHANGES_SHOWN = 5
_OF_PEOPLE = frozenset({WordKind.PRODUCT, WordKind.INDUSTRY})
"""Words by which the list of people can be narrowed down."""
BY_STATE = (InsightState.HOLDS, InsightState.HYPOTHESIS, InsightState.REFUTED, InsightState.SUPERSEDED)
"""The surest first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of the cases ended in one way."""

    type: CaseType
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class InsightEntry:
    """An insight with what became of it."""

    item: LinkedInsight
    href: str
    case_href: str
    departments: tuple[Department, ...]
    actions: tuple[tuple[ActionRow, Department, str], ...]
    """Actions with their department and address."""


@dataclass(frozen=True, slots=True)
class InsightGroup:
    """Insights that are proved equally far."""

    state: InsightState
    count: int
    entries: tuple[InsightEntry, ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A shared need with who wins it."""

    need: Term
    anchor: str
    """`need-never-stop`"""
    balance: NeedBalance
    bar: Markup
    counts: tuple[tuple[Standing, int], ...]
    customers: tuple[tuple[Standing, tuple[NeedCase, ...], int], ...]
    """Standing, some of the customers, and how many there are more. Sides without any are left out."""


@dataclass(frozen=True, slots=True)
class LowView:
    """A low point with the customer's words."""

    point: LowPoint
    phase: str
    href: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class RelatedWords:
    """Words of one kind that are met in the same cases."""

    kind: WordKind
    words: tuple[tuple[Term, str, int], ...]
    """Name, address and number of shared cases."""


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """How far a challenge is answered."""

    answers: Answers
    department: Department | None
    changes: tuple[InsightEntry, ...]
    """Insights because of which something changed."""
    unproved: tuple[InsightEntry, ...]
    disputed: tuple[InsightEntry, ...]
    issues: tuple[tuple[OpenIssue, str], ...]
    """Open issues with their address."""

    @property
    def is_open(self) -> bool:
        """Whether anything is left to answer."""
        return not self.answers.by_state.get(InsightState.HOLDS) or bool(
            self.answers.unproved or self.answers.disputed or self.answers.issues
        )


@dataclass(frozen=True, slots=True)
class HubView:
    """The view behind `hubs/hub.html.j2`."""

    word: Word
    term: Term
    line: str
    """Product family, where there is one."""
    root: str
    terms: TermLinks
    hub: Hub
    outcomes: tuple[Outcome, ...]
    outcome_bar: Markup
    sentences: tuple[Quote, ...]
    insights: tuple[InsightGroup, ...]
    insights_href: str
    needs: tuple[NeedRow, ...]
    need_count: int
    lows: tuple[LowView, ...]
    low_count: int
    lows_href: str
    """All falls of a product's journeys; all journeys for other words, by which that list cannot be narrowed down."""
    low_phases: tuple[tuple[str, int], ...]
    parts: tuple[PartPlayed, ...]
    people_href: str
    """The list of these people, to be narrowed down to a part; empty when it cannot be narrowed down to this word."""
    rows: tuple[CaseRow, ...]
    list_href: str
    related: tuple[RelatedWords, ...]
    challenge: ChallengeView | None
    success_href: str
    """The success scenario of this product or industry; empty for other words and before the first case."""

    @property
    def more_insights(self) -> int:
        """Insights that are not named on the page."""
        return len(self.hub.insights) - sum(len(group.entries) for group in self.insights)


def hub_view(library: Library, word: Word) -> HubView:
    """Gather the view of a word's page."""
    root = "../" * hub_address(word).count("/")
    hub = library.hubs.hub(word)
    lows = library.low_points.of(hub)
    low_phases = Counter([point.step.phase for point in lows])
    balances = need_balances(hub) if word.kind in (WordKind.PRODUCT, WordKind.COMPETITOR) else ()
    outcomes = outcomes_of(library, hub, root)
    is_sliced = word.kind in (WordKind.PRODUCT, WordKind.INDUSTRY) and hub.cases
    return HubView(
        word=word,
        term=hub_name(library, word),
        line=library.product(word.id).line if word.kind is WordKind.PRODUCT else "",
        root=root,
        terms=library.term_links(root),
        hub=hub,
        outcomes=outcomes,
        outcome_bar=outcome_bar(library, outcomes),
        sentences=best_sentences(library, hub, root, SENTENCES_SHOWN),
        insights=_insight_groups(library, hub, root),
        insights_href=root + insights_address(word) if insights_address(word) else "",
        needs=_need_rows(library, balances, root),
        need_count=len(balances),
        lows=tuple(_low_view(library, point, root) for point in lows[:LOW_POINTS_SHOWN]),
        low_count=len(lows),
        lows_href=root + (f"journeys/falls/?product={word.id}" if word.kind is WordKind.PRODUCT else "journeys/"),
        low_phases=tuple((library.phase(phase), low_phases[phase]) for phase in Phase if low_phases[phase]),
        parts=parts_played(hub),
        people_href=f"{root}decisions/people/?{word.kind.value}={word.id}" if word.kind in _OF_PEOPLE else "",
        rows=tuple(case_row(library, case, root) for case in hub.cases[:CASES_SHOWN]),
        list_href=root + list_address(word),
        related=_related(library, word, root),
        challenge=_challenge_view(library, hub, root) if word.kind is WordKind.CHALLENGE else None,
        success_href=f"{root}success/{word.kind.value}-{word.id}/" if is_sliced else "",
    )


def outcomes_of(library: Library, hub: Hub, root: str) -> tuple[Outcome, ...]:
    """How the cases ended; kinds of ends without a case are left out."""
    base = root + list_address(hub.word)
    counts = Counter([case.facts.type for case in hub.cases])
    return tuple(Outcome(kind, counts[kind], f"{base}&type={kind.value}") for kind in CaseType if counts[kind])


def outcome_bar(library: Library, outcomes: Sequence[Outcome]) -> Markup:
    """The ends of the cases as a bar."""
    words = library.words
    label = ", ".join(f"{words.label(outcome.type)} {outcome.count}" for outcome in outcomes)
    return stacked_bar([(outcome.type.value, outcome.count) for outcome in outcomes], label)


def best_sentences(library: Library, hub: Hub, root: str, limit: int) -> tuple[Quote, ...]:
    """What customers said best about a word, each under the title of its case."""
    chosen = (
        said_in_case(library, sentence.case, (sentence.evidence,), root, under_title=True)
        for sentence in library.sentences.best(hub, limit)
    )
    return tuple(quote for quote in chosen if quote is not None)


def insight_entry(library: Library, item: LinkedInsight, root: str) -> InsightEntry:
    """An insight as the page of a word names it."""
    rows = (ActionRow(item.case, item.insight, action, overdue=False) for action in item.insight.actions)
    return InsightEntry(
        item=item,
        href=root + item.address,
        case_href=f"{root}cases/{item.case.slug}/",
        departments=tuple(map(library.department, item.insight.departments)),
        actions=tuple((row, library.department(row.action.department), root + row.address) for row in rows),
    )


def _insight_groups(library: Library, hub: Hub, root: str) -> tuple[InsightGroup, ...]:
    """Insights by state, the surest first; of all states together no more than fit on a page."""
    ranked = sorted(hub.insights, key=lambda item: BY_STATE.index(item.insight.state))
    limit = 2 * INSIGHTS_SHOWN if hub.word.kind is WordKind.CHALLENGE else INSIGHTS_SHOWN
    shown = groupby(ranked[:limit], key=lambda item: item.insight.state)
    return tuple(
        InsightGroup(
            state,
            sum(item.insight.state is state for item in ranked),
            tuple(insight_entry(library, item, root) for item in items),
        )
        for state, items in shown
    )


def _need_rows(library: Library, balances: Sequence[NeedBalance], root: str) -> tuple[NeedRow, ...]:
    met = [len(balance.on(Standing.WON)) + len(balance.on(Standing.EVEN)) for balance in balances]
    lost = [len(balance.on(Standing.LOST)) for balance in balances]
    most = max((*met, *lost), default=0)
    return tuple(_need_row(library, balance, most) for balance in balances[:NEEDS_SHOWN])


def _need_row(library: Library, balance: NeedBalance, most: int) -> NeedRow:
    counts = tuple((standing, len(balance.on(standing))) for standing in Standing)
    number = dict(counts)
    names = standing_names(library.words)
    return NeedRow(
        need=library.shared_need(balance.shared),
        anchor=f"need-{balance.shared}",
        balance=balance,
        bar=balance_bar(
            [("lost", number[Standing.LOST])],
            [("won", number[Standing.WON]), ("even", number[Standing.EVEN])],
            most,
            ", ".join(f"{names[standing]} {count}" for standing, count in counts),
        ),
        counts=counts,
        customers=tuple(
            (standing, balance.on(standing)[:CUSTOMERS_SHOWN], max(0, count - CUSTOMERS_SHOWN))
            for standing, count in counts
            if count
        ),
    )


def standing_names(words: Words) -> Mapping[Standing, str]:
    """Who meets a need -> how readers are told."""
    return {
        Standing.WON: words.say("We win"),
        Standing.EVEN: words.say("Both meet it"),
        Standing.LOST: words.say("They win"),
        Standing.OPEN: words.say("Nobody meets it"),
    }


def _low_view(library: Library, point: LowPoint, root: str) -> LowView:
    return LowView(
        point=point,
        phase=library.phase(point.step.phase),
        href=root + point.address,
        quote=said_in_case(library, point.case, point.step.evidence, root, under_title=True),
    )


def _related(library: Library, word: Word, root: str) -> tuple[RelatedWords, ...]:
    related = library.hubs.related(word, RELATED_SHOWN)
    return tuple(
        RelatedWords(kind, found)
        for kind in FOLDERS
        if (
            found := tuple(
                (hub_name(library, other), root + hub_address(other), shared)
                for other, shared in related
                if other.kind is kind
            )
        )
    )


def _challenge_view(library: Library, hub: Hub, root: str) -> ChallengeView:
    stand = answers(library.corpus, hub, library.insight_links)
    changed = dict.fromkeys(LinkedInsight(row.case, row.insight).reference for row in stand.changes)
    by_reference = {item.reference: item for item in hub.insights}
    owner = library.challenge(hub.word.id).department

    def entries(items: Sequence[LinkedInsight]) -> tuple[InsightEntry, ...]:
        return tuple(insight_entry(library, item, root) for item in items[:CHANGES_SHOWN])

    return ChallengeView(
        answers=stand,
        department=library.department(owner) if owner else None,
        changes=entries([by_reference[reference] for reference in changed]),
        unproved=entries(stand.unproved),
        disputed=entries(stand.disputed),
        issues=tuple((issue, root + issue.address) for issue in stand.issues[:CHANGES_SHOWN]),
    )
