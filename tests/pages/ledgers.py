"""Following a figure to what it counts: the links of a page whose text is a number, and the rows of a list."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl

from generator.pages.page import Page, SiteFile

FIGURE = re.compile(r'<a\b[^>]*?href="([^"#]*\?[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ROW = re.compile(r"<li\b[^>]*\sdata-cb-item[^>]*>")


def only_pages(made: Iterable[Page | SiteFile]) -> dict[str, Page]:
    """Address -> page, without the files."""
    return {page.address: page for page in made if isinstance(page, Page)}


def figures_of(page: Page) -> Iterator[tuple[str, int]]:
    """Address with its conditions, and the number that stands there: every link to a list whose words end in one.

    Marks of drawings are left out, and so are links that play something.
    """
    for href, inside in FIGURE.findall(page.body):
        if "play=1" in href or "<text" in inside:
            continue
        number = re.search(r"(\d+)\D{0,3}$", re.sub(r"<[^>]*>", "", inside).strip())
        if number:
            yield html.unescape(href), int(number[1])


def rows_behind(page: Page, href: str, pages: Mapping[str, Page]) -> int:
    """How many rows of the list at `href`, on all its pages, meet its conditions."""
    path, _, query = href.partition("?")
    address = posixpath.normpath(posixpath.join("/" + page.address, path)).strip("/") + "/"
    wanted = parse_qsl(query)
    bodies = [found.body for at, found in pages.items() if re.fullmatch(re.escape(address) + r"(page-\d+/)?", at)]
    assert bodies, f"{href} leads nowhere"
    return sum(
        all(value in carried.get(name, ()) for name, value in wanted) for body in bodies for carried in marks_of(body)
    )


def marks_of(body: str) -> list[dict[str, set[str]]]:
    """What each row of a list's page is found by: by its own attributes, or by what the page says of all its rows."""
    rows = ROW.findall(body)
    figures = re.search("data-cb-own='([^']*)'", body)
    if figures is None:
        return [attributes_of(row) for row in rows]
    told = json.loads(html.unescape(figures[1]))
    return [
        {name: found for name, values in told.items() if (found := {v for v in values if carries(values[v], place)})}
        for place in range(len(rows))
    ]


def attributes_of(row: str) -> dict[str, set[str]]:
    """The marks that a row carries itself."""
    return {name: {*html.unescape(values).split()} for name, values in re.findall(r'data-([\w-]+)="([^"]*)"', row)}


def carries(figures: str, row: int) -> bool:
    """Whether a row carries the value of these hexadecimal figures: one for four rows, the lowest bit for the first."""
    return f"{int(figures[row // 4], 16):04b}"[-1 - row % 4] == "1"
