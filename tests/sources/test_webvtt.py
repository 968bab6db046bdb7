"""What a reader of a transcript relies on: every flaw has its place, and the words have their speakers."""

from __future__ import annotations

import pytest

from generator.sources.webvtt import (
    VttCue,
    VttFlaw,
    VttFlawKind,
    VttNote,
    VttSpan,
    VttStylesheet,
    VttText,
    VttTimestamp,
    cue_nodes,
    parse,
    plain_text,
    spoken,
    voices,
)

TIMES = "00:01.000 --> 00:02.000"
TRANSCRIPT = f"""WEBVTT - 2025-07 interview
Kind: captions

NOTE checked by ear
up to 12:40

STYLE
::cue(v) {{ color: teal }}

q001
{TIMES} align:start
<v 佐藤>重いです。

q002
00:02.000 --> 00:04.500
<v 鈴木>そういえば、
手袋のまま使えない、と。
"""


def cue(text: str) -> VttCue:
    """A cue that holds the text."""
    return VttCue("q001", 1.0, 2.0, text)


def flaws(below_the_header: str) -> list[tuple[str, int, int, str]]:
    """Kind, line, column and detail of all flaws; the first line given is line 3 of the file."""
    return [(str(f.kind), f.line, f.column, f.detail) for f in parse("WEBVTT\n\n" + below_the_header).flaws]


def text_flaws(text: str) -> list[tuple[str, int, int, str]]:
    """The flaws of a cue's text; the text begins on line 5 of its file."""
    return flaws(f"q001\n{TIMES}\n{text}\n")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_line_numbers_are_the_editors_whatever_ends_a_line(line_end: str, mark: str) -> None:
    """The same file with other line ends or a byte order mark has its cues on the same lines."""
    file = parse((mark + TRANSCRIPT.replace("\n", line_end)).encode())
    assert [(cue.id, cue.id_line, cue.line) for cue in file.cues] == [("q001", 10, 11), ("q002", 14, 15)]
    assert [(note.text, note.line) for note in file.notes] == [("checked by ear\nup to 12:40", 4)]
    assert file == parse(TRANSCRIPT)


def test_a_sound_transcript_has_no_flaws() -> None:
    """Silence is the sign that all is well."""
    assert parse(TRANSCRIPT).flaws == ()


def test_a_file_holds_its_blocks_in_order() -> None:
    """Header, notes, style sheets and cues keep their contents and their order."""
    file = parse(TRANSCRIPT)
    assert file.header == " - 2025-07 interview\nKind: captions"
    assert [type(block) for block in file.blocks] == [VttNote, VttStylesheet, VttCue, VttCue]
    assert file.stylesheets[0].css == "::cue(v) { color: teal }"
    assert (file.cues[1].start_s, file.cues[1].end_s) == (2.0, 4.5)
    assert file.cues[0].settings.align == "start"


def test_unicode_line_separators_do_not_end_lines() -> None:
    """Only CR and LF end a line: U+2028, U+0085 and a form feed are text."""
    assert parse(f"WEBVTT\n\nq001\n{TIMES}\na\u2028b\u0085c\fd").cues[0].text == "a\u2028b\u0085c\fd"


