"""Who may know whom: data flows one way, and imports point upstream only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"

ORDER = (
    "texts",
    "problems",
    "report",
    "model",
    "starter",
    "sources",
    "validate",
    "publication",
    "knowledge",
    "media",
    "pages",
    "search",
    "build",
    "site",
    "cli",
)
"""Every room of generator/, upstream first."""

ONE_ROOM_ONLY = {"mkdocs": "site", "mkdocs_gen_files": "site", "material": "site", "whisper": "transcription"}
"""Libraries that are walled in, so that the rest does not change when they do."""


def imports() -> Iterator[tuple[str, str, str]]:
    """Every import in generator/: the room it stands in, its file, and the module it names."""
    for file in sorted(GENERATOR.rglob("*.py")):
        room = file.relative_to(GENERATOR).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((room, file.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield room, file.name, node.module


def test_imports_point_upstream() -> None:
    """A room knows the rooms before it and none after it."""
    known = list(ORDER)
    for room, file, module in imports():
        if module.startswith("generator.") and room != "__init__":
            other = module.split(".")[1]
            assert room in known, f"{room} has no place in the order yet"
            assert known.index(other) <= known.index(room), f"{room}/{file} imports {module}"


@pytest.mark.parametrize(("library", "home"), sorted(ONE_ROOM_ONLY.items()))
def test_libraries_stay_behind_their_walls(library: str, home: str) -> None:
    """MkDocs is replaced one day: only its own room may know it."""
    strangers = [
        f"{room}/{file}" for room, file, module in imports() if module.split(".")[0] == library and room != home
    ]
    assert strangers == []
