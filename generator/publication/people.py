"""The people of a case: whose words may be read, whose voice may be heard, and whose name may be known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from generator.model.case import CaseFile, Stakeholder
from generator.model.corpus import Case
from generator.model.transcript import Cue, Transcript
from generator.publication.audiences import may
from generator.publication.changes import changed
from generator.publication.consent import Ending, Sight, Use, after, endings, not_for, over
from generator.publication.public import Withheld, WithholdingReason
from generator.validate.voices import cues_of


@dataclass(frozen=True, slots=True)
class People:
    """What the consents of the people in a case leave of it."""

    shown: tuple[Stakeholder, ...]
    """Without those who left the case, and without names that readers may not learn."""
    hidden_names: tuple[str, ...]
    """Names that readers may not learn."""
    unread: frozenset[str]
    """Cues whose words may not be read."""
    silent: frozenset[str]
    """Cues that may not be heard."""
    voices_refused: bool
    """Whether somebody may not be heard: without a transcript nobody knows where that is."""
    withheld: tuple[Withheld, ...]


def people_of(case: Case, sight: Sight) -> People:
    """Decide for every person of a case that may be shown."""
    facts = case.facts
    unread = {person.id: why for person in facts.people if (why := _refused(case.slug, person, "read", sight))}
    silent = {person.id: why for person in facts.people if (why := _refused(case.slug, person, "listen", sight))}
    staying = [person for person in facts.people if not over(person_endings(case.slug, person, "read"), sight.today)]
    named = {person.id for person in staying if person.name and _consents_to_name(facts, person)}
    names_for = facts.limits.names if facts.limits else None
    withheld = [*unread.values(), *silent.values()]
    if named and not may(names_for, sight.circle):
        detail, key = ", ".join(names_for or ()), ("limits", "names")
        withheld.append(Withheld(case.slug, "names", WithholdingReason.AUDIENCE, detail, key=key))
        named = set()
    return People(
        shown=tuple(
            changed(person, name=person.name if person.id in named else "", consent=None) for person in staying
        ),
        hidden_names=tuple(person.name for person in facts.people if person.id not in named),
        unread=cues_of([person.voice for person in facts.people if person.id in unread], case.transcript),
        silent=cues_of([person.voice for person in facts.people if person.id in silent], case.transcript),
        voices_refused=bool(silent),
        withheld=tuple(withheld),
    )


def person_endings(slug: str, person: Stakeholder, use: Use) -> Iterator[Ending]:
    """The days on which a person's words (`read`) or voice (`listen`) leave the site."""
    consent, key = person.consent, ("people", person.id, "consent")
    if consent is None:
        return
    yield from endings(slug, _part(person, use), consent, key)
    if use == "listen" and consent.listen_until is not None:
        yield after(consent.listen_until, slug, _part(person, use), (*key, "listen_until"))


def without_words(transcript: Transcript | None, unread: Collection[str]) -> Transcript | None:
    """The transcript with neither speaker nor words in the cues `unread`; identifiers and times stay."""
    if transcript is None or not unread:
        return transcript
    silent = [
        Cue(cue.id, cue.start_s, cue.end_s, "", "", cue.line) if cue.id in unread else cue for cue in transcript.cues
    ]
    return replace(transcript, cues=tuple(silent))


def _part(person: Stakeholder, use: Use) -> str:
    return f"{'words' if use == 'read' else 'voice'} of {person.id}"


def _refused(slug: str, person: Stakeholder, use: Use, sight: Sight) -> Withheld | None:
    """Why the words or the voice of a person may not be shown; None when they may."""
    if person.consent is None:
        return None
    ended = over(person_endings(slug, person, use), sight.today)
    key = ("people", person.id, "consent")
    return ended or not_for(slug, _part(person, use), person.consent, use, sight, key)


def _consents_to_name(facts: CaseFile, person: Stakeholder) -> bool:
    own = person.consent.name if person.consent else None
    return (facts.consent is not None and facts.consent.names) if own is None else own
