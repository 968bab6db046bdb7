"""The prompt names what the engine cannot know, the most important first, and never more than Whisper takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from generator.model.corpus import Corpus
from generator.transcription.engines.prompt import MAX_TOKENS, case_prompt, most_tokens
from generator.validate import load_corpus
from tests.support.weights import faster_whisper_weights
from tests.transcription.recordings import ROOT


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The sample knowledge base."""
    corpus = load_corpus(ROOT / "cases", jobs=1).corpus
    assert corpus is not None
    return corpus


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Whisper's own."""
    return Tokenizer.from_file(str(faster_whisper_weights() / "tokenizer.json"))


def prompt_of(corpus: Corpus, slug: str, language: str, **changes: object) -> str:
    """The prompt of a sample case, some of its facts changed."""
    facts = next(case.facts for case in corpus.cases if case.slug == slug)
    return case_prompt(corpus.casebook, facts.model_copy(update=changes), language)


def test_the_case_comes_first(corpus: Corpus) -> None:
    """Its products, its competitors, we, the customer as people say it, its people; then what others may mention."""
    assert prompt_of(corpus, "2025-07-power-line-maintenance", "ja").startswith(
        "フィールドノート TF14、オルバン、汎用タブレット＋ケース、トウガ機器、アマサワ送電保守、天沢 良蔵、"
    )


def test_every_name_stands_once(corpus: Corpus) -> None:
    """The room is small."""
    names = prompt_of(corpus, "2025-07-power-line-maintenance", "ja").rstrip("。").split("、")
    assert len(names) == len(set(names))


def test_english_talk_gets_no_japanese(corpus: Corpus) -> None:
    """Kana and Chinese characters would lead the engine into writing Japanese."""
    prompt = prompt_of(corpus, "2025-04-construction-lost", "en")
    assert prompt == "" or (prompt.isascii() and prompt.endswith("."))


def test_no_vocabulary_no_prompt(corpus: Corpus) -> None:
    """An empty list is no prompt, not a lone full stop."""
    facts = next(case.facts for case in corpus.cases if case.slug == "2025-07-power-line-maintenance")
    empty = corpus.casebook.model_copy(
        update={
            "products": (),
            "competitors": (),
            "own_company": corpus.casebook.own_company.model_copy(update={"name": "（仮）"}),
        }
    )
    nobody = facts.model_copy(update={"people": (), "customer": facts.customer.model_copy(update={"name": "株式会社"})})
    assert case_prompt(empty, nobody, "ja") == ""


def test_too_many_names_lose_the_last(corpus: Corpus) -> None:
    """A hundred people do not push out the products."""
    person = next(case for case in corpus.cases if case.slug == "2025-07-power-line-maintenance").facts.people[0]
    people = tuple(person.model_copy(update={"name": f"織田 信長{number}世"}) for number in range(100))
    prompt = prompt_of(corpus, "2025-07-power-line-maintenance", "ja", people=people)
    assert prompt.startswith("フィールドノート TF14、オルバン、")
    assert "織田 信長0世" in prompt
    assert "織田 信長99世" not in prompt
    assert most_tokens(prompt) <= MAX_TOKENS


@pytest.mark.audio
def test_every_sample_fits(corpus: Corpus, tokenizer: Tokenizer) -> None:
    """Whisper takes 223 tokens of a prompt."""
    for case in corpus.cases:
        language = case.facts.language or corpus.casebook.language
        prompt = case_prompt(corpus.casebook, case.facts, language)
        assert prompt
        assert len(tokenizer.encode(" " + prompt, add_special_tokens=False).ids) <= MAX_TOKENS + 1 < 223


@pytest.mark.audio
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["Cs"]), max_size=60))
def test_no_text_takes_more_tokens_than_counted(tokenizer: Tokenizer, text: str) -> None:
    """The count is an upper bound, so that a prompt is never cut inside the engine."""
    assert len(tokenizer.encode(text, add_special_tokens=False).ids) <= most_tokens(text)
