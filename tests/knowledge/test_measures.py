"""What came after a measure: counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cache

import numpy as np

from generator.knowledge.journeys import CaseJourney, journeys
from generator.knowledge.measures import TAKEN, Trend, comparable, lived_on, measures
from generator.model.vocabulary import Phase
from tests.pages.figures import plain_cases, plain_file, samples


@cache
def told() -> tuple[CaseJourney, ...]:
    """The journeys of the samples."""
    return journeys(samples())


def plain_feeling(slug: str, phase: str) -> float | None:
    """The median feeling of a sample in a phase."""
    found = [step.get("feeling", 0) for step in plain_file(slug, "journey.yml")["steps"] if step["phase"] == phase]
    return float(np.median(found)) if found else None


def plain_comparison(slug: str, phase: str) -> tuple[list[float], list[float]]:
    """Feelings of comparable cases before and after the measures of a case, found one by one."""
    cases = plain_cases()
    mine = cases[slug]
    before, after = [], []
    for other, facts in cases.items():
        feeling = plain_feeling(other, phase)
        alike = set(facts["products"]) & set(mine["products"]) or facts["segment"]["kind"] == mine["segment"]["kind"]
        if feeling is None or not alike:
            continue
        lived = facts["dates"]["interview" if phase == "use" else "decision"]
        (after if lived > mine["dates"]["interview"] else before).append(feeling)
    return before, after


def test_what_came_after_a_measure() -> None:
    """The same phase in cases of the same product or segment, up to the interview that led to it and after."""
    for item in measures(told()):
        if item.measure.state not in TAKEN:
            assert item.comparison is None
            continue
        before, after = plain_comparison(item.case.slug, item.step.phase.value)
        found = item.comparison
        assert found is not None
        assert (found.before_cases, found.after_cases) == (len(before), len(after))
        assert found.before == np.median(before)
        assert found.after == (np.median(after) if after else None)
        expected = (
            Trend.NOT_YET
            if not after
            else Trend({-1: "worse", 0: "same", 1: "better"}[int(np.sign(np.median(after) - np.median(before)))])
        )
        assert found.trend is expected


def test_samples_show_every_trend() -> None:
    """Also that it was worse afterwards: a page that only praises is not believed."""
    assert {item.comparison.trend for item in measures(told()) if item.comparison} == set(Trend)


def test_phases_up_to_the_purchase_are_lived_by_the_decision() -> None:
    """Only use goes on until the interview."""
    case = told()[0].case
    assert lived_on(case, Phase.USE) == case.facts.dates.interview
    assert {lived_on(case, phase) for phase in Phase if phase is not Phase.USE} == {case.facts.dates.decision}


def test_cases_compare_by_product_or_segment() -> None:
    """One of the two is enough; the preference within a segment does not count."""
    one = told()[0].case
    stranger = dataclasses.replace(one, facts=one.facts.model_copy(update={"products": ("other",), "segment": None}))
    neighbour = dataclasses.replace(one, facts=one.facts.model_copy(update={"products": ("other",)}))
    assert comparable(one, neighbour)
    assert not comparable(one, stranger)


def test_a_thousand_journeys_compare_like_a_few() -> None:
    """The bits that make it fast count what plain loops count."""
    copies = []
    for number in range(40):
        for journey in told():
            facts = journey.case.facts
            dates = facts.dates.model_copy(
                update={
                    "interview": facts.dates.interview + dt.timedelta(days=17 * number),
                    "decision": facts.dates.decision + dt.timedelta(days=17 * number),
                }
            )
            case = dataclasses.replace(
                journey.case, slug=f"{journey.case.slug}-{number}", facts=facts.model_copy(update={"dates": dates})
            )
            copies.append(dataclasses.replace(journey, case=case))
    for item in measures(copies)[::97]:
        if item.comparison is None:
            continue
        alike = [other for other in copies if comparable(other.case, item.case)]
        phase, day = item.step.phase, item.case.facts.dates.interview
        after = [other.feeling(phase) for other in alike if lived_on(other.case, phase) > day]
        after = [feeling for feeling in after if feeling is not None]
        assert item.comparison.after_cases == len(after)
        assert item.comparison.after == (np.median(after) if after else None)
