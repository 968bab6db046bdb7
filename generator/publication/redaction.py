"""Replacing terms that readers must not see, in whatever spelling they were written.

A term matches regardless of width (ＡＢＣ, ｶﾅ), case, hiragana or katakana, and white space inside it. What is replaced
is text for readers; identifiers, by which records refer to one another, are left to the check.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import product
from typing import Any, TypeVar, get_args

from pydantic import AfterValidator, StringConstraints

from generator.model.base import Record
from generator.model.transcript import Cue, Transcript

MASK = "●●"
"""What stands in place of a redacted term."""

Value = TypeVar("Value")

_KANA_SHIFT = 0x60
"""Distance between a hiragana and its katakana in Unicode (U+3041..U+3096 and U+30A1..U+30F6)."""


@cache
def _half_width_katakana() -> dict[str, tuple[str, ...]]:
    """Full-width katakana -> its half-width spellings; voiced ones take two characters (ｶﾞ)."""
    spellings: dict[str, list[str]] = {}
    plain = [chr(code) for code in range(0xFF66, 0xFF9E)]
    for spelling in [*plain, *(base + mark for base in plain for mark in "ﾞﾟ")]:
        full = unicodedata.normalize("NFKC", spelling)
        if len(full) == 1:
            spellings.setdefault(full, []).append(spelling)
    return {full: tuple(found) for full, found in spellings.items()}


@cache
def _spellings(letter: str) -> tuple[str, ...]:
    """All spellings of one NFKC-normalised letter, the longest first: カ is カ, か and ｶ."""
    found = {letter, letter.upper(), letter.lower(), letter.casefold()}
    code = ord(letter)
    if 0x3041 <= code <= 0x3096:
        found.add(chr(code + _KANA_SHIFT))
    elif 0x30A1 <= code <= 0x30F6:
        found.add(chr(code - _KANA_SHIFT))
    for kana in tuple(found):
        found.update(_half_width_katakana().get(kana, ()))
    found.update(
        chr(ord(single) + 0xFEE0) for single in tuple(found) if len(single) == 1 and 0x21 <= ord(single) <= 0x7E
    )
    return tuple(sorted(found, key=lambda spelling: (-len(spelling), spelling)))


@cache
def _letter_pattern(letter: str) -> str:
    return "(?:" + "|".join(map(re.escape, _spellings(letter))) + ")"


def _letters(term: str) -> str:
    return "".join(unicodedata.normalize("NFKC", term).split())


def _term_pattern(term: str) -> str:
    return r"\s*".join(map(_letter_pattern, _letters(term)))


def _beginnings(term: str) -> list[str]:
    """Every way in which the first two letters of a term can be written, without space between them."""
    return ["".join(pair) for pair in product(*map(_spellings, _letters(term)[:2]))]


_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_JSON_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b"}


def _words_of(record: Record) -> str:
    """All that a record says, with keys and punctuation of JSON among it."""
    written = record.model_dump_json()
    if "\\" not in written:
        return written
    return _JSON_ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _JSON_LETTERS.get(found[2], found[2]), written
    )


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

    def __init__(self, terms: Iterable[str] = (), replacements: dict[str, str] | None = None) -> None:
        """`terms` become `MASK`; the keys of `replacements` become their values (a customer's name its alias)."""
        wanted = {**dict.fromkeys((term for term in terms if term.strip()), MASK), **(replacements or {})}
        # The longest term first, so that a term within another one does not leave the rest of it standing.
        ordered = sorted((term for term in wanted if term.strip()), key=lambda term: (-len(term), term))
        self._terms = {term: wanted[term] for term in ordered}
        self._beginnings = [beginning for term in ordered for beginning in _beginnings(term)]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """One group for each term. Compiled only when a text may hold one: most cases never name their customer."""
        return re.compile("|".join(f"({_term_pattern(term)})" for term in self._terms))

    def _may_hold(self, words: str) -> bool:
        """False when no term stands in `words`; found by its first two letters, a hundred times as fast as matching."""
        squeezed = "".join(words.split())
        return any(beginning in squeezed for beginning in self._beginnings)

    def text(self, text: str) -> str:
        """`text` with every term replaced."""
        if not self._may_hold(text):
            return text
        values = list(self._terms.values())
        return self._pattern.sub(lambda match: values[(match.lastindex or 1) - 1], text)

    def record(self, value: Value) -> Value:
        """A copy of a record, data class or tuple with every text in it replaced; the same object if none matched."""
        if not self._terms or (isinstance(value, Record) and not self._may_hold(_words_of(value))):
            return value
        walked: Value = self._walk(value)
        return walked

    def transcript(self, transcript: Transcript | None) -> Transcript | None:
        """The same for a transcript, at the cost of one search through all its words when no term is in them."""
        if transcript is None:
            return None
        words = "\n".join([part for cue in transcript.cues for part in (cue.voice, cue.text)])
        return self.record(transcript) if self._may_hold(words) else transcript

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
