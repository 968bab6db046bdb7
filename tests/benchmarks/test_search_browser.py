"""Measuring the search of others: what is asked must be what a reader would type, or the figures say nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.build import PEER_SETTINGS
from benchmarks.search_browser import MaterialAnswers, ask_material

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def material_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page of Material's, with its own search."""
    folder = tmp_path_factory.mktemp("material")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Talk\n\nヘルメット and gloves.\n", encoding="utf-8")
    settings = PEER_SETTINGS.replace("plugins: []", "plugins: [search]")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q"]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return folder / "site"


def test_material_is_asked_what_a_reader_types(material_site: Path) -> None:
    """Each query is answered, the index counts apart from the page, and finding nothing is told from finding."""
    told = ask_material(material_site, ["gloves", "ヘルメット", "snow", "gloves"])
    assert told.first_s is not None
    assert (len(told.found_ms), told.without_result) == (2, 1)
    assert told.index_bytes == (material_site / "search" / "search_index.json").stat().st_size
    assert told.page_bytes > (material_site / "index.html").stat().st_size
    assert told.growth_mb > 0


def test_no_answer_is_said_with_the_time_waited():
    """A search that does not answer is no fast one."""
    told = MaterialAnswers(
        page_bytes=333_000, index_bytes=2_000_000, first_s=None, found_ms=(), without_result=0, growth_mb=1500
    )
    assert str(told) == "opening a page 333 KB and 2,000 KB of index; no answer within 600 s; 1,500 MB of memory"
