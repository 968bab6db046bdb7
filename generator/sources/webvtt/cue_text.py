"""The words of a cue: markup to a tree, to plain text, and to who says what.

Follows the "WebVTT cue text parsing rules" and the "cue text tokenizer" of the W3C standard. Most cues of a transcript
are bare text or one voice from start to end; those are read without building a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from generator.sources.webvtt.references import resolve, unfinished
from generator.sources.webvtt.timings import read_timestamp
from generator.sources.webvtt.values import (
    SpanTag,
    VttCue,
    VttFlawKind,
    VttNode,
    VttSpan,
    VttText,
    VttTimestamp,
)

Complaint: TypeAlias = tuple[VttFlawKind, int, str]
"""Kind, 0-based offset in the cue's text, the offending piece."""

_TAGS = frozenset(("c", "i", "b", "u", "ruby", "rt", "v", "lang"))

_SPACES = "\t\n\f\r "
_SPACE_RUN = re.compile(r"[\t\n\f\r ]+")
_LONE_VOICE = re.compile(r"<v(?:\.[^\t\n\f .<>]+)* ([^\t\n\f <>&]+(?: [^\t\n\f <>&]+)*)>([^<]*)(?:</v>)?")


def cue_nodes(text: str) -> tuple[VttNode, ...]:
    """The tree that the standard makes of a cue's text. Never fails: what is malformed is dropped or closed."""
    return _build(text)[0]


def plain_text(nodes: Iterable[VttNode]) -> str:
    """The words alone, line breaks kept, the readings over ruby left out."""
    return "".join(text for _, text in _runs(nodes))


def voices(nodes: Iterable[VttNode]) -> tuple[str, ...]:
    """The names of those who speak, each once, in the order in which they begin."""
    names = (node.annotation for node, _ in _walk(nodes) if isinstance(node, VttSpan) and node.tag == "v")
    return tuple(dict.fromkeys(name for name in names if name))


def spoken(cue: VttCue) -> tuple[tuple[str | None, str], ...]:
    """Who says what in a cue: voice and plain text, in order, neighbours of one voice joined, blank pieces left out.

    The voice is None where no `<v>` names one. Where a voice opens inside another one, the inner one speaks.

    >>> spoken(VttCue("q042", 0.0, 5.0, "<v 佐藤>重いです。</v> <v 鈴木>そういえば。</v>"))
    (('佐藤', '重いです。'), ('鈴木', 'そういえば。'))
    """
    text = cue.text
    if "<" not in text:
        said = resolve(text).strip()
        return ((None, said),) if said else ()
    if lone := _LONE_VOICE.fullmatch(text):
        said = resolve(lone.group(2)).strip()
        return ((lone.group(1), said),) if said else ()
    joined: list[tuple[str | None, str]] = []
    for voice, piece in _runs(cue_nodes(text)):
        if not piece.strip():
            # White space between two voices belongs to the one before; it is stripped when nothing follows it.
            if joined:
                joined[-1] = (joined[-1][0], joined[-1][1] + piece)
        elif joined and joined[-1][0] == voice:
            joined[-1] = (voice, joined[-1][1] + piece)
        else:
            joined.append((voice, piece))
    return tuple((voice, piece.strip()) for voice, piece in joined)


def complaints(text: str) -> list[Complaint]:
    """What the standard's parser drops or repairs in a cue's text, and whether the cue says anything."""
    if "&" not in text:
        if "<" not in text:
            return [] if text.strip() else [(VttFlawKind.EMPTY_CUE, 0, "")]
        lone = _LONE_VOICE.fullmatch(text)
        if lone and lone.group(2).strip():
            return []
    nodes, found = _build(text)
    if not plain_text(nodes).strip():
        found.append((VttFlawKind.EMPTY_CUE, 0, text))
    return found


def one_space(text: str) -> str:
    """The text as the standard reads an annotation: no white space around it, one space for each run inside."""
    return _SPACE_RUN.sub(" ", text).strip(_SPACES)


def _walk(nodes: Iterable[VttNode]) -> Iterator[tuple[VttNode, str | None]]:
    """Each node with the voice that holds there, parents first, ruby text left out.

    Not recursive, because a hostile cue may nest deeper than Python does.
    """
    pending: list[tuple[VttNode, str | None]] = [(node, None) for node in nodes]
    pending.reverse()
    while pending:
        node, voice = pending.pop()
        if isinstance(node, VttSpan):
            if node.tag == "rt":
                continue
            if node.tag == "v":
                voice = node.annotation or None
            pending.extend((child, voice) for child in reversed(node.children))
        yield node, voice


