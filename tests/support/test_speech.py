"""Spoken samples keep the transcript as it was written, but for its times."""

from __future__ import annotations

from tests.support.speech import CuePlace, SpokenPart, assign_manners, find_cues, pause_s, retime, spoken_parts

TRANSCRIPT = """\
WEBVTT

NOTE synthetic speech (as it was made last time)

NOTE checked by the editor

q001
00:00:00.000 --> 00:00:01.000 align:start
<v 佐藤>では、<ruby>始<rt>はじ</rt></ruby>めます。

q002
00:01.000 --> 00:02.000
<v 田中>R&amp;Dの者です。</v><v 佐藤>はい。</v>
""".splitlines()


def test_only_times_and_the_note_on_their_making_change() -> None:
    """Ids, settings, voices, words and the editor's notes stay."""
    retimed = retime(TRANSCRIPT, list(find_cues(TRANSCRIPT)), [(0.4, 1.25), (3661.5, 3662.0)], note="synthetic speech")
    assert retimed.splitlines() == [
        "WEBVTT",
        "",
        "NOTE synthetic speech",
        "",
        "NOTE checked by the editor",
        "",
        "q001",
        "00:00:00.400 --> 00:00:01.250 align:start",
        "<v 佐藤>では、<ruby>始<rt>はじ</rt></ruby>めます。",
        "",
        "q002",
        "01:01:01.500 --> 01:01:02.000",
        "<v 田中>R&amp;Dの者です。</v><v 佐藤>はい。</v>",
    ]


def test_words_are_spoken_without_markup_by_whom_they_belong_to() -> None:
    """Tags and ruby readings are not read out, and each voice says its own words."""
    first, second = find_cues(TRANSCRIPT)
    assert first.parts == (SpokenPart("佐藤", "では、始めます。"),)
    assert second.parts == (SpokenPart("田中", "R&Dの者です。"), SpokenPart("佐藤", "はい。"))
    assert list(spoken_parts("no voice named")) == [SpokenPart("", "no voice named")]


def test_each_name_has_a_voice_of_its_own() -> None:
    """Two people in a room are told apart by ear."""
    manners = assign_manners(list(find_cues(TRANSCRIPT)))
    assert list(manners) == ["佐藤", "田中"]
    assert manners["佐藤"] != manners["田中"]


def test_pauses_are_natural_and_repeatable() -> None:
    """The same words are followed by the same pause, between 0.25 and 0.7 s, and not all pauses are alike."""
    cues = [CuePlace(0, (SpokenPart("佐藤", f"{number}番目"),)) for number in range(50)]
    pauses_s = [pause_s(cue) for cue in cues]
    assert pauses_s == [pause_s(cue) for cue in cues]
    assert 0.25 <= min(pauses_s) < 0.4
    assert 0.55 < max(pauses_s) <= 0.7
