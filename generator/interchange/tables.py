"""The public knowledge as tables for spreadsheets and statistics: CSV after RFC 4180, described by CSVW metadata.

Column names are stable and English; cells hold what readers read (the name of a department, not its identifier). Every
row says which case it comes from and where it stands on the site, so that tables can be joined and rows be followed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from generator.interchange.cells import BYTE_ORDER_MARK, CRLF, Cell, as_cells
from generator.interchange.lines import as_rows
from generator.interchange.rows import (
    actions_rows,
    cases_rows,
    insights_rows,
    needs_rows,
    notes_rows,
    people_rows,
    quotes_rows,
    steps_rows,
)
from generator.pages.library import Library
from generator.publication import PublicCase

Rows: TypeAlias = Callable[[Library, PublicCase], Iterable[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    meaning: str
    """A msgid: what the cells hold."""
    datatype: str = "string"
    """Of XML Schema, as CSVW names it: `string`, `integer`, `decimal`, `boolean`, `date`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of thing that customers' talks hold many of."""

    name: str
    """File name without `.csv`."""
    meaning: str
    """A msgid: what a row is."""
    columns: tuple[Column, ...]
    """After those of `OF_EVERY_TABLE`."""
    rows: Rows | None
    """The cells of `columns`, preceded by the anchor on the case's page, for each row that a case gives; None for the
    table of lines, which are written in a way of their own."""


OF_EVERY_TABLE: Final = (
    Column("case", "Folder name of the case"),
    Column("address", "Address on this site, relative to its root"),
)


def table_text(library: Library, table: Table) -> Iterator[tuple[bytes, int]]:
    """The table piece by piece, in UTF-8 with a byte order mark and CRLF, each piece with the number of its rows.

    First the heading, then the rows of all cases, newest interview first.
    """
    head = ",".join(column.name for column in (*OF_EVERY_TABLE, *table.columns))
    yield f"{BYTE_ORDER_MARK}{head}{CRLF}".encode(), 0
    pieces = (
        [_rows(library, table.rows)] if table.rows else (as_rows(case, _page(case)) for case in library.corpus.cases)
    )
    for text, count in pieces:
        yield text.encode(), count


def _rows(library: Library, rows_of: Rows) -> tuple[str, int]:
    """The rows of all cases as they stand in the file, and how many."""
    pages: list[str] = []
    rows: list[Sequence[Cell]] = []
    for case in library.corpus.cases:
        given = list(rows_of(library, case))
        pages += [_page(case)] * len(given)
        rows += given
    if not rows:
        return "", 0
    # Column by column over all cases: a case has a handful of rows only.
    anchors, *columns = zip(*rows, strict=True)
    places = [f"{page}#{anchor}" if anchor else page for page, anchor in zip(pages, anchors, strict=True)]
    joined = map(",".join, zip(places, *map(as_cells, columns), strict=True))
    return CRLF.join([*joined, ""]), len(rows)


def _page(case: PublicCase) -> str:
    """What stands in the columns of every table, but for the anchor."""
    return f"{case.slug},cases/{case.slug}/"


def metadata(library: Library, tables: Iterable[Table]) -> bytes:
    """What the columns mean, in the words of the CSVW vocabulary (W3C, Metadata Vocabulary for Tabular Data, 2015)."""
    say = library.words.say
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": library.words.language}],
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:description": say(table.meaning),
                "tableSchema": {
                    "columns": [
                        {"name": column.name, "dc:description": say(column.meaning), "datatype": column.datatype}
                        for column in (*OF_EVERY_TABLE, *table.columns)
                    ]
                },
            }
            for table in tables
        ],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


_ID: Final = Column("id", "Identifier within the case")
_SECONDS: Final = "Seconds from the beginning of the talk"

