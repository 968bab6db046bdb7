"""What a WebVTT file holds, as frozen values.

Two values are equal when they say the same thing; the line they stand on does not count. So a file that was written
and read again compares equal to the one it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

Vertical: TypeAlias = Literal["", "rl", "lr"]
Align: TypeAlias = Literal["start", "center", "end", "left", "right"]
LineAlign: TypeAlias = Literal["start", "center", "end"]
PositionAlign: TypeAlias = Literal["auto", "line-left", "center", "line-right"]
SpanTag: TypeAlias = Literal["c", "i", "b", "u", "ruby", "rt", "v", "lang"]


class VttFlawKind(StrEnum):
    """Everything the standard's parser drops, repairs or merely tolerates, each with what becomes of it."""

    NOT_UTF_8 = "not-utf-8"
    """Bytes that are no UTF-8: read as U+FFFD."""
    NULL_CHARACTER = "null-character"
    """U+0000: read as U+FFFD."""
    MISSING_SIGNATURE = "missing-signature"
    """The first line is not `WEBVTT`: nothing in the file is read."""
    MISSING_BLANK_LINE = "missing-blank-line"
    """Timings right below other lines: read, but an identifier above them has become text of the cue before."""
    STRAY_TEXT = "stray-text"
    """A block without timings, often the rest of a cue with a blank line in it: dropped."""
    LATE_BLOCK = "late-block"
    """STYLE or REGION after the first cue: dropped."""
    BAD_START_TIME = "bad-start-time"
    """No start time as the standard writes it: the cue is dropped."""
    BAD_ARROW = "bad-arrow"
    """Something else than ` --> ` after the start time: the cue is dropped."""
    BAD_END_TIME = "bad-end-time"
    """No end time as the standard writes it: the cue is dropped."""
    UNPADDED_TIME = "unpadded-time"
    """A time such as `0:0:5.3`, read all the same because the caller allowed it."""
    ARROW_IN_TEXT = "arrow-in-text"
    """`-->` in the words of a cue: this line and those below it are dropped."""
    END_NOT_AFTER_START = "end-not-after-start"
    """The cue ends before it starts, or lasts no time: kept as it is."""
    STARTS_BEFORE_PREVIOUS = "starts-before-previous"
    """The cue starts before the one above it: kept where it stands."""
    MISSING_ID = "missing-id"
    """A cue without identifier, so nothing can point at it: kept."""
    DUPLICATE_ID = "duplicate-id"
    """An identifier that an earlier cue has: kept."""
    EMPTY_CUE = "empty-cue"
    """A cue that says nothing: kept."""
    BAD_SETTING = "bad-setting"
    """A cue setting that is unknown or has a value it cannot have: ignored."""
    UNKNOWN_REGION = "unknown-region"
    """A cue setting that names a region the file does not define: ignored."""
    BAD_REGION_SETTING = "bad-region-setting"
    """A line of a REGION block that is unknown or has a value it cannot have: ignored."""
    UNKNOWN_TAG = "unknown-tag"
    """`<word>` that is no tag of the standard: dropped, the text inside stays."""
    UNTERMINATED_TAG = "unterminated-tag"
    """`<` without `>`: everything after it is dropped."""
    STRAY_END_TAG = "stray-end-tag"
    """An end tag that does not close the innermost open tag: ignored."""
    UNCLOSED_TAG = "unclosed-tag"
    """A tag still open at the end of the cue: closed there."""
    UNCLOSED_VOICE = "unclosed-voice"
    """`<v>` still open at the end of a cue that is not one voice from start to end: closed there."""
    UNNAMED_VOICE = "unnamed-voice"
    """`<v>` without a name: the words are nobody's."""
    MISPLACED_RT = "misplaced-rt"
    """`<rt>` that is not directly in `<ruby>`: ignored."""
    BAD_TIMESTAMP_TAG = "bad-timestamp-tag"
    """`<digits...>` that is no timestamp: dropped."""
    UNFINISHED_REFERENCE = "unfinished-reference"
    """A character reference without its semicolon, such as `&lt`: read as the character."""


@dataclass(frozen=True, slots=True)
class VttFlaw:
    """One thing in the file that is not as the standard wants it."""

    line: int
    """1-based, as an editor counts: CRLF, CR and LF each end a line. `12`"""
    column: int
    """1-based, in characters; a byte order mark does not count. `5`"""
    kind: VttFlawKind
    """`VttFlawKind.DUPLICATE_ID`"""
    detail: str
    """The offending piece of the file, or what it says, at most `DETAIL_CHARACTERS` long. `"q042"`"""


