"""Packing what the browser loads: not every server packs what it sends."""

from __future__ import annotations

import gzip
from typing import Final

LEVEL: Final = 6
"""gzip's: 9 takes twice the time for a hundredth less."""


def packed_text(text: str) -> bytes:
    """The text packed by gzip; the same bytes whenever it is packed."""
    return gzip.compress(text.encode(), LEVEL, mtime=0)
