"""What the engines hear, with real weights on real speech: what was said, when, and the same every time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from generator.transcription.engines import common, engine_settings, open_engine, opened
from generator.transcription.values import RATE_HZ, Engine, EngineName, EngineSettings, Heard, Samples, Segment, Word
from tests.transcription.recordings import (
    JAPANESE,
    JAPANESE_S,
    JFK,
    JFK_WORDS,
    TELEPHONE,
    character_error_rate,
    sound,
    text_of,
    weights,
    word_error_rate,
    words_of,
)

ENGINES: tuple[EngineName, ...] = ("faster-whisper", "openai-whisper")
NAMES = "フィールドノート TF14、オルバン、トウガ機器、アマサワ送電保守、天沢 良蔵。"

pytestmark = pytest.mark.audio


def settings(engine: EngineName, language: str, prompt: str = "") -> EngineSettings:
    """On the processor, as on every machine; otherwise what an editor gets who asks for nothing."""
    return engine_settings(engine, str(weights(engine)), language=language, prompt=prompt, device="cpu")


def listening(engine: EngineName, language: str, prompt: str = "") -> Engine:
    """It, on one core: several tests run side by side."""
    return opened(settings(engine, language, prompt), threads=1)


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> EngineName:
    """Each engine."""
    return request.param


@cache
def japanese(engine: EngineName) -> Heard:
    """What it hears in five turns of Japanese."""
    return listening(engine, "ja").hear(sound(JAPANESE / "audio.m4a", JAPANESE_S))


@cache
def english(engine: EngineName) -> Heard:
    """What it hears of a president."""
    return listening(engine, "en").hear(sound(JFK))


@cache
def prompted(engine: EngineName) -> Heard:
    """What it hears in the same Japanese, told the case's names."""
    return listening(engine, "ja", NAMES).hear(sound(JAPANESE / "audio.m4a", JAPANESE_S))


def test_japanese_is_heard(name: EngineName) -> None:
    """Nine of ten characters of synthetic speech are right with the base model; most errors are another kanji."""
    assert character_error_rate(words_of(JAPANESE, JAPANESE_S), text_of(japanese(name))) < 0.15


def test_english_is_heard(name: EngineName) -> None:
    """A clear English recording comes out word for word."""
    assert word_error_rate(JFK_WORDS, text_of(english(name))) < 0.05


def test_a_telephone_call_is_heard() -> None:
    """Two people on a bad line, talking over each other: three of four words."""
    heard = listening("faster-whisper", "en").hear(sound(TELEPHONE / "audio.flac"))
    assert word_error_rate(words_of(TELEPHONE), text_of(heard)) < 0.25


def test_both_engines_agree() -> None:
    """The same weights say the same, so that either can go on where the other was used."""
    fast, reference = (text_of(japanese(engine)) for engine in ENGINES)
    assert character_error_rate(reference, fast) < 0.1
    assert word_error_rate(text_of(english(ENGINES[1])), text_of(english(ENGINES[0]))) == 0
    for one, other in zip(english(ENGINES[0]).segments, english(ENGINES[1]).segments, strict=True):
        assert one.start_s == pytest.approx(other.start_s, abs=0.5)
        assert one.end_s == pytest.approx(other.end_s, abs=0.5)


def test_words_are_timed_where_they_are_said(name: EngineName) -> None:
    """The country is named twice, at 5.8 and 9.9 s of the recording: pages jump there, and redaction silences it."""
    said = [word for segment in english(name).segments for word in segment.words if "country" in word.text.casefold()]
    assert [word.start_s for word in said] == pytest.approx([5.8, 9.9], abs=0.3)


@pytest.mark.parametrize("listen", [japanese, english, prompted])
def test_words_make_up_their_segments(name: EngineName, listen: Callable[[EngineName], Heard]) -> None:
    """Nothing is lost between words and text, time runs forward, and figures are what they are said to be."""
    window = sound(JFK) if listen is english else sound(JAPANESE / "audio.m4a", JAPANESE_S)
    segments = listen(name).segments
    assert segments
    for segment in segments:
        assert "".join(word.text for word in segment.words) == segment.text == segment.text.strip() != ""
        assert 0 <= segment.start_s <= segment.end_s <= len(window) / RATE_HZ
        assert all(0 <= word.start_s <= word.end_s <= len(window) / RATE_HZ for word in segment.words)
        assert all(0 <= word.probability <= 1 for word in segment.words)
        assert segment.avg_logprob < 0 <= segment.no_speech_prob <= 1 < segment.compression_ratio + 1
    assert all(before.start_s <= after.start_s for before, after in pairwise(segments))


