"""Long lists: what narrows them down, and how they are cut into pages that stay light.

`scripts/filters.js` finds the items by their marks, hides what a reader did not ask for and keeps the choice in the
address (`?department=sales&state=holds`). Without scripts the whole list stands there.

On a list of one page every item carries its marks as data attributes. A list of several pages has a file of marks
beside its first page: a few bits for each row of the whole list. Scripts find in it which rows match, count them, and
fetch only the pages on which the first of these stand. Its rows carry no marks; each page has its own part of the file,
in one attribute, for readers to whom the file does not come.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.model.casebook import Department
from generator.pages.page import SiteFile

Item = TypeVar("Item")

AROUND = 3
"""Pages named on either side of the one that is read."""
ROWS_TO_A_FIGURE = 4
"""Rows whose bits one hexadecimal figure holds."""

Marks = Mapping[str, tuple[str, ...]]
"""Name of a facet -> the values that an item carries: `{"type": ("lost", "silent"), "year": ("2025",)}`."""
FiguresOfMarks = Mapping[str, Mapping[str, str]]
"""Name of a facet -> value -> which of many rows carry it: `{"type": {"lost": "3a04"}}`, see `marks_file`."""


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
    note: str = ""
    """What a department wants to know, for those through whose eyes the list can be seen."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list down."""

    name: str
    """As it stands in the address: `type`."""
    label: str
    options: tuple[Option, ...]
    """Only values that occur, in the order of the vocabulary."""
    mark: str = ""
    """The mark of the items that it asks for, where that goes by another name: `eyes` asks for the department."""
    is_rare: bool = False
    """Folded away until somebody asks for it."""

    @property
    def asks(self) -> str:
        """The mark of the items that it asks for."""
        return self.mark or self.name


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a long list, as its pager shows it."""

    number: int
    href: str
    current: bool
    after_gap: bool = False
    """Pages before it are left out."""


@dataclass(frozen=True, slots=True)
class WholeList:
    """How scripts find the rows of the other pages."""

    href: str
    """From this page to the first."""
    marks: str
    """Name of the file of marks beside the first page, with a mark of its content: `marks.json?v=1a2b3c4d`."""
    rows_on_a_page: int
    first: int
    """Number of this page's first row in the whole list, from 0."""
    own: FiguresOfMarks
    """The marks of this page's rows, for when the file is out of reach; without values that none of them carries."""


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Item]):
    """One page of a long list."""

    address: str
    """`cases/` for the first, `cases/page-2/` for the second."""
    number: int
    items: tuple[Item, ...]
    pager: tuple[PageLink, ...]
    """The first and the last page of the list and those around this one; empty when there is only one."""
    next_href: str
    previous_href: str
    whole: WholeList | None = None
    """None when this is the only page."""

    def on_row(self, marks: Marks) -> Marks:
        """What a row with these `marks` carries itself: nothing where the page carries the marks of all its rows."""
        return marks if self.whole is None else {}


def facet(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    items: Iterable[Marks],
    hues: Mapping[str, int] | None = None,
) -> Facet:
    """The facet `name` over `items`; `options` are its possible values with their labels, in order."""
    counts = _counts(name, items)
    return Facet(
        name,
        label,
        tuple(
            Option(value, text, counts[value], hues.get(value) if hues else None)
            for value, text in options
            if counts[value]
        ),
    )


def eyes(label: str, departments: Iterable[Department], items: Iterable[Marks]) -> Facet:
    """The departments through whose eyes a list can be seen: each asks for what is marked with it.

    Every department is offered, so that what a reader chose on one list can be chosen on the next.
    """
    counts = _counts("department", items)
    return Facet(
        "eyes",
        label,
        tuple(Option(item.id, item.name, counts[item.id], item.hue, item.lead_purpose or "") for item in departments),
        mark="department",
    )


def _counts(name: str, items: Iterable[Marks]) -> Counter[str]:
    """How many items carry each value; an item that carries one twice counts once."""
    carried = Counter([marks.get(name, ()) for marks in items])
    counts: Counter[str] = Counter()
    for values, count in carried.items():
        counts.update(dict.fromkeys(values, count))
    return counts


