"""The pages of a build as they come: all are known from the start, most are still being rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.pages.page import Announcement, Page, SiteFile, SitePages

FEEDS = ("data/atom.xml", "data/feed.json")
"""Those of everything new, which every page points to for readers of feeds."""


class Arrivals:
    """Gives each page to whoever frames it, by the Markdown file that stands for it: see `source_name`."""

    def __init__(self, made: SitePages | None = None) -> None:
        """Wait for the pages of `made`; without it there are none."""
        made = made or SitePages.of(())
        self.announced: Mapping[str, Announcement] = {source_name(page.address): page for page in made.announced}
        """In the order in which the pages come."""
        self.files: tuple[SiteFile, ...] = made.files
        """What stands beside the pages."""
        self.feeds = tuple(file.address for file in self.files if file.address in FEEDS)
        self._coming: Iterator[Page] = made.pages
        self._here: dict[str, Page] = {}

    def page(self, name: str) -> Page:
        """The page for which the file `name` stands. Waits for it, and keeps those that come before it.

        Raises LookupError when there is no such page.
        """
        while name not in self._here:
            page = next(self._coming, None)
            if page is None:
                raise LookupError(name)
            self._here[source_name(page.address)] = page
        return self._here[name]

    def forget_body(self, name: str) -> None:
        """Keep what the index needs of a page that is framed: the bodies of a thousand take 200 MB."""
        self._here[name] = replace(self._here[name], body="")

    def listed(self) -> list[Page]:
        """The pages that came and may be found, in the order in which they came."""
        return [page for page in self._here.values() if page.listed]


def source_name(address: str) -> str:
    """The Markdown file that stands for the page at `address`: `insights/index.md`, `cases/<slug>.md`.

    Both give the same kind of address. Pages below another go without a folder each, because making and removing a
    thousand folders takes longer than framing as many pages.
    """
    return f"{address.rstrip('/')}.md" if address.count("/") > 1 else f"{address}index.md"
