"""What an engine may have made up is cut when it is a loop, and told in any case; what a person said stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.webvtt import parse, spoken
from generator.transcription.doubts import KEPT_REPETITIONS, LOOP_REPETITIONS, Doubt, clean, is_phantom, is_read_out
from generator.transcription.values import Segment, Word

CASES = Path(__file__).parents[2] / "cases"


def segment(
    text: str, *, avg_logprob: float = -0.2, no_speech_prob: float = 0.01, compression_ratio: float = 1.2
) -> Segment:
    """A segment whose words are its characters, a tenth of a second each."""
    words = tuple(Word(place / 10, (place + 1) / 10, letter, 0.9) for place, letter in enumerate(text))
    return Segment(0.0, len(text) / 10, text, words, avg_logprob, no_speech_prob, compression_ratio)


def one(given_segment: Segment) -> tuple[str, tuple[Doubt, ...]]:
    """Text and doubts of what comes out for one segment."""
    (doubted,) = clean([given_segment])
    return doubted.segment.text, doubted.doubts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ありがとう" * 20, "ありがとう" * KEPT_REPETITIONS),
        (
            "そうですね、はい、はい、はい、はい、はい、はい、と言いました。",
            "そうですね、はい、はい、はい、と言いました。",
        ),
        (" and then and then and then and then and then and then", " and then and then and then"),
        ("ああああああああああ", "あああ"),
        ("手袋のまま使えない。" * 7 + "以上です。", "手袋のまま使えない。" * KEPT_REPETITIONS + "以上です。"),
    ],
)
def test_a_loop_is_cut_and_told(text: str, kept: str) -> None:
    """Of a phrase that stands many times in a row only a few stay, and an ear has to verify them."""
    assert one(segment(text)) == (kept, (Doubt.REPETITION,))


@pytest.mark.parametrize(
    "text",
    [
        "はい、はい、はい。",
        "いやいやいや、違う。",
        "だんだん、だんだん、だんだん寒くなる",
        "no no no no",
        "えーと……………………",
        "2025",
        "--------------",
        "1000000円",
        "1,000,000,000,000,000",
    ],
)
def test_what_a_person_says_several_times_stays(text: str) -> None:
    """Three replies in a row, a long dash or a row of dots are no loop."""
    assert one(segment(text)) == (text, ())


def test_words_go_with_their_text() -> None:
    """Speakers and times are told by words: those of the loop are gone, and the segment ends where speech ends."""
    (doubted,) = clean([segment("長い" * 10)])
    cut = doubted.segment
    assert "".join(word.text for word in cut.words) == cut.text == "長い" * 3
    assert cut.end_s == cut.words[-1].end_s == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("figures", "doubt"),
    [
        ({"avg_logprob": -1.01}, Doubt.LOW_CONFIDENCE),
        ({"no_speech_prob": 0.61}, Doubt.MAYBE_SILENCE),
        ({"compression_ratio": 2.41}, Doubt.REPETITION),
    ],
)
def test_the_engines_own_figures_count(figures: dict[str, float], doubt: Doubt) -> None:
    """Beyond Whisper's own thresholds a line is to be verified; at them it is not."""
    assert one(segment("手袋のまま使えない", **figures)) == ("手袋のまま使えない", (doubt,))
    at_threshold = {"avg_logprob": -1.0, "no_speech_prob": 0.6, "compression_ratio": 2.4}
    assert one(segment("手袋のまま使えない", **at_threshold))[1] == ()


@pytest.mark.parametrize(
    ("probabilities", "is_doubtful"),
    [
        ((0.9, 0.9, 0.9, 0.9), False),
        ((0.99, 0.99, 0.19, 0.99), True),
        ((0.7, 0.7, 0.7, 0.7), True),
        ((0.8, 0.8, 0.8, 0.8), False),
        ((0.0, 1.0, 1.0, 1.0), True),
    ],
)
def test_one_doubtful_word_is_enough(probabilities: tuple[float, ...], is_doubtful: bool) -> None:
    """A name that was misheard is one word among many that were not; punctuation says nothing."""
    words = (*(Word(0, 1, "語", each) for each in probabilities), Word(1, 2, "。", 0.01))
    heard = replace(segment("語語語語。"), words=words)
    assert (Doubt.LOW_CONFIDENCE in one(heard)[1]) is is_doubtful


