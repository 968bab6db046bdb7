"""Evidence: the thread from every claim back to the words that were said."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from generator.model.base import CaseId, CueId, Record, RefersTo, Target, Text, told
from generator.model.vocabulary import Moment

_ID = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
_RANGE = re.compile(rf"^(?P<first>{_ID}?)(?:\s*\.\.\s*(?P<last>{_ID}))?$")


@lru_cache(maxsize=1 << 15)  # pages across cases ask many times for the same few thousand
def split_cue_range(text: str) -> tuple[str, str]:
    """First and last cue identifier of `q042` or `q042..q045`. Raises ValueError("cue_range") for anything else."""
    match = _RANGE.match(text.strip())
    if match is None:
        raise ValueError("cue_range")
    first = match["first"]
    return first, match["last"] or first


def _checked(text: str) -> str:
    split_cue_range(text)
    return text.strip()


CueRange = Annotated[
    str,
    AfterValidator(_checked),
    WithJsonSchema({"type": "string", "pattern": rf"^\s*{_ID}(\s*\.\.\s*{_ID})?\s*$"}),
    RefersTo(Target.CUES),
]
"""One cue or a run of cues in the transcript's order: `q042` or `q042..q045`."""


class Evidence(Record):
    """Words that were really said, and where. The check fails when they no longer stand there."""

    cues: CueRange = told(
        "発言の位置", "Cue, or first..last cue, in this case's transcript", examples=["q042", "q042..q045"]
    )
    quote: Text | None = told(
        "引用", "The customer's words, exactly as they stand in those cues", None, examples=["手袋のまま使えない"]
    )
    case: CaseId | None = told("別の事例", "Folder name of another case when the words were said there", None)
    moment: Moment | None = told("いつの声か", "Before buying, after use, or on leaving", None)
    copy_allowed: bool = told(
        "社外利用可", "The customer agreed that these words may be used outside the company", False
    )

    @property
    def first_cue(self) -> CueId:
        """Identifier of the first cue, for example `q042`."""
        return split_cue_range(self.cues)[0]

    @property
    def last_cue(self) -> CueId:
        """Identifier of the last cue; the same as the first for a single cue."""
        return split_cue_range(self.cues)[1]
