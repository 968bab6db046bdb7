"""Identifiers that say what is to be hidden: they become addresses, and nobody can replace an address unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.model.case import CaseFile
from generator.model.transcript import Transcript
from generator.problems import Code, Problem
from generator.sources.yaml import Path
from generator.spellings import company_core, fold, is_latin, is_short_latin, patterns, stands_alone
from generator.validate.records import Sheet

SHORTEST = 3
"""Letters of a name that is looked for in identifiers: two stand in many words."""


def hidden_terms(facts: CaseFile | None, shared: Iterable[str] = ()) -> tuple[str, ...]:
    """What a case hides, as far as an identifier can say it: in Latin letters and figures."""
    terms = [*shared]
    if facts is not None:
        terms += facts.redact
        if fold(facts.customer.name) != fold(facts.customer.alias):
            terms.append(company_core(facts.customer.name))
        if facts.consent is None or not facts.consent.names:
            terms += (person.name for person in facts.people)
    return tuple(term for term in terms if len(fold(term)) >= SHORTEST and is_latin(fold(term)))


def says(identifier: str, terms: Iterable[str]) -> bool:
    """Whether any of `terms` stands in an identifier, with hyphens or without; short ones as words of their own."""
    folded = fold(identifier)
    return any(_stands_in(folded, pattern) for term in terms for pattern in patterns(term))


def _stands_in(folded: str, pattern: str) -> bool:
    start = folded.find(pattern)
    return start >= 0 and (not is_short_latin(pattern) or stands_alone(folded, start, start + len(pattern)))


def telling_identifiers(sheets: Iterable[Sheet[Any] | None], terms: Sequence[str]) -> Iterator[Problem]:
    """Every `id` in the files that says one of `terms`."""
    if not terms:
        return
    for sheet in filter(None, sheets):
        for place, identifier in _ids(sheet.document.data, ()):
            if says(identifier, terms):
                yield sheet.problem(place, Code.REDACTED_IN_ADDRESS, written=identifier)


def telling_cues(transcript: Transcript | None, file: str, terms: Sequence[str]) -> Iterator[Problem]:
    """The first cue identifier that says one of `terms`: those of a file are alike."""
    if transcript is None or not terms or not says("|".join(cue.id for cue in transcript.cues), terms):
        return
    cue = next((cue for cue in transcript.cues if says(cue.id, terms)), None)
    if cue is not None:
        yield Problem(file, max(cue.line - 1, 1), 1, Code.REDACTED_IN_ADDRESS, {"written": cue.id})


def telling_alias(sheet: Sheet[CaseFile]) -> Iterator[Problem]:
    """An alias with the name in it hides nothing."""
    if sheet.record is None:
        return
    customer = sheet.record.customer
    if name_in_alias(customer.name, customer.alias):
        yield sheet.problem(("customer", "alias"), Code.NAME_IN_ALIAS, written=customer.alias)


def name_in_alias(name: str, alias: str) -> bool:
    """Whether an alias says the name that it stands for; one that is the name hides nothing on purpose."""
    core, folded = fold(company_core(name)), fold(alias)
    return core != folded and _stands_in(folded, core)


def _ids(value: Any, place: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "id" and isinstance(item, str):
                yield (*place, key), item
            else:
                yield from _ids(item, (*place, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _ids(item, (*place, position))
