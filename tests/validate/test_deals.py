"""deals.csv: what an editor types and what a CRM system exports come in alike; what cannot be read is told in full."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.deals import HEADINGS, Deal
from generator.model.vocabulary import DealOutcome, Preference, SegmentKind
from generator.problems import Code
from generator.validate.deals import headings, read_deals
from tests.support.cases import a_casebook

CASEBOOK = a_casebook(
    products=[{"id": "tf14", "name": "フィールドノート"}, {"id": "navi", "name": "ラインナビ"}],
    competitors=[{"id": "orban", "name": "オルバン"}],
)
SLUGS = ("2025-07-tower",)
WHOLE = Deal(
    id="D-1",
    decided_on=dt.date(2025, 6, 30),
    outcome=DealOutcome.LOST,
    customer="株式会社北辰電設",
    alias="中部の保守会社",
    industry="power",
    products=("tf14", "navi"),
    competitors=("orban",),
    segment=SegmentKind.AWARE,
    preference=Preference.POSITIVE,
    case="2025-07-tower",
)


def read(text: str, encoding: str = "utf-8") -> tuple[tuple[Deal, ...], list[tuple[int, int, Code]]]:
    """The deals, and where which problem is."""
    deals, problems = read_deals(text.encode(encoding), "cases/deals.csv", CASEBOOK, SLUGS)
    return deals, [(problem.line, problem.column, problem.code) for problem in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_japanese_and_english_headings_mean_the_same(encoding: str) -> None:
    """An editor's table and an export say the same deal, in any encoding, by names or by identifiers."""
    japanese = (
        "取引ID,決定日,結果,社名,仮名,業種,製品,競合,セグメント,次回選好,事例\r\n"
        "D-1,2025/6/30,失注,株式会社北辰電設,中部の保守会社,電力,フィールドノート、ラインナビ,オルバン,認知・未購買,次も選ぶ,2025-07-tower\r\n"
    )
    english = (
        "id,decided_on,outcome,customer,alias,industry,products,competitors,segment,preference,case\n"
        "D-1,2025-06-30,lost,株式会社北辰電設,中部の保守会社,power,tf14;navi,orban,aware,positive,2025-07-tower\n"
    )
    exported = (
        "Account Name,Opportunity ID,Close Date,Stage,公開名,業界,Product,競合先,顧客区分,選好,Case Folder\n"
        "株式会社北辰電設,D-1,2025/06/30 0:00,Closed Lost,中部の保守会社,電力,tf14；navi,"
        "オルバン,認知・未購買,次も選ぶ,2025-07-tower\n"
    )
    for text in (japanese, english, exported):
        assert read(text, encoding) == ((WHOLE,), [])


@pytest.mark.parametrize(
    "written",
    [
        "2025-06-30",
        "2025/6/30",
        "2025/06/30",
        "2025.6.30",
        "2025年6月30日",
        "２０２５／６／３０",
        "2025-06-30 00:00:00",
    ],
)
def test_dates_as_people_and_excel_write_them(written: str) -> None:
    """Year, month, day; figures of either width."""
    deals, problems = read(f"取引ID,決定日,結果\nD-1,{written},受注\n")
    assert problems == []
    assert (deals[0].decided_on, deals[0].outcome) == (dt.date(2025, 6, 30), DealOutcome.WON)


@pytest.mark.parametrize("written", ["30/6/2025", "6/30/2025", "2025-13-01", "2025-02-30", "25/6/30", "先月"])
def test_other_dates_are_refused(written: str) -> None:
    """A date that could be read in two ways is read in none."""
    assert read(f"id,decided_on,outcome\nD-1,{written},lost\n") == ((), [(2, 5, Code.BAD_DATE)])


def test_all_mistakes_are_told_at_once() -> None:
    """One run shows every mistake, at its cell; rows that are in order come through."""
    deals, problems = read(
        "取引ID,決定日,結果,社名,仮名,業種,製品,事例,メモ\n"
        "D-1,2025-6-30,負け,,,電気,フィールドノード,2025-08-tower,\n"
        "D-2,,失注,北辰電設,北辰電設の工場,,,,\n"
        "D-3,2025-06-30,失注,,電話 03-1234-5678 の会社,,,,\n"
        "D-3,2025-06-30,失注,,,,,,\n"
        ",2025-06-30,失注,,,,,,\n"
    )
    assert [deal.id for deal in deals] == ["D-3"]
    assert problems == [
        (1, 28, Code.UNKNOWN_COLUMN),
        (2, 15, Code.UNKNOWN_WORD),
        (2, 20, Code.UNKNOWN_TERM),
        (2, 23, Code.UNKNOWN_TERM),
        (2, 32, Code.UNKNOWN_CASE),
        (3, 5, Code.EMPTY_VALUE),
        (3, 14, Code.NAME_IN_ALIAS),
        (4, 20, Code.PERSONAL_DATA),
        (5, 1, Code.DUPLICATE_ID),
        (6, 1, Code.EMPTY_VALUE),
    ]


def test_rows_may_end_early_and_go_on_empty() -> None:
    """Excel leaves out empty cells at the end of a row, and adds some."""
    deals, problems = read("id,decided_on,outcome,alias\nD-1,2025-06-30,lost\nD-2,2025-06-30,lost,,,,\n\n,,,\n")
    assert [deal.id for deal in deals] == ["D-1", "D-2"]
    assert problems == []


def test_an_empty_file_asks_for_its_columns() -> None:
    """The three without which a row says nothing."""
    assert read("") == ((), [(1, 1, Code.MISSING_COLUMN)] * 3)


def test_words_are_not_looked_up_without_a_casebook() -> None:
    """A casebook that cannot be read is told once, not once a row."""
    deals, problems = read_deals("id,決定日,結果,業種\nD-1,2025-06-30,lost,電気\n".encode(), "d", None, ())
    assert (len(deals), problems) == (1, ())


def test_no_heading_means_two_columns() -> None:
    """Every column can be called by its key and its Japanese name, and no name is given twice."""
    named = {"": 0, **{key: len(listed) + 2 for key, listed in HEADINGS.items()}}
    assert set(HEADINGS) == set(Deal.model_fields)
    merged = {"取引ID", "id"}
    assert len(headings()) == sum(named.values())
    assert {headings()[heading.casefold()] for heading in merged} == {"id"}


CELLS = st.one_of(
    st.sampled_from(["取引ID", "D-1", "2025/6/30", "失注", "電力", '"', ",", "\n"]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, max_size=12), max_size=6))
def test_whatever_stands_in_the_file_is_told_not_raised(rows: list[list[str]]) -> None:
    """No table makes the check stop; every problem has a place in the file."""
    content = "\n".join(",".join(cells) for cells in [["取引ID", "決定日", "結果", "仮名", "業種"], *rows]).encode()
    _, problems = read_deals(content, "cases/deals.csv", CASEBOOK, SLUGS)
    lines = content.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= problem.line <= len(lines) and problem.column >= 1 for problem in problems)
