"""What is known of a word, counted once more from the sample cases' files."""

from __future__ import annotations

from collections import Counter
from functools import cache
from statistics import median
from typing import Any

import pytest

from generator.knowledge.hubs import (
    Hubs,
    LowPoints,
    Sentences,
    Standing,
    Word,
    WordKind,
    answers,
    need_balances,
    parts_played,
)
from generator.knowledge.links import insight_links
from generator.model.value_map import ValueMap
from generator.model.vocabulary import InsightState
from generator.publication import PublicCorpus
from tests.pages.figures import plain_book, plain_cases, plain_file, samples
from tests.support.cases import a_case, a_transcript, an_insight, published

KEYS = {WordKind.PRODUCT: "products", WordKind.COMPETITOR: "competitors"}


CHALLENGES = [challenge["id"] for challenge in plain_book("challenges.yml")["challenges"]]
WORDS = [
    *(Word(WordKind.TAG, term["id"]) for term in plain_book("casebook.yml")["tags"]),
    *(Word(WordKind.CHALLENGE, identifier) for identifier in CHALLENGES),
    *(Word(WordKind.PRODUCT, term["id"]) for term in plain_book("casebook.yml")["products"]),
    *(Word(WordKind.COMPETITOR, term["id"]) for term in plain_book("casebook.yml")["competitors"]),
    *(Word(WordKind.INDUSTRY, term["id"]) for term in plain_book("casebook.yml")["industries"]),
]
"""Each word that a case can carry."""


def everything() -> PublicCorpus:
    """The samples as the circle sees them that may see all: nothing of the files is missing."""
    return samples("management")


@cache
def hubs() -> Hubs:
    """What they tell of each word."""
    return Hubs(everything())


def insights_of(slug: str) -> list[dict[str, Any]]:
    """The insights in a case's file."""
    return list(plain_file(slug, "insights.yml")["insights"])


def steps_of(slug: str) -> list[dict[str, Any]]:
    """The steps in a case's journey."""
    return list(plain_file(slug, "journey.yml")["steps"])


def carries(slug: str, facts: dict[str, Any], word: Word) -> bool:
    """Whether the files of a case name the word."""
    if word.kind in KEYS:
        return word.id in facts.get(KEYS[word.kind], ())
    if word.kind is WordKind.INDUSTRY:
        return bool(facts["customer"]["industry"] == word.id)
    key = "tags" if word.kind is WordKind.TAG else "challenges"
    in_insights = any(word.id in insight.get(key, ()) for insight in insights_of(slug))
    if word.kind is WordKind.TAG:
        return in_insights or word.id in facts.get("tags", ())
    issues = (issue for step in steps_of(slug) for issue in step.get("issues", ()))
    return in_insights or any(issue.get("challenge") == word.id for issue in issues)


def cases_of(word: Word) -> list[str]:
    """Folders of the cases that carry a word, newest first."""
    return [slug for slug, facts in plain_cases().items() if carries(slug, facts, word)]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.kind}-{word.id}")
def test_a_word_gathers_its_cases_and_insights(word: Word):
    """All that carry it, newest first, and nothing else."""
    hub = hubs().hub(word)
    assert [case.slug for case in hub.cases] == cases_of(word)
    narrow = {WordKind.TAG: "tags", WordKind.CHALLENGE: "challenges"}.get(word.kind)
    expected = [
        f"{slug}#{insight['id']}"
        for slug in plain_cases()
        for insight in insights_of(slug)
        if (word.id in insight.get(narrow, ()) if narrow else slug in cases_of(word))
    ]
    assert [item.reference for item in hub.insights] == expected


def met_by(offers: list[dict[str, Any]]) -> set[str]:
    """Identifiers of the needs that some of the offers meet."""
    return {need for offer in offers for need in offer.get("meets", ())}


@pytest.mark.parametrize(
    "word",
    [word for word in WORDS if word.kind in KEYS],
    ids=lambda word: f"{word.kind}-{word.id}",
)
def test_needs_are_won_and_lost_as_the_maps_say(word: Word):
    """For a product against all competitors on the map, for a competitor against that one alone."""
    counts: Counter[tuple[str, str]] = Counter()
    weights: Counter[str] = Counter()
    for slug in cases_of(word):
        value_map = plain_file(slug, "value-map.yml")
        ours = met_by(value_map["offers"])
        theirs: set[str] = set()
        for rival in value_map.get("rivals", ()):
            if word.kind is WordKind.PRODUCT or rival["competitor"] == word.id:
                theirs |= met_by(rival.get("offers", []))
        for need in value_map["needs"]:
            if "shared" in need:
                side = {(1, 0): "won", (1, 1): "even", (0, 1): "lost", (0, 0): "open"}
                counts[need["shared"], side[int(need["id"] in ours), int(need["id"] in theirs)]] += 1
                weights[need["shared"]] += need.get("weight", 3)
    balances = need_balances(hubs().hub(word))
    found = {
        (balance.shared, standing.value): len(balance.on(standing))
        for balance in balances
        for standing in Standing
        if balance.on(standing)
    }
    assert found == dict(counts)
    assert {balance.shared: balance.weight for balance in balances} == dict(weights)
    assert [balance.weight for balance in balances] == sorted(weights.values(), reverse=True)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.kind}-{word.id}")
