"""A folder that is somebody's at the moment: the system knows, and forgets with the process, however it ends.

A process id in a name would not do alone: ids are used again, and builds in two containers do not see each other's.
"""

from __future__ import annotations

import errno
import os
import sys
import weakref
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_UNKNOWN_TO_THE_DISK = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""What network drives answer that lock no folders."""


class HeldError(Exception):
    """Somebody else holds the folder."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class Hold:
    """A folder held by this process until `let_go` or its end; processes that it forks do not hold it."""

    _descriptor: int | None

    def __post_init__(self) -> None:
        _holds.add(self)

    def let_go(self) -> None:
        """Hold it no longer. Fine to call twice."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __del__(self) -> None:
        self.let_go()


_holds: weakref.WeakSet[Hold] = weakref.WeakSet()


def take_hold(folder: Path) -> Hold | None:
    """Hold `folder`. None where the system or the file system cannot say who holds what.

    Raises HeldError when somebody else does, and OSError when it is no folder or cannot be opened.
    """
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            raise HeldError(folder) from error
        if error.errno in _UNKNOWN_TO_THE_DISK:
            return None
        raise
    return Hold(descriptor)


def _let_all_go() -> None:
    for held in list(_holds):
        held.let_go()


# A lock belongs to whoever has the file open. A forked worker that outlives a killed build would keep it alive.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_all_go)
