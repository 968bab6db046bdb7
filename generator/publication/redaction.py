"""Replacing terms that readers must not see, in whatever spelling they were written.

What is replaced is text for readers. Identifiers, by which records refer to one another and which become addresses, are
left alone: the check refuses those that hold a term.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import AfterValidator, StringConstraints

from generator.model.base import Record
from generator.model.transcript import Cue, Transcript
from generator.publication.hidden import MASK, Hidden, company, person
from generator.publication.matching import Match, Matcher, without_overlaps
from generator.publication.words import words_of
from generator.spellings import FORM_AFTER, FORM_BEFORE, fold

Value = TypeVar("Value")

_OWN_SHA: re.Pattern[str] = re.compile(r"社(?![長員内会名屋史風])")
"""北辰社 is the company, 北辰社長 its president."""


@cache
def _text_fields(record: type[Record]) -> tuple[str, ...]:
    """Fields that hold text or further records; identifiers and references are told by their constraints."""
    fields = record.model_fields
    return tuple(name for name, field in fields.items() if not _is_identifier(field.annotation, field.metadata))


def _is_identifier(annotation: Any, metadata: Iterable[Any] = ()) -> bool:
    constrained = any(
        isinstance(item, AfterValidator) or (isinstance(item, StringConstraints) and item.pattern) for item in metadata
    )
    return (
        constrained
        or any(_is_identifier(part) for part in get_args(annotation))
        or (bool(inner := getattr(annotation, "__metadata__", ())) and _is_identifier(None, inner))
    )


class Redactor:
    """Replaces terms in texts and in whole records. Without terms everything passes as the same object."""

    def __init__(
        self,
        terms: Iterable[str] = (),
        replacements: Mapping[str, str] | None = None,
        people: Iterable[str] = (),
        *,
        below: Redactor | None = None,
    ) -> None:
        """`terms` become `MASK`; the keys of `replacements` become their values (a customer's name its alias).

        `people` are names of persons, which become `MASK` too, also in parts. `below` is a redactor whose terms are
        replaced as well; its thousand names are not prepared again for each case.
        """
        hidden = [item for name, alias in (replacements or {}).items() for item in company(name, alias)]
        hidden += [item for term in terms for item in company(term, MASK)]
        hidden += [item for name in people for item in person(name)]
        own = [_Layer(Matcher([item.term for item in hidden]), tuple(hidden))] if hidden else []
        self._layers: tuple[_Layer, ...] = (*own, *(below._layers if below else ()))

    def _may_hold(self, words: str) -> bool:
        """False when no term stands in `words`."""
        if not self._layers:
            return False
        folded = fold(words)
        return any(layer.matcher.in_folded(folded) for layer in self._layers)

    def text(self, text: str) -> str:
        """`text` with every term replaced."""
        if not text or not self._may_hold(text):
            return text
        found: dict[Match, Hidden] = {}
        for number, layer in enumerate(self._layers):
            for match in layer.matcher.find_all(text):
                item = layer.hidden[match.term]
                if item.is_meant(text, match.start):
                    found[dataclasses.replace(match, term=match.term * len(self._layers) + number)] = item
        parts: list[str] = []
        position = 0
        for match in without_overlaps(found):
            item = found[match]
            start, end = _with_company_form(text, match, item) if item.is_company else (match.start, match.end)
            parts += [text[position : max(start, position)], item.replacement]
            position = end
        return "".join([*parts, text[position:]])

    def record(self, value: Value) -> Value:
        """A copy of a record, data class or tuple with every text in it replaced; the same object if none matched."""
        if not self._layers or (isinstance(value, Record | tuple) and not self._may_hold(words_of(value))):
            return value
        walked: Value = self._walk(value)
        return walked

    def transcript(self, transcript: Transcript | None) -> Transcript | None:
        """The same for a transcript, at the cost of one search through all its words when no term is in them."""
        if transcript is None:
            return None
        return self.record(transcript) if self._may_hold(words_of(transcript)) else transcript

    def _walk(self, value: Any) -> Any:
        # StrEnum members are strings too, but words of the fixed vocabulary, not text.
        if type(value) is str:
            return self.text(value)
        if isinstance(value, Cue):
            said = self._changes({"voice": value.voice, "text": value.text})
            return value._replace(**said) if said else value
        if isinstance(value, tuple):
            walked = tuple(self._walk(item) for item in value)
            return value if all(new is old for new, old in zip(walked, value, strict=True)) else walked
        if isinstance(value, Record):
            changed = self._changes({name: getattr(value, name) for name in _text_fields(type(value))})
            return value.model_copy(update=changed) if changed else value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [item.name for item in dataclasses.fields(value) if item.init]
            changed = self._changes({name: getattr(value, name) for name in names})
            return dataclasses.replace(value, **changed) if changed else value
        return value

    def _changes(self, items: dict[str, Any]) -> dict[str, Any]:
        walked = {name: (item, self._walk(item)) for name, item in items.items()}
        return {name: new for name, (old, new) in walked.items() if new is not old}


@dataclasses.dataclass(frozen=True, slots=True)
class _Layer:
    """Terms that are looked for together."""

    matcher: Matcher
    hidden: tuple[Hidden, ...]
    """What the matcher's numbers stand for."""


def _with_company_form(text: str, match: Match, item: Hidden) -> tuple[int, int]:
    """A match with the legal form around it: (株)北辰電設 as a whole becomes the alias."""
    start, end = match.start, match.end
    if before := FORM_BEFORE.search(text[:start]):
        start = before.start()
    if after := FORM_AFTER.match(text, end):
        end = after.end()
    elif item.replacement != MASK and (company_word := _OWN_SHA.match(text, end)):
        end = company_word.end()
    return start, end
