"""Character references in cue text: `&amp;`, `&#12354;`, `&lt` without its semicolon, as HTML resolves them.

The standard library's `html.unescape` comes close, but drops control characters that HTML keeps, and raises on
references of more than 4,300 digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

REPLACEMENT = "\ufffd"

# No name in HTML's table is longer than 32 characters with its semicolon.
_REFERENCE = re.compile(r"&(?:#([0-9]+);?|#[xX]([0-9a-fA-F]+);?|([A-Za-z][A-Za-z0-9]{0,31};?))")
_MAX_CODE_DIGITS = 7
_LAST_CODE = 0x10FFFF


def resolve(text: str) -> str:
    """The text with its character references replaced; what is no reference stays as it is."""
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def unfinished(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each reference that is resolved although its semicolon is missing."""
    for found in _REFERENCE.finditer(text):
        name = found.group(3)
        written = found.group() if name is None else "&" + _known_name(name)
        if written != "&" and not written.endswith(";"):
            yield found.start(), written


def escape(text: str) -> str:
    """The text with `&`, `<` and `>` as references, so that it reads back as itself and holds no `-->`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _resolved(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if decimal is not None:
        return _character(decimal, 10)
    if hexadecimal is not None:
        return _character(hexadecimal, 16)
    known = _known_name(name)
    return html5[known] + name[len(known) :] if known else found.group()


def _known_name(name: str) -> str:
    """The longest beginning of the name that is a reference's name; empty when there is none."""
    return next((name[:end] for end in range(len(name), 1, -1) if name[:end] in html5), "")


def _character(digits: str, base: int) -> str:
    digits = digits.lstrip("0")
    code = int(digits, base) if 0 < len(digits) <= _MAX_CODE_DIGITS else 0
    if code == 0 or code > _LAST_CODE or 0xD800 <= code <= 0xDFFF:
        return REPLACEMENT
    if 0x80 <= code <= 0x9F:
        # HTML reads these as Windows-1252, and the five that it leaves undefined as themselves.
        return bytes([code]).decode("cp1252", errors="ignore") or chr(code)
    return chr(code)
