"""The short way through a transcript leads to the same place as the long one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.sources.webvtt import parse, spoken
from generator.validate.plain_transcript import read_plain_transcript

PIECES = (
    "WEBVTT", "\n", "\n\n", " ", "q001", "q002", "NOTE", "NOTE 聴き直し", "00:00:01.000 --> 00:00:02.500",
    "00:00:02.500 --> 00:00:04.000", "01:59:59.999 --> 02:00:00.000", "00:00:09.000 --> 00:00:08.000", " align:start",
    "<v 課長>", "<v.loud 課長>", "<v 課 長>", "</v>", "手袋のまま使えない", "R&amp;D", "-->", "--", "　",
    "NOTE verify by ear q001: low-confidence", "NOTE\ncasebook heard\nproposed 課長",
    "\r\n", "\0", "\ufeff", "STYLE",
)  # fmt: skip
GOOD = "q{0:03}\n00:00:{0:02}.000 --> 00:00:{0:02}.900\n<v 課長>発言{0}\n\n"


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 59).map(GOOD.format))).map("".join))
def test_what_is_read_the_short_way_is_what_the_standard_reads(body: str) -> None:
    """When it answers at all, each cue is the standard's, and the standard has nothing to complain about."""
    content = f"WEBVTT\n\n{body}".encode()
    plain = read_plain_transcript(content)
    if plain is None:
        return
    cues, file = plain.cues, parse(content)
    assert not file.flaws
    assert [(cue.id, cue.start_s, cue.end_s, cue.line) for cue in cues] == [
        (cue.id, cue.start_s, cue.end_s, cue.line) for cue in file.cues
    ]
    assert [((cue.voice, cue.text),) for cue in cues] == [spoken(cue) for cue in file.cues]
    if any(note.text.startswith(("verify by ear", "casebook heard")) for note in file.notes):
        assert list(plain.comments) == [(note.text, note.line) for note in file.notes]


def test_what_an_hours_transcript_looks_like_is_read_the_short_way() -> None:
    """Otherwise a thousand cases would take the long way without anyone noticing."""
    body = "NOTE 聴き直し済み\n\n" + "".join(GOOD.format(place) for place in range(60))
    plain = read_plain_transcript(f"WEBVTT - 2025-07\n\n{body}".encode())
    assert plain is not None
    cues = plain.cues
    assert len(cues) == 60
    assert (cues[59].id, cues[59].start_s, cues[59].text) == ("q059", 59.0, "発言59")
