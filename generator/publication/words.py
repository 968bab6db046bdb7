"""All that a value of the model says, as one text: searched at once at a tenth of the cost of each text alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.model.base import Record
from generator.model.transcript import Transcript

_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_JSON_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b"}


def words_of(value: Any) -> str:
    """Every text of records, transcripts, texts and lists of them, with keys and punctuation between."""
    if isinstance(value, str):
        return value
    if isinstance(value, Record):
        return _unescaped(value.model_dump_json())
    if isinstance(value, Transcript):
        return "|".join([part for cue in value.cues for part in (cue.voice, cue.text)])
    if isinstance(value, Mapping):
        return "|".join(words_of(item) for pair in value.items() for item in pair)
    return "|".join(map(words_of, value)) if isinstance(value, tuple) else ""


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    return _JSON_ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _JSON_LETTERS.get(found[2], found[2]), written
    )
