"""Where a recording is silent: cues in which a redacted term is spoken, and voices that may not be heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator.model.transcript import Cue, Transcript

MUTE_MARGIN_S = 0.3
"""Silence before and after a cue, as cue times may be off by that much."""


def muted_s(
    spoken: Transcript | None, shown: Transcript | None, silent: Collection[str] = ()
) -> tuple[tuple[float, float], ...]:
    """Stretches to be silenced, in seconds, with a margin, merged and in order.

    They are the cues whose words differ between the transcript as `spoken` and as `shown` after redaction - of a cue
    whose words are timed, the words that differ - and those whose identifiers are `silent`.
    """
    if spoken is None or shown is None or (spoken is shown and not silent):
        return ()
    return merged(
        (start_s - MUTE_MARGIN_S, end_s + MUTE_MARGIN_S)
        for said, seen in zip(spoken.cues, shown.cues, strict=True)
        if said.text != seen.text or said.id in silent
        for start_s, end_s in [(said.start_s, said.end_s) if said.id in silent else _differing(said, seen)]
    )


def _differing(said: Cue, seen: Cue) -> tuple[float, float]:
    """From when to when the words of a cue differ, as far as it times its words.

    A word that merely touches the difference counts as different: an alias may begin with the name's first letter.
    """
    if not said.times:
        return said.start_s, said.end_s
    first = _alike(said.text, seen.text)
    last = len(said.text) - _alike(said.text[::-1], seen.text[::-1])
    first, last = min(first, last), max(first, last)
    before = [time_s for place, time_s in said.times if place < first]
    after = [time_s for place, time_s in said.times if place > last]
    return before[-1] if before else said.start_s, after[0] if after else said.end_s


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common from their beginning on."""
    return next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))


def merged(stretches: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Stretches in order, joined where they touch, none before the beginning."""
    found: list[tuple[float, float]] = []
    for start_s, end_s in sorted(stretches):
        if found and start_s <= found[-1][1]:
            found[-1] = (found[-1][0], max(end_s, found[-1][1]))
        else:
            found.append((max(0.0, start_s), end_s))
    return tuple(found)
