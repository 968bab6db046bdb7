"""Which insight, need, step or person leans on which line: the back-links of the transcript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model.evidence import Evidence
from generator.publication import PublicCase


@dataclass(frozen=True, slots=True)
class Citation:
    """One use of a line as evidence."""

    kind: str
    """`insight`, `need`, `offer`, `journey`, `template` or `stakeholder`."""
    anchor: str
    """Where the citing thing stands on the case page: `insight-i1`."""
    label: str
    """What it says, in a few words: an insight's claim, a need's text."""
    quote: str
    """The quoted words, empty when the whole line is meant."""


def citations(case: PublicCase) -> Mapping[str, tuple[Citation, ...]]:
    """Cue identifier -> what cites it, in the order of the page. Evidence in other cases is not counted here."""
    found: dict[str, list[Citation]] = {}
    if case.transcript is None:
        return {}
    for kind, anchor, label, evidence in _uses(case):
        for item in evidence:
            if item.case not in (None, case.slug):
                continue
            citation = Citation(kind, anchor, label, item.quote or "")
            for cue in case.transcript.run(item.first_cue, item.last_cue):
                entry = found.setdefault(cue.id, [])
                if citation not in entry:
                    entry.append(citation)
    return {cue_id: tuple(entry) for cue_id, entry in found.items()}


def _uses(case: PublicCase) -> Iterator[tuple[str, str, str, Iterable[Evidence]]]:
    for insight in case.insights:
        yield "insight", f"insight-{insight.id}", insight.claim, (*insight.evidence, *insight.against)
    if case.value_map is not None:
        for need in case.value_map.needs:
            yield "need", f"need-{need.id}", need.text, need.evidence
        for offer in case.value_map.offers:
            yield "offer", f"offer-{offer.id}", offer.text, offer.evidence
        for rival in case.value_map.rivals:
            for offer in rival.offers:
                yield "offer", f"offer-{offer.id}", offer.text, offer.evidence
    if case.journey is not None:
        for step in case.journey.steps:
            yield "journey", f"step-{step.id}", step.title, step.evidence
    for person in case.facts.people:
        yield "stakeholder", f"person-{person.id}", person.role, person.evidence
    if case.facts.template is not None:
        yield "template", "template", case.facts.core.line if case.facts.core else "", case.facts.template.words
