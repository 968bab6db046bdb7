"""Identifiers for new lines, in the style of those that are there; none is ever given twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

FIRST: Final = "q001"
_NUMBERED = re.compile(r"(?P<stem>[A-Za-z]?(?:[A-Za-z0-9_.-]*[A-Za-z_.-])?)(?P<number>[0-9]{1,9})")


class Identifiers:
    """Gives new identifiers, one after the other."""

    def __init__(self, present: Sequence[str], once: Iterable[str] = (), following: str = "") -> None:
        """Go on after the lines that are `present`, after those that were there `once`, and from `following` at least.

        The style is that of most lines: what stands before the number, and how many digits it has.
        """
        everyone = {*present, *once}
        found = [match for name in (*present, following) if (match := _NUMBERED.fullmatch(name))]
        styles = Counter((match["stem"], len(match["number"])) for match in found)
        first = _NUMBERED.fullmatch(FIRST)
        assert first is not None  # noqa: S101 - a constant
        self._stem, self._digits = max(styles, key=lambda style: styles[style], default=(first["stem"], 3))
        numbers = [
            int(match["number"]) + (name != following)
            for name in (*everyone, following)
            if (match := _NUMBERED.fullmatch(name)) and match["stem"] == self._stem
        ]
        self._number = max(numbers, default=int(first["number"]))
        self._everyone = everyone

    @property
    def following(self) -> str:
        """The identifier that the next new line gets."""
        return f"{self._stem}{self._number:0{self._digits}}"

    def new(self) -> str:
        """An identifier that no line ever had."""
        while self.following in self._everyone:
            self._number += 1
        name = self.following
        self._number += 1
        return name