def test_low_points_are_the_steps_at_which_customers_felt_bad(word: Word):
    """For a challenge only steps that name it; the deepest first."""
    expected = [
        (slug, step["id"], step.get("feeling", 0))
        for slug in cases_of(word)
        for step in steps_of(slug)
        if step.get("feeling", 0) < 0
        and (
            word.kind is not WordKind.CHALLENGE
            or word.id in [issue.get("challenge") for issue in step.get("issues", ())]
        )
    ]
    found = [(point.case.slug, point.step.id, point.step.feeling) for point in LowPoints().of(hubs().hub(word))]
    assert sorted(found) == sorted(expected)
    assert [feeling for *_, feeling in found] == sorted(feeling for *_, feeling in found)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.kind}-{word.id}")
def test_parts_are_those_of_all_but_our_own_people(word: Word):
    """How many played each part, their median influence, and where they stood."""
    people = [
        person
        for slug in cases_of(word)
        for person in plain_cases()[slug].get("people", ())
        if person.get("side", "customer") != "own"
    ]
    for row in parts_played(hubs().hub(word)):
        playing = [person for person in people if row.part.value in person.get("part", ())]
        stances = Counter(person.get("stance") for person in playing)
        assert row.people == len(playing) > 0
        assert row.influence == median(person["influence"] for person in playing if "influence" in person)
        assert row.for_us == stances["champion"] + stances["supporter"]
        assert row.between == stances["neutral"]
        assert row.against_us == stances["sceptic"] + stances["opponent"]


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_a_challenge_is_as_far_answered_as_its_insights(challenge: str):
    """By state; done and open actions; issues at steps without a finished measure."""
    hub = hubs().hub(Word(WordKind.CHALLENGE, challenge))
    stand = answers(everything(), hub, insight_links(everything()))
    named = [
        insight for slug in plain_cases() for insight in insights_of(slug) if challenge in insight.get("challenges", ())
    ]
    assert {state.value: len(items) for state, items in stand.by_state.items()} == Counter(
        insight.get("state", "hypothesis") for insight in named
    )
    actions = Counter(action["state"] for insight in named for action in insight.get("actions", ()))
    assert len(stand.changes) == actions["done"]
    assert len(stand.under_way) == actions["planned"] + actions["doing"]
    issues = [
        issue["text"]
        for slug in plain_cases()
        for step in steps_of(slug)
        if "done" not in [measure.get("state", "planned") for measure in step.get("measures", ())]
        for issue in step.get("issues", ())
        if issue.get("challenge") == challenge
    ]
    assert [found.issue.text for found in stand.issues] == issues


def test_words_met_together_are_counted_by_case():
    """Shared cases, counted here for each pair; a word met only once comes after all others."""
    for word in WORDS:
        related = hubs().related(word, limit=100)
        for other, shared in related:
            assert shared == len(set(cases_of(word)) & set(cases_of(other)))
        alone = [shared < 2 for _, shared in related]
        assert alone == sorted(alone)
        assert word not in dict(related)


def test_sentences_come_from_customers_and_from_every_case_in_turn():
    """One of each case before a second of any; never our own people's words."""
    sentences = Sentences(everything().casebook.language)
    for word in WORDS:
        hub = hubs().hub(word)
        best = sentences.best(hub, 5)
        lines = [(item.case.slug, line) for item in best for line in item.lines]
        assert len(lines) == len(set(lines))
        if word.kind not in (WordKind.TAG, WordKind.CHALLENGE):
            assert len({item.case.slug for item in best}) == min(5, len(hub.cases))
        for item in best:
            assert item.case.transcript is not None
            cue = item.case.transcript.cue(item.evidence.first_cue)
            own = {person.voice for person in item.case.facts.people if person.side.value == "own"}
            assert cue is not None and cue.voice not in own


def test_a_sentence_about_the_word_itself_comes_first():
    """What carries a competitor's offer tells more of the competitor than the rest of the talk."""
    offer = {
        "id": "r1",
        "text": "夜の窓口",
        "meets": ["n1"],
        "evidence": [{"cues": "q002", "quote": "夜でも人が出てくれるんです"}],
    }
    case = a_case(
        "one",
        facts={"competitors": ["orban"]},
        insights=(
            an_insight(evidence=[{"cues": "q001", "quote": "まるで関係のない十文字を超える言葉"}], state="holds"),
        ),
        transcript=a_transcript("まるで関係のない十文字を超える言葉", "夜でも人が出てくれるんです"),
        value_map=ValueMap.model_validate(
            {
                "needs": [{"id": "n1", "text": "夜も相談したい"}],
                "rivals": [{"competitor": "orban", "offers": [offer]}],
            }
        ),
    )
    public = published(case)
    hub = Hubs(public).hub(Word(WordKind.COMPETITOR, "orban"))
    assert Sentences("ja").best(hub, 1)[0].evidence.cues == "q002"


def test_a_fallen_claim_lends_no_sentence():
    """What nobody holds to any more is not shown as what customers say."""
    fallen = an_insight(state="refuted", tags=["gloves"])
    public = published(a_case("one", insights=(fallen,)))
    hub = Hubs(public).hub(Word(WordKind.TAG, "gloves"))
    assert [item.insight.state for item in hub.insights] == [InsightState.REFUTED]
    assert Sentences("ja").best(hub, 3) == ()


def test_a_word_that_nobody_uses_is_empty():
    """Its page can still be made, and asks for a voice."""
    hub = Hubs(published(a_case("one"))).hub(Word(WordKind.PRODUCT, "nobody"))
    assert (hub.cases, hub.insights) == ((), ())
    assert need_balances(hub) == LowPoints().of(hub) == parts_played(hub) == ()
