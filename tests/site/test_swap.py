"""How a new site takes the old one's place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.site.swap import MARKER, SwapError, staging_folder, take_place


def make_site(folder: Path, text: str) -> Path:
    """A site with `text` on its home page."""
    (folder / MARKER).mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def test_first_site_needs_no_folder(tmp_path: Path) -> None:
    """The target need not exist, nor the folders above it."""
    target = tmp_path / "a" / "b" / "site"
    staging = staging_folder(target)
    (staging / "index.html").write_text("new", encoding="utf-8")
    take_place(staging, target)
    assert (target / "index.html").read_text(encoding="utf-8") == "new"
    assert names(target.parent) == ["site"]


def test_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    """Nothing of the old site is left, in the site or beside it."""
    target = make_site(tmp_path / "site", "old")
    (target / "gone.html").write_text("x", encoding="utf-8")
    staging = staging_folder(target)
    (staging / "index.html").write_text("new", encoding="utf-8")
    take_place(staging, target)
    assert names(target) == ["index.html"]
    assert names(tmp_path) == ["site"]


def test_foreign_folders_are_refused(tmp_path: Path) -> None:
    """`--site ~/documents` must not cost anybody their documents."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(SwapError, match="not a Casebook site"):
        staging_folder(tmp_path)
    assert names(tmp_path) == ["letter.txt"]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder made for the site beforehand is fine."""
    target = tmp_path / "site"
    target.mkdir()
    take_place(staging_folder(target), target)
    assert names(tmp_path) == ["site"]


def test_leftovers_of_dead_builds_are_cleared(tmp_path: Path) -> None:
    """A build that was killed leaves a folder with its process id; the next takes it away, but not a living one's."""
    target = make_site(tmp_path / "site", "old")
    make_site(tmp_path / "site.new-999999999-0", "half")
    make_site(tmp_path / f"site.new-{os.getppid()}-0", "another build at work")
    make_site(tmp_path / "site.new-notes", "an editor's own")
    staging = staging_folder(target)
    assert names(tmp_path) == sorted(["site", "site.new-notes", f"site.new-{os.getppid()}-0", staging.name])


def test_site_that_was_being_swapped_comes_back(tmp_path: Path) -> None:
    """Killed between the two renames, a build leaves no site: the next one brings the old one back first."""
    make_site(tmp_path / "site.old-999999999", "old")
    staging_folder(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "old"


def test_old_site_returns_when_the_new_one_cannot_come(tmp_path: Path) -> None:
    """When the second rename fails, the first is undone."""
    target = make_site(tmp_path / "site", "old")
    with pytest.raises(SwapError, match="the old site stays as it was"):
        take_place(tmp_path / "never-built", target)
    assert (target / "index.html").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["site"]


def test_link_to_a_site_stays_a_link(tmp_path: Path) -> None:
    """Where `site` is a link into a web server's folder, what it points to is replaced."""
    real = make_site(tmp_path / "www", "old")
    link = tmp_path / "site"
    link.symlink_to(real)
    staging = staging_folder(link)
    (staging / "index.html").write_text("new", encoding="utf-8")
    take_place(staging, link)
    assert link.is_symlink()
    assert (real / "index.html").read_text(encoding="utf-8") == "new"


def test_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    """A file where a folder must be: said in one line, without a traceback."""
    (tmp_path / "www").write_text("a file", encoding="utf-8")
    with pytest.raises(SwapError) as caught:
        staging_folder(tmp_path / "www" / "site")
    assert "cannot be written to" in str(caught.value)
    assert "\n" not in str(caught.value)
