"""The lines of a talk, in the document and in their table.

There are hundreds of lines a case, more than of everything else together. All of a case are written by one formatting,
which takes two thirds of the time of making an object or a row of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from json.encoder import encode_basestring
from typing import Annotated, Final

from pydantic import Field

from generator.interchange.cells import CRLF, as_cells
from generator.model.transcript import Cue
from generator.publication import PublicCase


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance of a talk, exactly as it was said."""

    id: Annotated[str, Field(description="Identifier, and anchor on the case's page: `q042`")]
    start_s: Annotated[float, Field(description="Seconds from the beginning of the talk")]
    end_s: Annotated[float, Field(description="Seconds from the beginning of the talk")]
    voice: Annotated[str, Field(description="Speaker as named in the transcript; empty when unknown")]
    text: Annotated[str, Field(description="The words")]
    unsure: Annotated[bool, Field(description="The transcription was unsure here: to be verified by ear")]


_OBJECT: Final = '{"id":%s,"start_s":%.3f,"end_s":%.3f,"voice":%s,"text":%s,"unsure":%s}'
"""A `Line`. Times to the millisecond, which is as much as WebVTT has."""
_ROW: Final = f"%s,%s,%.3f,%.3f,%s,%s,%s{CRLF}"
"""Anchor, and the columns of the table of lines."""


def readable(case: PublicCase) -> Sequence[Cue]:
    """The cues of a case that readers may read."""
    cues, withheld = case.transcript.cues if case.transcript else (), case.withheld_cues
    return [cue for cue in cues if cue.id not in withheld] if withheld else cues


def as_json(case: PublicCase) -> str:
    """The lines of a case that may be read as a JSON array of `Line`."""
    cues = readable(case)
    if not cues:
        return "[]"
    ids, starts, ends, voices, texts, _, unsure, _ = zip(*cues, strict=True)
    names = {voice: encode_basestring(voice) for voice in set(voices)}
    words = map(encode_basestring, texts)
    values = zip(
        map(encode_basestring, ids), starts, ends, map(names.__getitem__, voices), words, _told(unsure), strict=True
    )
    return f"[{','.join([_OBJECT] * len(cues))}]" % tuple(chain.from_iterable(values))


def as_rows(case: PublicCase, page: str) -> tuple[str, int]:
    """The lines of a case that may be read as rows of their table, and how many; each begins with `page`."""
    cues = readable(case)
    if not cues:
        return "", 0
    ids, starts, ends, voices, texts, _, unsure, _ = zip(*cues, strict=True)
    cells = zip(ids, as_cells(ids), starts, ends, as_cells(voices), as_cells(texts), _told(unsure), strict=True)
    row = f"{page}#".replace("%", "%%") + _ROW
    return row * len(cues) % tuple(chain.from_iterable(cells)), len(cues)


def _told(unsure: Iterable[bool]) -> list[str]:
    return ["true" if doubted else "false" for doubted in unsure]
