"""The lines of a talk, in the document and in their table: hundreds a case, more than of everything else together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Final

from pydantic import Field

from generator.interchange.cells import CRLF, as_cells
from generator.model.transcript import Cue
from generator.publication import PublicCase


@dataclass(slots=True)  # frozen ones take twice as long to make
class Line:
    """One utterance of a talk, exactly as it was said."""

    id: Annotated[str, Field(description="Identifier, and anchor on the case's page: `q042`")]
    start_s: Annotated[float, Field(description="Seconds from the beginning of the talk")]
    end_s: Annotated[float, Field(description="Seconds from the beginning of the talk")]
    voice: Annotated[str, Field(description="Speaker as named in the transcript; empty when unknown")]
    text: Annotated[str, Field(description="The words")]
    unsure: Annotated[bool, Field(description="The transcription was unsure here: to be verified by ear")]


_ROW: Final = f"%s,%s,%.3f,%.3f,%s,%s,%s{CRLF}"
"""Anchor, and the columns of the table of lines; times to the millisecond, which is as much as WebVTT has."""


def readable(case: PublicCase) -> Sequence[Cue]:
    """The cues of a case that readers may read."""
    cues, withheld = case.transcript.cues if case.transcript else (), case.withheld_cues
    return [cue for cue in cues if cue.id not in withheld] if withheld else cues


def lines(case: PublicCase) -> tuple[Line, ...]:
    """The lines of a case that may be read."""
    return tuple(
        [
            Line(id_, start_s, end_s, voice, text, unsure)
            for id_, start_s, end_s, voice, text, _, unsure, _ in readable(case)
        ]
    )


def as_rows(case: PublicCase, page: str) -> tuple[str, int]:
    """The lines of a case that may be read as rows of their table, and how many; each begins with `page`."""
    cues = readable(case)
    if not cues:
        return "", 0
    ids, starts, ends, voices, texts, _, unsure, _ = zip(*cues, strict=True)
    told = ["true" if doubted else "false" for doubted in unsure]
    cells = zip(ids, as_cells(ids), starts, ends, as_cells(voices), as_cells(texts), told, strict=True)
    # All by one formatting, which takes two thirds of the time of a row by itself.
    row = f"{page}#".replace("%", "%%") + _ROW
    return row * len(cues) % tuple(chain.from_iterable(cells)), len(cues)
