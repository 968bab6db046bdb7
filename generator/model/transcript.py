"""What was said, by whom, when: the verbatim transcript of a case on one timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Cue(NamedTuple):
    """One utterance. `id` is stored in the file, never computed from its position, so that links to it last.

    A named tuple because there are hundreds of them a case: made in a fifth of the time of a frozen data class.
    """

    id: str
    """`q042`: also the anchor on the case page."""
    start_s: float
    """Seconds from the start of the joined recording, for example 83.25."""
    end_s: float
    voice: str
    """Speaker as named in the transcript (`<v 佐藤>`), empty when unknown."""
    text: str
    """The words exactly as said, without markup."""
    line: int
    """1-based line of the cue's timings in the transcript file."""
    unsure: bool = False
    """True when the transcription itself was unsure here: to be verified by ear."""
    times: tuple[tuple[int, float], ...] = ()
    """Where the file times words within the cue (`<00:01:24.500>`): place in `text`, and from when on it is spoken."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All cues of a case in the order of the file."""

    cues: tuple[Cue, ...]
    unconfirmed: tuple[str, ...] = ()
    """Voices that a machine told apart and nobody has named yet: `("話者1",)`."""
    _positions: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the cues by identifier; the first of two equal identifiers wins (the check reports the second)."""
        last = len(self.cues) - 1
        positions = {cue.id: last - behind for behind, cue in enumerate(reversed(self.cues))}
        object.__setattr__(self, "_positions", positions)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross to another process as plain tuples, in half of the time."""
        return _from_rows, (list(map(tuple, self.cues)), self.unconfirmed)

    def position(self, cue_id: str) -> int | None:
        """0-based place of a cue, or None when there is no such cue."""
        return self._positions.get(cue_id)

    def cue(self, cue_id: str) -> Cue | None:
        """The cue of that identifier, or None."""
        position = self._positions.get(cue_id)
        return None if position is None else self.cues[position]

    def positions(self, first: str, last: str) -> range:
        """0-based places of the cues from `first` to `last`, both included; empty as `run` is."""
        start, stop = self._positions.get(first), self._positions.get(last)
        return range(0) if start is None or stop is None else range(start, stop + 1)

    def run(self, first: str, last: str) -> tuple[Cue, ...]:
        """The cues from `first` to `last`, both included; empty when one is missing or they are reversed."""
        found = self.positions(first, last)
        return self.cues[found.start : found.stop]

    @property
    def voices(self) -> tuple[str, ...]:
        """Speakers in the order of their first words."""
        return tuple(filter(None, dict.fromkeys([cue.voice for cue in self.cues])))

    @property
    def end_s(self) -> float:
        """End of the last cue to end, in seconds; 0.0 for an empty transcript."""
        return max([cue.end_s for cue in self.cues], default=0.0)


def _from_rows(rows: list[tuple[Any, ...]], unconfirmed: tuple[str, ...]) -> Transcript:
    return Transcript(tuple(map(Cue._make, rows)), unconfirmed)
