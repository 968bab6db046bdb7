"""How a new site takes the old one's place."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.site.exchange import exchange
from generator.site.hold import HeldError, take_hold
from generator.site.swap import MARKER, SwapError, put_in_place, rename_in_place, staging_beside

DEAD = "999999999-0123abcd"
"""What the folders of a build have in their names whose process is long gone: no system gives out such an id."""


def make_site(folder: Path, text: str) -> Path:
    """A site with `text` on its home page."""
    (folder / MARKER).mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def home_page(site: Path) -> str:
    """What a reader of the site sees."""
    return (site / "index.html").read_text(encoding="utf-8")


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[None]:
    """Another build is at work in `folder`."""
    code = "import sys; from pathlib import Path; from generator.site.hold import take_hold\n"
    code += "held = take_hold(Path(sys.argv[1])); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.kill()


def test_first_site_needs_no_folder(tmp_path: Path) -> None:
    """The target need not exist, nor the folders above it."""
    target = tmp_path / "a" / "b" / "site"
    staging = staging_beside(target)
    (staging.folder / "index.html").write_text("new", encoding="utf-8")
    staging.take_place()
    assert home_page(target) == "new"
    assert names(target.parent) == ["site"]


def test_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    """Nothing of the old site is left, in the site or beside it."""
    target = make_site(tmp_path / "site", "old")
    (target / "gone.html").write_text("x", encoding="utf-8")
    staging = staging_beside(target)
    (staging.folder / "index.html").write_text("new", encoding="utf-8")
    staging.take_place()
    assert names(target) == ["index.html"]
    assert names(tmp_path) == ["site"]


def test_foreign_folders_are_refused(tmp_path: Path) -> None:
    """`--site ~/documents` must not cost anybody their documents."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(SwapError, match="not a Casebook site"):
        staging_beside(tmp_path)
    assert names(tmp_path) == ["letter.txt"]


