"""Reading CBOR (RFC 8949), as far as the files of Pagefind's index go: whole numbers, text, lists."""

from __future__ import annotations

from typing import Any

_UNSIGNED, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_IN_HEAD = 24
"""Sizes below stand in the first byte; above, the size of the size does."""
_LONGEST_SIZE = 8


def decoded(content: bytes, at: int = 0) -> tuple[Any, int]:
    """The value at `at` and the place behind it.

    Raises ValueError or IndexError for one that Pagefind does not write.
    """
    kind, size = content[at] >> 5, content[at] & 31
    at += 1
    if size >= _IN_HEAD:
        length = 1 << (size - _IN_HEAD)
        if length > _LONGEST_SIZE:
            raise ValueError(size)
        size, at = int.from_bytes(content[at : at + length], "big"), at + length
    if kind == _UNSIGNED:
        return size, at
    if kind == _NEGATIVE:
        return -1 - size, at
    if kind == _TEXT:
        return content[at : at + size].decode("utf-8"), at + size
    if kind != _LIST:
        raise ValueError(kind)
    items = []
    for _ in range(size):
        item, at = decoded(content, at)
        items.append(item)
    return items, at
