"""When each case last changed, as the repository tells."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Collection
from pathlib import Path
from typing import Final

MAX_S: Final = 30.0
"""A repository whose history takes longer is shown without these days rather than keeping everyone waiting."""

_COMMIT = b"\x01"
_FORMAT = "--format=%x01%cs %D"


def last_changed(folder: Path, names: Collection[str]) -> dict[str, dt.date]:
    """Day of the last commit that touched each folder of `names` in `folder`, in one call of git.

    Folders without a commit are left out, and nothing is known at all outside a repository, without git, or where a
    shallow copy does not reach back far enough. Runs git; the caller's clock and settings do not matter.
    """
    command = ["git", "-C", str(folder), "log", "-z", _FORMAT, "--name-only", "--relative", "--no-renames", "--", "."]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        answer = subprocess.run(command, capture_output=True, check=False, timeout=MAX_S, env=environment)
    except (OSError, ValueError, subprocess.SubprocessError):
        return {}
    return _newest_days(answer.stdout, frozenset(names)) if answer.returncode == 0 else {}


def _newest_days(log: bytes, names: frozenset[str]) -> dict[str, dt.date]:
    """Days by folder from git's log, newest commit first."""
    days: dict[str, dt.date] = {}
    for commit in log.split(_COMMIT)[1:]:
        head, _, paths = commit.partition(b"\0")
        day_text, _, decoration = head.decode("utf-8", "replace").strip().partition(" ")
        if "grafted" in decoration.split(", "):
            continue  # The edge of a shallow copy: it names every file, whenever that was changed.
        day = dt.date.fromisoformat(day_text)
        for path in paths.split(b"\0"):
            name = path.strip(b"\n").partition(b"/")[0].decode("utf-8", "replace")
            if name in names:
                days.setdefault(name, day)
        if len(days) == len(names):
            break
    return days
