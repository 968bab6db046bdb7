"""Whatever the machine refuses - room, rights, files that are gone - ends in one line, and the old site stays."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from generator.pages.page import SitePages
from generator.site.engine import SiteError, build_site, settings_in
from generator.site.source import Cases
from tests.support.building import Ended, Tree, beside, difference, lay_out, run, tree

BLOCK = 4096
"""Bytes that a disk gives out at once."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a site that was built of it. Not to be written to."""
    home = lay_out(tmp_path_factory.mktemp("good") / "home", a_case="", b_case="")
    assert run(home, "build").status == 0
    return home


@pytest.fixture
def home(good: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(good, tmp_path / "home", symlinks=True)


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """A disk of its own at `place`, in memory. Skips the test where nobody may mount one."""
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, place], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def small_disk(place: Path, *, size: str = "64m", inodes: int = 100_000) -> contextmanager[Path]:  # type: ignore[valid-type]
    """A disk with so much room."""
    return mounted(place, "-t", "tmpfs", "-o", f"size={size},nr_inodes={inodes}", "tmpfs")


def fill(disk: Path, free_bytes: int) -> None:
    """Leave only so much room on a disk."""
    facts = os.statvfs(disk)
    with (disk / "ballast").open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, max(BLOCK, facts.f_bavail * facts.f_frsize - free_bytes))


def without_privileges() -> None:
    """Let rights count for root as for anybody: give up the capabilities that overrule them (linux/capability.h)."""
    if os.geteuid() != 0:
        return
    system = ctypes.CDLL(None, use_errno=True)
    version_3, this_process = 0x20080522, 0
    header = (ctypes.c_uint32 * 2)(version_3, this_process)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then the same for capabilities from 32 on
    assert system.capget(header, sets) == 0
    overruling = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    for place in range(3):
        sets[place] &= ~overruling
    assert system.capset(header, sets) == 0


def at_most_open(files: int) -> None:
    """Allow so many open files and no more."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def assert_refused(site: Path, before: Tree, done: Ended, *told: str) -> None:
    """Status 1 and one line with these words; the old site whole, and nothing beside it."""
    assert done.status == 1, done.said
    lines = [line for line in done.said.splitlines() if "every build encodes all recordings anew" not in line]
    assert len(lines) == 1, done.said
    for words in told:
        assert words in lines[0]
    assert difference(tree(site), before) == []
    assert beside(site) == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_full_disk_ends_in_one_line(home: Path, good: Path, share: float) -> None:
    """With room for no part, some or most of a second site: readers keep the first, and the room is given back."""
    before = tree(good / "site")
    with small_disk(home / "disk") as disk:
        assert run(home, "build", "--site", "disk/site").status == 0
        needed = sum(-(-file.stat().st_size // BLOCK) * BLOCK for file in (disk / "site").rglob("*") if file.is_file())
        fill(disk, int(needed * share))
        done = run(home, "build", "--site", "disk/site")
        assert_refused(disk / "site", before, done)
        assert "No space left on device" in done.said or "see whether the disk is full" in done.said
        (disk / "ballast").unlink()
        assert run(home, "build", "--site", "disk/site").status == 0


def test_disk_that_can_hold_no_more_files_ends_in_one_line(home: Path, good: Path) -> None:
    """A disk may have room for bytes and none for names."""
    files = len(tree(good / "site")) + 2
    with small_disk(home / "disk", inodes=files + files // 2) as disk:
        assert run(home, "build", "--site", "disk/site").status == 0
        done = run(home, "build", "--site", "disk/site")
        assert_refused(disk / "site", tree(good / "site"), done, "No space left on device")


def test_site_may_lie_on_another_disk(home: Path, good: Path) -> None:
    """Recordings are copied where they cannot be linked, and the site is the same."""
    with small_disk(home / "disk") as disk:
        for _ in range(2):
            assert run(home, "build", "--site", "disk/site").status == 0
            assert difference(tree(disk / "site"), tree(good / "site")) == []
            assert beside(disk / "site") == []


def test_mount_point_is_refused_before_anything_is_built(home: Path, good: Path) -> None:
    """A disk cannot be renamed; what lies on it stays."""
    with small_disk(home / "disk") as disk:
        shutil.copytree(good / "site", disk, dirs_exist_ok=True)
        done = run(home, "build", "--site", "disk")
        assert_refused(disk, tree(good / "site"), done, "is a mount point", "name a folder inside it")


def test_folder_of_the_same_disk_mounted_elsewhere_is_refused(home: Path, good: Path) -> None:
    """Containers get their folders so."""
    shutil.copytree(good / "site", home / "real")
    with mounted(home / "place", "--bind", str(home / "real")) as place:
        done = run(home, "build", "--site", "place")
        assert_refused(place, tree(good / "site"), done, "mount point")


def test_read_only_disk_ends_in_one_line(home: Path, good: Path) -> None:
    """The web server's disk may be sealed."""
    with small_disk(home / "disk") as disk:
        shutil.copytree(good / "site", disk / "site")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        done = run(home, "build", "--site", "disk/site")
        assert_refused(disk / "site", tree(good / "site"), done, "Read-only file system")