@dataclass(frozen=True, slots=True)
class VttRegion:
    """A REGION block: a part of the picture in which cues roll."""

    id: str = ""
    """`"bottom"`"""
    width: float = 100.0
    """Per cent of the video's width. `40.0`"""
    lines: int = 3
    region_anchor: tuple[float, float] = (0.0, 100.0)
    """Per cent of the region, x and y."""
    viewport_anchor: tuple[float, float] = (0.0, 100.0)
    """Per cent of the video, x and y."""
    scroll_up: bool = False
    line: int = field(default=0, compare=False)
    """1-based line of the word REGION; 0 when it was not read from a file."""


@dataclass(frozen=True, slots=True)
class VttSettings:
    """Where and how a cue is drawn; the defaults are the standard's."""

    vertical: Vertical = ""
    line_position: float | None = None
    """Line number, or per cent of the height when `snap_to_lines` is false; None is the standard's "auto". `-1.0`"""
    line_align: LineAlign = "start"
    snap_to_lines: bool = True
    position: float | None = None
    """Per cent of the width; None is the standard's "auto". `25.0`"""
    position_align: PositionAlign = "auto"
    size: float = 100.0
    """Per cent of the width. `50.0`"""
    align: Align = "center"
    region: VttRegion | None = None


@dataclass(frozen=True, slots=True)
class VttCue:
    """Something said, from a start to an end."""

    id: str
    """Empty when the cue has none. `"q042"`"""
    start_s: float
    """Seconds, exact to the millisecond. `83.25`"""
    end_s: float
    """Seconds; may lie before `start_s`, as the standard lets it. `86.0`"""
    text: str
    """The payload as written, markup and all; never holds an empty line nor `-->`. `"<v 佐藤>手袋のまま使えない"`"""
    settings: VttSettings = VttSettings()
    line: int = field(default=0, compare=False)
    """1-based line of the timings, the text begins on the next; 0 when it was not read from a file. `14`"""
    id_line: int | None = field(default=None, compare=False)
    """1-based line of the identifier. `13`"""


@dataclass(frozen=True, slots=True)
class VttNote:
    """A NOTE block: a comment."""

    text: str
    """Without the word NOTE and the white space around. `"checked by ear up to 12:40"`"""
    line: int = field(default=0, compare=False)
    """1-based line of the word NOTE."""


@dataclass(frozen=True, slots=True)
class VttStylesheet:
    """A STYLE block."""

    css: str
    """`"::cue(v) { color: teal }"`"""
    line: int = field(default=0, compare=False)
    """1-based line of the word STYLE; the CSS begins on the next."""


VttBlock: TypeAlias = VttCue | VttNote | VttRegion | VttStylesheet


@dataclass(frozen=True, slots=True)
class VttFile:
    """A whole file: its blocks in the order in which they stand, and what is wrong with them."""

    header: str = ""
    """What follows `WEBVTT` up to the first blank line. `" - 2025-07 interview\\nKind: captions"`"""
    blocks: tuple[VttBlock, ...] = ()
    flaws: tuple[VttFlaw, ...] = field(default=(), compare=False)
    """Ordered by line and column."""

    @property
    def cues(self) -> tuple[VttCue, ...]:
        """The cues in file order."""
        return tuple(block for block in self.blocks if isinstance(block, VttCue))

    @property
    def notes(self) -> tuple[VttNote, ...]:
        """The comments in file order."""
        return tuple(block for block in self.blocks if isinstance(block, VttNote))

    @property
    def regions(self) -> tuple[VttRegion, ...]:
        """The regions in file order; of two with one identifier, cues mean the last."""
        return tuple(block for block in self.blocks if isinstance(block, VttRegion))

    @property
    def stylesheets(self) -> tuple[VttStylesheet, ...]:
        """The style sheets in file order."""
        return tuple(block for block in self.blocks if isinstance(block, VttStylesheet))


@dataclass(frozen=True, slots=True)
class VttText:
    """Words in a cue, character references resolved."""

    value: str
    """`"R&D の人たち"`"""


@dataclass(frozen=True, slots=True)
class VttTimestamp:
    """A moment inside a cue, from which on the words after it are spoken."""

    time_s: float
    """`84.5`"""


@dataclass(frozen=True, slots=True)
class VttSpan:
    """A tag with what stands in it."""

    tag: SpanTag
    classes: tuple[str, ...]
    """`("loud",)` of `<v.loud 佐藤>`"""
    annotation: str
    """The voice's name of `<v>`, the language of `<lang>`; else as written and without meaning. `"佐藤"`"""
    language: str | None
    """The innermost `<lang>` around or on the span. `"en"`"""
    children: tuple[VttNode, ...]


VttNode: TypeAlias = VttText | VttTimestamp | VttSpan
