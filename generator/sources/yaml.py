"""YAML as editors write it: plain data, the place of every key and value, and every flaw of the file.

Only the plain part of YAML 1.2 is accepted: one mapping of text keys, lists, texts, numbers, `true` and `false`. What
is left empty counts as left out. Anchors, aliases, tags, merge keys and several documents are refused: they make one
place of a file depend on another, and a few lines of them can unfold into gigabytes.

Scalars are read by the core schema of YAML 1.2 (section 10.3.2), so that `no` is a word and `12:30` is not a number;
dates stay text (`2025-01-20`). A file of 100 lines takes about a millisecond; the parser is libyaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from generator.problems import Code
from generator.sources.places import Flaw, Mark, utf8_error_mark
from generator.sources.yaml_slips import forbidden_character, full_width_near, syntax_slip

MAX_BYTES: Final = 2_000_000
"""An hour's review written by hand is below 100 KB."""
MAX_DEPTH: Final = 40
"""The records of this product nest 7 deep."""
MAX_VALUES: Final = 30_000
"""A review of 3,000 notes has half as many."""
MAX_TEXT_CHARACTERS: Final = 20_000
"""Of one text: fifteen printed pages."""
MAX_NUMBER: Final = 10**15
"""Beyond it not every whole number is one in JSON and JavaScript (RFC 8259 section 6)."""

MAX_QUOTED: Final = 80
"""Characters of an editor's words that a message repeats."""

Plain: TypeAlias = Any
"""None, bool, int, float, str, or a list or text-keyed dict of these."""
Path: TypeAlias = Sequence[str | int]
"""Keys and 0-based positions from the top: `("people", 0, "role")`."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,400}|0o[0-7]{1,400}|0x[0-9a-fA-F]{1,400}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, Plain]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class YamlNode:
    """A value as it stands in the file."""

    __slots__ = ("entries", "event", "items")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.entries: dict[str, tuple[ScalarEvent, YamlNode]] | None = None
        """The keys of a mapping, each with its value."""
        self.items: list[YamlNode] | None = None
        """The items of a list."""

    @property
    def mark(self) -> Mark:
        """Where the value begins."""
        return _mark(self.event)

    @property
    def is_alias(self) -> bool:
        """Whether the value stands elsewhere in the file, which is reported and not read."""
        return isinstance(self.event, AliasEvent)

    @property
    def written(self) -> str:
        """The scalar as the file has it, without quotation marks: `007`; empty for lists and mappings."""
        return str(self.event.value) if isinstance(self.event, ScalarEvent) else ""


@dataclass(frozen=True)
class YamlDocument:
    """What a file says, where it says it, and what is wrong with it."""

    data: dict[str, Plain] | None
    """Keys without a value are left out. None when the file cannot be read as one mapping."""
    flaws: tuple[Flaw, ...] = ()
    _text: str = field(default="", repr=False)

    @cached_property
    def root(self) -> YamlNode | None:
        """Where everything stands; None when nothing can be read. Read anew: most files have nothing to report."""
        return None if self.data is None else _Outliner(self._text).read()

    def node(self, path: Path) -> YamlNode | None:
        """The value at `path`, or None when there is none."""
        node = self.root
        for step in path:
            node = _child(node, step)
        return node

    def value_mark(self, path: Path) -> Mark:
        """Where the value at `path` begins; when there is none, where the nearest value around it begins."""
        node, mark = self.root, Mark(1, 1)
        for step in (*path, None):
            if node is None:
                break
            mark = node.mark
            node = None if step is None else _child(node, step)
        return mark

    def key_mark(self, path: Path) -> Mark:
        """Where the key at the end of `path` stands; for an item of a list, where the item begins."""
        parent = self.node(path[:-1]) if path else None
        if parent is not None and parent.entries is not None and path[-1] in parent.entries:
            return _mark(parent.entries[str(path[-1])][0])
        return self.value_mark(path)


class _GiveUpError(Exception):
    """Nothing sensible follows in this file."""


def read_yaml(content: bytes) -> YamlDocument:
    """Read a file's bytes. Never raises on content: see `YamlDocument.flaws`."""
    if len(content) > MAX_BYTES:
        size_mb, limit_mb = f"{len(content) / 1e6:.1f}", f"{MAX_BYTES / 1e6:.0f}"
        return _refused(Mark(1, 1), Code.FILE_TOO_LARGE, size_mb=size_mb, limit_mb=limit_mb)
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _refused(
            utf8_error_mark(content, error), Code.NOT_UTF_8, found=content[error.start : error.end].hex(" ")
        )
    return _Reader(text).read()


def _refused(mark: Mark, code: Code, **values: str) -> YamlDocument:
    return YamlDocument(None, (Flaw(mark, code, values),))


def _child(node: YamlNode | None, step: str | int) -> YamlNode | None:
    if node is None:
        return None
    if isinstance(step, int):
        return node.items[step] if node.items is not None and step < len(node.items) else None
    return node.entries[step][1] if node.entries is not None and step in node.entries else None


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