def test_a_prompt_keeps_sentences_apart(name: EngineName) -> None:
    """Told the case's names, an engine still writes one segment for each sentence, not one for the whole window."""
    assert len(prompted(name).segments) >= 4
    assert character_error_rate(words_of(JAPANESE, JAPANESE_S), text_of(prompted(name))) < 0.2


def test_the_prompt_is_not_read_out(name: EngineName) -> None:
    """In the pause at a window's end the prompt would come out as if it had been said; the rest is not listened to."""
    assert "アマサワ" not in text_of(prompted(name))


def test_a_name_of_the_prompt_is_spelt_as_there() -> None:
    """A competitor's name that nobody has heard of is written as the case writes it."""
    said = sound(JAPANESE / "audio.m4a")[205 * RATE_HZ : 212 * RATE_HZ]
    assert "オルバン" not in text_of(listening("faster-whisper", "ja").hear(said))
    assert "オルバン" in text_of(listening("faster-whisper", "ja", NAMES).hear(said))


@pytest.mark.parametrize("silence", [np.zeros(0, np.float32), np.zeros(1000, np.float32)], ids=["none", "a-moment"])
def test_next_to_no_sound_is_nothing(name: EngineName, silence: Samples) -> None:
    """A window too short for a word ends in nothing, not in an error of the engine."""
    assert listening(name, "ja").hear(silence) == Heard(())


def test_more_than_a_window_is_refused() -> None:
    """An engine would cut longer sound anywhere, also through a word: whoever calls it cuts at pauses."""
    with pytest.raises(ValueError, match=r"90\.06 s is longer than 90\.0 s"):
        listening("faster-whisper", "ja").hear(np.zeros(1_441_000, np.float32))


def test_doubtful_sound_is_heard_the_same_every_time() -> None:
    """Where an engine draws lots, it draws the same ones, whatever it heard before."""
    engine = open_engine(settings("faster-whisper", "ja"), threads=1)
    first = engine.hear(backwards())
    assert first.segments  # it takes it for Japanese, after several attempts
    assert engine.hear(backwards()) == first


def backwards() -> Samples:
    """Three seconds of speech played backwards, in which there is nothing to be understood."""
    return sound(JFK, 3.0)[::-1].copy()


def segment_of(text: str, words: tuple[str, ...] = (), start_s: float = 1.0, end_s: float = 2.0) -> Segment:
    """As an engine puts it out."""
    timed = tuple(Word(start_s, end_s, word, 0.5) for word in words)
    return Segment(start_s, end_s, text, timed, -0.5, 0.1, 1.2)


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        (" and so", (" and", " so"), ("and", " so")),
        ("手袋\ufffd", ("手", "袋", "\ufffd"), ("手", "袋")),
        ("手袋です", ("手袋",), ("手袋です",)),
        ("手袋です", (), ("手袋です",)),
        ("手袋 ", ("手袋", " "), ("手袋",)),
    ],
)
def test_words_and_text_are_brought_together(text: str, words: tuple[str, ...], kept: tuple[str, ...]) -> None:
    """Half a character goes, space at the ends too; where an engine lost words, the text is one word."""
    tidied = common.tidied(segment_of(text, words), 30.0)
    assert tidied is not None
    assert tuple(word.text for word in tidied.words) == kept
    assert "".join(kept) == tidied.text


@pytest.mark.parametrize("text", ["", "  ", "\ufffd"])
def test_a_segment_without_words_is_none(text: str) -> None:
    """Nothing said, nothing written."""
    assert common.tidied(segment_of(text, (text,)), 30.0) is None


def test_times_stay_inside_the_window() -> None:
    """An engine's times may lie behind the end of the sound, or run backwards."""
    tidied = common.tidied(segment_of("手袋", ("手袋",), 29.5, 31.0), 30.0)
    assert tidied is not None
    assert (tidied.start_s, tidied.end_s, tidied.words[0].end_s) == (29.5, 30.0, 30.0)
    turned = common.tidied(segment_of("手袋", ("手袋",), 2.0, 1.0), 30.0)
    assert turned is not None
    assert (turned.start_s, turned.end_s) == (2.0, 2.0)


def test_a_long_prompt_fits_and_keeps_its_beginning() -> None:
    """Whisper takes 223 tokens; the most important names stand first."""
    tokens = common.prompt_tokens("x", lambda _: list(range(300)), 50_000)
    assert len(tokens) == 223
    assert tokens[:3] == [0, 1, 2]
    assert tokens[-1] > 50_000
    assert common.prompt_tokens("  ", lambda _: [1], 50_000) == []
