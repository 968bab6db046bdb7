"""All components in all their states on one page, `patterns/`, for people who work on them. Not listed anywhere.

Everything links to places on this page, so that no link leads nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from generator.knowledge.actions import case_actions
from generator.knowledge.citations import citations
from generator.knowledge.links import LinkedInsight
from generator.knowledge.zones import zones
from generator.model.case import Stakeholder
from generator.model.casebook import Department
from generator.model.value_map import ValueMap
from generator.model.vocabulary import (
    ActionState,
    CaseType,
    InsightState,
    Moment,
    NoteKind,
    Phase,
    Preference,
    SegmentKind,
    Topic,
    Verdict,
)
from generator.pages.actions import ChangeRow, group_titles
from generator.pages.case.transcript import talk
from generator.pages.cases import CaseRow
from generator.pages.drawings.emotion_curve import emotion_curve
from generator.pages.drawings.people_map import people_map
from generator.pages.drawings.value_map import value_map_drawing
from generator.pages.drawings.waveform import Stretch, topic_band, waveform
from generator.pages.environment import environment
from generator.pages.insights import CaseLink, Echo, InsightRow
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Option, PageLink
from generator.pages.page import Heading, Page
from generator.pages.pattern_samples import MOMENTS, NOTES, PEAKS, PEOPLE, sample_case, sample_corpus
from generator.pages.quotes import Quote, speakers
from generator.texts import Texts

ADDRESS = "patterns/"
COLOURS: Mapping[str, Sequence[str]] = {
    "paper": ("paper", "paper-raised", "paper-sunk", "rule", "rule-strong"),
    "ink": ("ink", "ink-2", "ink-3", "ink-faint"),
    "accent": ("accent", "accent-strong", "accent-wash", "said", "running", "target"),
    "feeling": ("feel--2", "feel--1", "feel-0", "feel-1", "feel-2"),
    "topics": ("topic-why_us", "topic-value", "topic-decision"),
    "states": ("good", "good-wash", "warn", "warn-wash", "bad", "bad-wash"),
}
"""The custom properties of styles/tokens.css, without `--cb-`; the names are theirs, not words for readers."""
SIZES = ("hero", "2xl", "xl", "lg", "text", "md", "sm", "xs", "2xs")


@dataclass(frozen=True, slots=True)
class PatternsView:
    """The view behind `patterns.html.j2`."""

    colours: Mapping[str, Sequence[str]]
    sizes: Sequence[str]
    departments: tuple[Department, ...]
    badges: tuple[StrEnum, ...]
    note_kinds: tuple[NoteKind, ...]
    quotes: tuple[tuple[Quote, bool], ...]
    """Each with whether it speaks against a claim."""
    case: CaseRow
    insight: InsightRow
    changes: tuple[ChangeRow, ...]
    facets: tuple[Facet, ...]
    leaf: Leaf[str]
    value_map: ValueMap
    people: tuple[Stakeholder, ...]
    value_map_drawing: Markup
    curve: Markup
    people_drawing: Markup
    wave: Markup
    band: Markup
    lines: Markup
    segments: tuple[tuple[SegmentKind, Preference], ...]


def patterns_page(texts: Texts) -> Page:
    """The page in the language of `texts`; its content is invented."""
    library = Library(sample_corpus(), texts)
    words = library.words
    sections = (
        ("colours", words.say("Colours")),
        ("type", words.say("Typefaces")),
        ("small", words.say("Small parts")),
        ("quotes", words.say("Quotes")),
        ("talk", words.say("The talk")),
        ("forms", words.say("Forms")),
        ("rows", words.say("Rows and cards")),
        ("tables", words.say("Tables")),
        ("drawings", words.say("Drawings")),
        ("segments", words.say("Segments")),
        ("empty", words.say("Empty places")),
    )
    body = environment(texts).get_template("patterns.html.j2").render(v=_view(library), sections=dict(sections))
    return Page(
        address=ADDRESS,
        title=words.say("Patterns"),
        body=body,
        kind="patterns",
        headings=tuple(Heading(id_, title, 2) for id_, title in sections),
        listed=False,
    )


def _view(library: Library) -> PatternsView:
    words, case = library.words, sample_case()
    stretches = [
        Stretch(topic, words.label(topic), start_s, start_s + 6.0)
        for topic, start_s in zip(Topic, (0.0, 7.0, 14.0), strict=True)
    ]
    return PatternsView(
        colours=COLOURS,
        sizes=SIZES,
        departments=library.corpus.casebook.departments,
        badges=(*InsightState, *ActionState, *Verdict, *CaseType),
        note_kinds=tuple(NoteKind),
        quotes=_quotes(),
        case=_case_row(library),
        insight=_insight_row(library),
        changes=_change_rows(library),
        facets=_facets(library),
        leaf=Leaf("", 2, (), tuple(PageLink(number, "#rows", number == 2) for number in (1, 2, 3)), "#rows", "#rows"),
        value_map=case.value_map or ValueMap(),
        people=PEOPLE,
        value_map_drawing=value_map_drawing(
            zones(case.value_map or ValueMap()), words, lambda identifier: library.competitor(identifier).name
        ),
        curve=emotion_curve(MOMENTS, words.say("Emotion curve")),
        people_drawing=people_map(PEOPLE, words),
        wave=waveform(PEAKS),
        band=topic_band(stretches, 20.0),
        lines=talk(library, case.transcript, speakers(case), citations(case), NOTES) if case.transcript else Markup(),
        segments=tuple((kind, side) for kind in (SegmentKind.LOYAL, SegmentKind.LAPSED) for side in Preference),
    )


def _quotes() -> tuple[tuple[Quote, bool], ...]:
    said = Quote("立ち話で済むようになりました", "現場の責任者", "q002", "#q002", "#q002", 4.5, 12.0)
    return (
        (said, False),
        (
            Quote(
                **{
                    name: getattr(said, name)
                    for name in ("words", "speaker", "cue_id", "href", "play_href", "start_s", "end_s")
                },
                moment=Moment.AFTER_USE,
                copy_allowed=True,
            ),
            False,
        ),
        (Quote("前は、紙を取りに戻るだけで十五分です", "現場の責任者", "q003", "#q003", "", 12.5, 20.0), True),
        (Quote("We just talk on our feet now.", "Site lead", "q002", "#q002", "#q002", 4.5, 12.0, "en"), False),
    )


def _case_row(library: Library) -> CaseRow:
    case = library.corpus.cases[0]
    return CaseRow(
        case,
        f"../{ADDRESS}",
        library.industry(case.facts.customer.industry),
        tuple(map(library.product, case.facts.products)),
        {},
    )


def _insight_row(library: Library) -> InsightRow:
    case = library.corpus.cases[0]
    words = library.words
    first, other = (LinkedInsight(case, insight) for insight in case.insights)
    quote = _quotes()[0][0]
    return InsightRow(
        id="insight-i1",
        item=first,
        href="#rows",
        case_href="#rows",
        quotes=(quote, quote),
        against=(_quotes()[2][0],),
        echoes=tuple(
            Echo(relation, other, "#rows", quote if relation in ("contradicts", "agrees") else None)
            for relation in ("replaced_by", "contradicts", "agrees", "replaces")
        ),
        more_echoes=0,
        cases_behind=2,
        behind=(CaseLink(case, "#rows"), CaseLink(case, "#rows")),
        phases=(words.label(Phase.USE),),
        departments=tuple(map(library.department, first.insight.departments)),
        tags=tuple(map(library.tag, first.insight.tags)),
        challenges=(),
        products=tuple(map(library.product, case.facts.products)),
        done=1,
        marks={},
    )


def _change_rows(library: Library) -> tuple[ChangeRow, ...]:
    case = library.corpus.cases[0]
    return tuple(
        ChangeRow(row, library.department(row.action.department), "#rows", "#rows", "#rows", _quotes()[0][0], {})
        for row in case_actions(case, library.corpus.built_on)
    )


def _facets(library: Library) -> tuple[Facet, ...]:
    words, departments = library.words, library.corpus.casebook.departments
    return (
        Facet(
            "eyes",
            words.say("Through whose eyes?"),
            tuple(Option(item.id, item.name, 3 + place, item.hue) for place, item in enumerate(departments)),
            mark="department",
        ),
        Facet(
            "state",
            words.say("State"),
            tuple(Option(group, title, 2) for group, title in group_titles(words).items()),
        ),
        Facet(
            "kind",
            words.say("Kind"),
            tuple(Option(kind.value, words.label(kind), 1) for kind in CaseType),
            is_rare=True,
        ),
    )
