"""Everything the case page's template asks for, gathered in one typed view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.knowledge.citations import citations
from generator.knowledge.related import Relation
from generator.model.case import AccountFigure, CaseFile, HandOver
from generator.model.casebook import Competitor, Department, Product, Term
from generator.model.evidence import split_cue_range
from generator.model.insight import Insight
from generator.model.review import Meeting
from generator.model.transcript import Transcript
from generator.pages.case.insights import (
    FALLEN,
    ActionView,
    DepartmentDoor,
    InsightView,
    action_views,
    department_doors,
    insight_views,
)
from generator.pages.case.maps import JourneyView, PeopleView, ValueMapView, journey_view, people_view, value_map_view
from generator.pages.case.transcript import talk
from generator.pages.drawings.waveform import Dot, Stretch, insight_dots, topic_band, waveform
from generator.pages.library import Library
from generator.pages.markdown import render_markdown
from generator.pages.page import Sound
from generator.pages.quotes import Quote, Speaker, quotes
from generator.pages.terms import TermLinks
from generator.publication import PublicCase


@dataclass(frozen=True, slots=True)
class PlayerView:
    """The view behind `case/player.html.j2`."""

    source: str
    """Address of the recording, relative to the page."""
    duration_s: float
    wave: Markup
    topics: Markup
    dots: Markup
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class TalkView:
    """The view behind `case/transcript.html.j2`."""

    lines: Markup
    cue_count: int
    note_count: int
    departments: tuple[tuple[Department, int], ...]
    """Departments that made notes, each with how many."""
    unsure_count: int
    """Lines that are still to be verified by ear."""
    has_unconfirmed: bool
    """Whether some speakers were told apart by a machine only."""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A review meeting with the departments that took part."""

    meeting: Meeting
    participants: tuple[tuple[Department, int], ...]

    @property
    def people(self) -> int:
        """How many people took part."""
        return sum(count for _, count in self.participants)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The view behind `case/review.html.j2`."""

    meetings: tuple[MeetingView, ...]
    minutes: int
    times_interview: float | None
    """How many times the interview's length the review took; five to ten is good practice. None without a recording."""


@dataclass(frozen=True, slots=True)
class HandOverView:
    """One step of the lead's way."""

    step: HandOver
    given_by: Department | None
    taken_by: Department | None


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A case to read next."""

    title: str
    line: str
    language: str
    href: str
    type_label: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """The view behind `case.html.j2`."""

    slug: str
    root: str
    """What leads from the page to the site's root."""
    lang: Markup
    """Attribute for elements that hold the case's own words: ` lang="en"`, empty in the readers' language."""
    terms: TermLinks
    """Links words to the glossary, in the order of the page."""
    facts: CaseFile
    months: int
    industry: Term
    products: tuple[Product, ...]
    competitors: tuple[Competitor, ...]
    tags: tuple[Term, ...]
    doors: tuple[DepartmentDoor, ...]
    key_quote: Quote | None
    insights: tuple[InsightView, ...]
    value_map: ValueMapView | None
    journey: JourneyView | None
    people: PeopleView | None
    actions: tuple[ActionView, ...]
    card_words: tuple[Quote, ...]
    talk: TalkView | None
    review: ReviewView | None
    lead: tuple[HandOverView, ...]
    figures: tuple[AccountFigure, ...]
    notes: Markup
    related: tuple[RelatedView, ...]
    has_ended_related: bool
    """Whether a case that was named to be read next is no longer available."""
    player: PlayerView | None

    def its(self, text: str) -> Markup:
        """The case's own words where they stand among ours."""
        return Markup("<span{}>{}</span>").format(self.lang, text) if self.lang else escape(text)


def case_view(
    library: Library, case: PublicCase, speakers: Mapping[str, Speaker], sound: Sound | None, root: str
) -> CaseView:
    """Gather the view of a case. `root` leads from its page to the site's root."""
    facts = case.facts
    insights = insight_views(library, case, root)
    card_words = quotes(library, case, facts.template.words, page_of=case, root=root) if facts.template else ()
    return CaseView(
        slug=case.slug,
        root=root,
        lang=library.words.lang(case.language),
        terms=library.term_links(root, case.language),
        facts=facts,
        months=case.months_between,
        industry=library.industry(facts.customer.industry),
        products=tuple(map(library.product, facts.products)),
        competitors=tuple(map(library.competitor, facts.competitors)),
        tags=tuple(map(library.tag, facts.tags)),
        doors=department_doors(library, case),
        key_quote=_key_quote(card_words, insights),
        insights=insights,
        value_map=value_map_view(library, case, root),
        journey=journey_view(library, case, root),
        people=people_view(library, case, root),
        actions=action_views(library, case),
        card_words=card_words,
        talk=_talk_view(library, case, speakers),
        review=_review_view(library, case, sound),
        lead=tuple(_hand_over_view(library, step) for step in facts.lead),
        figures=facts.account.figures if facts.account else (),
        notes=render_markdown(case.notes_markdown),
        related=_related_views(library, case, root),
        has_ended_related="related" in case.ended_links,
        player=_player_view(library, case, sound, root) if sound else None,
    )


