"""What an editor may have meant: the nearest known word."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

NEAR = 0.6
"""Share of letters in common from which a word is worth suggesting (the standard library's own choice)."""
MAX_LISTED = 12
"""As many known words as an editor reads in one message."""


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word most like `written`, or None when none is. Case, width and `_` for `-` are forgiven."""
    folded = {_folded(word): word for word in known}
    found = difflib.get_close_matches(_folded(written[:80]), folded, n=1, cutoff=NEAR)
    return folded[found[0]] if found else None


def suggestion(written: str, known: Iterable[str]) -> dict[str, str]:
    """The values `nearest` (when there is a near word) and `known` for a problem's texts."""
    words = list(known)
    listed = ", ".join(words[:MAX_LISTED]) + (", …" if len(words) > MAX_LISTED else "")
    near = nearest(written, words)
    return {"known": listed} | ({"nearest": near} if near else {})


def as_slug(written: str) -> str:
    """A slug for what was written; empty when it has letters that no slug can have, and a person must find a name."""
    plain = unicodedata.normalize("NFKC", written).lower()
    if any(sign.isalnum() and not sign.isascii() for sign in plain):
        return ""
    letters = "".join(sign if sign.isalnum() else "-" for sign in plain)
    return "-".join(part for part in letters.split("-") if part)[:80].rstrip("-")


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold().replace("_", "-")