def marks_file(base: str, facets: Sequence[Facet], items: Sequence[Marks], size: int) -> SiteFile | None:
    """The marks of all `items` of the list at `base`, in its order, for `scripts/lists/marks.js`.

    None when they fit on one page of `size`: there each row brings its own.

    `{"total": 3000, "marks": {"state": {"holds": "3a04..."}}}`: a hexadecimal figure for every four rows, its lowest
    bit for the first of them. 3,000 rows with eighty values take 60 kB. A denser code would use all letters, and the
    audit would sooner or later find somebody's name in it.

    Raises ValueError when a figure would hold rows of two pages: no page could have its own part of the file.
    """
    if size % ROWS_TO_A_FIGURE:
        message = f"{base}: {size} rows on a page are no multiple of {ROWS_TO_A_FIGURE}"
        raise ValueError(message)
    if len(items) <= size:
        return None
    marks = {found.asks: _bits(found, items) for found in facets}
    content = json.dumps({"total": len(items), "marks": marks}, ensure_ascii=False, separators=(",", ":"))
    return SiteFile(f"{base}marks.json", content.encode())


def _bits(asked: Facet, items: Sequence[Marks]) -> dict[str, str]:
    """The figures of each value that may be chosen."""
    name = asked.asks
    figures = {option.value: bytearray(-(-len(items) // ROWS_TO_A_FIGURE)) for option in asked.options}
    for place, marks in enumerate(items):
        for value in marks.get(name, ()):
            if value in figures:
                figures[value][place // ROWS_TO_A_FIGURE] |= 1 << place % ROWS_TO_A_FIGURE
    # Each byte holds four rows: the second of its two hexadecimal figures.
    return {value: found.hex()[1::2] for value, found in figures.items()}


def leaf_address(base: str, number: int) -> str:
    """Address of the page `number` (from 1) of the list at `base`."""
    return base if number == 1 else f"{base}page-{number}/"


def leaves(items: Sequence[Item], base: str, size: int, marks: SiteFile | None = None) -> tuple[Leaf[Item], ...]:
    """`items` on pages of at most `size`; an empty list has one page too. `marks` is what `marks_file` made of them."""
    total = max(1, -(-len(items) // size))
    marks_name = f"marks.json?v={hashlib.sha256(marks.content).hexdigest()[:8]}" if marks else ""
    figures: FiguresOfMarks = json.loads(marks.content)["marks"] if marks else {}
    made = []
    for number in range(1, total + 1):
        address = leaf_address(base, number)
        root = "../" * address.count("/")
        first = (number - 1) * size
        made.append(
            Leaf(
                address=address,
                number=number,
                items=tuple(items[first : first + size]),
                pager=_pager(root + base, number, total) if total > 1 else (),
                next_href=leaf_address(root + base, number + 1) if number < total else "",
                previous_href=leaf_address(root + base, number - 1) if number > 1 else "",
                whole=WholeList(root + base, marks_name, size, first, _part(figures, first, size)) if marks else None,
            )
        )
    return tuple(made)


def _part(figures: FiguresOfMarks, first: int, rows: int) -> FiguresOfMarks:
    """The figures of `rows` rows from the row `first` on, without values that none of them carries."""
    begin, end = first // ROWS_TO_A_FIGURE, (first + rows) // ROWS_TO_A_FIGURE
    parts = {
        name: {value: part for value, whole in values.items() if (part := whole[begin:end]).strip("0")}
        for name, values in figures.items()
    }
    return {name: values for name, values in parts.items() if values}


def _pager(base: str, current: int, total: int) -> tuple[PageLink, ...]:
    shown = sorted({1, total, *range(max(1, current - AROUND), min(total, current + AROUND) + 1)})
    return tuple(
        PageLink(number, leaf_address(base, number), number == current, number - before > 1)
        for before, number in zip((0, *shown), shown, strict=False)
    )
