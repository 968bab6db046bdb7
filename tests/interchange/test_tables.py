"""The public knowledge as tables."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.interchange.cells import FORMULA_BEGINNINGS, quoted
from generator.interchange.tables import OF_EVERY_TABLE, TABLES
from generator.publication import PublicCorpus
from generator.sources.webvtt import parse
from tests.interchange.given import CASES, exported, files, retitled, samples, written
from tests.pages.knowledge import CORPUS, EMPTY

NAMES = [table.name for table in TABLES]


def rows(name: str, corpus: PublicCorpus | None = None) -> list[dict[str, str]]:
    """The table as a reader of CSV sees it."""
    text = files(corpus)[f"data/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_table_opens_in_excel(name: str):
    """UTF-8 is recognised by its mark, rows end as RFC 4180 says, and every row has every column."""
    content = files()[f"data/{name}.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    table = next(table for table in TABLES if table.name == name)
    assert read[0] == [column.name for column in (*OF_EVERY_TABLE, *table.columns)]
    assert {len(row) for row in read} == {len(read[0])}


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_knowledge_base_has_a_heading_and_no_row(name: str):
    """A spreadsheet that follows the file does not break on the first day."""
    assert rows(name, EMPTY) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_metadata_names_the_columns_in_order(name: str):
    """CSVW: what stands in the file, with a meaning and a type for each."""
    told = json.loads(files()["data/csv-metadata.json"])
    (table,) = [table for table in told["tables"] if table["url"] == f"{name}.csv"]
    columns = table["tableSchema"]["columns"]
    heading = files()[f"data/{name}.csv"].decode("utf-8-sig").split("\r\n")[0]
    assert [column["name"] for column in columns] == heading.split(",")
    assert all(column["dc:description"] and column["datatype"] for column in columns)


def test_rows_are_those_of_the_files():
    """Counted from the YAML and the transcripts."""
    insights = [insight for _, content in written("insights.yml") for insight in content["insights"]]
    assert len(rows("insights")) == len(insights)
    assert len(rows("actions")) == sum(len(insight.get("actions", ())) for insight in insights)
    assert len(rows("needs")) == sum(len(content["needs"]) for _, content in written("value-map.yml"))
    assert len(rows("steps")) == sum(len(content["steps"]) for _, content in written("journey.yml"))
    assert len(rows("people")) == sum(len(content["people"]) for _, content in written("case.yml"))
    assert len(rows("cases")) == len(list(written("case.yml")))
    cues = [len(parse((CASES / case.slug / "transcript.vtt").read_bytes()).cues) for case in samples().cases]
    assert len(rows("lines")) == sum(cues)


def test_cells_say_what_readers_read():
    """Names of departments and labels of states, not their identifiers."""
    assert not [row["type"] for row in rows("cases") if row["type"].isascii()]
    departments = {department.name for department in samples().casebook.departments}
    assert {row["department"] for row in rows("actions")} <= departments


def test_every_quote_says_where_its_words_stand():
    """The address of a quote leads to a line of the document."""
    lines = {case["slug"]: {line["id"] for line in case["lines"]} for case in exported()["cases"]}
    told = rows("quotes")
    assert told
    assert all(row["cues"].split("..")[0].strip() in lines[row["said_in"]] for row in told)


@pytest.mark.parametrize("beginning", FORMULA_BEGINNINGS)
def test_no_cell_is_a_formula(beginning: str):
    """What an editor or a customer wrote is not run by a spreadsheet."""
    hostile = f'{beginning}HYPERLINK("http://evil.example","x")'
    corpus = retitled(hostile)
    told = rows("cases", corpus)[0]["title"]
    assert told.startswith("'")
    assert told[1:] == hostile


def test_words_with_commas_quotes_and_breaks_come_back():
    """A cell is what was written."""
    case = CORPUS.cases[0]
    words = 'はい、"そうです",\n\n次の行も。'
    cue = case.transcript.cues[0]._replace(text=words)
    transcript = dataclasses.replace(case.transcript, cues=(cue, *case.transcript.cues[1:]))
    corpus = dataclasses.replace(CORPUS, cases=(dataclasses.replace(case, transcript=transcript),))
    assert rows("lines", corpus)[0]["text"] == words


@given(st.lists(st.text(st.sampled_from("あa ,;\"'\r\n\t\x00=-")), min_size=2, max_size=3))
def test_cells_are_written_as_the_library_writes_them(cells: list[str]):
    """In quotation marks where a reader needs them, and nowhere else."""
    cells = [cell for cell in cells if not cell.startswith(FORMULA_BEGINNINGS)] + ["", ""]
    wanted = io.StringIO(newline="")
    csv.writer(wanted).writerow(cells)
    assert ",".join(map(quoted, cells)) + "\r\n" == wanted.getvalue()
