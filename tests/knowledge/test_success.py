"""The success scenario, counted once more from the sample cases' files, and its gaps."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from statistics import median
from typing import Any

import pytest

from generator.knowledge.handovers import phase_of_stage, placed_handovers
from generator.knowledge.success import Scenario, case_works, scenario
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.vocabulary import Phase
from generator.publication import PublicCorpus
from tests.pages.figures import plain_cases, plain_file, samples
from tests.support.cases import a_case, a_transcript, an_insight, published

SCENES = {"before": ("awareness", "interest"), "deciding": ("comparison", "purchase"), "after": ("use",)}
PHASES = [phase.value for phase in Phase]


def everything() -> PublicCorpus:
    """The samples as the circle sees them that may see all: nothing of the files is missing."""
    return samples("management")


@cache
def told() -> Scenario:
    """The scenario of the samples."""
    return scenario(case_works(everything()).values())


def cues_of(slug: str, written: str) -> set[str]:
    """The lines of `q031..q036`, in the order of the talk's file."""
    case = next(case for case in everything().cases if case.slug == slug)
    assert case.transcript is not None
    order = [cue.id for cue in case.transcript.cues]
    first, _, last = written.partition("..")
    return set(order[order.index(first) : order.index(last or first) + 1])


def steps_of(slug: str) -> list[dict[str, Any]]:
    """The steps in a case's journey."""
    return list(plain_file(slug, "journey.yml")["steps"])


def lines_of(slug: str, things: list[dict[str, Any]]) -> set[str]:
    """All lines that some pieces of evidence lean on."""
    return {cue for item in things if "case" not in item for cue in cues_of(slug, item["cues"])}


def phases_of(slug: str, insight: dict[str, Any]) -> list[str]:
    """Phases of the steps that share a line with the insight, or those of its scene."""
    lines = lines_of(slug, insight["evidence"])
    shared = {step["phase"] for step in steps_of(slug) if lines & lines_of(slug, step.get("evidence", []))}
    return [phase for phase in PHASES if phase in (shared or SCENES[insight["lens"]["scene"]])]


def deeds() -> Iterator[tuple[str, str, str]]:
    """Department, phase and state of everything that is done or will be."""
    for slug in plain_cases():
        for step in steps_of(slug):
            for measure in step.get("measures", ()):
                if "department" in measure:
                    yield measure["department"], step["phase"], measure.get("state", "planned")
        for insight in plain_file(slug, "insights.yml")["insights"]:
            for phase in phases_of(slug, insight):
                for action in insight.get("actions", ()):
                    yield action["department"], phase, action["state"]


def test_departments_do_what_measures_and_actions_say():
    """Each deed stands in the box of its department and phase; what was dropped stands nowhere."""
    expected = Counter(deed for deed in deeds() if deed[2] != "dropped")
    found = Counter(
        (department, phase.value, deed.state.value)
        for (department, phase), box in told().boxes.items()
        for deed in box.deeds
    )
    assert found == expected


def test_departments_know_what_their_notes_say():
    """A note counts once in each phase whose lines it speaks of."""
    expected: Counter[tuple[str, str]] = Counter()
    for slug in plain_cases():
        for note in plain_file(slug, "review.yml")["notes"]:
            lines = cues_of(slug, note["cues"])
            for phase in {s["phase"] for s in steps_of(slug) if lines & lines_of(slug, s.get("evidence", []))}:
                expected[note["department"], phase] += 1
    found = {(department, phase.value): box.notes for (department, phase), box in told().boxes.items() if box.notes}
    assert found == dict(expected)


def test_insights_stand_at_the_phases_they_speak_to():
    """By the lines they share with the journey, or else by their scene."""
    expected: dict[str, list[str]] = defaultdict(list)
    for slug in plain_cases():
        for insight in plain_file(slug, "insights.yml")["insights"]:
            for phase in phases_of(slug, insight):
                expected[phase].append(f"{slug}#{insight['id']}")
    found = {scene.phase.value: [item.reference for item in scene.insights] for scene in told().scenes}
    assert found == {phase: expected[phase] for phase in PHASES}


def test_feelings_are_the_median_of_the_cases():
    """A case counts once in a phase, with the median of its steps there."""
    for scene in told().scenes:
        each = []
        for slug in plain_cases():
            feelings = [step.get("feeling", 0) for step in steps_of(slug) if step["phase"] == scene.phase.value]
            each += [median(feelings)] if feelings else []
        assert scene.feeling.median == median(each)


def test_low_moments_without_a_measure_are_named():
    """Felt bad, and nothing is done or being done there."""
    expected = {
        (slug, step["id"])
        for slug in plain_cases()
        for step in steps_of(slug)
        if step.get("feeling", 0) < 0
        and not {"done", "doing"} & {measure.get("state", "planned") for measure in step.get("measures", ())}
    }
    assert expected
    assert {(low.case.slug, low.step.id) for scene in told().scenes for low in scene.unheld} == expected


