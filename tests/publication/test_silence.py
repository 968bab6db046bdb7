"""Where a name is spoken the recording is silent: over the whole line, or over its words where they are timed."""

from __future__ import annotations

import pytest

from generator.model.transcript import Transcript
from generator.publication.redaction import Redactor
from generator.publication.silence import MUTE_MARGIN_S, muted_s
from generator.validate.transcript import read_transcript

TIMED = "はい、<00:00:11.000>北辰電設の<00:00:12.500>鈴木<00:00:13.500>です。<00:00:14.000>どうも。"


def talk(words: str) -> Transcript:
    """A cue from 10 to 15 s, read from a file."""
    vtt = f"WEBVTT\n\nq001\n00:00:10.000 --> 00:00:15.000\n<v 部長>{words}\n"
    transcript = read_transcript(vtt.encode(), "transcript.vtt").transcript
    assert transcript is not None
    return transcript


def silence(words: str, *terms: str) -> tuple[tuple[float, float], ...]:
    """What is silent when `terms` are hidden, without the margin."""
    spoken = talk(words)
    stretches = muted_s(spoken, Redactor(terms).transcript(spoken))
    return tuple((round(start_s + MUTE_MARGIN_S, 3), round(end_s - MUTE_MARGIN_S, 3)) for start_s, end_s in stretches)


def test_timed_words_are_read_and_are_no_text() -> None:
    """The times know where in the plain words they stand."""
    (cue,) = talk(TIMED).cues
    assert cue.text == "はい、北辰電設の鈴木です。どうも。"
    assert [(cue.text[place:][:2], time_s) for place, time_s in cue.times] == [
        ("北辰", 11.0),
        ("鈴木", 12.5),
        ("です", 13.5),
        ("どう", 14.0),
    ]


@pytest.mark.parametrize(
    ("terms", "silent"),
    [
        (("鈴木",), ((11.0, 14.0),)),
        (("北辰電設",), ((10.0, 12.5),)),
        (("どうも",), ((13.5, 15.0),)),
        (("はい", "どうも"), ((10.0, 15.0),)),
        (("居ない",), ()),
    ],
)
def test_of_timed_words_only_those_around_the_term_are_silent(
    terms: tuple[str, ...], silent: tuple[tuple[float, float], ...]
) -> None:
    """The rest of a long line stays to be heard; words that touch the term go with it."""
    assert silence(TIMED, *terms) == silent


@pytest.mark.parametrize(
    "words",
    [
        "はい、北辰電設の鈴木です。",
        "はい、<00:00:13.000>北辰電設の<00:00:11.000>鈴木です。",
        "はい、<00:00:31.000>北辰電設の鈴木です。",
        "<00:00:11.000>はい、\n北辰電設の鈴木です。",
    ],
)
def test_without_times_that_can_be_trusted_the_whole_line_is_silent(words: str) -> None:
    """Times that run backwards, or out of the line, are no proof of anything."""
    assert silence(words, "鈴木") == ((10.0, 15.0),)
