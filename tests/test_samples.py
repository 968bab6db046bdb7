"""The sample knowledge base: complete enough to learn from, and an example of what the product asks of editors."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.model.corpus import Case, Corpus
from generator.model.vocabulary import CaseType
from generator.sources.audio import read_audio_facts
from generator.validate import load_corpus
from tests.support.tiny_site import CONFIG

CASES = CONFIG.parent / "cases"
SLUGS = sorted(folder.name for folder in CASES.iterdir() if (folder / "case.yml").is_file())


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The samples, without so much as a hint from the check."""
    checked = load_corpus(CASES, jobs=1)
    assert checked.problems == ()
    assert checked.corpus is not None
    return checked.corpus


@pytest.fixture(params=SLUGS)
def case(request: pytest.FixtureRequest, corpus: Corpus) -> Case:
    """Each of them."""
    return next(case for case in corpus.cases if case.slug == request.param)


def test_all_kinds_of_customers_speak_in_both_languages(corpus: Corpus) -> None:
    """Loyal, won over, lost and left, one of them in silence; six cases in Japanese and two in English."""
    assert {case.facts.type for case in corpus.cases} == set(CaseType)
    assert any(case.facts.silent for case in corpus.cases)
    languages = Counter(case.facts.language or corpus.casebook.language for case in corpus.cases)
    assert languages["ja"] >= 6
    assert languages["en"] >= 2


def test_talk_is_heard_for_two_to_five_minutes(case: Case) -> None:
    """Long enough to be an interview, short enough to be heard by everyone who tries the product."""
    assert case.recording is not None
    assert 120 <= case.recording.duration_s <= 300


def test_voices_are_marked_as_synthetic(case: Case) -> None:
    """Nobody is to take them for a customer's: file and transcript say how they were made."""
    transcript = (CASES / case.slug / "transcript.vtt").read_text(encoding="utf-8")
    assert "NOTE synthetic speech (" in transcript
    assert any("synthetic" in text for text in read_audio_facts(CASES / case.slug / "audio.m4a").tags.values())


def test_review_is_held_by_many(case: Case) -> None:
    """At least fifteen notes on lines, of at least four departments."""
    assert case.review is not None
    assert len(case.review.notes) >= 15
    assert len({note.department for note in case.review.notes}) >= 4


def test_insights_rest_on_words_and_lead_to_change(case: Case) -> None:
    """Four claims or more, each with a quote; something was changed, and something came of it."""
    assert len(case.insights) >= 4
    assert all(any(evidence.quote for evidence in insight.evidence) for insight in case.insights)
    assert any(action.outcome for insight in case.insights for action in insight.actions)


def test_every_map_is_there(case: Case) -> None:
    """3C map with a competitor, journey, people, mini template, core line and notes."""
    assert case.value_map is not None
    assert case.value_map.rivals
    assert case.journey is not None
    assert case.facts.people
    assert case.facts.template is not None
    assert case.facts.core is not None
    assert case.notes_markdown


def test_cases_contradict_and_support_each_other(corpus: Corpus) -> None:
    """As real ones do."""
    insights = [insight for case in corpus.cases for insight in case.insights]
    assert any(insight.supports for insight in insights)
    assert any(insight.contradicts for insight in insights)
    assert {"holds", "hypothesis", "refuted"} <= {insight.state.value for insight in insights}
