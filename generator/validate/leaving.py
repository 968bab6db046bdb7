"""Which words of a case may leave the company: asked by the check and by the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.case import CaseFile
from generator.model.evidence import Evidence, split_cue_range
from generator.model.transcript import Transcript
from generator.problems import Code, Problem
from generator.sources.yaml import Path, Plain
from generator.validate.records import Sheet
from generator.validate.voices import cues_of


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the consents in case.yml say of a case's cues."""

    transcript: Transcript
    allowed: frozenset[str] | None
    """Cues named under `consent.quotes`; None when the consent names none, and the marks beside evidence decide."""
    never: frozenset[str]
    """Cues of people who do not want their words to leave. What has no confirmed speaker may be theirs."""

    def allows(self, evidence: Evidence) -> bool:
        """Whether the words that are meant, in this case, may be used outside the company."""
        if self.allowed is None and not self.never:
            return evidence.copy_allowed
        ids = {cue.id for cue in self.transcript.run(evidence.first_cue, evidence.last_cue)}
        if not ids.isdisjoint(self.never):
            return False
        return evidence.copy_allowed if self.allowed is None else bool(ids) and ids <= self.allowed


def leaving(facts: CaseFile, transcript: Transcript | None) -> Leaving:
    """What may leave of the case with these facts and this transcript."""
    spoken = transcript or Transcript(())
    bound = {person.voice for person in facts.people if person.consent and not person.consent.copy_allowed}
    never = cues_of(bound, transcript)
    if facts.consent is None or facts.consent.quotes is None:
        return Leaving(spoken, None, never)
    runs = (spoken.run(*split_cue_range(cues)) for cues in facts.consent.quotes)
    return Leaving(spoken, frozenset(cue.id for run in runs for cue in run), never)


def marked_against_consent(sheet: Sheet[Any], allowed: Leaving) -> Iterator[Problem]:
    """Evidence in a file that is marked as free for use outside, although no consent says so."""
    for place, item in _marked(sheet.document.data, ()):
        try:
            evidence = Evidence(cues=str(item.get("cues", "")), copy_allowed=True)
        except ValueError:
            continue  # Reported by the record.
        if not allowed.allows(evidence):
            yield sheet.problem((*place, "copy_allowed"), Code.COPY_NOT_ALLOWED, cues=evidence.cues)


def _marked(data: Plain, place: Path) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """Every piece of evidence of the own case that says `copy_allowed: true`, with the way to it."""
    if isinstance(data, list):
        for position, item in enumerate(data):
            yield from _marked(item, (*place, position))
    elif isinstance(data, dict):
        if data.get("copy_allowed") is True and "cues" in data and not data.get("case"):
            yield place, data
        for key, value in data.items():
            yield from _marked(value, (*place, key))
