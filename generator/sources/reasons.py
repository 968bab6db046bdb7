"""Why a file could not be read, in words: the system's own, and what to do where the machine is short of something."""

from __future__ import annotations

import errno
from typing import Final

MORE_OPEN_FILES: Final = "allow more open files, with ulimit -n"
_SHORTAGES: Final = {errno.EMFILE: MORE_OPEN_FILES, errno.ENFILE: MORE_OPEN_FILES}
"""Numbers of errors that say nothing against the file, which is as good as before."""


def reason_of(error: BaseException) -> str:
    """`No such file or directory`; never empty."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    advice = _SHORTAGES.get(getattr(error, "errno", None) or 0)
    return f"{said} - {advice}" if advice else said