TABLES: Final = (
    Table(
        "cases",
        "A case: one customer, one interview",
        (
            Column("title", "Title"),
            Column("type", "Why this customer was chosen"),
            Column("silent", "Nobody saw the loss coming", "boolean"),
            Column("language", "Language of its texts"),
            Column("customer", "Alias of the customer"),
            Column("industry", "Industry"),
            Column("employees", "Number of employees", "integer"),
            Column("region", "Where the customer works"),
            Column("products", "Products it is about"),
            Column("competitors", "What was compared"),
            Column("segment", "One of the five segments"),
            Column("preference", "Would choose us the next time, or not"),
            Column("decision", "Day of the decision", "date"),
            Column("interview", "Day of the interview", "date"),
            Column("months_between", "Whole months between the two", "integer"),
            Column("core", "The core in one line"),
            Column("tags", "Tags"),
        ),
        cases_rows,
    ),
    Table(
        "insights",
        "A claim, and how far it is proved",
        (
            _ID,
            Column("claim", "The claim in one sentence"),
            Column("kind", "What it is about"),
            Column("topic", "Topic it belongs to"),
            Column("when", "Of what time it is true"),
            Column("scene", "Before, deciding, or after"),
            Column("good_for", "What it is good for"),
            Column("situation", "Situation"),
            Column("emotion", "Emotion"),
            Column("purpose", "Purpose"),
            Column("whys", "Answers to why, one a line"),
            Column("state", "How far it is proved"),
            Column("superseded_by", "Insight that replaced it"),
            Column("supports", "Insights that it supports"),
            Column("contradicts", "Insights that it contradicts"),
            Column("departments", "Departments that should know"),
            Column("tags", "Tags"),
            Column("challenges", "Business challenges that it answers"),
        ),
        insights_rows,
    ),
    Table(
        "actions",
        "What a department changed because of a customer's words",
        (
            _ID,
            Column("insight", "Insight that it follows from"),
            Column("department", "Department that acts"),
            Column("artefact", "What changes"),
            Column("change", "From what to what"),
            Column("owner", "Who sees to it"),
            Column("due", "Due date", "date"),
            Column("done_on", "Day it was finished", "date"),
            Column("state", "How far it has come"),
            Column("outcome", "What came of it"),
        ),
        actions_rows,
    ),
    Table(
        "quotes",
        "Words that carry something: a claim, a need, a step",
        (
            Column("carries", "What they carry: its place on the case's page"),
            Column("said_in", "Case in which they were said"),
            Column("cues", "Line, or first..last line"),
            Column("quote", "The words; the whole line when empty"),
            Column("moment", "Before buying, after use, or on leaving"),
            Column("copy_allowed", "May be used outside the company", "boolean"),
        ),
        quotes_rows,
    ),
    Table(
        "needs",
        "A need of one customer, and who meets it",
        (
            _ID,
            Column("need", "The need in the customer's sense"),
            Column("shared_need", "Shared need it belongs to"),
            Column("weight", "How much it weighed in the decision, 1 to 5", "integer"),
            Column("zone", "Who meets it"),
            Column("ours", "What we offer for it"),
            Column("rivals", "Competitors that meet it"),
        ),
        needs_rows,
    ),
    Table(
        "steps",
        "A step of a customer's journey",
        (
            _ID,
            Column("phase", "Phase"),
            Column("step", "What happened"),
            Column("touchpoints", "Where the customer met us or a competitor"),
            Column("actions", "What the customer did"),
            Column("thoughts", "What the customer thought"),
            Column("feeling", "Feeling from -2 to 2", "integer"),
            Column("issues", "Our issues"),
            Column("measures", "Our measures"),
        ),
        steps_rows,
    ),
    Table(
        "people",
        "A person of the story",
        (
            _ID,
            Column("name", "Name, where it may be shown"),
            Column("role", "Position or function"),
            Column("side", "Customer, own company or partner"),
            Column("parts", "Parts played in the decision"),
            Column("influence", "Influence on the decision, 1 to 5", "integer"),
            Column("stance", "How the person stood towards us"),
            Column("note", "What moved this person"),
        ),
        people_rows,
    ),
    Table(
        "notes",
        "What a department added to a line in the review",
        (
            _ID,
            Column("cues", "Line, or first..last line"),
            Column("department", "Department that made the note"),
            Column("kind", "Kind of note"),
            Column("note", "The note"),
            Column("reply_to", "Note that it answers"),
        ),
        notes_rows,
    ),
    Table(
        "lines",
        "An utterance, exactly as it was said",
        (
            _ID,
            Column("start_s", _SECONDS, "decimal"),
            Column("end_s", _SECONDS, "decimal"),
            Column("voice", "Speaker as named in the transcript"),
            Column("text", "The words"),
            Column("unsure", "To be verified by ear", "boolean"),
        ),
        None,
    ),
)
