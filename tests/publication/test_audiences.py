"""For whom a site is built: what is limited to others is not in it, nor is anything that tells of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.model.case import CaseFile
from generator.model.corpus import Case, Recording, RecordingPart
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.value_map import ValueMap
from generator.publication import PublicCase, Withheld, WithholdingReason, publish
from generator.publication.audiences import circle, may
from tests.support.cases import DAY, a_case, a_casebook, a_corpus, an_insight

CASEBOOK = a_casebook(
    audiences=[
        {"id": "sales", "name": "営業"},
        {"id": "marketing", "name": "マーケティング"},
        {"id": "board", "name": "経営", "includes": ["head-office"]},
        {"id": "head-office", "name": "本社", "includes": ["sales", "board"]},
    ]
)
CONSENT = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18"}
RECORDING = Recording((RecordingPart(Path("audio.m4a"), 60.0),))
NOTE = {"cues": "q001", "department": "sales", "kind": "reading"}
STEP = {"phase": "use", "title": "冬"}


def publish_for(audience: str | None, *cases: Case) -> tuple[PublicCase, list[Withheld]]:
    """The first case as an audience sees it, and what is withheld."""
    public, withheld = publish(a_corpus(*cases, casebook=CASEBOOK), audience=audience, on=DAY)
    return public.cases[0], list(withheld)


def rich_case(only: list[str] | None) -> Case:
    """A case in which everything that can be limited is limited to `only`, beside one of each kind that is not."""
    limits = dict.fromkeys(("names", "lead", "account", "notes"), only)
    action = {"department": "sales", "artefact": "talk", "change": "話法", "state": "planned"}
    insights = (
        an_insight(id="i1", only=only),
        an_insight(id="i2", actions=[{**action, "id": "a1", "only": only}, {**action, "id": "a2"}]),
    )
    notes = [
        {**NOTE, "id": "m1", "text": "a", "only": only},
        {**NOTE, "id": "m2", "text": "b", "reply_to": "m1"},
        {**NOTE, "id": "m3", "text": "c", "reply_to": "m2"},
        {**NOTE, "id": "m4", "text": "d"},
    ]
    needs = [{"id": "n1", "text": "軽さ", "only": only}, {"id": "n2", "text": "強さ"}]
    offers = [{"id": "o1", "text": "端末", "meets": ["n1"]}, {"id": "o2", "text": "箱", "meets": ["n1", "n2"]}]
    rivals = [
        {"competitor": "orban", "offers": [{"id": "o3", "text": "貸出", "only": only}, {"id": "o4", "text": "箱"}]}
    ]
    return a_case(
        facts={
            "people": [{"id": "suzuki", "name": "鈴木", "role": "部長"}],
            "consent": {**CONSENT, "names": True, "listen": only},
            "lead": [{"stage": "MQL", "on": "2024-05-01"}],
            "account": {"figures": [{"year": 2025, "sales_k_yen": 1200}]},
            "limits": None if only is None else limits,
        },
        recording=RECORDING,
        notes_markdown="鈴木さんの話",
        insights=insights,
        review=Review.model_validate({"notes": notes}),
        value_map=ValueMap.model_validate({"needs": needs, "offers": offers, "rivals": rivals}),
        journey=Journey.model_validate({"steps": [{**STEP, "id": "j1", "only": only}, {**STEP, "id": "j2"}]}),
    )


def seen(case: PublicCase) -> dict[str, Any]:
    """What of a rich case is shown, in a few words."""
    assert case.review is not None
    assert case.value_map is not None
    assert case.journey is not None
    return {
        "parts": (bool(case.facts.lead), bool(case.facts.account), bool(case.notes_markdown), bool(case.recording)),
        "name": case.facts.people[0].name,
        "insights": [insight.id for insight in case.insights],
        "actions": [action.id for insight in case.insights for action in insight.actions],
        "notes": [note.id for note in case.review.notes],
        "needs": [need.id for need in case.value_map.needs],
        "offers": [(offer.id, offer.meets) for offer in case.value_map.offers],
        "theirs": [offer.id for offer in case.value_map.rivals[0].offers],
        "steps": [step.id for step in case.journey.steps],
    }


EVERYTHING = {
    "parts": (True, True, True, True),
    "name": "鈴木",
    "insights": ["i1", "i2"],
    "actions": ["a1", "a2"],
    "notes": ["m1", "m2", "m3", "m4"],
    "needs": ["n1", "n2"],
    "offers": [("o1", ("n1",)), ("o2", ("n1", "n2"))],
    "theirs": ["o3", "o4"],
    "steps": ["j1", "j2"],
}
THE_REST = {
    "parts": (False, False, False, False),
    "name": "",
    "insights": ["i2"],
    "actions": ["a2"],
    "notes": ["m4"],
    "needs": ["n2"],
    "offers": [("o2", ("n2",))],
    "theirs": ["o4"],
    "steps": ["j2"],
}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (None, set()),
        ("sales", {"sales"}),
        ("board", {"board", "head-office", "sales"}),
        ("head-office", {"head-office", "sales", "board"}),
        ("unheard-of", {"unheard-of"}),
    ],
)
def test_an_audience_has_the_rights_of_those_it_includes(audience: str | None, expected: set[str]) -> None:
    """By way of others too, and in a ring; no order opens anything."""
    assert circle(CASEBOOK, audience) == expected


def test_what_is_limited_to_nobody_is_for_nobody() -> None:
    """An empty list closes, a missing one opens."""
    assert may(None, frozenset())
    assert not may([], frozenset({"sales"}))


@pytest.mark.parametrize("audience", ["sales", "board"])
def test_those_meant_see_everything(audience: str) -> None:
    """For them a limited case is a case like any other."""
    case, withheld = publish_for(audience, rich_case(["sales"]))
    assert seen(case) == EVERYTHING
    assert withheld == []


@pytest.mark.parametrize("audience", [None, "marketing"])
def test_others_see_the_rest(audience: str | None) -> None:
    """Without what is limited, without answers to it, and without offers that met nothing else."""
    case, withheld = publish_for(audience, rich_case(["sales"]))
    assert seen(case) == THE_REST
    told = {(item.part, item.reason) for item in withheld}
    limited = ("insight i1", "action a1", "note m1", "need n1", "offer o3", "step j1")
    assert told == {
        *((part, WithholdingReason.AUDIENCE) for part in ("audio", "names", "lead", "account", "notes", *limited)),
        *((part, WithholdingReason.DEPENDS) for part in ("note m2", "note m3", "offer o1")),
    }


@pytest.mark.parametrize("audience", [None, "sales"])
def test_nobody_learns_what_is_limited_to_whom(audience: str | None) -> None:
    """The words that limit are not published themselves."""
    case, _ = publish_for(audience, rich_case(["sales"]))
    assert case.facts.limits is None
    assert case.facts.consent is None
    assert "only=('" not in repr(case)


def test_whole_parts_can_be_limited() -> None:
    """Review, value map and journey go as a whole."""
    case = rich_case(None)
    limits = dict.fromkeys(("review", "value_map", "journey"), ("sales",))
    facts = CaseFile.model_validate({**case.facts.model_dump(), "limits": limits})
    closed, _ = publish_for(None, Case("c", facts, review=case.review, value_map=case.value_map, journey=case.journey))
    assert (closed.review, closed.value_map, closed.journey) == (None, None, None)


def test_a_part_that_is_not_there_is_not_withheld() -> None:
    """Nothing is told, or counted, of what does not exist."""
    limits = dict.fromkeys(("names", "lead", "account", "review", "value_map", "journey", "notes"), ())
    assert publish_for(None, a_case(facts={"limits": limits}))[1] == []


def test_links_to_a_limited_insight_go_silently() -> None:
    """To others it never was there, so that nothing has ended."""
    limited = a_case("limited", insights=(an_insight(only=["sales"]),))
    other = a_case("a-other", insights=(an_insight(supports=["limited#i1"], contradicts=["limited#i1"]),))
    case, _ = publish_for(None, other, limited)
    assert case.insights[0].supports == case.insights[0].contradicts == ()
    assert case.ended_links == frozenset()
    assert publish_for("sales", other, limited)[0].insights[0].supports == ("limited#i1",)


def test_readers_get_counts() -> None:
    """By reason, of cases and of parts apart."""
    cases = (rich_case(["sales"]), a_case("closed", facts={"consent": {**CONSENT, "read": ["sales"]}}))
    public, withheld = publish(a_corpus(*cases, casebook=CASEBOOK), on=DAY)
    assert public.withheld == {WithholdingReason.AUDIENCE: 1}
    assert public.withheld_parts == {WithholdingReason.AUDIENCE: 11, WithholdingReason.DEPENDS: 3}
    assert len(withheld) == 15
