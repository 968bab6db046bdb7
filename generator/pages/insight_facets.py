"""What a claim is found by in the list: who should know it, what it is about, how far it is proved, whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.knowledge.actions import OPEN_STATES
from generator.knowledge.changes import Period, first_changed_on, known_on
from generator.knowledge.links import InsightLinks, LinkedInsight
from generator.model.vocabulary import ActionState, InsightKind, InsightState, Phase, Purpose, Scene, Topic
from generator.pages.facets import department_facet, segment_marks, segment_options, terms
from generator.pages.library import Library
from generator.pages.listing import Facet, Marks, eyes, facet
from generator.pages.periods import period_label, period_mark

RARE = frozenset({"topic", "purpose", "voices", "changed", "heard", "since"})
"""Folded away: what few ask for, and what figures of other pages lead to."""


def insight_marks(library: Library, item: LinkedInsight, phases: Sequence[Phase], periods: Sequence[Period]) -> Marks:
    """The marks of an insight that is true at `phases` of the journey; `periods` are those of the whole corpus."""
    insight, facts = item.insight, item.case.facts
    changed_on = first_changed_on(insight, library.corpus)
    links = library.insight_links.get(item.reference, InsightLinks())
    states = {action.state for action in insight.actions}
    changed = "done" if ActionState.DONE in states else "open" if states & OPEN_STATES else "none"
    relations = {"contradicts": links.contradicts, "agrees": links.agrees, "replaced": links.replaced_by}
    return {
        "department": insight.departments,
        "topic": (insight.topic.value,),
        "kind": (insight.kind.value,),
        "scene": (insight.lens.scene.value,),
        "phase": tuple(phase.value for phase in phases),
        "purpose": tuple(purpose.value for purpose in insight.lens.purpose),
        "state": (insight.state.value,),
        "tag": insight.tags,
        "challenge": insight.challenges,
        "product": facts.products,
        "segment": segment_marks(facts.segment),
        "voices": tuple(relation for relation, others in relations.items() if others),
        "changed": (changed,),
        "heard": period_mark(periods, known_on(item.case, library.corpus)),
        "since": period_mark(periods, changed_on) if changed_on else (),
    }


def insight_facets(library: Library, marks: Sequence[Marks], periods: Sequence[Period]) -> tuple[Facet, ...]:
    """Through whose eyes, then the conditions, in the order in which readers ask."""
    words, casebook = library.words, library.corpus.casebook
    voices = [
        ("contradicts", words.say("Others contradict")),
        ("agrees", words.say("Others agree")),
        ("replaced", words.say("Replaced by another")),
    ]
    changed = [
        ("done", words.say("Changed something")),
        ("open", words.say("Being worked on")),
        ("none", words.say("Nothing yet")),
    ]
    challenges = [(item.id, item.title) for item in library.corpus.challenges]
    times = [(period.id, period_label(words, period)) for period in reversed(periods)]
    phases = [(phase.value, library.phase(phase)) for phase in Phase]
    conditions = (
        department_facet(words, casebook.departments, marks),
        facet("topic", words.say("Topic"), [(word.value, words.label(word)) for word in Topic], marks),
        facet("kind", words.say("Kind"), [(word.value, words.label(word)) for word in InsightKind], marks),
        facet("state", words.say("State"), [(word.value, words.label(word)) for word in InsightState], marks),
        facet("scene", words.say("Scene"), [(word.value, words.label(word)) for word in Scene], marks),
        facet("phase", words.say("Phase of the journey"), phases, marks),
        facet("purpose", words.say("Good for"), [(word.value, words.label(word)) for word in Purpose], marks),
        facet("challenge", words.say("Challenge"), challenges, marks),
        facet("product", words.say("Product"), terms(casebook.products), marks),
        facet("segment", words.say("Segment"), segment_options(words), marks),
        facet("tag", words.say("Tag"), terms(casebook.tags), marks),
        facet("voices", words.say("Other voices"), voices, marks),
        facet("changed", words.say("What changed"), changed, marks),
        facet("heard", words.say("Interview"), times, marks),
        facet("since", words.say("First change"), times, marks),
    )
    return (
        eyes(words.say("Through whose eyes?"), casebook.departments, marks),
        *(replace(condition, is_rare=condition.name in RARE) for condition in conditions if condition.options),
    )
