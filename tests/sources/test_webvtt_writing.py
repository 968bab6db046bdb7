"""What is written reads back as the same, whatever was said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.webvtt import (
    VttCue,
    VttFile,
    VttNote,
    VttRegion,
    VttSettings,
    VttStylesheet,
    cue_nodes,
    parse,
    plain_text,
    spoken,
    spoken_cue,
    voices,
    write,
)

PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\r", "\0", " ", "\t", "\f", "\u3000", "\u2028", "q001", "手袋のまま使えない"),
        *("00:01.000 --> 01:00:02.500", "00:03.000-->00:02.000", "00:00:05,300 --> 0:0:6.1", "-->", "--&gt;"),
        *("\nNOTE", "\nSTYLE\n", "\nREGION\nid:a\n", "width:40.25%\n", "regionanchor:0.001%,9%\n", "scroll:up\n"),
        *(" region:a", " line:-1,end", " line:0.00001%", " position:5%,center", " size:33%", " vertical:rl"),
        *("<v 佐藤>", "</v>", "<b.x>", "<ruby>", "<rt>", "</ruby>", "<00:01.500>", "<lang en>", "&amp", "&lt;", "<"),
    ]
)
FILES = st.lists(PIECES | st.text(max_size=8), max_size=40).map(lambda pieces: "WEBVTT\n\n" + "".join(pieces))
TIMES_S = st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000)


def normalised(text: str) -> str:
    """The text as any WebVTT file can hold it: LF line ends, no null characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


@given(st.text() | FILES | st.binary())
def test_reading_never_raises(source: str | bytes) -> None:
    """No content, however broken, stops a build with a traceback."""
    for cue in parse(source, unpadded_times=True).cues:
        assert all(said and said == said.strip() for _, said in spoken(cue))


@given(FILES)
def test_a_file_that_was_read_is_written_as_it_was(source: str) -> None:
    """Identifiers, times, settings, texts, notes, regions and style sheets survive reading and writing."""
    file = parse(source)
    assert parse(write(file)) == file


@given(FILES)
def test_every_flaw_lies_in_the_file(source: str) -> None:
    """A flaw's line and column can be opened in an editor."""
    lines = re.split(r"\r\n|\r|\n", source)
    for flaw in parse(source).flaws:
        assert 1 <= flaw.line <= len(lines)
        assert 1 <= flaw.column <= len(lines[flaw.line - 1]) + 1


@given(FILES)
def test_the_short_way_to_who_says_what_agrees_with_the_tree(source: str) -> None:
    """Cues that are read without a tree hold the same words and voices as by the standard's way."""
    for cue in parse(source).cues:
        tree = cue_nodes(cue.text)
        assert "".join("".join(said.split()) for _, said in spoken(cue)) == "".join(plain_text(tree).split())
        assert {voice for voice, _ in spoken(cue) if voice} <= set(voices(tree))


@given(TIMES_S, TIMES_S, st.none() | st.text(), st.text())
def test_spoken_words_come_back_as_they_were(start_s: float, end_s: float, voice: str | None, text: str) -> None:
    """Any words by anyone, arrows, brackets and empty lines included, survive the file."""
    cue = spoken_cue("q001", start_s, end_s, voice, text)
    assert parse(write(VttFile(blocks=(cue,)))).cues == (cue,)
    nodes = cue_nodes(cue.text)
    assert plain_text(nodes) == normalised(text)
    name = re.sub(r"[\t\n\f ]+", " ", normalised(voice or "")).strip(" ")
    assert voices(nodes) == ((name,) if name else ())


def test_a_file_is_written_as_people_write_it() -> None:
    """The output is what an editor would like to read and diff."""
    region = VttRegion("low", width=40.5, scroll_up=True)
    file = VttFile(
        " - 2025-07",
        (
            VttNote("checked by ear"),
            VttStylesheet("::cue { color: teal }"),
            region,
            spoken_cue("q001", 1.0, 3723.25, "佐藤", "A & B --> C"),
            VttCue("", 4.0, 5.0, "", VttSettings(line_position=-1.0, align="left")),
            VttCue("q003", 4.0, 5.0, "x", VttSettings(region=region)),
            VttNote("two\nlines"),
        ),
    )
    assert (
        write(file)
        == """WEBVTT - 2025-07

NOTE checked by ear

STYLE
::cue { color: teal }

REGION
id:low
width:40.5%
lines:3
regionanchor:0%,100%
viewportanchor:0%,100%
scroll:up

q001
00:00:01.000 --> 01:02:03.250
<v 佐藤>A &amp; B --&gt; C

00:00:04.000 --> 00:00:05.000 line:-1 align:left

q003
00:00:04.000 --> 00:00:05.000 region:low
x

NOTE
two
lines
"""
    )
    assert parse(write(file)) == file


@pytest.mark.parametrize(
    "file",
    [
        VttFile("no space before"),
        VttFile("\n00:01.000 --> 00:02.000"),
        VttFile(" title\n"),
        VttFile(blocks=(VttCue("a-->b", 0.0, 1.0, "x"),)),
        VttFile(blocks=(VttCue("a\nb", 0.0, 1.0, "x"),)),
        VttFile(blocks=(VttCue("a", 0.0, 1.0, "x\n\ny"),)),
        VttFile(blocks=(VttCue("a", 0.0, 1.0, "x --> y"),)),
        VttFile(blocks=(VttCue("a", -1.0, 1.0, "x"),)),
        VttFile(blocks=(VttCue("a", 0.0, float("nan"), "x"),)),
        VttFile(blocks=(VttNote("x\n\ny"),)),
        VttFile(blocks=(VttStylesheet("a --> b"),)),
        VttFile(blocks=(VttCue("a", 0.0, 1.0, "x"), VttStylesheet("b {}"))),
        VttFile(blocks=(VttCue("a", 0.0, 1.0, "x", VttSettings(region=VttRegion("low"))),)),
    ],
    ids=lambda file: repr(file)[:60],
)
def test_what_would_not_read_back_is_refused(file: VttFile) -> None:
    """A caller's value that the format cannot hold is an error, never a file that says something else."""
    with pytest.raises(ValueError, match=r"."):
        write(file)