def test_handovers_are_those_of_the_leads():
    """How often each department gave to each other one, and the median of the days since the step before."""
    counts: Counter[tuple[str, str]] = Counter()
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for facts in plain_cases().values():
        before: dt.date | None = None
        for step in sorted(facts.get("lead", ()), key=lambda step: step["on"]):
            pair = (step.get("from_department"), step.get("to_department"))
            if all(pair):
                counts[pair] += 1
                days[pair] += [(step["on"] - before).days] if before else []
            before = step["on"]
    found: Counter[tuple[str, str]] = Counter()
    found_days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for passing in told().passings:
        pair = (passing.from_department, passing.to_department)
        found[pair] += len(passing.steps)
        own = [step.days for step in passing.steps if step.days is not None]
        found_days[pair] += own
        assert passing.median_days == (median(own) if own else None)
    assert found == counts
    assert {pair: sorted(some) for pair, some in found_days.items()} == {p: sorted(d) for p, d in days.items()}


@pytest.mark.parametrize(
    ("stage", "phase"),
    [
        ("MQL", Phase.INTEREST),
        ("ＭＱＬ", Phase.INTEREST),
        ("SQL", Phase.COMPARISON),
        ("試用", Phase.COMPARISON),
        ("Stalled", Phase.COMPARISON),
        ("受注", Phase.PURCHASE),
        ("Lost", Phase.PURCHASE),
        ("契約更新", Phase.USE),
        ("何か別のこと", Phase.COMPARISON),
    ],
)
def test_a_stage_tells_its_phase(stage: str, phase: Phase):
    """Whatever its width and case; what nobody knows is part of the comparison."""
    assert phase_of_stage(stage) is phase


def test_what_comes_after_the_order_belongs_to_use():
    """A request, a new rep, even the end: the customer has the product by then. The days decide, not the file."""
    lead = [
        {"stage": "Lost", "on": "2024-09-12"},
        {"stage": "Won", "on": "2020-04-15"},
        {"stage": "MQL", "on": "2019-11-06"},
        {"stage": "Request", "on": "2023-10-11"},
    ]
    (case,) = published(a_case("one", facts={"lead": lead})).cases
    placed = placed_handovers(case)
    assert [item.step.stage for item in placed] == ["MQL", "Won", "Request", "Lost"]
    assert [item.phase for item in placed] == [Phase.INTEREST, Phase.PURCHASE, Phase.USE, Phase.USE]
    assert [item.days for item in placed] == [None, 161, 1274, 337]


def a_step(phase: str, feeling: int, *measures: dict[str, Any]) -> dict[str, Any]:
    """A step of a journey."""
    return {"id": f"s-{phase}", "phase": phase, "title": "できごと", "feeling": feeling, "measures": list(measures)}


def test_a_phase_in_which_feelings_fall_and_nobody_acts_is_a_gap():
    """Worse than before counts as falling; a plan is no act; a department that is at work closes the gap."""
    plan = {"text": "考える", "department": "sales", "state": "planned"}
    work = {"text": "動く", "department": "sales", "state": "doing"}
    steps = [a_step("interest", 2), a_step("comparison", 1, plan), a_step("purchase", -1, work), a_step("use", 0)]
    public = published(a_case("one", journey=Journey.model_validate({"steps": steps}), insights=()))
    told = scenario(case_works(public).values())
    by_phase = {scene.phase: scene for scene in told.scenes}
    assert [phase for phase, scene in by_phase.items() if scene.falls] == [Phase.COMPARISON, Phase.PURCHASE]
    assert [phase for phase, scene in by_phase.items() if scene.is_gap] == [Phase.COMPARISON]
    assert by_phase[Phase.PURCHASE].acting == ("sales",)
    assert by_phase[Phase.AWARENESS].feeling.median is None


def test_knowing_is_not_acting():
    """A note on a line of the phase shows that a department knows of it, and no more."""
    step = {**a_step("use", -2), "evidence": [{"cues": "q001"}]}
    review = {"notes": [{"id": "n1", "cues": "q001", "department": "product", "kind": "reading", "text": "重い"}]}
    case = a_case(
        "one",
        transcript=a_transcript("重いんです"),
        journey=Journey.model_validate({"steps": [step]}),
        review=Review.model_validate(review),
        insights=(),
    )
    public = published(case)
    told = scenario(case_works(public).values())
    box = told.box("product", Phase.USE)
    assert (box.notes, box.acts) == (1, False)
    assert told.scenes[-1].is_gap


def test_a_dropped_action_is_no_deed():
    """What was given up is no part of what departments do."""
    action = {"id": "a1", "department": "sales", "artefact": "talk", "change": "やめた", "state": "dropped"}
    public = published(a_case("one", insights=(an_insight(actions=[action]),)))
    told = scenario(case_works(public).values())
    assert not any(box.deeds for box in told.boxes.values())
