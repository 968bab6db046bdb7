"""What every site of ours says, whatever the cases: labels, templates, scripts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.spellings import fold

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (
    (_PACKAGE / "texts", (".po",)),
    (_PACKAGE / "pages", (".j2", ".py")),
    (_PACKAGE / "site", (".py",)),
    (_PACKAGE.parent / "overrides", (".html", ".css", ".js", ".svg")),
)


@cache
def own_words() -> str:
    """All of it, folded: what stands here cannot be told from a page's own words. Reads the program's files."""
    return fold("|".join(_texts()))


def _texts() -> Iterator[str]:
    for folder, suffixes in _FOLDERS:
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes:
                yield path.read_text(encoding="utf-8")