def _key_quote(card_words: Sequence[Quote], insights: Sequence[InsightView]) -> Quote | None:
    """The sentence for the first screen: the card's first words, else what carries the first insight."""
    candidates = [*card_words, *(quote for view in insights for quote in view.evidence)]
    return candidates[0] if candidates else None


def _talk_view(library: Library, case: PublicCase, speakers: Mapping[str, Speaker]) -> TalkView | None:
    if case.transcript is None or not case.transcript.cues:
        return None
    notes = case.review.notes if case.review else ()
    interface = library.words.lang_within(case.language)
    made = Counter(note.department for note in notes)
    return TalkView(
        lines=talk(
            library,
            case.transcript,
            speakers,
            citations(case),
            notes,
            interface=interface,
            withheld=case.withheld_cues,
        ),
        cue_count=len(case.transcript.cues),
        note_count=len(notes),
        departments=tuple((library.department(identifier), count) for identifier, count in made.items()),
        unsure_count=sum(cue.unsure for cue in case.transcript.cues),
        has_unconfirmed=any(speaker.unconfirmed for speaker in speakers.values()),
    )


def _review_view(library: Library, case: PublicCase, sound: Sound | None) -> ReviewView | None:
    if case.review is None or not case.review.meetings:
        return None
    minutes = sum(meeting.minutes for meeting in case.review.meetings)
    # Without a recording that readers may hear, the transcript's end tells how long the interview was.
    interview_s = sound.duration_s if sound else case.transcript.end_s if case.transcript else 0.0
    return ReviewView(
        meetings=tuple(
            MeetingView(
                meeting, tuple((library.department(part.department), part.people) for part in meeting.participants)
            )
            for meeting in case.review.meetings
        ),
        minutes=minutes,
        times_interview=minutes * 60 / interview_s if interview_s else None,
    )


def _hand_over_view(library: Library, step: HandOver) -> HandOverView:
    return HandOverView(
        step,
        library.department(step.from_department) if step.from_department else None,
        library.department(step.to_department) if step.to_department else None,
    )


def _related_views(library: Library, case: PublicCase, root: str) -> tuple[RelatedView, ...]:
    return tuple(
        RelatedView(
            title=item.case.facts.title,
            line=item.case.facts.core.line if item.case.facts.core else "",
            language=item.case.language,
            href=f"{root}cases/{item.case.slug}/",
            type_label=library.words.label(item.case.facts.type),
            reasons=tuple(dict.fromkeys(_reason(library, relation, shared) for relation, shared in item.reasons))[:3],
        )
        for item in library.related_index.related(case)
    )


def _reason(library: Library, relation: Relation, shared: str) -> str:
    names = {Relation.TAG: library.tag, Relation.PRODUCT: library.product, Relation.COMPETITOR: library.competitor}
    name_of = names.get(relation, library.industry)
    label = library.words.label(relation)
    return f"{label}: {name_of(shared).name}" if shared else label


def _claim(library: Library, insight: Insight) -> str:
    """The claim, with what became of it where nobody holds to it any more."""
    return f"[{library.words.label(insight.state)}] {insight.claim}" if insight.state in FALLEN else insight.claim


def _player_view(library: Library, case: PublicCase, sound: Sound, root: str) -> PlayerView:
    transcript = case.transcript or Transcript(())
    stretches = []
    for mark in case.review.topics if case.review else ():
        cues = transcript.run(*split_cue_range(mark.cues))
        if cues:
            stretches.append(Stretch(mark.topic, library.words.label(mark.topic), cues[0].start_s, cues[-1].end_s))
    dots = [
        Dot(cue.id, cue.start_s, _claim(library, insight))
        for insight in case.insights
        for item in insight.evidence
        if item.case in (None, case.slug) and (cue := transcript.cue(item.first_cue)) is not None
    ]
    return PlayerView(
        source=root + sound.address,
        duration_s=sound.duration_s,
        wave=waveform(sound.peaks),
        topics=topic_band(stretches, sound.duration_s),
        dots=insight_dots(dots, sound.duration_s, library.words.lang(case.language)),
        stretches=tuple(stretches),
    )
