"""Records in parts by time, and parts in slices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.parts import CHARACTERS, MANY_PARTS, MOST_CHARACTERS, PART_CHARACTERS, cut
from generator.search.records import Record, record_of
from tests.search.test_bundle import a_case

DATES = st.dates().map(str) | st.just("")


def a_record(number: int, date: str, characters: int, *, case: bool = True) -> Record:
    """A record that says it has so much text."""
    page = a_case(f"c{number:03}", "手袋", sort_date=date)
    record = record_of(page if case else replace(page, address=f"page-{number}/"))
    assert record is not None
    return replace(record, characters=characters)


def quarters(years: range, characters: int) -> list[Record]:
    """A case each quarter."""
    days = [f"{year}-{month:02}-15" for year in years for month in (2, 5, 8, 11)]
    return [a_record(number, day, characters) for number, day in enumerate(days)]


@given(st.lists(st.tuples(DATES, st.integers(0, 3 * CHARACTERS), st.booleans()), max_size=12))
def test_every_record_is_in_one_slice_that_is_not_too_large(told: list[tuple[str, int, bool]]) -> None:
    """A slice of one record may be larger: it cannot be cut."""
    records = [a_record(number, date, size, case=case) for number, (date, size, case) in enumerate(told)]
    parts = cut(records)
    assert sorted(record.address for part in parts for of in part for record in of) == sorted(
        r.address for r in records
    )
    for part in parts:
        assert len({bool(record.case) for of in part for record in of}) == 1
        assert (
            len(part) == 1
            or sum(record.characters for of in part for record in of) <= PART_CHARACTERS
            or (len({record.address for of in part for record in of}) == 1)
        )
        for of in part:
            assert len(of) == 1 or sum(record.characters for record in of) <= CHARACTERS


def test_the_newest_come_first_and_pages_that_are_no_cases_last() -> None:
    """Readers mostly want what is new."""
    records = [*quarters(range(2020, 2026), CHARACTERS), a_record(99, "2030-01-01", 10, case=False)]
    parts = cut(reversed(records))
    days = [record.facts.sort_date for part in parts[:-1] for of in part for record in of]
    assert days == sorted(days, reverse=True)
    assert [record.case for of in parts[-1] for record in of] == [""]
    assert len(parts) > 3


@pytest.mark.parametrize("changed", [0, 7, 23])
def test_more_text_in_one_case_leaves_the_other_parts_as_they_were(changed: int) -> None:
    """Where a part begins does not hang on what else is there."""
    before = quarters(range(2020, 2026), CHARACTERS // 2 - 1)
    after = [replace(r, characters=r.characters + 1) if number == changed else r for number, r in enumerate(before)]
    parts = [[[record.address for record in of] for of in part] for part in cut(before)]
    assert [[[record.address for record in of] for of in part] for part in cut(after)] == parts


def test_many_parts_become_fewer_larger_ones() -> None:
    """A query asks each part for its words."""
    few = cut(quarters(range(2000, 2000 + MANY_PARTS), PART_CHARACTERS // 4))
    many = cut(quarters(range(2000, 2000 + 2 * MANY_PARTS), PART_CHARACTERS // 4))
    assert max(sum(r.characters for of in part for r in of) for part in few) <= PART_CHARACTERS
    assert PART_CHARACTERS < max(sum(r.characters for of in part for r in of) for part in many) <= MOST_CHARACTERS