@pytest.mark.parametrize(
    "text",
    [
        "ご視聴ありがとうございました",
        " ご視聴ありがとうございました。",
        "Thanks for watching!",
        "THANK YOU FOR WATCHING.",
        "字幕作成者: 山田",
        "Subtitles by the Amara.org community",
        "チャンネル登録よろしくお願いします！",
    ],
)
def test_phantoms_are_flagged_and_never_dropped(text: str) -> None:
    """A customer may thank for watching a demonstration: only an ear can tell."""
    assert one(segment(text)) == (text, (Doubt.PHANTOM,))


@pytest.mark.parametrize(
    "text", ["ありがとうございました。", "動画をご視聴ありがとうございましたと出た", "watching", "", "。"]
)
def test_like_a_phantom_is_none(text: str) -> None:
    """The phrase is the whole line, not a part of what somebody says."""
    assert not is_phantom(text)


def test_samples_hold_no_loop_and_no_phantom() -> None:
    """Nothing that the samples' people say is taken for an engine's invention."""
    said = [
        text
        for file in sorted(CASES.glob("*/transcript.vtt"))
        for cue in parse(file.read_bytes()).cues
        for _, text in spoken(cue)
    ]
    assert len(said) > 300
    assert Counter(doubt for doubted in clean(map(segment, said)) for doubt in doubted.doubts) == {}


@given(st.lists(st.sampled_from(["はい", "、", "そう ", "no", " no", "あ", "手袋"]), max_size=40).map("".join))
def test_text_without_a_loop_is_never_touched(text: str) -> None:
    """Whatever is cut stood in a loop; words and text say the same before and after."""
    (doubted,) = clean([segment(text)])
    cut = doubted.segment
    assert "".join(word.text for word in cut.words) == cut.text
    has_loop = any(
        text[start : start + length] * LOOP_REPETITIONS == text[start : start + length * LOOP_REPETITIONS]
        for length in range(1, len(text) // LOOP_REPETITIONS + 1)
        for start in range(len(text))
    )
    if not has_loop:
        assert cut.text == text
    assert (cut.text != text) <= (Doubt.REPETITION in doubted.doubts)


@given(st.integers(LOOP_REPETITIONS, 60), st.text(st.sampled_from("手袋のまま使えない ab"), min_size=1, max_size=30))
def test_cutting_twice_changes_nothing_more(times: int, phrase: str) -> None:
    """What is left of a loop is no loop."""
    once = clean([segment(phrase * times)])[0].segment
    assert clean([once])[0].segment.text == once.text


PROMPT = "フィールドノート TF14、オルバン、トウガ機器、アマサワ送電保守。"


@pytest.mark.parametrize(
    "text", ["オルバン、トウガ機器、", "トウガ機器 アマサワ送電保守。", "フィールドノート TF14、オルバン、トウ"]
)
def test_names_read_out_are_told(text: str) -> None:
    """In a doubtful stretch an engine writes down what it was told to expect, name after name."""
    assert is_read_out(text, PROMPT)
    (doubted,) = clean([segment(text)], prompt=PROMPT)
    assert doubted.doubts == (Doubt.PHANTOM,)


@pytest.mark.parametrize("text", ["オルバン。", "オルバンさんも、手袋は使えました", "トウガ機器とオルバン", "はい", ""])
def test_a_name_that_is_said_is_no_phantom(text: str) -> None:
    """One name is an answer, and names in another order are a sentence."""
    assert not is_read_out(text, PROMPT)
    assert not is_read_out(text, "")
