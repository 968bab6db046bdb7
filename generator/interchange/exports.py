"""Every file for other programs, and the page that hands them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.interchange.document import document, schema
from generator.interchange.entries import entries
from generator.interchange.feeds import Feed, atom, json_feed
from generator.interchange.tables import TABLES, metadata, table_text
from generator.pages.data import ADDRESS, Download, FeedView, data_page
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile


def exports(library: Library, site: Path) -> Iterator[Page | SiteFile]:
    """Feeds and descriptions below `data/`, then the page `data/`.

    The document and the tables, which hold every line of every talk, are written into the folder `site` piece by piece:
    those of a thousand cases are 150 MB that nobody needs in memory. Raises OSError.
    """
    say = library.words.say
    feeds = list(_feeds(library))
    for feed in feeds:
        yield SiteFile(f"{feed.folder}atom.xml", atom(feed))
        yield SiteFile(f"{feed.folder}feed.json", json_feed(feed))
    yield SiteFile(f"{ADDRESS}casebook.schema.json", schema())
    yield SiteFile(f"{ADDRESS}csv-metadata.json", metadata(library, TABLES))
    folder = site / ADDRESS
    folder.mkdir(parents=True, exist_ok=True)
    size_bytes, _ = _write(folder / "casebook.json", ((piece, 0) for piece in document(library.corpus)))
    downloads = [Download("casebook.json", say("Everything in one document"), size_bytes, None)]
    for table in TABLES:
        name = f"{table.name}.csv"
        size_bytes, rows = _write(folder / name, table_text(library, table))
        columns = tuple((column.name, say(column.meaning)) for column in table.columns)
        downloads.append(Download(name, say(table.meaning), size_bytes, rows, columns))
    views = tuple(FeedView(feed.name, feed.title, len(feed.entries)) for feed in feeds)
    yield data_page(library, views, tuple(downloads))


def _write(path: Path, pieces: Iterable[tuple[bytes, int]]) -> tuple[int, int]:
    """Write a file; its size in bytes, and how many rows its pieces hold."""
    rows = 0
    with path.open("wb") as file:
        for piece, count in pieces:
            file.write(piece)
            rows += count
        return file.tell(), rows


def _feeds(library: Library) -> Iterator[Feed]:
    casebook, words = library.corpus.casebook, library.words
    everything = words.say("New cases and insights")
    yield _feed(library, "", casebook.title, everything)
    for department in casebook.departments:
        title = words.say("{site}: {department}", site=casebook.title, department=department.name)
        yield _feed(library, department.id, title, department.lead_purpose or everything)


def _feed(library: Library, department: str, title: str, subtitle: str) -> Feed:
    return Feed(
        name=department,
        title=title,
        subtitle=subtitle,
        author=library.corpus.casebook.own_company.name,
        language=library.words.language,
        site_url=library.site_url,
        built_on=library.corpus.built_on,
        entries=entries(library, department or None),
    )