class _Reader:
    """Takes libyaml's events once, from first to last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._flaws: list[Flaw] = []
        self._values = 0
        self._key = ""
        """The key that was read last."""
        self._next: Callable[[], Any] = CParser(text).get_event
        """libyaml's next event, typed as it is used: which attributes it has follows from its kind."""

    def read(self) -> YamlDocument:
        data = None
        try:
            data = self._document()
        except _GiveUpError:
            pass
        except ReaderError as error:
            self._flaws.append(forbidden_character(self._text, error))
        except MarkedYAMLError as error:
            self._flaws.append(syntax_slip(self._text, error))
        return YamlDocument(data, tuple(self._flaws), self._text)

    def _complain(self, event: Any, code: Code, **values: str) -> None:
        self._flaws.append(Flaw(_mark(event), code, values))

    def _document(self) -> dict[str, Plain] | None:
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, StreamEndEvent):
            return {}
        top = self._next()
        data = self._value(top, 0)
        while not isinstance(event := self._next(), DocumentEndEvent):
            pass
        event = self._next()
        if isinstance(event, DocumentStartEvent):
            self._complain(event, Code.YAML_SEVERAL)
            return None
        if data is None and not isinstance(top, AliasEvent):
            return {}
        if not isinstance(data, dict):
            full_width = full_width_near(self._text, _mark(top))
            self._flaws.append(full_width or Flaw(_mark(top), Code.NOT_A_MAPPING))
            return None
        return data

    def _value(self, event: Any, depth: int) -> Plain:
        kind = type(event)
        self._values += 1
        if self._values > MAX_VALUES:
            self._complain(event, Code.YAML_TOO_MANY, limit=str(MAX_VALUES))
            raise _GiveUpError
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            self._complain(event, Code.YAML_ANCHOR, name="*" + event.anchor)
            return None
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if depth == MAX_DEPTH:
            self._complain(event, Code.YAML_TOO_DEEP, limit=str(MAX_DEPTH))
            raise _GiveUpError
        if kind is SequenceStartEvent:
            return self._list(depth)
        return self._mapping(depth)

    def _scalar(self, event: Any) -> Plain:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        text: str = event.value
        if len(text) > MAX_TEXT_CHARACTERS:
            values = {"key": self._key, "limit": str(MAX_TEXT_CHARACTERS), "written": text[:MAX_QUOTED]}
            self._complain(event, Code.TEXT_TOO_LONG, **values)
            return text[:MAX_TEXT_CHARACTERS]
        if event.style:
            if control := _CONTROL.search(text):
                self._complain(event, Code.CONTROL_CHARACTER, code_point=f"U+{ord(control[0]):04X}")
            return text
        if text in _WORDS:
            return _WORDS[text]
        value = _plain_scalar(text)
        if not isinstance(value, str) and abs(value) >= MAX_NUMBER:
            self._complain(event, Code.NUMBER_TOO_LARGE, written=text[:MAX_QUOTED])
            return 1  # Only so that the rest of the file can be looked at.
        return value

    def _list(self, depth: int) -> list[Plain]:
        values: list[Plain] = []
        while type(event := self._next()) is not SequenceEndEvent:
            values.append(self._value(event, depth + 1))
        return values

    def _mapping(self, depth: int) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        keys: dict[str, Any] = {}
        while type(event := self._next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._complain(event, Code.YAML_ODD_KEY)
                self._value(event, depth + 1)
                self._value(self._next(), depth + 1)
                continue
            if event.anchor or event.tag:
                self._refuse_properties(event)
            key: str = event.value
            self._key = key[:MAX_QUOTED]
            value = self._value(self._next(), depth + 1)
            if _is_merge(event):
                self._complain(event, Code.YAML_MERGE)
            elif key in keys:
                self._complain(event, Code.DUPLICATE_KEY, key=key, line=str(_mark(keys[key]).line))
            else:
                keys[key] = event
                if value is not None:
                    values[key] = value
        return values

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self._complain(event, Code.YAML_ANCHOR, name="&" + event.anchor)
        if event.tag:
            self._complain(event, Code.YAML_TAG, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))


class _Outliner:
    """Takes libyaml's events of a file that could be read, for the places of its values."""

    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = CParser(text).get_event

    def read(self) -> YamlNode | None:
        self._next()  # the stream's start
        return None if isinstance(self._next(), StreamEndEvent) else self._node(self._next())

    def _node(self, event: Any) -> YamlNode:
        node = YamlNode(event)
        if isinstance(event, SequenceStartEvent):
            node.items = []
            while not isinstance(item := self._next(), SequenceEndEvent):
                node.items.append(self._node(item))
        elif isinstance(event, MappingStartEvent):
            node.entries = {}
            while not isinstance(key := self._next(), MappingEndEvent):
                if not isinstance(key, ScalarEvent):
                    self._node(key)
                    self._node(self._next())
                    continue
                value = self._node(self._next())
                if not _is_merge(key):
                    node.entries.setdefault(key.value, (key, value))
        return node


def _is_merge(key: Any) -> bool:
    """Whether a key stands for the keys of another mapping, `<<: *defaults`."""
    return key.value == "<<" and not key.style


def _plain_scalar(text: str) -> str | int | float:
    """A scalar without quotation marks that is none of `_WORDS`, by the core schema."""
    if text[0] in "0123456789+-.":
        if _INTEGER.fullmatch(text):
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text
