"""At which phases a claim is true, counted here another way from the YAML of the sample cases."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator.knowledge.claim_phases import claim_phases
from generator.model.journey import Journey
from tests.pages.figures import plain_cases, plain_file, samples
from tests.support.cases import a_case, a_transcript, an_insight, published

SCENES = {"before": ["awareness", "interest"], "deciding": ["comparison", "purchase"], "after": ["use"]}
PHASES = ["awareness", "interest", "comparison", "purchase", "use"]


def numbers(evidence: list[dict[str, Any]]) -> set[int]:
    """Lines of the own talk: `q004..q006` is 4, 5 and 6. The samples number theirs without a gap."""
    found: set[int] = set()
    for item in evidence:
        ends = [int(re.sub(r"\D", "", end)) for end in item["cues"].split("..")]
        if "case" not in item:
            found |= set(range(ends[0], ends[-1] + 1))
    return found


@pytest.mark.parametrize("slug", plain_cases())
def test_phases_are_those_of_the_steps_that_share_a_line(slug: str) -> None:
    """The journey says it where it can, the scene where no line is shared."""
    steps = plain_file(slug, "journey.yml")["steps"]
    expected = {}
    for insight in plain_file(slug, "insights.yml")["insights"]:
        lines = numbers(insight["evidence"])
        shared = {step["phase"] for step in steps if lines & numbers(step.get("evidence", []))}
        expected[insight["id"]] = [phase for phase in PHASES if phase in (shared or SCENES[insight["lens"]["scene"]])]
    case = samples().case(slug)
    assert case is not None
    assert {name: [phase.value for phase in phases] for name, phases in claim_phases(case).items()} == expected


def test_no_claim_is_without_a_phase() -> None:
    """Neither without a talk nor without a journey; words of another case tell nothing of this one's journey."""
    step = {"id": "j1", "phase": "awareness", "title": "x", "evidence": [{"cues": "q001"}]}
    journey = Journey.model_validate({"steps": [step]})
    elsewhere = an_insight(id="i2", evidence=[{"cues": "q001", "case": "other"}])
    case = a_case(transcript=a_transcript("一つ目"), journey=journey, insights=(an_insight(), elsewhere))
    public = published(case, a_case("other", insights=()), a_case("bare", transcript=None))
    phases = {case.slug: claim_phases(case) for case in public.cases}
    assert {key: list(map(str, value)) for key, value in phases["2025-07-tower"].items()} == {
        "i1": ["awareness"],
        "i2": ["comparison", "purchase"],
    }
    assert all(phases["bare"].values())
