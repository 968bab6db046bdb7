"""The tabs as mkdocs.yml orders and names them."""

from __future__ import annotations

from generator.site.navigation import names_given, without_missing

NAV = [
    "index.md",
    {"声": "insights/index.md"},
    {"社内": ["rules.md", {"窓口": "desk.md"}]},
    {"外": "https://example.com/"},
]


def test_missing_pages_leave_the_navigation() -> None:
    """An entry without its page would lead nowhere; a section without pages goes as well."""
    assert without_missing(NAV, {"index.md"}) == ["index.md", {"外": "https://example.com/"}]


def test_present_pages_keep_their_order_and_names() -> None:
    """Nothing else is changed."""
    assert without_missing(NAV, {"index.md", "insights/index.md", "rules.md", "desk.md"}) == NAV


def test_no_navigation_stays_none() -> None:
    """Without `nav`, MkDocs lists what is there."""
    assert without_missing(None, set()) is None


def test_names_are_found_at_every_depth() -> None:
    """Names given in mkdocs.yml win over the pages' own."""
    assert names_given(NAV) == {"insights/index.md": "声", "desk.md": "窓口", "https://example.com/": "外"}
