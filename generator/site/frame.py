"""What the frame around a page shows: one value for the templates in overrides/."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.page import Heading, Page

TAB_NAMES = {
    "": "Home",
    "cases/": "Cases",
    "insights/": "Insights",
    "actions/": "Actions",
    "voices/": "Voices",
    "across/": "Overview",
    "paths/": "Paths",
    "tags/": "Tags",
    "search/": "Search",
    "about/": "About",
}
"""Address -> short name in the tabs (a msgid), where the page's own title would be too long."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    title: str
    href: str
    """Relative to this page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """An entry of the table of contents."""

    heading: Heading
    below: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the templates of the frame may ask for. Texts are plain: the templates escape them."""

    title: str
    kind: str
    """`case`, `insights` ...; `page` for a Markdown page that a company added."""
    description: str
    root: str
    """What leads to the site's root: `../../`, empty for the home page."""
    crumbs: tuple[Crumb, ...]
    contents: tuple[Contents, ...]
    style: str
    palette: str
    scripts: tuple[str, ...]
    listed: bool
    feeds: tuple[str, ...] = ()
    """Addresses of the feeds of everything new, relative to the site's root, where the site has them."""
    linked_data: str = ""
    """JSON that is safe inside a script element; empty for a page without."""


def crumbs(page: Page, home: str) -> tuple[Crumb, ...]:
    """The way from the home page, called `home`, to the page above this one; empty on the home page."""
    if not page.address:
        return ()
    above = (("", home), *((address, title) for title, address in page.crumbs))
    return tuple(Crumb(title, f"{page.root}{address}") for address, title in above)


def contents(headings: tuple[Heading, ...]) -> tuple[Contents, ...]:
    """The headings in two levels: what stands under a main heading is its part. Deeper ones stay out."""
    entries: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level <= 2 or not entries:
            entries.append((heading, []))
        elif heading.level == 3:
            entries[-1][1].append(heading)
    return tuple(Contents(heading, tuple(below)) for heading, below in entries)
