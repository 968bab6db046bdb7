"""What a searcher can find of a case: every line, note, claim, need, step and action, with the place to land on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.model.vocabulary import Side
from generator.pages.case.insights import FALLEN
from generator.pages.library import Library
from generator.pages.page import Passage, SearchFacts, Sound
from generator.pages.quotes import Speaker
from generator.publication import PublicCase


def search_facts(
    library: Library, case: PublicCase, speakers: Mapping[str, Speaker], sound: Sound | None
) -> SearchFacts:
    """The passages of the case in the order of the page, and the facets it is found by."""
    facts = case.facts
    return SearchFacts(
        kind="case",
        language=case.language,
        passages=tuple(_passages(library, case, speakers)),
        filters={
            "type": (library.words.label(facts.type),),
            "industry": (library.industry(facts.customer.industry).name,),
            "product": tuple(library.product(product).name for product in facts.products),
            "competitor": tuple(library.competitor(competitor).name for competitor in facts.competitors),
            "department": tuple(library.department(department).name for department in departments_of(case)),
            "year": (str(facts.dates.interview.year),),
        },
        sort_date=facts.dates.interview.isoformat(),
        audio=sound.address if sound else "",
    )


def departments_of(case: PublicCase) -> tuple[str, ...]:
    """Departments that should know an insight of the case, act on it, or took part in its review; first come first."""
    found: list[str] = []
    for insight in case.insights:
        found += insight.departments
        found += (action.department for action in insight.actions)
    if case.review is not None:
        found += (note.department for note in case.review.notes)
    return tuple(dict.fromkeys(found))


def _passages(library: Library, case: PublicCase, speakers: Mapping[str, Speaker]) -> Iterator[Passage]:
    facts = case.facts
    yield Passage("", "fact", _joined([facts.title, facts.customer.alias, facts.customer.region, facts.customer.note]))
    if facts.core is not None:
        core = facts.core
        yield Passage("core", "fact", _joined([core.line, core.situation, core.emotion, core.purpose]))
    for insight in case.insights:
        said = [insight.claim, insight.situation, insight.emotion, insight.purpose, *insight.whys]
        # A claim that nobody holds to any more says so wherever it is found.
        state = library.words.label(insight.state) if insight.state in FALLEN else ""
        yield Passage(f"insight-{insight.id}", "insight", _joined(said), state)
    yield from _map_passages(library, case)
    for insight in case.insights:
        for action in insight.actions:
            voice = library.department(action.department).name
            yield Passage(f"action-{action.id}", "action", _joined([action.change, action.outcome]), voice)
    if facts.template is not None:
        card = facts.template
        said = [
            *(getattr(card.scene, name) for name in ("when", "where", "with_whom", "constraint")),
            card.conflict.torn_between,
            card.conflict.afraid_of,
            card.success,
            *(text for trial in card.verification for text in (trial.trial, trial.note)),
        ]
        if text := _joined(said):
            yield Passage("template", "fact", text)
    for cue in case.transcript.cues if case.transcript else ():
        if cue.id in case.withheld_cues:
            continue
        speaker = speakers.get(cue.voice)
        role, side = (speaker.role, speaker.side.value) if speaker else ("", "")
        if speaker and speaker.unconfirmed:
            role = library.words.say("{voice} (unconfirmed)", voice=role)
        yield Passage(cue.id, "cue", cue.text, role, cue.start_s, side)
    for note in case.review.notes if case.review else ():
        yield Passage(f"note-{note.id}", "note", note.text, library.department(note.department).name)


def _map_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    if case.value_map is not None:
        for need in case.value_map.needs:
            yield Passage(f"need-{need.id}", "need", need.text)
        for offer in case.value_map.offers:
            yield Passage(f"offer-{offer.id}", "offer", offer.text)
        for rival in case.value_map.rivals:
            for offer in rival.offers:
                yield Passage(f"offer-{offer.id}", "offer", offer.text, library.competitor(rival.competitor).name)
    for step in case.journey.steps if case.journey else ():
        said = [step.title, *step.touchpoints, *step.actions, *step.thoughts]
        said += (issue.text for issue in step.issues)
        said += (text for measure in step.measures for text in (measure.text, measure.outcome))
        yield Passage(f"step-{step.id}", "journey", _joined(said))
    for person in case.facts.people:
        if person.side is not Side.OWN and person.note:
            yield Passage(f"person-{person.id}", "fact", person.note, person.role)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
