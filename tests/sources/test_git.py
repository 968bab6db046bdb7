"""When a case last changed is what the repository says, or nothing."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

from generator.sources.git import last_changed


def git(folder: Path, *arguments: str, on: str = "2025-01-01") -> None:
    """Run git in `folder` on that day, by nobody in particular and with nobody's settings."""
    day = f"{on}T12:00:00+0000"
    names = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "test")
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC"}
    dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    subprocess.run(
        ["git", "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **names, **settings, **dates},
    )


def repository(folder: Path) -> Path:
    """A repository with two cases, of which the second was changed later."""
    cases = folder / "knowledge" / "cases"
    for case in ("a-case", "b-case"):
        (cases / case).mkdir(parents=True)
        (cases / case / "case.yml").write_text("title: x\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Begin", on="2025-03-01")
    (cases / "b-case" / "メモ.md").write_text("x", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Note", on="2025-04-02")
    return cases


def test_each_case_has_the_day_of_its_last_commit(tmp_path: Path) -> None:
    """Also where the cases lie deep in a repository; a case that was never committed has no day."""
    cases = repository(tmp_path)
    assert last_changed(cases, ["a-case", "b-case", "new-case"]) == {
        "a-case": dt.date(2025, 3, 1),
        "b-case": dt.date(2025, 4, 2),
    }


def test_a_shallow_copy_tells_only_what_it_knows(tmp_path: Path) -> None:
    """CI services fetch the last commit only, which seems to touch every file: no day is better than a wrong one."""
    repository(tmp_path / "origin")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}/origin", "copy")
    assert last_changed(tmp_path / "copy" / "knowledge" / "cases", ["a-case", "b-case"]) == {}


def test_outside_a_repository_nothing_is_known(tmp_path: Path) -> None:
    """A folder that was downloaded is built like any other."""
    assert last_changed(tmp_path, ["a-case"]) == {}
    assert last_changed(tmp_path / "missing", ["a-case"]) == {}
