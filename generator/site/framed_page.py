"""A page of ours as MkDocs knows pages."""

from __future__ import annotations

import html
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.pages.page import Announcement, Heading, Page


class FramedPage(MkDocsPage):
    """Hands the finished HTML over as it is: it never passes through Markdown, which would be slow.

    MkDocs reads all pages before it builds the first. Of this one it reads the title only: the rest is taken when its
    turn to be built has come, while those after it are still being rendered.
    """

    def __init__(self, announced: Announcement, name: str, file: File, config: MkDocsConfig) -> None:
        """Stand for the page that is `announced`, called `name` in the navigation; takes its place at `file.page`."""
        super().__init__(html.escape(name, quote=False), file, config)
        self._announced = announced
        self.finished: Page | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the title; the file is empty."""
        del config
        self.markdown = ""
        self.meta: dict[str, Any] = {"title": html.escape(self._announced.title, quote=False)}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty: see `take`."""
        del config, files
        self.content = ""

    def take(self, finished: Page) -> None:
        """Take description, body and headings of the finished page."""
        self.finished = finished
        if finished.description:
            self.meta["description"] = html.escape(finished.description)
        self.content = finished.body
        self.toc = table_of_contents(finished.headings)

    def let_go(self) -> None:
        """Forget what was taken, when it is in its file."""
        self.finished = None
        self.content = ""


def table_of_contents(headings: tuple[Heading, ...]) -> TableOfContents:
    """The headings as a tree."""
    top: list[AnchorLink] = []
    path: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(html.escape(heading.text, quote=False), heading.id, heading.level)
        while path and path[-1].level >= heading.level:
            path.pop()
        (path[-1].children if path else top).append(link)
        path.append(link)
    return TableOfContents(top)
