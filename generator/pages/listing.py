"""Long lists: what narrows them down, and how they are cut into pages that stay light.

Every item carries its marks as data attributes; `scripts/filters.js` hides what a reader did not ask for and keeps the
choice in the address (`?department=sales&state=holds`). Without scripts the whole list stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

Marks = Mapping[str, tuple[str, ...]]
"""Name of a facet -> the values that an item carries: `{"type": ("lost", "silent"), "year": ("2025",)}`."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a reader may choose."""

    value: str
    """As it stands in the address: `lost`."""
    label: str
    count: int
    """Items of the whole list that carry it."""
    hue: int | None = None
    """Hue of the chip in degrees, for departments."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list down."""

    name: str
    """As it stands in the address: `type`."""
    label: str
    options: tuple[Option, ...]
    """Only values that occur, in the order of the vocabulary."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a long list, as its pager shows it."""

    number: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Item]):
    """One page of a long list."""

    address: str
    """`cases/` for the first, `cases/page-2/` for the second."""
    number: int
    items: tuple[Item, ...]
    pager: tuple[PageLink, ...]
    """Every page of the list; empty when there is only one."""
    next_href: str
    previous_href: str


def facet(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    items: Iterable[Marks],
    hues: Mapping[str, int] | None = None,
) -> Facet:
    """The facet `name` over `items`; `options` are its possible values with their labels, in order."""
    counts = Counter(value for marks in items for value in dict.fromkeys(marks.get(name, ())))
    return Facet(
        name,
        label,
        tuple(
            Option(value, text, counts[value], hues.get(value) if hues else None)
            for value, text in options
            if counts[value]
        ),
    )


def leaf_address(base: str, number: int) -> str:
    """Address of the page `number` (from 1) of the list at `base`."""
    return base if number == 1 else f"{base}page-{number}/"


def leaves(items: Sequence[Item], base: str, size: int) -> tuple[Leaf[Item], ...]:
    """`items` on pages of at most `size`; an empty list has one page too."""
    total = max(1, -(-len(items) // size))
    made = []
    for number in range(1, total + 1):
        address = leaf_address(base, number)
        root = "../" * address.count("/")
        hrefs = {other: root + leaf_address(base, other) for other in range(1, total + 1)}
        made.append(
            Leaf(
                address=address,
                number=number,
                items=tuple(items[(number - 1) * size : number * size]),
                pager=tuple(PageLink(other, href, other == number) for other, href in hrefs.items())
                if total > 1
                else (),
                next_href=hrefs.get(number + 1, ""),
                previous_href=hrefs.get(number - 1, ""),
            )
        )
    return tuple(made)
