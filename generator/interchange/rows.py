"""The rows that a case gives to each table: the anchor on the case's page, then the cells of the table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.interchange.cells import Cell
from generator.knowledge.zones import zones
from generator.model.evidence import Evidence
from generator.pages.library import Library
from generator.publication import PublicCase

SEPARATOR: Final = "; "
"""Between several names in one cell."""


def _names(names: Iterable[str]) -> str:
    return SEPARATOR.join(names)


def cases_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """One row: the case."""
    facts, label = case.facts, library.words.label
    segment, core = facts.segment, facts.core
    yield (
        "",
        facts.title,
        label(facts.type),
        facts.silent,
        case.language,
        facts.customer.alias,
        library.industry(facts.customer.industry).name,
        facts.customer.employees,
        facts.customer.region,
        _names(library.product(product).name for product in facts.products),
        _names(library.competitor(competitor).name for competitor in facts.competitors),
        label(segment.kind) if segment else None,
        label(segment.preference) if segment and segment.preference else None,
        facts.dates.decision,
        facts.dates.interview,
        case.months_between,
        core.line if core else None,
        _names(library.tag(tag).name for tag in facts.tags),
    )


def insights_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each claim."""
    label = library.words.label
    for insight in case.insights:
        yield (
            f"insight-{insight.id}",
            insight.id,
            insight.claim,
            label(insight.kind),
            label(insight.topic),
            insight.lens.when,
            label(insight.lens.scene),
            _names(map(label, insight.lens.purpose)),
            insight.situation,
            insight.emotion,
            insight.purpose,
            "\n".join(insight.whys),
            label(insight.state),
            insight.superseded_by,
            _names(insight.supports),
            _names(insight.contradicts),
            _names(library.department(department).name for department in insight.departments),
            _names(library.tag(tag).name for tag in insight.tags),
            _names(library.challenge(challenge).title for challenge in insight.challenges),
        )


def actions_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each action that follows from a claim."""
    label = library.words.label
    for insight in case.insights:
        for action in insight.actions:
            yield (
                f"action-{action.id}",
                action.id,
                insight.id,
                library.department(action.department).name,
                label(action.artefact),
                action.change,
                action.owner,
                action.due,
                action.done_on,
                label(action.state),
                action.outcome,
            )


def quotes_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each piece of evidence, wherever it stands."""
    for carries, evidence in _all_evidence(case):
        yield (
            evidence.first_cue if evidence.case in (None, case.slug) else "",
            carries,
            evidence.case or case.slug,
            evidence.cues,
            evidence.quote,
            library.words.label(evidence.moment) if evidence.moment else None,
            evidence.copy_allowed,
        )


def _all_evidence(case: PublicCase) -> Iterator[tuple[str, Evidence]]:
    """What the words carry, as its anchor on the page, and the words."""
    for insight in case.insights:
        yield from ((f"insight-{insight.id}", item) for item in insight.evidence)
        yield from ((f"insight-{insight.id}", item) for item in insight.against)
    if case.value_map is not None:
        offers = [*case.value_map.offers, *(offer for rival in case.value_map.rivals for offer in rival.offers)]
        for need in case.value_map.needs:
            yield from ((f"need-{need.id}", item) for item in need.evidence)
        for offer in offers:
            yield from ((f"offer-{offer.id}", item) for item in offer.evidence)
    for step in case.journey.steps if case.journey else ():
        yield from ((f"step-{step.id}", item) for item in step.evidence)
    for person in case.facts.people:
        yield from ((f"person-{person.id}", item) for item in person.evidence)
    if case.facts.template is not None:
        yield from (("template", item) for item in case.facts.template.words)


def needs_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each need of the value map."""
    for item in zones(case.value_map).needs if case.value_map else ():
        need = item.need
        yield (
            f"need-{need.id}",
            need.id,
            need.text,
            library.shared_need(need.shared).name if need.shared else None,
            need.weight,
            library.words.label(item.zone),
            _names(offer.text for offer in item.ours),
            _names(dict.fromkeys(library.competitor(competitor).name for competitor, _ in item.theirs)),
        )


def steps_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each step of the journey."""
    for step in case.journey.steps if case.journey else ():
        yield (
            f"step-{step.id}",
            step.id,
            library.phase(step.phase),
            step.title,
            _names(step.touchpoints),
            _names(step.actions),
            _names(step.thoughts),
            step.feeling,
            _names(issue.text for issue in step.issues),
            _names(measure.text for measure in step.measures),
        )


def people_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each person of the story."""
    label = library.words.label
    for person in case.facts.people:
        yield (
            f"person-{person.id}",
            person.id,
            person.name,
            person.role,
            label(person.side),
            _names(map(label, person.part)),
            person.influence,
            label(person.stance) if person.stance else None,
            person.note,
        )


def notes_rows(library: Library, case: PublicCase) -> Iterator[Sequence[Cell]]:
    """A row for each note of the review."""
    for note in case.review.notes if case.review else ():
        yield (
            f"note-{note.id}",
            note.id,
            note.cues,
            library.department(note.department).name,
            library.words.label(note.kind),
            note.text,
            note.reply_to,
        )
