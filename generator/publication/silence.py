"""Where a recording is silent: cues in which a redacted term is spoken, and voices that may not be heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator.model.transcript import Transcript

MUTE_MARGIN_S = 0.3
"""Silence before and after a cue, as cue times may be off by that much."""


def muted_s(
    spoken: Transcript | None, shown: Transcript | None, silent: Collection[str] = ()
) -> tuple[tuple[float, float], ...]:
    """Stretches to be silenced, in seconds, with a margin, merged and in order.

    They are the cues whose words differ between the transcript as `spoken` and as `shown` after redaction, and those
    whose identifiers are `silent`.
    """
    if spoken is None or shown is None or (spoken is shown and not silent):
        return ()
    return merged(
        (said.start_s - MUTE_MARGIN_S, said.end_s + MUTE_MARGIN_S)
        for said, seen in zip(spoken.cues, shown.cues, strict=True)
        if said.text != seen.text or said.id in silent
    )


def merged(stretches: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Stretches in order, joined where they touch, none before the beginning."""
    found: list[tuple[float, float]] = []
    for start_s, end_s in sorted(stretches):
        if found and start_s <= found[-1][1]:
            found[-1] = (found[-1][0], max(end_s, found[-1][1]))
        else:
            found.append((max(0.0, start_s), end_s))
    return tuple(found)
