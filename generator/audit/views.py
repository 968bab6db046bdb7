"""Any file of a site as the texts in it: unpacked, decoded, its escapes undone.

A file may have several views. Pages come once as they are, without the marks that stand inside of words
(`北<b>辰</b>`), and once as those marks alone, whose attributes may say something too.
"""

from __future__ import annotations

import gzip
import html
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

MAX_UNPACKED_BYTES: Final = 500_000_000
"""More than any index: a packed file that grows beyond it was not made by us."""
_GZIP: Final = b"\x1f\x8b"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_TEXT_SUFFIXES: Final = frozenset(
    (".html", ".json", ".xml", ".svg", ".css", ".js", ".mjs", ".txt", ".csv", ".ics", ".webmanifest", ".vtt", ".md")
)
_PAGE_SUFFIXES: Final = frozenset((".html", ".xml", ".svg"))
_BOXES = "a|abbr|cite|code|dfn|kbd|q|samp|span|time|var"
_MARKS = "b|bdi|del|em|font|i|ins|mark|rb|ruby|s|small|strong|sub|sup|tspan|u|wbr"


def _tag(names: str) -> str:
    """Regardless of letter case only where there are others than small letters: that takes three times as long."""
    return rf"/?+(?:{names}|(?![a-z]*+[\s>])(?i:{names}))\b[^<>]*+>"


_READING = r"[rR][tTpP]\b[^<>]*+>[^<>]*+</[rR][tTpP]>"
_INSIDE = rf"(?:{_tag(_MARKS)}|{_READING}|!--.*?-->)"
_INSIDE_WORDS = re.compile(rf"(<(?<=[^\s>]<)(?:{_INSIDE}(?:<{_INSIDE})*|{_tag(_BOXES)}))(?=[^\s<])", re.DOTALL)
"""Marks between two letters of one word. Boxes (`a`, `span`) in a row are labels side by side, and no one word.

Each expression here begins with the sign that it looks for, which is many times as fast.
"""
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_BACKSLASH = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4})*)|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|([0-9A-Fa-f]{4,6})\s?)"
)
_FOLDED = re.compile(rb"\r?\n[ \t]")
"""Where a calendar breaks its long lines, in the middle of words (RFC 5545, section 3.1)."""
_UTF_16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""The marks with which texts in it begin."""
_WIDE = ("utf-16-le", "utf-16-be", "cp932")
"""How tags of pictures and old tools write text, beside UTF-8."""


_CUT = re.compile(rb'[",<>]')
"""Behind these a text can be cut: they end every escape, and a fold is the same on both sides (`spellings.fold`)."""
_AT_ONCE: Final = 200_000
"""Bytes decoded at a time: what comes of them stays in the processor's cache."""


class TooLargeError(ValueError):
    """A packed file holds more than can be looked through."""


@dataclass(frozen=True, slots=True)
class View:
    """A text to be searched."""

    stretches: Iterable[str]
    """The text, cut where that makes no difference to its fold; may be gone through again."""
    where: str = ""
    """Empty when a line number tells; else what part of the file it is."""

    @classmethod
    def of(cls, text: str, where: str = "") -> View:
        """That of a text in one piece."""
        return cls((text,), where)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.stretches)


@dataclass(frozen=True, slots=True)
class _Decoded:
    """UTF-8 as text, a stretch at a time: of a hundred megabytes, each step would wait for memory."""

    content: bytes
    at_once: int = _AT_ONCE

    def __iter__(self) -> Iterator[str]:
        start = 0
        while found := _CUT.search(self.content, start + self.at_once):
            yield unescaped(self.content[start : found.end()].decode("utf-8", "replace"))
            start = found.end()
        yield unescaped(self.content[start:].decode("utf-8", "replace"))


def views(name: str, content: bytes) -> Iterator[View]:
    """The texts in a file of that name. Raises TooLargeError."""
    inner = name.lower().removesuffix(".gz")
    suffix = inner[inner.rfind(".") :] if "." in inner else ""
    if content.startswith(_GZIP):
        content = unpacked(content)
    elif content.startswith(_PNG):
        yield from (View.of(text, "text in the picture") for text in _png_texts(content))
    if suffix == ".ics":
        content = _FOLDED.sub(b"", content)
    if suffix in _TEXT_SUFFIXES:
        encoding = _UTF_16.get(content[:2], "utf-8")
        if suffix in _PAGE_SUFFIXES:
            yield from _page_views(content.decode(encoding, "replace"))
        elif encoding in _UTF_16.values():
            yield View.of(unescaped(content.decode(encoding, "replace")))
        else:
            yield View(_Decoded(content))
        return
    yield View(_Decoded(content))
    if b"pagefind_dcd" not in content[:12]:
        for encoding in _WIDE:
            yield View.of(content.decode(encoding, "replace"), f"read as {encoding}")
            if encoding.startswith("utf-16"):
                yield View.of(content[1:].decode(encoding, "replace"), f"read as {encoding}")


def name_view(name: str) -> View:
    """The address of a file."""
    return View.of(unescaped(name), "address")


def _page_views(text: str) -> Iterator[View]:
    pieces = _INSIDE_WORDS.split(text)
    yield View.of(unescaped("".join(pieces[::2])))
    if len(pieces) > 1:
        yield View.of(unescaped("\n".join(pieces[1::2])), "inside of a mark")


def unescaped(text: str) -> str:
    r"""`text` with what HTML (`&#x5317;`), JSON (`\\u5317`), CSS and addresses (`%E5%8C%97`) escape written plainly."""
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = _PERCENT.sub(_from_percent, text)
    if "\\" in text:
        text = _BACKSLASH.sub(_from_backslash, text)
    return text


def _from_percent(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _from_backslash(found: re.Match[str]) -> str:
    if found[1]:
        return bytes.fromhex(found[1].replace("\\u", "")).decode("utf-16-be", "replace")
    code = int(found[2] or found[3] or found[4], 16)
    return chr(code) if code <= sys.maxunicode else found[0]


def unpacked(content: bytes) -> bytes:
    """What is in a file packed by gzip. Raises OSError or EOFError when it is damaged, and TooLargeError."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(content, MAX_UNPACKED_BYTES)
    except zlib.error as error:
        raise gzip.BadGzipFile(str(error)) from error
    if unpacker.unconsumed_tail:
        raise TooLargeError
    if not unpacker.eof:
        raise EOFError("ends too early")
    return plain + (unpacked(unpacker.unused_data) if unpacker.unused_data.startswith(_GZIP) else b"")


def _png_texts(content: bytes) -> Iterator[str]:
    """Text chunks of a picture (PNG 3rd edition, 11.3.3), the packed ones unpacked."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length
        if kind not in (b"zTXt", b"iTXt"):
            continue
        _, _, rest = data.partition(b"\0")
        if kind == b"iTXt" and rest[:1] == b"\1":
            rest = b"\0" + rest[2:].split(b"\0", 2)[-1]
        try:
            yield _unpacked_text(rest[1:])
        except zlib.error:
            yield rest.decode("utf-8", "replace")


def _unpacked_text(packed: bytes) -> str:
    return zlib.decompressobj().decompress(packed, MAX_UNPACKED_BYTES).decode("utf-8", "replace")
