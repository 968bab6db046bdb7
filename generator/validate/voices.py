"""Which cues somebody may have spoken, where it matters that none is missed."""

from __future__ import annotations

from collections.abc import Collection

from generator.model.transcript import Transcript


def cues_of(voices: Collection[str | None], transcript: Transcript | None) -> frozenset[str]:
    """Identifiers of the cues that these voices may have spoken.

    A cue without a speaker, or of a voice that nobody has confirmed, may be anybody's. A voice that is not known
    (None), or not in the transcript, may be that of every cue: what nobody can tell apart counts as a whole.
    """
    if transcript is None or not voices:
        return frozenset()
    if not set(transcript.voices).issuperset(voices):
        return frozenset(cue.id for cue in transcript.cues)
    theirs = {"", *voices, *transcript.unconfirmed}
    return frozenset(cue.id for cue in transcript.cues if cue.voice in theirs)
