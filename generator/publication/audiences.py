"""Who sees what is limited: an audience, together with those whose rights it has too.

Audiences are groups of readers, not steps of a ladder: sales may see figures that engineering may not, and the other
way round. So nothing is opened by an order; an audience says which others it `includes`. A site built for no audience
shows the least of all: only what nobody limited.
"""

from __future__ import annotations

from collections.abc import Collection

from generator.model.casebook import Casebook


def circle(casebook: Casebook, audience: str | None) -> frozenset[str]:
    """`audience` and all that it includes, directly or by way of others; empty for a site that is for no audience."""
    includes = {known.id: known.includes for known in casebook.audiences}
    found: set[str] = set()
    waiting = [] if audience is None else [audience]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += includes.get(name, ())
    return frozenset(found)


def may(only: Collection[str] | None, seen_by: frozenset[str]) -> bool:
    """Whether readers of the circle `seen_by` may see what is limited to the audiences `only` (to none when None)."""
    return only is None or not seen_by.isdisjoint(only)
