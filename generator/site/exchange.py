"""Two folders change places in one step, where the system can: Linux does, and Python has no word for it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

# linux/fcntl.h and linux/fs.h
_AT_FDCWD = -100
_RENAME_EXCHANGE = 1 << 1


def exchange(one: Path, other: Path) -> bool:
    """Let two things on one disk change names; at no moment is either name without one.

    False, with nothing changed, when one is missing or when the system or the file system has no such step: others than
    Linux, C libraries before 2018 (renameat2 came with glibc 2.28 and musl 1.2.5), most network drives.
    """
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    renameat2.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    renameat2.restype = ctypes.c_int
    done: int = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0
