"""Words, not segments, are given to voices."""

from __future__ import annotations

from generator.transcription.speakers.values import Turn
from generator.transcription.speakers.words import voiced
from generator.transcription.values import Segment, Word
from tests.transcription.speakers.recordings import segment

TURNS = (Turn(0.0, 2.0, 0), Turn(2.0, 4.0, 1), Turn(6.0, 8.0, 0))


def words(*times_s: tuple[float, float]) -> Segment:
    """A segment of words at these times."""
    return segment([Word(start_s, end_s, "語", 0.9) for start_s, end_s in times_s])


def voices_of(*segments: Segment, turns: tuple[Turn, ...] = TURNS) -> list[int]:
    """The voice of each word."""
    return [word.voice for word in voiced(segments, turns)]


def test_a_segment_across_a_turn_is_divided() -> None:
    """Whisper hears question and answer as one segment; each word goes to whom it is said by."""
    assert voices_of(words((0.5, 1.0), (1.0, 1.9), (2.1, 2.6), (2.6, 3.9))) == [0, 0, 1, 1]


def test_a_word_belongs_to_the_turn_it_lies_in_most() -> None:
    """Turns are found to half a second, so that words lie across their edges."""
    assert voices_of(words((1.0, 2.2), (2.2, 3.0))) == [0, 1]
    assert voices_of(words((0.5, 1.5), (1.7, 2.8))) == [0, 1]


def test_a_word_in_a_pause_belongs_to_the_nearest_turn() -> None:
    """Engines time words into the silence beside them."""
    assert voices_of(words((4.2, 4.6)), words((5.5, 5.9)), words((9.0, 9.5))) == [1, 0, 0]


def test_words_without_length_have_a_voice() -> None:
    """Engines give some words no time at all."""
    assert voices_of(words((0.0, 0.0)), words((2.5, 2.5)), words((4.0, 4.0)), words((20.0, 20.0))) == [0, 1, 1, 0]


def test_a_stray_word_joins_its_neighbours() -> None:
    """A short turn in the middle of a sentence is the model's mistake."""
    turns = (Turn(0.0, 2.0, 0), Turn(2.0, 2.3, 1), Turn(2.3, 4.0, 0))
    assert voices_of(words((1.0, 1.9), (2.0, 2.3), (2.4, 3.0)), turns=turns) == [0, 0, 0]
    assert voices_of(words((1.0, 1.9), (2.0, 2.5), (2.5, 3.0)), turns=(*turns[:1], Turn(2.0, 2.5, 1), turns[2])) == [
        0,
        1,
        0,
    ]


def test_a_short_answer_stays_an_answer() -> None:
    """A segment of one short word between two of another voice was said by somebody."""
    turns = (Turn(0.0, 2.0, 0), Turn(2.0, 2.3, 1), Turn(2.3, 4.0, 0))
    assert voices_of(words((1.0, 1.9)), words((2.0, 2.3)), words((2.4, 3.0)), turns=turns) == [0, 1, 0]


def test_a_segment_without_words_counts_as_one() -> None:
    """Where an engine gave no times of words, the whole segment has one voice."""
    whole = Segment(2.1, 3.9, "はい", (), -0.2, 0.0, 1.2)
    assert voices_of(whole) == [1]


def test_without_turns_nobody_is_proposed() -> None:
    """Silence has no voices."""
    assert voices_of(words((0.5, 1.0)), turns=()) == []


def test_words_are_in_order_of_time() -> None:
    """Whatever order segments come in."""
    found = voiced([words((2.5, 2.8)), words((0.5, 0.8), (0.8, 1.0))], TURNS)
    assert [word.midpoint_s for word in found] == [0.65, 0.9, 2.65]
