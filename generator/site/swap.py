"""A new site takes the old one's place at once, or not at all.

The site is built in a folder beside the old one (`site.new-<process id>-<count>`). When it is whole the old one is
renamed away, the new one is renamed in, and the old one is removed. What a build that was killed left behind is cleared
by the next.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

MARKER = Path("assets/casebook")
"""Every site of ours has this folder in it. A folder that holds other things is someone else's and is not replaced."""

_number = itertools.count()


class SwapError(OSError):
    """The folder for the site cannot be used. Its text is one clear line."""


def staging_folder(target: Path) -> Path:
    """An empty folder beside `target` in which the new site is built. Clears what dead builds left there.

    Raises SwapError when `target` holds something that is not a site, or when nothing can be written beside it.
    """
    target = _resolved(target)
    _clear_leftovers(target)
    if target.exists() and not is_replaceable(target):
        raise SwapError(
            f"{target} holds files that are not a Casebook site - they would be lost - name an empty or a new folder"
        )
    staging = target.with_name(f"{target.name}.new-{os.getpid()}-{next(_number)}")
    try:
        staging.mkdir(parents=True)
    except OSError as error:
        raise SwapError(f"{staging.parent} cannot be written to ({error.strerror}) - the site was not built") from error
    return staging


def is_replaceable(target: Path) -> bool:
    """Whether `target` is an empty folder or a site that was built before."""
    return target.is_dir() and ((target / MARKER).is_dir() or not any(target.iterdir()))


def take_place(staging: Path, target: Path) -> None:
    """Put the folder `staging` where `target` is or will be. On an error the old `target` stands as before.

    Raises SwapError when the file system refuses.
    """
    target = _resolved(target)
    old = target.with_name(f"{target.name}.old-{os.getpid()}")
    try:
        remove(old)
        if target.exists():
            target.rename(old)
        try:
            staging.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    except OSError as error:
        raise SwapError(
            f"{target} cannot be replaced ({error.strerror}) - the old site stays as it was - "
            "name a folder that may be renamed, not a mount point"
        ) from error
    shutil.rmtree(old, ignore_errors=True)  # the next build clears what is left


def remove(folder: Path) -> None:
    """Remove `folder` and all in it; fine when it is not there."""
    if folder.exists():
        shutil.rmtree(folder)


def _resolved(target: Path) -> Path:
    # A link to the site's folder stays: what it points to is replaced.
    return target.resolve()


def _clear_leftovers(target: Path) -> None:
    """Remove staging folders of builds that no longer run; bring back a site that one of them had renamed away."""
    if not target.parent.is_dir():
        return
    pattern = re.compile(re.escape(target.name) + r"\.(new|old)-(\d+)(?:-\d+)?")
    for folder in sorted(target.parent.iterdir()):
        match = pattern.fullmatch(folder.name)
        if match is None or _is_running(int(match[2])):
            continue
        # What cannot be removed stands in nobody's way, and the next build tries again.
        with suppress(OSError):
            if match[1] == "old" and not target.exists():
                folder.rename(target)
            else:
                remove(folder)


def _is_running(process_id: int) -> bool:
    if process_id == os.getpid() or os.name == "nt":  # there, asking with signal 0 would end the process
        return True
    try:
        os.kill(process_id, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
