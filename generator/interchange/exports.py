"""Every file for other programs, and the page that hands them out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.interchange.document import document, schema
from generator.interchange.entries import entries
from generator.interchange.feeds import Feed, atom, json_feed
from generator.interchange.tables import TABLES, metadata, written
from generator.pages.data import ADDRESS, Download, FeedView, data_page
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile


def exports(library: Library) -> Iterator[Page | SiteFile]:
    """The files below `data/`, then the page `data/`."""
    say = library.words.say
    feeds = list(_feeds(library))
    for feed in feeds:
        yield SiteFile(f"{feed.folder}atom.xml", atom(feed))
        yield SiteFile(f"{feed.folder}feed.json", json_feed(feed))
    whole = document(library.corpus)
    downloads = [Download("casebook.json", say("Everything in one document"), len(whole), None)]
    yield SiteFile(f"{ADDRESS}casebook.json", whole)
    yield SiteFile(f"{ADDRESS}casebook.schema.json", schema())
    for table in TABLES:
        made = written(library, table)
        columns = tuple((column.name, say(column.meaning)) for column in table.columns)
        downloads.append(Download(f"{table.name}.csv", say(table.meaning), len(made.content), made.rows, columns))
        yield SiteFile(f"{ADDRESS}{table.name}.csv", made.content)
    yield SiteFile(f"{ADDRESS}csv-metadata.json", metadata(library, TABLES))
    views = tuple(FeedView(feed.name, feed.title, len(feed.entries)) for feed in feeds)
    yield data_page(library, views, tuple(downloads))


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
