"""Places in a recording."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """A place in a recording as listeners read it: `1:23`, or `1:02:03` from an hour on."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
