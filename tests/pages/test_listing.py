"""Long lists: their facets and their pages."""

from __future__ import annotations

from generator.pages.listing import facet, leaf_address, leaves

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