def test_files_that_came_during_the_build_are_not_lost(tmp_path: Path) -> None:
    """The folder was empty when the build began; whatever somebody put there since is theirs."""
    target = tmp_path / "site"
    staging = staging_beside(target)
    target.mkdir()
    (target / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(SwapError, match="not a Casebook site"):
        staging.take_place()
    assert names(target) == ["letter.txt"]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder made for the site beforehand is fine."""
    (tmp_path / "site").mkdir()
    staging_beside(tmp_path / "site").take_place()
    assert names(tmp_path) == ["site"]


def test_leftovers_of_dead_builds_are_cleared(tmp_path: Path) -> None:
    """The next build takes away what a killed one left, but neither a living build's folder nor an editor's own."""
    target = make_site(tmp_path / "site", "old")
    make_site(tmp_path / f"site.new-{DEAD}", "half")
    make_site(tmp_path / f"site.new-{os.getpid()}-0123abcd", "a dead build's, whose process id is in use again")
    living = make_site(tmp_path / "site.new-999999999-4567abcd", "a build in another container, where ids differ")
    own = {"site.new-notes", "site.old-2024", "site.old-2024-12", "site.new-1-2-3"}
    for name in own:
        make_site(tmp_path / name, "an editor's own")
    with held_by_another_process(living):
        staging = staging_beside(target)
        assert set(names(tmp_path)) == {"site", living.name, staging.folder.name, *own}
    staging.discard()
    staging_beside(target).discard()
    assert set(names(tmp_path)) == {"site", *own}


def test_build_is_not_cleared_by_another_in_the_same_process(tmp_path: Path) -> None:
    """A program may build two sites at once."""
    first = staging_beside(tmp_path / "site")
    second = staging_beside(tmp_path / "site")
    assert names(tmp_path) == sorted([first.folder.name, second.folder.name])


def test_hold_ends_with_its_process_even_when_a_worker_lives_on(tmp_path: Path) -> None:
    """A build forks workers; one that outlives it does not keep its folder from being cleared."""
    code = "import os, sys, time; from pathlib import Path; from generator.site.hold import take_hold\n"
    code += "held = take_hold(Path(sys.argv[1]))\n"
    code += "if not os.fork():\n    print(flush=True); sys.stdin.read(); os._exit(0)\n"
    code += "os.kill(os.getpid(), 9)"
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as build:
        assert build.stdout is not None
        assert build.stdin is not None
        build.stdout.readline()
        build.wait()
        held = take_hold(tmp_path)
        assert held is not None
        with pytest.raises(HeldError):
            take_hold(tmp_path)
        held.let_go()


def test_site_that_was_being_renamed_comes_back(tmp_path: Path) -> None:
    """Killed between the two renames, a build leaves no site: the next one brings the old one back first."""
    make_site(tmp_path / f"site.old-{DEAD}", "old")
    make_site(tmp_path / f"site.new-{DEAD}", "new")
    staging_beside(tmp_path / "site").discard()
    assert home_page(tmp_path / "site") == "old"
    assert names(tmp_path) == ["site"]


def test_site_that_is_being_renamed_is_left_to_its_build(tmp_path: Path) -> None:
    """Between the two renames of a living build nobody else puts anything right."""
    make_site(tmp_path / f"site.old-{DEAD}", "old")
    with held_by_another_process(make_site(tmp_path / f"site.new-{DEAD}", "new")):
        staging_beside(tmp_path / "site").discard()
        assert names(tmp_path) == [f"site.new-{DEAD}", f"site.old-{DEAD}"]


def test_exchange_leaves_no_moment_without_a_site(tmp_path: Path) -> None:
    """Two folders change names in one step, on Linux and its own file systems."""
    old, new = make_site(tmp_path / "site", "old"), make_site(tmp_path / "new", "new")
    if not exchange(old, new):
        pytest.skip("this system or file system cannot exchange two folders")
    assert (home_page(old), home_page(new)) == ("new", "old")
    assert not exchange(old, tmp_path / "missing")
    assert not exchange(old, Path("/dev/null"))
    assert names(tmp_path) == ["new", "site"]


@pytest.mark.parametrize("put", [put_in_place, rename_in_place])
def test_either_way_of_replacing_says_where_the_old_site_is(
    tmp_path: Path, put: Callable[[Path, Path], Path | None]
) -> None:
    """With the one step or without it: the new site is there, the old one whole until it is removed."""
    target = tmp_path / "site"
    assert put(make_site(tmp_path / f"site.new-{DEAD}", "first"), target) is None
    old = put(make_site(tmp_path / f"site.new-{DEAD}", "second"), target)
    assert old is not None
    assert (home_page(target), home_page(old)) == ("second", "first")
    assert names(tmp_path) == sorted(["site", old.name])


@pytest.mark.parametrize("put", [put_in_place, rename_in_place])
def test_old_site_returns_when_the_new_one_cannot_come(
    tmp_path: Path, put: Callable[[Path, Path], Path | None]
) -> None:
    """Whatever the file system refuses, the old site is in its place afterwards."""
    target = make_site(tmp_path / "site", "old")
    with pytest.raises(FileNotFoundError):
        put(tmp_path / f"site.new-{DEAD}", target)
    assert home_page(target) == "old"
    assert names(tmp_path) == ["site"]


def test_many_builds_may_rename_at_once(tmp_path: Path) -> None:
    """Also without the one step: each build gets its turn or learns that it was late, and one whole site remains."""
    target = make_site(tmp_path / "site", "old")
    late = []

    def build(number: int) -> None:
        for turn in range(20):
            new = make_site(tmp_path / f"site.new-{number}-{turn:08x}", f"{number}")
            try:
                rename_in_place(new, target)
            except OSError:
                late.append(number)

    builds = [threading.Thread(target=build, args=(number,)) for number in range(4)]
    for thread in builds:
        thread.start()
    for thread in builds:
        thread.join()
    assert len(late) < 80
    assert home_page(target) in {"0", "1", "2", "3"}
    assert names(target) == ["assets", "index.html"]


def test_link_to_a_site_stays_a_link(tmp_path: Path) -> None:
    """Where `site` is a link into a web server's folder, what it points to is replaced."""
    real = make_site(tmp_path / "www", "old")
    link = tmp_path / "site"
    link.symlink_to(real)
    staging = staging_beside(link)
    (staging.folder / "index.html").write_text("new", encoding="utf-8")
    staging.take_place()
    assert link.is_symlink()
    assert home_page(real) == "new"


def test_link_that_leads_nowhere_else_is_one_clear_line(tmp_path: Path) -> None:
    """A link to itself."""
    (tmp_path / "site").symlink_to(tmp_path / "site")
    with pytest.raises(SwapError) as caught:
        staging_beside(tmp_path / "site").take_place()
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["site"]


def test_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    """A file where a folder must be: said in one line, without a traceback."""
    (tmp_path / "www").write_text("a file", encoding="utf-8")
    with pytest.raises(SwapError) as caught:
        staging_beside(tmp_path / "www" / "site")
    assert "cannot be written to" in str(caught.value)
    assert "\n" not in str(caught.value)
