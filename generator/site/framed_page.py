"""A finished page as MkDocs knows pages."""

from __future__ import annotations

import html
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.pages.page import Heading, Page


class FramedPage(MkDocsPage):
    """Hands the finished HTML over as it is: it never passes through Markdown, which would be slow."""

    def __init__(self, finished: Page, name: str, file: File, config: MkDocsConfig) -> None:
        """Frame `finished`, which is called `name` in the navigation; takes its place at `file.page`."""
        super().__init__(html.escape(name, quote=False), file, config)
        self.finished = finished

    def read_source(self, config: MkDocsConfig) -> None:
        """Take title and description from the finished page; its file is empty."""
        del config
        self.markdown = ""
        self.meta: dict[str, Any] = {"title": html.escape(self.finished.title, quote=False)}
        if self.finished.description:
            self.meta["description"] = html.escape(self.finished.description)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the body and the headings of the finished page."""
        del config, files
        self.content = self.finished.body
        self.toc = table_of_contents(self.finished.headings)


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
