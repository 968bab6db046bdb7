"""The page `data/`: feeds to follow, and the whole public knowledge to take along."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.casebook import Department
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.linked_data import of_data
from generator.pages.page import Heading, Page

ADDRESS = "data/"
_KIB = 1024


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed in its two formats."""

    name: str
    """Its folder below the page, and the department whose feed it is; empty for the one of everything."""
    title: str
    entries: int


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along."""

    name: str
    """File name, beside the page."""
    meaning: str
    """What it holds; of a table, what a row is."""
    size_bytes: int
    rows: int | None
    """None for what is no table."""
    columns: tuple[tuple[str, str], ...] = ()
    """Name and meaning of each column beyond those of every table."""

    @property
    def media_type(self) -> str:
        """As servers name it."""
        return "application/json" if self.rows is None else "text/csv"

    @property
    def size(self) -> str:
        """`12 KB`, `3.4 MB`"""
        kib = self.size_bytes / _KIB
        return f"{max(round(kib), 1)} KB" if kib < _KIB else f"{kib / _KIB:.1f} MB"


@dataclass(frozen=True, slots=True)
class DepartmentFeed:
    """A department with its feed."""

    department: Department
    feed: FeedView


@dataclass(frozen=True, slots=True)
class DataView:
    """The view behind `data.html.j2`."""

    whole: FeedView
    departments: tuple[DepartmentFeed, ...]
    document: Download
    tables: tuple[Download, ...]
    audience: str
    """Name of the audience for which this site is built; empty for everybody."""


def data_page(library: Library, feeds: tuple[FeedView, ...], downloads: tuple[Download, ...]) -> Page:
    """The page that hands out `feeds`, that of everything first, and `downloads`, the document first."""
    words, casebook = library.words, library.corpus.casebook
    view = DataView(
        whole=feeds[0],
        departments=tuple(DepartmentFeed(library.department(feed.name), feed) for feed in feeds[1:]),
        document=downloads[0],
        tables=downloads[1:],
        audience=next((item.name for item in casebook.audiences if item.id == library.corpus.audience), ""),
    )
    return Page(
        address=ADDRESS,
        title=words.say("Feeds and data"),
        body=environment(library.texts).get_template("data.html.j2").render(v=view),
        kind="data",
        description=words.say("Follow what is new, and take the knowledge into your own tools."),
        headings=(
            Heading("feeds", words.say("Follow what is new"), 2),
            Heading("tables", words.say("As tables"), 2),
            Heading("document", words.say("Everything in one document"), 2),
        ),
        linked_data=of_data(library, ((item.name, item.media_type) for item in downloads)),
    )
