"""Times and the line that holds them: `00:01:23.250 --> 00:01:26.000 align:start`.

Follows "collect a WebVTT timestamp" and "collect WebVTT cue timings and settings" of the W3C standard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from generator.sources.webvtt.values import VttFlawKind

ARROW = "-->"

MAX_HOUR_DIGITS = 100
"""Longer hours are read as the largest number of this many digits: no recording is as long, and it still is a float."""

# ASCII white space only: an ideographic space is no white space to the standard.
_SPACES = "\t\n\f\r "
_SPACE = r"[\t\n\f\r ]*"
_TIME = r"(?:([0-9]+):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})(?![0-9])"
_UNPADDED_TIME = r"(?:([0-9]+):)?([0-5]?[0-9]):([0-5]?[0-9])[.,]([0-9]{1,3})(?![0-9])"

_TIMESTAMP = re.compile(_TIME)
_TIMINGS = re.compile(f"{_SPACE}{_TIME}{_SPACE}{ARROW}{_SPACE}{_TIME}")
_UNPADDED_TIMINGS = re.compile(f"{_SPACE}{_UNPADDED_TIME}{_SPACE}{ARROW}{_SPACE}{_UNPADDED_TIME}")
_START = re.compile(f"{_SPACE}{_TIME}")
_START_AND_ARROW = re.compile(f"{_SPACE}{_TIME}{_SPACE}{ARROW}")
_SPACE_RUN = re.compile(r"[\t\n\f\r ]+")


@dataclass(frozen=True, slots=True)
class Timings:
    """What a line of timings says."""

    start_s: float
    end_s: float
    settings_at: int
    """0-based column at which the cue settings begin."""
    unpadded: bool = False


@dataclass(frozen=True, slots=True)
class BadTimings:
    """Why a line with an arrow in it is no line of timings."""

    kind: VttFlawKind
    at: int
    """0-based column of the first thing that is wrong."""
    found: str
    """The word that stands there."""


def read_timings(line: str, *, unpadded_times: bool = False) -> Timings | BadTimings:
    """Read a line of timings, settings not included.

    With `unpadded_times`, times such as `0:0:5.3` or `00:00:05,300` are read too, the last part as a decimal fraction.
    """
    if found := _TIMINGS.match(line):
        h1, m1, s1, ms1, h2, m2, s2, ms2 = found.groups()
        return Timings(_seconds(h1, m1, s1, ms1), _seconds(h2, m2, s2, ms2), found.end())
    if unpadded_times and (found := _UNPADDED_TIMINGS.match(line)):
        h1, m1, s1, ms1, h2, m2, s2, ms2 = found.groups()
        start_s = _seconds(h1, m1, s1, ms1.ljust(3, "0"))
        return Timings(start_s, _seconds(h2, m2, s2, ms2.ljust(3, "0")), found.end(), unpadded=True)
    if found := _START_AND_ARROW.match(line):
        return _bad(VttFlawKind.BAD_END_TIME, line, found.end())
    if found := _START.match(line):
        return _bad(VttFlawKind.BAD_ARROW, line, found.end())
    return _bad(VttFlawKind.BAD_START_TIME, line, 0)


def read_timestamp(text: str) -> float | None:
    """Seconds of a text that is a timestamp and nothing else; None when it is not."""
    found = _TIMESTAMP.fullmatch(text)
    return _seconds(*found.groups()) if found else None


def write_timestamp(time_s: float) -> str:
    """Write seconds as `hh:mm:ss.mmm`, rounded to the millisecond.

    Raises ValueError when the time is negative or no finite number: the format has no way to write it.
    """
    if not 0 <= time_s < float("inf"):
        raise ValueError(f"WebVTT cannot write the time {time_s} s")
    # A fraction keeps long times exact, where time_s * 1000 would be rounded twice.
    seconds, milliseconds = divmod(round(Fraction(time_s) * 1000), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"


def _seconds(hours: str | None, minutes: str, seconds: str, milliseconds: str) -> float:
    whole = 60 * int(minutes) + int(seconds)
    if hours is not None:
        whole += 3600 * int(hours if len(hours) <= MAX_HOUR_DIGITS else "9" * MAX_HOUR_DIGITS)
    return (1000 * whole + int(milliseconds)) / 1000


def _bad(kind: VttFlawKind, line: str, at: int) -> BadTimings:
    rest = line[at:].lstrip(_SPACES)
    word = _SPACE_RUN.split(rest, maxsplit=1)[0]
    return BadTimings(kind, len(line) - len(rest), word)
