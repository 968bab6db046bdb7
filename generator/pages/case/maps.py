"""The maps of a case - value, journey, people - as the page shows them: a drawing, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.zones import UnwantedOffer, ZonedNeed, zones
from generator.model.case import Stakeholder
from generator.model.casebook import Challenge, Department
from generator.model.journey import Issue, JourneyStep, Measure
from generator.model.vocabulary import Zone
from generator.pages.drawings.emotion_curve import Moment, emotion_curve
from generator.pages.drawings.people_map import can_say_no, on_map, people_map
from generator.pages.drawings.value_map import ZONE_MEANINGS, value_map_drawing
from generator.pages.library import Library
from generator.pages.quotes import Quote, quotes
from generator.publication import PublicCase


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer, by whom it is made, and its evidence."""

    anchor: str
    """`offer-o1` where it is named first; empty where it is named again because it meets another need too."""
    text: str
    by: str
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need in its zone."""

    zoned: ZonedNeed
    shared: str
    """Name of the shared need it belongs to; empty when none."""
    offers: tuple[OfferView, ...]
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone with what lies in it."""

    zone: Zone
    meaning: str
    """msgid of what it means for us."""
    needs: tuple[NeedView, ...]
    unwanted: tuple[OfferView, ...]


@dataclass(frozen=True, slots=True)
class ValueMapView:
    """The view behind `case/value_map.html.j2`."""

    drawing: Markup
    zones: tuple[ZoneView, ...]
    """All five, those that teach most first."""
    reading: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its department, when one takes it."""

    measure: Measure
    department: Department | None


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue with the business challenge it belongs to, when there is one."""

    issue: Issue
    challenge: Challenge | None


@dataclass(frozen=True, slots=True)
class StepView:
    """A column of the journey."""

    step: JourneyStep
    evidence: tuple[Quote, ...]
    issues: tuple[IssueView, ...]
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase's name over the steps that follow one another in it."""

    name: str
    steps: int


@dataclass(frozen=True, slots=True)
class JourneyView:
    """The view behind `case/journey.html.j2`."""

    curve: Markup
    phases: tuple[PhaseSpan, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A row of the people's table."""

    person: Stakeholder
    says_no: bool
    department: Department | None
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The view behind `case/people.html.j2`."""

    drawing: Markup | None
    """None when nobody's influence and stance are both known."""
    people: tuple[PersonView, ...]


def value_map_view(library: Library, case: PublicCase, root: str) -> ValueMapView | None:
    """The value map with its zones; None when the case has none."""
    if case.value_map is None or not (case.value_map.needs or case.value_map.offers or case.value_map.rivals):
        return None
    zoned = zones(case.value_map)
    named: set[str] = set()
    views = {need.need.id: _need_view(library, case, root, need, named) for need in zoned.needs}
    drawing = value_map_drawing(
        zoned, library.words, lambda competitor: library.competitor(competitor).name, case.language
    )
    order = (Zone.OURS_ALONE, Zone.THEIRS_ALONE, Zone.BOTH, Zone.NOBODY, Zone.NOT_WANTED)
    return ValueMapView(
        drawing=drawing,
        zones=tuple(
            ZoneView(
                zone,
                ZONE_MEANINGS[zone],
                tuple(views[need.need.id] for need in zoned.zone(zone)),
                tuple(_unwanted(library, case, root, item) for item in zoned.unwanted)
                if zone is Zone.NOT_WANTED
                else (),
            )
            for zone in order
        ),
        reading=case.value_map.reading,
    )


def _need_view(library: Library, case: PublicCase, root: str, zoned: ZonedNeed, named: set[str]) -> NeedView:
    """The view of a need; `named` collects the offers that have their anchor already."""
    offers = [(library.words.say("We"), offer) for offer in zoned.ours]
    offers += [(library.competitor(competitor).name, offer) for competitor, offer in zoned.theirs]
    views = []
    for by, offer in offers:
        anchor = "" if offer.id in named else f"offer-{offer.id}"
        named.add(offer.id)
        evidence = quotes(library, case, offer.evidence, page_of=case, root=root) if anchor else ()
        views.append(OfferView(anchor, offer.text, by, evidence))
    return NeedView(
        zoned,
        library.shared_need(zoned.need.shared).name if zoned.need.shared else "",
        tuple(views),
        quotes(library, case, zoned.need.evidence, page_of=case, root=root),
    )


def _unwanted(library: Library, case: PublicCase, root: str, item: UnwantedOffer) -> OfferView:
    by = library.words.say("We") if item.competitor is None else library.competitor(item.competitor).name
    return OfferView(
        f"offer-{item.offer.id}",
        item.offer.text,
        by,
        quotes(library, case, item.offer.evidence, page_of=case, root=root),
    )


def journey_view(library: Library, case: PublicCase, root: str) -> JourneyView | None:
    """The journey; None when the case has none."""
    if case.journey is None or not case.journey.steps:
        return None
    steps = tuple(
        StepView(
            step,
            quotes(library, case, step.evidence, page_of=case, root=root),
            tuple(
                IssueView(item, library.challenge(item.challenge) if item.challenge else None) for item in step.issues
            ),
            tuple(
                MeasureView(item, library.department(item.department) if item.department else None)
                for item in step.measures
            ),
        )
        for step in case.journey.steps
    )
    curve = emotion_curve(
        [_moment(view) for view in steps], library.words.say("Emotion curve"), library.words.lang(case.language)
    )
    return JourneyView(curve, phase_spans(library, case.journey.steps), steps)


def phase_spans(library: Library, steps: Sequence[JourneyStep]) -> tuple[PhaseSpan, ...]:
    """Phases over runs of steps; a phase that comes again is named again, for journeys do go back."""
    spans: list[PhaseSpan] = []
    last = None
    for step in steps:
        if step.phase is last:
            spans[-1] = PhaseSpan(spans[-1].name, spans[-1].steps + 1)
        else:
            spans.append(PhaseSpan(library.phase(step.phase), 1))
            last = step.phase
    return tuple(spans)


def _moment(view: StepView) -> Moment:
    quote = view.evidence[0] if view.evidence else None
    return Moment(view.step.feeling, view.step.title, quote.marked if quote else "", quote.href if quote else "")


def people_view(library: Library, case: PublicCase, root: str) -> PeopleView | None:
    """The people, most influential first; None when the case names none."""
    people = sorted(case.facts.people, key=lambda person: -(person.influence or 0))
    if not people:
        return None
    return PeopleView(
        people_map(people, library.words, case.language) if on_map(people) else None,
        tuple(
            PersonView(
                person,
                can_say_no(person),
                library.department(person.department) if person.department else None,
                quotes(library, case, person.evidence, page_of=case, root=root),
            )
            for person in people
        ),
    )
