"""What a searcher can find of a case: every line, note, claim, need, cell and action, with the place to land on.

Whatever a reader can read on the page is here: `tests/pages/test_case_search.py` compares the two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from markupsafe import Markup

from generator.model.evidence import split_cue_range
from generator.model.journey import JourneyStep
from generator.pages.case.insights import FALLEN
from generator.pages.facets import segment_marks, segment_options
from generator.pages.library import Library
from generator.pages.markdown import render_markdown
from generator.pages.packed_passages import PackedPassages
from generator.pages.page import Passage, SearchFacts, Sound
from generator.pages.passages import language_name, with_kinds
from generator.pages.quotes import Speaker
from generator.publication import PublicCase

Filters: TypeAlias = dict[str, tuple[str, ...]]
"""Facet -> values, of one passage."""

_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|t[dhr]|blockquote|pre|d[dt])>|<br ?/?>")


def search_facts(
    library: Library, case: PublicCase, speakers: Mapping[str, Speaker], sound: Sound | None
) -> SearchFacts:
    """The passages of the case in the order of the page, and the facets it is found by."""
    facts = case.facts
    return SearchFacts(
        kind="case",
        language=case.language,
        passages=PackedPassages.of(with_kinds(library.words, _passages(library, case, speakers))),
        filters={
            "type": (library.words.label(facts.type),),
            "segment": _segments(library, case),
            "industry": (library.industry(facts.customer.industry).name,),
            "product": tuple(library.product(product).name for product in facts.products),
            "competitor": tuple(library.competitor(competitor).name for competitor in facts.competitors),
            "year": (str(facts.dates.interview.year),),
            "language": (language_name(case.language),),
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


def _segments(library: Library, case: PublicCase) -> tuple[str, ...]:
    names = dict(segment_options(library.words))
    return tuple(names[mark] for mark in segment_marks(case.facts.segment))


def _passages(library: Library, case: PublicCase, speakers: Mapping[str, Speaker]) -> Iterator[Passage]:
    yield from _case_passages(library, case)
    yield from _insight_passages(library, case)
    yield from _map_passages(library, case)
    yield from _journey_passages(library, case)
    yield from _people_passages(case, speakers)
    yield from _action_passages(library, case)
    yield from _card_passages(case)
    yield from _talk_passages(library, case, speakers)
    yield from _other_passages(library, case)


def _case_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    facts = case.facts
    yield Passage("", "fact", _joined([facts.title, facts.customer.alias, facts.customer.region, facts.customer.note]))
    if facts.core is not None:
        core = facts.core
        yield Passage("core", "fact", _joined([core.line, core.situation, core.emotion, core.purpose]))
    names = [
        library.words.label(facts.type),
        *_segments(library, case)[:1],
        library.industry(facts.customer.industry).name,
        *(library.product(product).name for product in facts.products),
        *(library.competitor(competitor).name for competitor in facts.competitors),
        *(library.tag(tag).name for tag in facts.tags),
    ]
    yield Passage("core", "fact", _joined(names))


def _insight_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    for insight in case.insights:
        said = [insight.claim, insight.lens.when, insight.situation, insight.emotion, insight.purpose, *insight.whys]
        # A claim that nobody holds to any more says so wherever it is found.
        state = library.words.label(insight.state) if insight.state in FALLEN else ""
        filters: Filters = {
            "topic": (library.words.label(insight.topic),),
            "department": _departments(library, insight.departments),
        }
        yield Passage(f"insight-{insight.id}", "insight", _joined(said), state, filters=filters)
    challenges = [library.challenge(challenge).title for insight in case.insights for challenge in insight.challenges]
    tags = [library.tag(tag).name for insight in case.insights for tag in insight.tags if tag not in case.facts.tags]
    # What claims are filed under is found, but not as if it had been claimed.
    if filed := _joined(dict.fromkeys([*challenges, *tags])):
        yield Passage("insights", "fact", filed)


def _map_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    if case.value_map is None:
        return
    if case.value_map.reading:
        yield Passage("value-map", "need", case.value_map.reading)
    for need in case.value_map.needs:
        shared = library.shared_need(need.shared).name if need.shared else ""
        yield Passage(f"need-{need.id}", "need", _joined([need.text, shared]))
    for offer in case.value_map.offers:
        yield Passage(f"offer-{offer.id}", "offer", offer.text)
    for rival in case.value_map.rivals:
        for offer in rival.offers:
            yield Passage(f"offer-{offer.id}", "offer", offer.text, library.competitor(rival.competitor).name)


def _journey_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    """Each cell of the journey's table is a place of its own."""
    for step in case.journey.steps if case.journey else ():
        phase = library.phase(step.phase)
        yield Passage(f"step-{step.id}", "journey", step.title, phase, filters={"phase": (phase,)})
        for row, name, said in _cells(library, step):
            text = _joined(said)
            if not text:
                continue
            filters: Filters = {"phase": (phase,)}
            if row == "measures":
                filters["department"] = _departments(library, (measure.department for measure in step.measures))
            yield Passage(f"step-{step.id}-{row}", "journey", text, f"{phase} · {name}", filters=filters)


