"""Links to withheld cases in what editors wrote freely: no text of a site names the folder of a case that is not in it.

In Markdown a link to a withheld case is replaced as a whole, with its words, since they may be the case's title. In any
other text only the folder's name is; where it is a plain word (`tower`), only as a part of an address.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping
from typing import Any, TypeVar
from urllib.parse import unquote

from generator.model.base import Record
from generator.model.transcript import Cue, Transcript
from generator.publication.hidden import MASK
from generator.texts import load_texts

Value = TypeVar("Value")

_WORD = re.compile(r"(?P<at>/?)(?P<word>[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*)")
_WORDS = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
_JSON_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
_PLAIN = re.compile(r"[A-Za-z]+")
_BRACKETED = r"\[(?P<{name}>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_INLINE = re.compile(rf"!?{_BRACKETED.format(name='text')}\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s()]+))[^()]*\)")
_DEFINITION = re.compile(
    rf"^[ ]{{0,3}}{_BRACKETED.format(name='label')}:[ \t]*\n?[ \t]*<?(?P<target>[^\s<>]+)>?.*(?:\n|$)", re.MULTILINE
)
_BY_LABEL = re.compile(rf"!?{_BRACKETED.format(name='text')}(?:\[(?P<label>[^\[\]]*)\])?(?![(:])")


class Addresses:
    """The folder names of the cases that are withheld, and what stands in place of links to them."""

    def __init__(self, hidden: Collection[str], ended: Collection[str] = ()) -> None:
        """`hidden` are all withheld cases; `ended` those of them that were shown once and no longer are."""
        self._hidden = frozenset(hidden)
        self._ended = frozenset(ended)

    def text(self, text: str) -> str:
        """`text` without the folder names of withheld cases."""
        if not self._may_name(text):
            return text

        def without(match: re.Match[str]) -> str:
            word = match["word"]
            named = word.lower() in self._hidden and (match["at"] or not _PLAIN.fullmatch(word))
            return match["at"] + MASK if named else match[0]

        return _WORD.sub(without, text)

    def markdown(self, text: str, language: str) -> str:
        """`text` (CommonMark in `language`) with a notice, or nothing readable, in place of links to withheld cases."""
        if not self._hidden:
            return text
        lost: dict[str, str] = {}

        def without_definition(match: re.Match[str]) -> str:
            slug = self._slug_in(match["target"])
            if slug is None:
                return match[0]
            lost[_label(match["label"])] = slug
            return ""

        def without_link(match: re.Match[str]) -> str:
            slug = self._slug_in(match["angled"] or match["bare"] or "")
            return match[0] if slug is None else self._instead(slug, language)

        def without_reference(match: re.Match[str]) -> str:
            slug = lost.get(_label(match["label"] or match["text"]))
            return match[0] if slug is None else self._instead(slug, language)

        text = _INLINE.sub(without_link, _DEFINITION.sub(without_definition, text))
        return self.text(_BY_LABEL.sub(without_reference, text) if lost else text)

    def transcript(self, transcript: Transcript | None) -> Transcript | None:
        """The same for what was said, at the cost of one search where nothing is found."""
        if transcript is None or not self._hidden:
            return transcript
        if not self._may_name("\n".join([part for cue in transcript.cues for part in (cue.voice, cue.text)])):
            return transcript
        cues = (cue._replace(voice=self.text(cue.voice), text=self.text(cue.text)) for cue in transcript.cues)
        return dataclasses.replace(transcript, cues=tuple(cues))

    def record(self, value: Value) -> Value:
        """A copy of a record or tuple with every text in it so treated; the same object where nothing is found."""
        if not self._hidden:
            return value
        if isinstance(value, Record) and not self._may_name(_JSON_ESCAPE.sub(" ", value.model_dump_json())):
            return value
        rewritten: Value = self._rewritten(value)
        return rewritten

    def _may_name(self, words: str) -> bool:
        """False when no withheld case is named; asked of a whole record at once, for hardly any does."""
        return not self._hidden.isdisjoint(_WORDS.findall(words.lower()))

    def _rewritten(self, value: Any) -> Any:
        if type(value) is str:
            return self.text(value)
        if isinstance(value, tuple) and not isinstance(value, Cue):
            items = tuple(self._rewritten(item) for item in value)
            return value if all(new is old for new, old in zip(items, value, strict=True)) else items
        if isinstance(value, Record):
            said = {name: getattr(value, name) for name in type(value).model_fields}
            changed = self._changes(said)
            return value.model_copy(update=changed) if changed else value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            changed = self._changes({item.name: getattr(value, item.name) for item in dataclasses.fields(value)})
            return dataclasses.replace(value, **changed) if changed else value
        return value

    def _changes(self, said: Mapping[str, Any]) -> dict[str, Any]:
        rewritten = {name: self._rewritten(value) for name, value in said.items()}
        return {name: value for name, value in rewritten.items() if value is not said[name]}

    def _slug_in(self, target: str) -> str | None:
        """The withheld case to which an address leads, however it is written."""
        steps = re.split(r"[/\\?#]", unquote(target).lower())
        return next((step for step in steps if step in self._hidden), None)

    def _instead(self, slug: str, language: str) -> str:
        return load_texts(language).gettext("(no longer available)") if slug in self._ended else MASK


def _label(written: str) -> str:
    """Labels match regardless of case and spaces (CommonMark 4.7)."""
    return " ".join(written.split()).casefold()
