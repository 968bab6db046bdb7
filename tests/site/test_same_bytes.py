"""Two builds of the same input give the same bytes: nothing in a site tells where, when or on what it was built."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.build import build_day
from tests.support.building import beside, difference, lay_out, tree
from tests.support.small_casebook import write_casebook
from tests.support.tiny_site import CONFIG

COMMAND = "from generator.cli import main; main()"
DAY = "1735689600"
"""The day of the build, 2025-01-01 UTC: otherwise today's, on which consent and overdue actions are judged."""


def copy_in_order(source: Path, target: Path, *, backwards: bool) -> None:
    """Copy a folder, writing its files in one order or the other: many file systems list them as they came."""
    target.mkdir()
    for entry in sorted(source.iterdir(), reverse=backwards):
        if entry.is_dir():
            copy_in_order(entry, target / entry.name, backwards=backwards)
        else:
            shutil.copyfile(entry, target / entry.name)


def on_cores(count: int) -> str:
    """Code for a machine with so many cores."""
    return f"import os; os.cpu_count = lambda: {count}; from generator.cli import main; main()"


@dataclass(frozen=True)
class Surroundings:
    """Where and how a site is built."""

    folder: str = "plain"
    env: Mapping[str, str] = field(default_factory=dict)
    code: str = COMMAND
    options: tuple[str, ...] = ()
    """Of the interpreter."""
    backwards: bool = False
    """In which order the files of the cases were written."""
    limited: Callable[[], None] | None = None


OTHER = {
    "another place and language, one core, other hashes": Surroundings(
        folder="お客様 の声/deep/er & <b>",
        env={
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "LANGUAGE": "ar",
            "PYTHONHASHSEED": "4711",
            "RAYON_NUM_THREADS": "1",
        },
        code=on_cores(1),
    ),
    "no language, files written backwards, many cores, another umask": Surroundings(
        env={
            "TZ": "America/Adak",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "RAYON_NUM_THREADS": "7",
        },
        backwards=True,
        code=on_cores(5),
        limited=lambda: os.umask(0o077) and None,
    ),
    "another user, an optimising interpreter": Surroundings(
        env={"USER": "somebody", "LOGNAME": "somebody", "HOME": "/nonexistent", "PYTHONHASHSEED": "0"},
        options=("-OO", "-X", "dev", "-W", "ignore"),
    ),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cases, and so many small ones that pages are rendered in several processes."""
    source = tmp_path_factory.mktemp("source") / "cases"
    shutil.copytree(CONFIG.parent / "cases", source)
    slugs = {f"case_{number}": "" for number in range(64)}
    for case in write_casebook(source.with_name("small"), **slugs).glob("case-*"):
        case.rename(source / case.name)
    return source


def build(home: Path, source: Path, around: Surroundings) -> Path:
    """Build the site of the cases in `source` in a checkout of its own; the folder of the site."""
    (home / around.folder).mkdir(parents=True)
    here = home / around.folder / "checkout"
    lay_out(here)
    shutil.rmtree(here / "cases")
    copy_in_order(source, here / "cases", backwards=around.backwards)
    done = subprocess.run(
        [sys.executable, *around.options, "-c", around.code, "build"],
        cwd=here,
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY, "PYTHONPATH": str(CONFIG.parent), **around.env},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=around.limited,
    )
    assert done.returncode == 0, done.stderr
    assert beside(here / "site") == []
    return here / "site"


@pytest.fixture(scope="module")
def usual(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built in plain surroundings."""
    return build(tmp_path_factory.mktemp("usual"), source, Surroundings())


@pytest.mark.parametrize("name", OTHER)
def test_surroundings_leave_no_trace(usual: Path, source: Path, tmp_path: Path, name: str) -> None:
    """Wherever and however it is built, a site has the same bytes, its recordings and its index included."""
    assert difference(tree(usual), tree(build(tmp_path, source, OTHER[name]))) == []


@pytest.mark.parametrize("epoch", ["", "yesterday", "-1", "9" * 30, "9" * 5000, "253402300800"])
def test_day_that_no_calendar_has_is_not_heeded(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """A slip in the environment of a build costs nothing: it is judged as of today."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert abs(build_day() - dt.date.today()) <= dt.timedelta(days=1)
