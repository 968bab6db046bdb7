"""Words for use outside: only what the customer allowed, never an interviewer's, never a name."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator.knowledge.voices import Voice, voices
from generator.model.vocabulary import Moment
from tests.pages.figures import plain_cases, plain_file, samples
from tests.support.cases import a_case, a_transcript, an_insight, published

PERSON = {"id": "boss", "name": "北辰 一郎", "role": "保全部 課長", "voice": "部長"}
ASKING = {"id": "asker", "name": "聞野 花子", "role": "聞き手", "side": "own", "voice": "聞き手"}
TALK = a_transcript("部長の言葉です。", "聞き手の言葉です。", "もうひとつの言葉です。")
"""q001 and q003 are the customer's, q002 is the interviewer's."""


def said(cues: str, quote: str, **more: Any) -> dict[str, Any]:
    """Evidence just before buying that may leave the company."""
    return {"cues": cues, "quote": quote, "moment": "before_buying", "copy_allowed": True, **more}


def of(*evidence: dict[str, Any], facts: dict[str, Any] | None = None) -> tuple[Voice, ...]:
    """The voices of a case with one insight on this evidence."""
    people = {"people": [PERSON, ASKING], **(facts or {})}
    case = a_case(transcript=TALK, facts=people, insights=(an_insight(evidence=list(evidence)),))
    return voices(published(case)).allowed


def plain_evidence(found: object) -> list[dict[str, Any]]:
    """Every piece of evidence with a moment in plain YAML, wherever it stands."""
    if isinstance(found, list):
        return [item for part in found for item in plain_evidence(part)]
    if isinstance(found, dict):
        own = [found] if "moment" in found and "quote" in found else []
        return own + [item for part in found.values() for item in plain_evidence(part)]
    return []


def lines(evidence: dict[str, Any]) -> set[int]:
    """Numbers of the lines of a piece of evidence."""
    ends = [int(re.sub(r"\D", "", end)) for end in evidence["cues"].split("..")]
    return set(range(ends[0], ends[-1] + 1))


@pytest.mark.parametrize("slug", plain_cases())
def test_the_samples_voices_are_what_their_files_allow(slug: str) -> None:
    """Read from the YAML: marked, or named under `consent.quotes`; of words within others the longer."""
    files = ("case.yml", "insights.yml", "journey.yml", "value-map.yml")
    pieces = [item for name in files for item in plain_evidence(plain_file(slug, name)) if "case" not in item]
    named = plain_cases()[slug]["consent"].get("quotes")
    if named is not None:
        free = set().union(*(lines({"cues": cues}) for cues in named))
        pieces = [item for item in pieces if lines(item) <= free]
    else:
        pieces = [item for item in pieces if item.get("copy_allowed") == "true"]
    once = {(item["cues"], item["quote"]): item for item in pieces}.values()
    longest = [
        item
        for item in once
        if not any(
            item["quote"] in other["quote"] and item["quote"] != other["quote"] and lines(item) & lines(other)
            for other in once
        )
    ]
    found = [voice for voice in voices(samples()).allowed if voice.case.slug == slug]
    assert sorted(voice.words for voice in found) == sorted(item["quote"] for item in longest)
    assert longest


def test_the_samples_speak_at_all_three_moments() -> None:
    """Nobody meets an empty moment in what is there to learn from."""
    assert {voice.moment for voice in voices(samples()).allowed} == set(Moment)


def test_what_may_not_leave_is_counted_and_not_named() -> None:
    """Words without permission are no voice; the count tells that asking would be worth it."""
    case = a_case(
        transcript=TALK,
        facts={"people": [PERSON]},
        insights=(an_insight(evidence=[said("q001", "部長の言葉", copy_allowed=False), said("q003", "もうひとつ")]),),
    )
    found = voices(published(case))
    assert [voice.words for voice in found.allowed] == ["もうひとつ"]
    assert found.inside == {Moment.BEFORE_BUYING: 1, Moment.AFTER_USE: 0, Moment.ON_LEAVING: 0}


def test_the_customers_consent_decides() -> None:
    """Where the consent names lines, a mark beside other words lets nothing out; a person can keep theirs."""
    consent = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18", "quotes": ["q003"]}
    evidence = said("q001", "部長の言葉"), said("q003", "もうひとつ", copy_allowed=False)
    assert [voice.words for voice in of(*evidence, facts={"consent": consent})] == ["もうひとつ"]
    silent = {**PERSON, "consent": {"copy_allowed": False}}
    assert of(*evidence, facts={"people": [silent, ASKING]}) == ()


def test_words_without_a_moment_are_no_voice() -> None:
    """Nobody guesses when it was said."""
    assert of({"cues": "q001", "quote": "部長の言葉", "copy_allowed": True}) == ()


def test_who_asked_is_no_customer() -> None:
    """Neither a voice of the own side nor one that nobody claims while a person of the customer claims another."""
    assert of(said("q002", "聞き手の言葉")) == ()
    assert of(said("q002", "聞き手の言葉"), facts={"people": [PERSON]}) == ()


def test_a_role_goes_along_and_never_a_name() -> None:
    """Even where readers of this site may know the name, it stays inside, as do remarks that tell who it is."""
    consent = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18", "names": True}
    (voice,) = of(said("q001", "部長の言葉"), facts={"consent": consent})
    assert voice.role == "保全部 課長"
    (remarked,) = of(said("q001", "部長の言葉"), facts={"people": [{**PERSON, "role": "保全部 課長（2024年に着任）"}]})
    assert remarked.role == "保全部 課長"
    (unclaimed,) = of(said("q001", "部長の言葉"), facts={"people": []})
    assert unclaimed.role == ""


def test_words_with_something_hidden_stay_inside() -> None:
    """A gap in a quotation tells outsiders that there was something to hide."""
    case = a_case(
        transcript=a_transcript("北辰 一郎が決めました。"),
        facts={"people": [PERSON]},
        insights=(an_insight(evidence=[said("q001", "北辰 一郎が決めました")]),),
    )
    found = voices(published(case))
    assert found.allowed == ()
    assert found.inside[Moment.BEFORE_BUYING] == 1


def test_the_same_words_are_one_voice() -> None:
    """Said once, cited often: one voice that knows its insights, and of words within words the longer."""
    quoted = said("q001", "部長の言葉です。")
    case = a_case(
        transcript=TALK,
        facts={"people": [PERSON], "template": {"scene": {}, "conflict": {}, "words": [quoted]}},
        insights=(
            an_insight(evidence=[quoted]),
            an_insight(id="i2", evidence=[said("q001", "言葉"), {**quoted, "copy_allowed": False}]),
        ),
    )
    (voice,) = voices(published(case)).allowed
    assert voice.words == "部長の言葉です。"
    assert [insight.id for insight in voice.insights] == ["i1", "i2"]
