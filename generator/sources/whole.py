"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A name beside `target` to write to, which becomes `target` at the end or vanishes on an error.

    Makes the folder. Holds against a killed process; against a loss of power see `write_safely`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def write_safely(target: Path, content: bytes) -> None:
    """Let `content` take the place of `target` once it is on the disk; a file that was there keeps its permissions.

    Raises OSError, with the old file as it was.
    """
    with written_whole(target) as unfinished:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            unfinished.chmod(target.stat().st_mode & 0o777)
    with suppress(OSError):  # not every file system lets a folder be synchronised; the file is there either way
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
