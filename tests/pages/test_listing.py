"""Long lists: their facets and their pages."""

from __future__ import annotations

import json

import pytest

from generator.model.casebook import Department
from generator.pages.listing import eyes, facet, leaf_address, leaves, marks_file
from tests.pages.ledgers import carries

ITEMS = ({"type": ("lost", "silent")}, {"type": ("lost",)}, {"type": ()}, {})
OPTIONS = (("loyal", "ロイヤル"), ("silent", "サイレント"), ("lost", "失注"))


def test_a_facet_offers_what_occurs_in_the_order_of_the_vocabulary():
    """Nothing that would leave an empty list is offered."""
    made = facet("type", "種別", OPTIONS, ITEMS)
    assert [(option.value, option.count) for option in made.options] == [("silent", 1), ("lost", 2)]


def test_a_value_counts_once_for_an_item():
    """An item that names a word twice is still one item."""
    assert facet("tag", "タグ", [("a", "A")], [{"tag": ("a", "a")}]).options[0].count == 1


def test_pages_hold_every_item_once_in_order():
    """Nothing is lost between two pages, and nothing comes twice."""
    made = leaves(list(range(25)), "cases/", 10)
    assert [leaf.address for leaf in made] == ["cases/", "cases/page-2/", "cases/page-3/"]
    assert [item for leaf in made for item in leaf.items] == list(range(25))


def test_pagers_lead_from_each_page_to_each():
    """From the second page, one folder deeper, the first is two up."""
    second = leaves(list(range(25)), "cases/", 10)[1]
    assert [(link.number, link.href, link.current) for link in second.pager] == [
        (1, "../../cases/", False),
        (2, "../../cases/page-2/", True),
        (3, "../../cases/page-3/", False),
    ]
    assert (second.previous_href, second.next_href) == ("../../cases/", "../../cases/page-3/")


def test_a_short_or_empty_list_has_one_page_without_pager():
    """No pager where there is nothing to turn to."""
    for items in ([], [1], list(range(10))):
        (only,) = leaves(items, "cases/", 10)
        assert (only.pager, only.previous_href, only.next_href) == ((), "", "")
    assert leaf_address("cases/", 1) == "cases/"


def test_a_pager_names_the_ends_and_what_is_near():
    """A hundred numbers in a row would help nobody; what is left out shows as a gap."""
    tenth = leaves(list(range(300)), "cases/", 10)[9]
    assert [(link.number, link.after_gap) for link in tenth.pager] == [
        (1, False),
        *((number, number == 7) for number in range(7, 14)),
        (30, True),
    ]
    first = leaves(list(range(300)), "cases/", 10)[0]
    assert [link.number for link in first.pager] == [1, 2, 3, 4, 30]
    assert (first.previous_href, first.next_href) == ("", "../cases/page-2/")


def test_marks_of_a_list_are_told_row_by_row():
    """Each value is a row of bits: which rows of the whole list carry it."""
    rows = [ITEMS[place % 4] for place in range(21)]
    file = marks_file("cases/", [facet("type", "種別", OPTIONS, rows)], rows, 20)
    assert file is not None
    assert file.address == "cases/marks.json"
    told = json.loads(file.content)
    assert told["total"] == 21
    assert {
        value: [row for row in range(21) if carries(figures, row)] for value, figures in told["marks"]["type"].items()
    } == {
        "silent": [row for row in range(21) if row % 4 == 0],
        "lost": [row for row in range(21) if row % 4 < 2],
    }


def test_marks_spell_no_names():
    """The audit looks through the file for withheld names: figures hold no letter beyond f."""
    rows = [{"type": ("lost",)} if place % 7 in (0, 2, 3) else {} for place in range(500)]
    file = marks_file("cases/", [facet("type", "種別", OPTIONS, rows)], rows, 20)
    assert file is not None
    assert set(json.loads(file.content)["marks"]["type"]["lost"]) <= set("0123456789abcdef")


def test_a_list_of_one_page_needs_no_file():
    """Its rows bring their own marks."""
    assert marks_file("cases/", [], [{}] * 20, 20) is None
    assert leaves(list(range(20)), "cases/", 20)[0].whole is None


def test_pages_know_the_marks_of_their_list():
    """Which row is their first, and the file under a name that changes with its content."""
    rows = [{"type": ("lost",)} if place else {} for place in range(25)]
    names = set()
    for kept in (rows, rows[1:] + rows[:1]):
        file = marks_file("cases/", [facet("type", "種別", OPTIONS, kept)], kept, 8)
        third = leaves(kept, "cases/", 8, file)[2].whole
        assert third is not None
        assert (third.href, third.first, third.rows_on_a_page) == ("../../cases/", 16, 8)
        names.add(third.marks)
    assert len(names) == 2


def test_a_page_has_its_own_part_of_the_marks():
    """One figure for four of its rows; values and facets that none of its rows carries are left out."""
    rows = [{"type": ("lost",)}] * 9 + [{"type": ("silent",)}] + [{}] * 7 + [{"year": ("2025",)}] * 2
    facets = [facet("type", "種別", OPTIONS, rows), facet("year", "年", [("2025", "2025")], rows)]
    made = leaves(rows, "cases/", 8, marks_file("cases/", facets, rows, 8))
    assert [leaf.whole and leaf.whole.own for leaf in made] == [
        {"type": {"lost": "ff"}},
        {"type": {"silent": "20", "lost": "10"}},
        {"year": {"2025": "6"}},
    ]


def test_rows_carry_their_marks_on_a_list_of_one_page_only():
    """On a longer one the page carries them."""
    rows = [{"type": ("lost",)}] * 9
    (only,) = leaves(rows, "cases/", 12, marks_file("cases/", [], rows, 12))
    assert only.on_row(rows[0]) == {"type": ("lost",)}
    long = leaves(rows, "cases/", 8, marks_file("cases/", [], rows, 8))
    assert [leaf.on_row(rows[0]) for leaf in long] == [{}, {}]


def test_no_figure_tells_of_rows_of_two_pages():
    """Whoever chooses how many rows stand on a page learns it at once, however short the list is."""
    with pytest.raises(ValueError, match="cases/: 30 rows on a page are no multiple of 4"):
        marks_file("cases/", [], [], 30)


def test_every_department_lends_its_eyes():
    """Also one that nothing concerns yet, so that what was chosen on one list can be chosen on the next."""
    departments = [Department(id="sales", name="営業", lead_purpose="次の商談"), Department(id="se", name="SE")]
    found = eyes("誰の目", departments, [{"department": ("sales", "product")}, {"department": ("sales",)}])
    assert (found.name, found.asks) == ("eyes", "department")
    assert [(option.value, option.count, option.note) for option in found.options] == [
        ("sales", 2, "次の商談"),
        ("se", 0, ""),
    ]
