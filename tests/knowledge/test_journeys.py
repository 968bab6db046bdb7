"""Journeys across cases: every figure is counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

from generator.knowledge.journeys import (
    CaseJourney,
    falls,
    issues,
    journeys,
    phase_feelings,
    touchpoint_key,
    touchpoints,
)
from generator.knowledge.measures import measures
from generator.model.vocabulary import Phase
from tests.pages.figures import plain_cases, plain_file, samples


@cache
def told() -> tuple[CaseJourney, ...]:
    """The journeys of the samples."""
    return journeys(samples())


def plain_steps(slug: str) -> list[dict[str, Any]]:
    """The steps of a sample's journey."""
    return plain_file(slug, "journey.yml")["steps"]


def plain_feeling(slug: str, phase: str) -> float | None:
    """The median feeling of a sample in a phase."""
    found = [step.get("feeling", 0) for step in plain_steps(slug) if step["phase"] == phase]
    return float(np.median(found)) if found else None


@pytest.mark.parametrize("phase", list(Phase))
def test_median_and_quartiles_of_a_phase(phase: Phase) -> None:
    """Each case counts once, with the median of its steps there; quartiles as numpy computes them."""
    values = [feeling for slug in plain_cases() if (feeling := plain_feeling(slug, phase.value)) is not None]
    found = next(item for item in phase_feelings(told()) if item.phase is phase)
    assert found.cases == len(values)
    assert (found.low, found.median, found.high) == pytest.approx(tuple(np.percentile(values, (25, 50, 75))))


def test_a_phase_of_which_nobody_tells_has_no_feeling() -> None:
    """Nor a nought, which would be indifference."""
    assert [(item.cases, item.median) for item in phase_feelings(())] == [(0, None)] * len(Phase)


def test_a_single_case_is_its_own_median_and_quartiles() -> None:
    """There is nothing to interpolate."""
    for found in phase_feelings(told()[:1]):
        assert found.low == found.median == found.high


def test_falls_are_steps_below_the_one_before() -> None:
    """With the whole height of the fall, the deepest first."""
    expected = []
    for slug in plain_cases():
        steps = plain_steps(slug)
        for place in range(1, len(steps)):
            drop = steps[place - 1].get("feeling", 0) - steps[place].get("feeling", 0)
            if drop > 0:
                expected.append((slug, steps[place]["id"], drop))
    found = [(fall.case.slug, fall.step.id, fall.drop) for fall in falls(told())]
    assert sorted(found) == sorted(expected)
    assert [drop for _, _, drop in found] == sorted((drop for _, _, drop in expected), reverse=True)


def test_touchpoints_of_several_cases_are_one() -> None:
    """However they are spelt; a touchpoint of one case alone is none of them."""
    places: dict[str, set[str]] = {}
    for slug in plain_cases():
        for step in plain_steps(slug):
            for name in step.get("touchpoints", []):
                places.setdefault(touchpoint_key(name), set()).add(slug)
    expected = {key: slugs for key, slugs in places.items() if len(slugs) > 1}
    found = {key: {case.slug for case, _ in point.visits} for key, point in touchpoints(told()).items()}
    assert found == expected
    assert found, "the samples have one at least"


def test_width_case_and_spaces_do_not_make_another_touchpoint() -> None:
    """ＳＥの訪問 is SEの訪問."""
    assert touchpoint_key("ＳＥ の訪問") == touchpoint_key("seの訪問")


def test_issues_and_measures_are_all_there() -> None:
    """Each with its step."""
    expected: Counter[tuple[str, str, str]] = Counter()
    for slug in plain_cases():
        for step in plain_steps(slug):
            expected.update((slug, step["id"], item["text"]) for item in step.get("issues", []))
            expected.update((slug, step["id"], item["text"]) for item in step.get("measures", []))
    found = Counter((item.case.slug, item.step.id, item.issue.text) for item in issues(told()))
    found += Counter((item.case.slug, item.step.id, item.measure.text) for item in measures(told()))
    assert found == expected
