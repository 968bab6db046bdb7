"""The `nav` of mkdocs.yml: a company orders and names its tabs there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def without_missing(nav: Any, present: Collection[str]) -> Any:
    """`nav` without the Markdown files that this site does not have; entries keep their order and form.

    An audience may see no insight, and then there is no page of insights to link to. Addresses outside the site stay.
    """
    if isinstance(nav, list):
        kept = [without_missing(entry, present) for entry in nav]
        return [entry for entry in kept if entry not in (None, [], {})]
    if isinstance(nav, Mapping):
        below = {name: without_missing(entry, present) for name, entry in nav.items()}
        return {name: entry for name, entry in below.items() if entry not in (None, [], {})}
    if isinstance(nav, str) and nav.endswith(".md") and nav not in present:
        return None
    return nav


def names_given(nav: Any) -> dict[str, str]:
    """Markdown file -> the name that `nav` gives it, for those that it names."""
    if isinstance(nav, list):
        return {path: name for entry in nav for path, name in names_given(entry).items()}
    if isinstance(nav, Mapping):
        named = {entry: str(name) for name, entry in nav.items() if isinstance(entry, str)}
        return named | {path: name for entry in nav.values() for path, name in names_given(entry).items()}
    return {}