def test_folder_without_rights_ends_in_one_line(home: Path, good: Path) -> None:
    """Nothing may be written beside the site."""
    (home / "www").mkdir()
    shutil.copytree(good / "site", home / "www/site")
    (home / "www").chmod(0o500)
    done = run(home, "build", "--site", "www/site", limited=without_privileges)
    (home / "www").chmod(0o700)
    assert_refused(home / "www/site", tree(good / "site"), done, "Permission denied", "the old one stands")


@pytest.mark.parametrize(
    "closed",
    ["cases/a-case/case.yml", "cases/a-case/transcript.vtt", "cases/a-case/audio.wav", "cases/a-case", "cases"],
)
def test_file_without_rights_is_named(home: Path, good: Path, closed: str) -> None:
    """One file that the build may not read, or a folder: it is named, and the rest is not published without it."""
    (home / closed).chmod(0)
    done = run(home, "build", limited=without_privileges)
    (home / closed).chmod(0o700)
    assert_refused(home / "site", tree(good / "site"), done, closed)


def test_cache_without_rights_costs_only_time(home: Path, good: Path) -> None:
    """Nothing can be kept: the site is the same, and the operator is told why builds are slow."""
    shutil.rmtree(home / ".cache")
    (home / ".cache").mkdir(mode=0o500)
    done = run(home, "build", limited=without_privileges)
    assert done.status == 0, done.said
    assert "casebook cannot be written to (Permission denied) - every build encodes all recordings anew" in done.said
    assert difference(tree(home / "site"), tree(good / "site")) == []


def test_full_cache_costs_only_time(home: Path, good: Path) -> None:
    """The cache lies on a disk that is full: the site is the same."""
    with small_disk(home / "disk") as disk:
        fill(disk, 0)
        text = (home / "mkdocs.yml").read_text(encoding="utf-8")
        (home / "mkdocs.yml").write_text(text.replace("cases: cases ", "cache: disk/cache\n    cases: cases "), "utf-8")
        done = run(home, "build")
        assert done.status == 0, done.said
        assert difference(tree(home / "site"), tree(good / "site")) == []


@pytest.mark.parametrize("files", [7, 8, 9, 10, 12, 16, 24, 40])
@pytest.mark.parametrize("cached", [True, False], ids=["cached", "encoding"])
def test_too_many_open_files_end_in_one_line(home: Path, good: Path, files: int, cached: bool) -> None:
    """However few are allowed, a build succeeds or says so."""
    if not cached:
        shutil.rmtree(home / ".cache")
    done = run(home, "build", limited=partial(at_most_open, files))
    if done.status != 0:
        assert "Traceback" not in done.said
        assert "Too many open files" in done.said
        assert "allow more open files, with ulimit -n" in done.said
    assert difference(tree(home / "site"), tree(good / "site")) == []
    # To remove a folder takes open files too.
    assert run(home, "build").status == 0
    assert beside(home / "site") == []


class Disturbed(Cases):
    """Cases that something happens to between the check and the making of the pages."""

    def __init__(self, home: Path, happens: Callable[[], object]) -> None:
        super().__init__(settings_in(home / "mkdocs.yml"))
        self.happens = happens

    def pages(self, site: Path) -> SitePages:
        """Let it happen, and go on."""
        self.happens()
        return super().pages(site)


@pytest.mark.parametrize("gone", ["cases/a-case/audio.wav", "cases/a-case", "cases"])
def test_recording_that_vanishes_during_the_build_is_named(home: Path, good: Path, gone: str) -> None:
    """A file that passed the check is gone when it is to be encoded."""
    with pytest.raises(SiteError) as caught:
        build_site(home / "mkdocs.yml", source=Disturbed(home, partial((home / gone).rename, home / "gone")))
    assert "a-case/audio.wav: unreadable (No such file or directory)" in str(caught.value)
    assert difference(tree(home / "site"), tree(good / "site")) == []
    assert beside(home / "site") == []


def test_cache_that_vanishes_during_the_build_costs_only_time(home: Path, good: Path) -> None:
    """It may be deleted at any time."""
    build_site(home / "mkdocs.yml", source=Disturbed(home, partial(shutil.rmtree, home / ".cache")))
    assert difference(tree(home / "site"), tree(good / "site")) == []


@pytest.mark.parametrize("name", ["cases", "cases/a-case", "cases/a-case/case.yml"])
def test_file_that_comes_and_goes_is_a_site_or_a_message(home: Path, name: str) -> None:
    """Somebody changes branches while a build reads: each build gives a whole site or says what was missing."""
    over = threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            (home / name).rename(home / "away")
            (home / "away").rename(home / name)

    somebody = threading.Thread(target=come_and_go)
    somebody.start()
    try:
        for _ in range(4):
            try:
                build_site(home / "mkdocs.yml", search=False)
            except SiteError as error:
                assert "Traceback" not in str(error)
            assert (home / "site/index.html").is_file()
            assert beside(home / "site") == []
    finally:
        over.set()
        somebody.join()
