"""The threat model names the tests that show what it says: they are there, in both languages the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "docs/threat-model.md", ROOT / "docs/threat-model.ja.md")


def named(text: str) -> list[str]:
    """The tests that a page names: `tests/site/test_swap.py`, or one in it after `::`."""
    return re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", text)


def threats(page: Path) -> Iterator[list[str]]:
    """The rows of the page's table: who, what, what stops it, shown by."""
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and not set(cells[1]) <= {"-"} and "tests/" in line:
            yield cells


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    """A promise whose test was renamed or removed is found."""
    for name in named(page.read_text(encoding="utf-8")):
        file, _, function = name.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
        assert tests, name
        assert not function or function in tests, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_threat_says_what_stops_it_and_which_test_shows_it(page: Path) -> None:
    """No row is a mere assertion."""
    rows = list(threats(page))
    table = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(rows) == len(table) - 2  # its head
    for row in rows:
        assert len(row) == 4, row
        assert all(row[1:]), row
        assert named(row[3]), row


def test_both_languages_say_the_same() -> None:
    """Row by row the same tests, and as many things that are not stopped."""
    english, japanese = PAGES
    assert [named(row[3]) for row in threats(english)] == [named(row[3]) for row in threats(japanese)]
    limits = [re.findall(r"^- \*\*", page.read_text(encoding="utf-8"), re.M) for page in PAGES]
    assert len(limits[0]) == len(limits[1]) > 0


@pytest.mark.parametrize("page", [*PAGES, ROOT / "SECURITY.md"], ids=lambda page: page.name)
def test_files_it_points_to_are_there(page: Path) -> None:
    """Links lead somewhere, as do the paths of code."""
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (page.parent / link).exists(), link
    for path in re.findall(r"`((?:generator|docs|overrides|tests|deploy)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