def test_an_ideographic_space_is_text_and_no_white_space() -> None:
    """A name written with U+3000 stays one name as it was written."""
    assert spoken(cue("<v 山田　太郎>はい")) == (("山田　太郎", "はい"),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nx", VttFlaw(1, 1, VttFlawKind.MISSING_SIGNATURE, "1")),
        ("", VttFlaw(1, 1, VttFlawKind.MISSING_SIGNATURE, "")),
        ("WEBVTTX\n", VttFlaw(1, 1, VttFlawKind.MISSING_SIGNATURE, "WEBVTTX")),
        (
            b"\xef\xbb\xbfWEBVTT\r\n\r\nNOTE ok\r\nab\x83e",
            VttFlaw(4, 3, VttFlawKind.NOT_UTF_8, "83"),
        ),
        ("WEBVTT\n\nNOTE a\0b\n", VttFlaw(3, 7, VttFlawKind.NULL_CHARACTER, "U+0000")),
    ],
)
def test_what_is_wrong_with_the_whole_file_has_a_place(source: str | bytes, expected: VttFlaw) -> None:
    """A missing signature and characters that are none are reported where they stand."""
    assert parse(source).flaws == (expected,)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("q001\n00:00:01,000 --> 00:00:02.000\nx", ("bad-start-time", 4, 1, "00:00:01,000")),
        ("q001\n 00:01.000 -> 00:02.000 -->\nx", ("bad-arrow", 4, 12, "->")),
        ("q001\n00:01.000 --> 0:02.000\nx", ("bad-end-time", 4, 15, "0:02.000")),
        ("q001\n00:02.000 --> 00:01.000\nx", ("end-not-after-start", 4, 1, "00:02.000 --> 00:01.000")),
        (f"{TIMES}\nx", ("missing-id", 3, 1, "")),
        (f"q001\n{TIMES}\nx\n\nq001\n{TIMES}\ny", ("duplicate-id", 7, 1, "q001")),
        (f"q001\n{TIMES}\n", ("empty-cue", 4, 1, "")),
        (f"q001\n{TIMES}\nx\n\nthe rest", ("stray-text", 7, 1, "the rest")),
        (f"q001\n{TIMES}\nx\na --> b", ("arrow-in-text", 6, 3, "a --> b")),
        (f"q001\n{TIMES}\nx\n\nSTYLE\na{{}}", ("late-block", 7, 1, "STYLE")),
        (f"q001\n{TIMES} line:0 color:red\nx", ("bad-setting", 4, 32, "color:red")),
        (f"q001\n{TIMES} region:low\nx", ("unknown-region", 4, 25, "low")),
        (f"REGION\nid:a\nwidth:half\n\nq001\n{TIMES}\nx", ("bad-region-setting", 5, 1, "width:half")),
        (
            f"q001\n00:09.000 --> 00:10.000\nx\n\nq002\n{TIMES}\ny",
            ("starts-before-previous", 8, 1, TIMES),
        ),
    ],
)
def test_a_flawed_block_is_reported_at_its_place(block: str, expected: tuple[str, int, int, str]) -> None:
    """Each way in which a block can be wrong is one flaw with line, column and what stands there."""
    assert flaws(block) == [expected]


def test_cues_without_a_blank_line_between_are_both_read() -> None:
    """Timings end the cue above; that its identifier was taken for text is said."""
    source = f"q001\n{TIMES}\nx\nq002\n{TIMES}\ny"
    assert [c.text for c in parse("WEBVTT\n\n" + source).cues] == ["x\nq002", "y"]
    assert flaws(source) == [("missing-blank-line", 7, 1, "q002"), ("missing-id", 7, 1, "")]


