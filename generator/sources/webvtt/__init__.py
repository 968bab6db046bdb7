"""WebVTT, the transcript's format, read and written exactly by the W3C standard (https://www.w3.org/TR/webvtt1/).

`parse` turns a file into blocks and lists every flaw with its line and column; `spoken` says who says what in a cue;
`spoken_cue` and `write` go the other way. Nothing here knows of cases: any WebVTT file can be read.

values, then timings, settings, references and cue_text for the parts of a file, reader and writer for the whole.
"""

from __future__ import annotations

from generator.sources.webvtt.cue_text import cue_nodes, plain_text, spoken, voices
from generator.sources.webvtt.reader import parse
from generator.sources.webvtt.values import (
    VttBlock,
    VttCue,
    VttFile,
    VttFlaw,
    VttFlawKind,
    VttNode,
    VttNote,
    VttRegion,
    VttSettings,
    VttSpan,
    VttStylesheet,
    VttText,
    VttTimestamp,
)
from generator.sources.webvtt.writer import spoken_cue, write

__all__ = [
    "VttBlock",
    "VttCue",
    "VttFile",
    "VttFlaw",
    "VttFlawKind",
    "VttNode",
    "VttNote",
    "VttRegion",
    "VttSettings",
    "VttSpan",
    "VttStylesheet",
    "VttText",
    "VttTimestamp",
    "cue_nodes",
    "parse",
    "plain_text",
    "spoken",
    "spoken_cue",
    "voices",
    "write",
]