def _cells(library: Library, step: JourneyStep) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Row of the table, its name, and the texts in the row's cell of this step."""
    say = library.words.say
    yield "touchpoints", say("Touchpoints"), step.touchpoints
    yield "actions", say("Actions"), step.actions
    yield "thoughts", say("Thoughts"), step.thoughts
    challenges = (library.challenge(issue.challenge).title for issue in step.issues if issue.challenge)
    yield "issues", say("Our issues"), [*(issue.text for issue in step.issues), *challenges]
    yield "measures", say("Measures"), [text for item in step.measures for text in (item.text, item.outcome)]


def _people_passages(case: PublicCase, speakers: Mapping[str, Speaker]) -> Iterator[Passage]:
    for person in case.facts.people:
        yield Passage(f"person-{person.id}", "fact", _joined([person.role, person.name, person.note]))
    # Voices that no person of the case claims stand in the talk only.
    known = {person.voice for person in case.facts.people}
    others = _joined(speaker.role for voice, speaker in speakers.items() if voice not in known)
    if others:
        yield Passage("transcript", "fact", others)


def _action_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    for insight in case.insights:
        for action in insight.actions:
            department = library.department(action.department).name
            yield Passage(
                f"action-{action.id}",
                "action",
                _joined([action.change, action.outcome, action.owner]),
                department,
                filters={"department": (department,), "topic": (library.words.label(insight.topic),)},
            )


def _card_passages(case: PublicCase) -> Iterator[Passage]:
    card = case.facts.template
    if card is None:
        return
    said = [
        *(getattr(card.scene, name) for name in ("when", "where", "with_whom", "constraint")),
        card.conflict.torn_between,
        card.conflict.afraid_of,
        card.success,
        *(text for trial in card.verification for text in (trial.trial, trial.note)),
    ]
    if text := _joined(said):
        yield Passage("template", "fact", text)


def _talk_passages(library: Library, case: PublicCase, speakers: Mapping[str, Speaker]) -> Iterator[Passage]:
    """What was said, and beside it what departments noted, each with the topic and the phase that the line is about."""
    about = _about_lines(library, case)
    for cue in case.transcript.cues if case.transcript else ():
        if cue.id in case.withheld_cues:
            continue
        speaker = speakers.get(cue.voice)
        role, side, filters = "", "", dict(about.get(cue.id, {}))
        if speaker:
            role, side = speaker.role, speaker.side.value
            filters["side"] = (library.words.label(speaker.side),)
            if speaker.unconfirmed:
                role = library.words.say("{voice} (unconfirmed)", voice=role)
        yield Passage(cue.id, "cue", cue.text, role, cue.start_s, side, filters)
    for note in case.review.notes if case.review else ():
        department = library.department(note.department).name
        filters = {**about.get(note.first_cue, {}), "department": (department,)}
        yield Passage(f"note-{note.id}", "note", note.text, department, filters=filters)


def _about_lines(library: Library, case: PublicCase) -> dict[str, Filters]:
    """Cue -> its topics, from the marks of the review, and its phases, from the steps of the journey that quote it."""
    if case.transcript is None:
        return {}
    found: defaultdict[str, Filters] = defaultdict(dict)

    def tell(facet: str, value: str, ends: Sequence[str]) -> None:
        for cue in case.transcript.run(ends[0], ends[1]) if case.transcript else ():
            values = found[cue.id].get(facet, ())
            if value not in values:
                found[cue.id][facet] = (*values, value)

    for mark in case.review.topics if case.review else ():
        tell("topic", library.words.label(mark.topic), split_cue_range(mark.cues))
    for step in case.journey.steps if case.journey else ():
        for evidence in step.evidence:
            if evidence.case in (None, case.slug):
                tell("phase", library.phase(step.phase), (evidence.first_cue, evidence.last_cue))
    return found


def _other_passages(library: Library, case: PublicCase) -> Iterator[Passage]:
    """How the case was reviewed, how the lead came to us, the account, and what else was written down."""
    for meeting in case.review.meetings if case.review else ():
        if meeting.note:
            yield Passage("review", "note", meeting.note)
    for step in case.facts.lead:
        departments = _departments(library, (step.from_department, step.to_department))
        yield Passage("lead", "fact", _joined([step.stage, step.what]), filters={"department": departments})
    if case.facts.account is not None and case.facts.account.figures and case.facts.account.category:
        yield Passage("account", "fact", case.facts.account.category)
    if text := _plain(render_markdown(case.notes_markdown)):
        yield Passage("notes", "fact", text)


def _plain(markup: Markup) -> str:
    """The words of rendered text, a block a line."""
    blocks = (Markup(block).striptags() for block in _END_OF_BLOCK.split(markup))  # noqa: S704 - the tags are taken out
    return _joined(blocks)


def _departments(library: Library, identifiers: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(library.department(identifier).name for identifier in identifiers if identifier))


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