def test_padding_and_decimal_commas_are_forgiven_when_asked() -> None:
    """Times as Teams and SubRip write them are dropped by the standard, and read with a flaw on request."""
    source = "WEBVTT\n\nq001\n0:0:1.0 --> 0:0:5,320\nx"
    assert parse(source).cues == ()
    forgiven = parse(source, unpadded_times=True)
    assert [(c.start_s, c.end_s) for c in forgiven.cues] == [(1.0, 5.32)]
    assert [f.kind for f in forgiven.flaws] == [VttFlawKind.UNPADDED_TIME]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ああ<笑い>そう", [("unknown-tag", 5, 3, "笑い")]),
        ("3 < 5", [("unterminated-tag", 5, 3, "< 5"), ("unknown-tag", 5, 3, " 5")]),
        ("a\nb</i>", [("stray-end-tag", 6, 2, "/i")]),
        ("<b>a", [("unclosed-tag", 5, 1, "b")]),
        ("<v>a", [("unnamed-voice", 5, 1, "v")]),
        ("x <v A>a", [("unclosed-voice", 5, 3, "A")]),
        ("<v A>a\n<v B>b", [("unclosed-voice", 5, 1, "A"), ("unclosed-voice", 6, 1, "B")]),
        ("<rt>a", [("misplaced-rt", 5, 1, "rt")]),
        ("<1:2>a", [("bad-timestamp-tag", 5, 1, "1:2")]),
        ("a &lt b &amp; R&D", [("unfinished-reference", 5, 3, "&lt")]),
        ("<v A></v>", [("empty-cue", 5, 1, "<v A></v>")]),
        ("<v A>a", []),
        ("<v A>a</v> <v B>b</v>", []),
        ("<ruby>漢字<rt>かんじ</ruby><i>x</i> Q&A &#12354;", []),
    ],
)
def test_what_markup_loses_or_repairs_is_reported(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    """Words that vanish in a tag, tags that do not close and the like have line and column; sound markup has none."""
    assert text_flaws(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barnabas: Hello.", ((None, "Barnabas: Hello."),)),
        ("<v 佐藤>R&amp;D です", (("佐藤", "R&D です"),)),
        ("<v.loud 佐藤>a</v>", (("佐藤", "a"),)),
        ("<v A>a</v> <v B>b</v>", (("A", "a"), ("B", "b"))),
        ("<v A>a</v>\n<v A>b</v>", (("A", "a\nb"),)),
        ("<v A>a\n<v B>b", (("A", "a"), ("B", "b"))),
        ("- x <v A>a</v> y", ((None, "- x"), ("A", "a"), (None, "y"))),
        ("<v A><i>a</i> <00:01.500>b</v>", (("A", "a b"),)),
        ("<v A &amp; B>a", (("A & B", "a"),)),
        ("<v A ><b></b> </v>", ()),
        ("<v A>x<v>y", (("A", "x"), (None, "y"))),
        ("", ()),
    ],
)
def test_who_says_what(text: str, expected: tuple[tuple[str | None, str], ...]) -> None:
    """One cue may hold several voices; the innermost speaks, and what names nobody is nobody's."""
    assert spoken(cue(text)) == expected


def test_plain_text_leaves_out_the_readings_over_ruby() -> None:
    """A quote of the customer's words must not hold each word twice."""
    assert plain_text(cue_nodes("<ruby>現場<rt>げんば</rt></ruby>で&lrm;す")) == "現場で\u200eす"


def test_voices_are_named_once_in_order() -> None:
    """The voices of a cue are those that begin in it."""
    assert voices(cue_nodes("<v B>a</v><v A>b</v><v B>c</v><v>d</v>")) == ("B", "A")


def test_the_tree_knows_languages_classes_and_moments() -> None:
    """What the tags say stays with the words, for those who draw them."""
    assert cue_nodes("<lang en><c.term.new>MQL</c></lang><00:01.500>x") == (
        VttSpan("lang", (), "en", "en", (VttSpan("c", ("term", "new"), "", "en", (VttText("MQL"),)),)),
        VttTimestamp(1.5),
        VttText("x"),
    )


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("&#x80;", "€"),
        ("&#129;", "\x81"),
        ("&#1;", "\x01"),
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
        ("&#00065;", "A"),
        ("&CounterClockwiseContourIntegral;", "∳"),
        ("&notin", "¬in"),
        ("&#x;", "&#x;"),
        ("&あ;", "&あ;"),
    ],
)
def test_character_references_are_resolved_as_html_does(reference: str, expected: str) -> None:
    """Numbers beyond Unicode, Windows' own numbers and names without semicolon follow HTML's table."""
    assert plain_text(cue_nodes(reference)) == expected


def test_hostile_sizes_do_not_stop_the_reader() -> None:
    """Markup deeper and numbers longer than Python likes are read like any other."""
    digits = "9" * 5000
    source = f"WEBVTT\n\nREGION\nid:a\nlines:{digits}\n\nq001\n{TIMES} line:{digits}\n{'<b>' * 20000}x\n\n"
    file = parse(source + f"q002\n{digits}:00:00.000 --> {digits}:00:01.000\ny")
    assert [spoken(c) for c in file.cues] == [((None, "x"),), ((None, "y"),)]
