"""Transcribing again: what is heard now meets the transcript that was there.

Lines keep their identifiers as long as they are said. What a person corrected, and what anything in the knowledge base
cites, keeps its words; other lines take the new ones. Nothing new is put between two lines over which a quote runs.
Equal drafts change nothing at all, whatever was done to the file since: what an editor deleted stays deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.transcription.cues import DraftCue, digest_of_drafts
from generator.transcription.merging import Merged, Merging
from generator.transcription.old_transcript import NO_TRANSCRIPT, OldTranscript, read_old

__all__ = ["NO_TRANSCRIPT", "Merged", "OldTranscript", "merge", "read_old"]


def merge(  # noqa: PLR0913 - the last three are named options with defaults
    old: OldTranscript,
    drafts: Sequence[DraftCue],
    cited: Collection[str] = (),
    *,
    quoting: Sequence[str] = (),
    engine: str = "",
    proposed: Collection[str] = (),
) -> Merged:
    """`drafts` (from `cues.to_cues`) in the lines of `old` (`read_old`, or `NO_TRANSCRIPT`).

    `cited`: identifiers that something refers to; `quoting`: texts in which quotes from the transcript may stand;
    `engine`: what listened, for the file; `proposed`: voices of the drafts that no person has named.
    """
    digest = digest_of_drafts(drafts)
    if old.heard is not None and old.heard.drafts == digest:
        return Merged(old.file, is_same=True, kept=tuple(line.cue.id for line in old.lines))
    merging = Merging(old, drafts, frozenset(cited), quoting, frozenset(proposed))
    return merging.merged(engine, digest)
