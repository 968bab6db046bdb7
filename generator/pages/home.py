"""The home page: search first, one voice, what is new, what changed, and a door for each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.knowledge.actions import actions
from generator.knowledge.changes import Share, share_changed
from generator.knowledge.links import all_insights
from generator.knowledge.segments import five_segments
from generator.model.casebook import Department, Term
from generator.model.evidence import Evidence
from generator.model.vocabulary import ActionState, InsightState, Side
from generator.pages.actions import ChangeRow, change_row
from generator.pages.cases import CaseRow, case_row
from generator.pages.environment import environment
from generator.pages.insights import InsightRow, insight_row
from generator.pages.library import Library
from generator.pages.linked_data import of_home
from generator.pages.page import Page
from generator.pages.paths import PathCard, path_cards
from generator.pages.quotes import Quote, quotes
from generator.publication import PublicCase

NEWEST_CASES = 4
NEWEST_INSIGHTS = 4
LATEST_CHANGES = 3
OVERDUE_SHOWN = 3
QUICK_WORDS = 8
VOICES_FROM = 8
"""The voice of the day is drawn from this many newest cases, so that it is never the same for weeks."""
VOICE_LENGTH = {"ja": range(10, 61), "en": range(25, 161)}
"""Characters of a sentence that can stand alone and be read at a glance, by language."""


@dataclass(frozen=True, slots=True)
class VoiceOfTheDay:
    """A customer's sentence in large letters."""

    quote: Quote
    row: CaseRow


@dataclass(frozen=True, slots=True)
class Door:
    """A department's way in."""

    department: Department
    count: int
    """Insights that it should know."""
    href: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The knowledge base in figures."""

    cases: int
    minutes: int
    """Of talk."""
    insights: int
    holding: int
    """Insights that are proved."""
    segments: int
    """Of the five, how many have a voice."""
    share: Share


@dataclass(frozen=True, slots=True)
class HomeView:
    """The view behind `home.html.j2`."""

    title: str
    quick_words: tuple[Term, ...]
    voice: VoiceOfTheDay | None
    cases: tuple[CaseRow, ...]
    insights: tuple[InsightRow, ...]
    changes: tuple[ChangeRow, ...]
    overdue: tuple[ChangeRow, ...]
    overdue_count: int
    doors: tuple[Door, ...]
    coverage: Coverage
    paths: tuple[PathCard, ...]


def home_page(library: Library) -> Page:
    """The home page; an empty knowledge base says how to begin."""
    corpus = library.corpus
    rows = actions(corpus)
    overdue = [row for row in rows if row.overdue]
    changes = [row for row in rows if row.action.state is ActionState.DONE and row.action.outcome]
    # `actions` has done ones newest first; one for each case shows more of what is going on.
    latest = list({row.case.slug: row for row in reversed(changes)}.values())
    latest.sort(key=changes.index)
    insights = {item.case.slug: item for item in reversed(all_insights(corpus)) if _is_current(item.insight.state)}
    newest_insights = [insights[case.slug] for case in corpus.cases if case.slug in insights]
    view = HomeView(
        title=corpus.casebook.title,
        quick_words=_quick_words(library),
        voice=voice_of_the_day(library),
        cases=tuple(case_row(library, case, "") for case in corpus.cases[:NEWEST_CASES]),
        insights=tuple(insight_row(library, item, "") for item in newest_insights[:NEWEST_INSIGHTS]),
        changes=tuple(change_row(library, row, "") for row in latest[:LATEST_CHANGES]),
        overdue=tuple(change_row(library, row, "") for row in overdue[:OVERDUE_SHOWN]),
        overdue_count=len(overdue),
        doors=_doors(library),
        coverage=_coverage(library),
        paths=path_cards(library, ""),
    )
    return Page(
        address="",
        title=corpus.casebook.title,
        body=environment(library.texts).get_template("home.html.j2").render(v=view),
        kind="home",
        description=library.words.say("What customers said, in their own words: to search, to hear, to act on."),
        linked_data=of_home(library),
    )


def voice_of_the_day(library: Library) -> VoiceOfTheDay | None:
    """A sentence of a recent case, another one each day: the same cases on the same day give the same sentence.

    What an editor put on the case's card or allowed to be quoted comes before other evidence.
    """
    chosen: list[VoiceOfTheDay] = []
    for case in library.corpus.cases[:VOICES_FROM]:
        strong = list(_strong_quotes(library, case))
        picked = [quote for quote in strong if quote.play_href] or strong
        chosen += (VoiceOfTheDay(quote, case_row(library, case, "")) for quote in picked[:2])
    return chosen[library.corpus.built_on.toordinal() % len(chosen)] if chosen else None


def _strong_quotes(library: Library, case: PublicCase) -> Iterator[Quote]:
    card: tuple[Evidence, ...] = case.facts.template.words if case.facts.template else ()
    claimed = [item for insight in case.insights if _is_current(insight.state) for item in insight.evidence]
    allowed_first = sorted(claimed, key=lambda item: not item.copy_allowed)
    own = {person.role for person in case.facts.people if person.side is Side.OWN}
    for quote in quotes(library, case, (*card, *allowed_first), page_of=None, root=""):
        is_somebodys = quote.speaker not in own and not quote.unconfirmed
        if is_somebodys and len(quote.words) in VOICE_LENGTH[quote.language]:
            yield quote


def _is_current(state: InsightState) -> bool:
    return state in (InsightState.HOLDS, InsightState.HYPOTHESIS)


def _quick_words(library: Library) -> tuple[Term, ...]:
    """The tags that most insights carry."""
    counts: dict[str, int] = {}
    for item in all_insights(library.corpus):
        for tag in item.insight.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return tuple(library.tag(tag) for tag in sorted(counts, key=lambda tag: -counts[tag])[:QUICK_WORDS])


def _doors(library: Library) -> tuple[Door, ...]:
    insights = all_insights(library.corpus)
    return tuple(
        Door(
            department,
            sum(department.id in item.insight.departments for item in insights),
            f"insights/?eyes={department.id}",
        )
        for department in library.corpus.casebook.departments
    )


def _coverage(library: Library) -> Coverage:
    corpus = library.corpus
    insights = all_insights(corpus)
    return Coverage(
        cases=len(corpus.cases),
        minutes=round(sum(case.transcript.end_s for case in corpus.cases if case.transcript) / 60),
        insights=len(insights),
        holding=sum(item.insight.state is InsightState.HOLDS for item in insights),
        segments=sum(bool(cell.cases) for cell in five_segments(corpus)),
        share=share_changed(corpus),
    )