def _runs(nodes: Iterable[VttNode]) -> Iterator[tuple[str | None, str]]:
    return ((voice, node.value) for node, voice in _walk(nodes) if isinstance(node, VttText))


@dataclass(slots=True)
class _OpenSpan:
    """A span whose end is not seen yet; the outermost one, without a tag, stands for the cue."""

    tag: str = ""
    at: int = 0
    classes: tuple[str, ...] = ()
    annotation: str = ""
    language: str | None = None
    children: list[VttNode] = field(default_factory=list)

    def closed(self) -> VttSpan:
        """The finished span."""
        tag = cast("SpanTag", self.tag)
        return VttSpan(tag, self.classes, self.annotation, self.language, tuple(self.children))


def _build(text: str) -> tuple[tuple[VttNode, ...], list[Complaint]]:
    builder = _TreeBuilder()
    at = 0
    while at < len(text):
        if text[at] != "<":
            end = text.find("<", at)
            end = end if end >= 0 else len(text)
            builder.add_text(at, text[at:end])
            at = end
            continue
        # Every state of the tokenizer that reads a tag leaves it at the next ">", whatever stands before.
        end = text.find(">", at)
        if end < 0:
            builder.complain(VttFlawKind.UNTERMINATED_TAG, at, text[at:])
            end = len(text)
        builder.add_tag(at, text[at + 1 : end])
        at = end + 1
    return builder.finished()


class _TreeBuilder:
    """Takes tokens in their order and grows the tree."""

    def __init__(self) -> None:
        self._open = [_OpenSpan()]
        self._complaints: list[Complaint] = []

    def complain(self, kind: VttFlawKind, at: int, detail: str) -> None:
        self._complaints.append((kind, at, detail))

    def add_text(self, at: int, text: str) -> None:
        self._complain_of_references(at, text)
        self._open[-1].children.append(VttText(resolve(text)))

    def add_tag(self, at: int, tag: str) -> None:
        """Take what stands between `<` and `>`."""
        if tag.startswith("/"):
            self._end(at, tag[1:])
        elif tag[:1].isascii() and tag[:1].isdigit():
            time_s = read_timestamp(tag)
            if time_s is None:
                self.complain(VttFlawKind.BAD_TIMESTAMP_TAG, at, tag)
            else:
                self._open[-1].children.append(VttTimestamp(time_s))
        else:
            self._start(at, tag)

    def finished(self) -> tuple[tuple[VttNode, ...], list[Complaint]]:
        """Close what is open, as the end of a cue does."""
        while len(self._open) > 1:
            span = self._open[-1]
            if span.tag == "v":
                if not self._is_whole_cue(span):
                    self.complain(VttFlawKind.UNCLOSED_VOICE, span.at, span.annotation)
            elif span.tag != "rt":  # the standard lets ruby text end with its ruby
                self.complain(VttFlawKind.UNCLOSED_TAG, span.at, span.tag)
            self._close()
        return tuple(self._open[0].children), self._complaints

    def _start(self, at: int, tag: str) -> None:
        head, *rests = _SPACE_RUN.split(tag, maxsplit=1)
        rest = rests[0] if rests else ""
        name, *classes = head.split(".")
        current = self._open[-1]
        if name not in _TAGS:
            self.complain(VttFlawKind.UNKNOWN_TAG, at, tag)
            return
        if name == "rt" and current.tag != "ruby":
            self.complain(VttFlawKind.MISPLACED_RT, at, tag)
            return
        annotation = one_space(resolve(rest))
        if name == "v":
            self._complain_of_references(at + 1 + len(tag) - len(rest), rest)
            if not annotation:
                self.complain(VttFlawKind.UNNAMED_VOICE, at, tag)
        language = annotation if name == "lang" else current.language
        class_names = tuple(part for part in classes if part)
        self._open.append(_OpenSpan(name, at, class_names, annotation, language))

    def _end(self, at: int, name: str) -> None:
        current = self._open[-1].tag
        if name == current and name:
            self._close()
        elif name == "ruby" and current == "rt":
            self._close()
            self._close()
        else:
            self.complain(VttFlawKind.STRAY_END_TAG, at, "/" + name)

    def _close(self) -> None:
        span = self._open.pop()
        self._open[-1].children.append(span.closed())

    def _is_whole_cue(self, span: _OpenSpan) -> bool:
        """Whether the open voice began with the cue and no other voice is in it."""
        others = any(isinstance(node, VttSpan) and node.tag == "v" for node, _ in _walk(span.children))
        return span.at == 0 and not others

    def _complain_of_references(self, at: int, text: str) -> None:
        if "&" in text:
            for offset, written in unfinished(text):
                self.complain(VttFlawKind.UNFINISHED_REFERENCE, at + offset, written)
