"""A new site takes the old one's place at once, or not at all.

The site is built in a folder beside the old one (`site.new-<process id>-<mark>`), which the build holds as long as it
lives. When it is whole the two folders change places in one step and the old one is removed: at every moment there is
a whole site. Where the system knows no such step the old site is renamed away (`site.old-...`) and the new one in, and
a build that was killed between the two is mended by the next. What dead builds left is cleared by the next.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.site.exchange import exchange
from generator.site.hold import HeldError, Hold, take_hold

MARKER = Path("assets/casebook")
"""Every site of ours has this folder in it. A folder that holds other things is someone else's and is not replaced."""

ATTEMPTS = 100
"""How often a build tries while others put their sites into the same place at the same moment."""

_TAKEN = {errno.ENOTEMPTY, errno.EEXIST}


class SwapError(OSError):
    """The folder for the site cannot be used. Its text is one clear line."""


@dataclass(frozen=True, slots=True)
class Staging:
    """A site on its way."""

    folder: Path
    """Where it is built: nobody else's, empty at first."""
    target: Path
    """Where it will be; no link."""
    _hold: Hold | None

    def take_place(self) -> None:
        """Put the site in its place and remove the old one. On an error the old site stands as before.

        Raises SwapError when the file system refuses.
        """
        _require_replaceable(self.target)
        try:
            old = put_in_place(self.folder, self.target)
        except OSError as error:
            raise SwapError(
                f"{self.target} cannot be replaced ({error.strerror}) - the old site stays as it was - "
                "name a folder that may be renamed, not a mount point"
            ) from error
        if old is not None:
            remove(old)
        self.discard()
        with suppress(OSError):  # the next build tries again
            _clear_leftovers(self.target)

    def discard(self) -> None:
        """Remove what was built, if anything is left of it. What cannot be removed is left to the next build."""
        remove(self.folder)
        if self._hold is not None:
            self._hold.let_go()


def staging_beside(target: Path) -> Staging:
    """An empty folder beside `target` in which the new site is built. Clears what dead builds left there.

    A link to the site's folder stays: what it points to will be replaced. Raises SwapError when `target` is or holds
    something that is not a site, or when nothing can be written beside it.
    """
    try:
        target = target.resolve()
        _clear_leftovers(target)
        _require_replaceable(target)
        return _new_staging(target)
    except SwapError:
        raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a ring, up to Python 3.12
        said = error.strerror if isinstance(error, OSError) else error
        raise SwapError(
            f"{target.parent} cannot be written to ({said}) - the site was not built, the old one stands - "
            "let the build write there, or name another folder"
        ) from error


def is_replaceable(target: Path) -> bool:
    """Whether `target` is an empty folder or a site that was built before."""
    return target.is_dir() and ((target / MARKER).is_dir() or not any(target.iterdir()))


def put_in_place(new: Path, target: Path) -> Path | None:
    """Let the folder `new` be at `target`, in one step where the system can; where the old one lies now, if any.

    Several builds may do so at once: each is there for a moment, the last one stays.
    Raises OSError when that cannot be, with the old folder back in its place.
    """
    new.stat()
    for _ in range(ATTEMPTS):
        if exchange(new, target):
            return new
        try:
            return rename_in_place(new, target)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
    raise FileExistsError(errno.EEXIST, "other builds replace it all the time", str(target))


def rename_in_place(new: Path, target: Path) -> Path | None:
    """Like `put_in_place`, in two steps, with a moment between them in which there is no site.

    Raises OSError, ENOTEMPTY among them when another build was faster.
    """
    old = _name_beside(target, "old", new)
    with suppress(FileNotFoundError):
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if target.exists():  # another build's site took the place
            remove(old)
        else:
            with suppress(OSError):
                old.rename(target)
        raise
    return old if old.exists() else None


def remove(folder: Path) -> None:
    """Remove `folder` and all in it, as far as that can be done; fine when it is not there."""
    shutil.rmtree(folder, ignore_errors=True)


def _require_replaceable(target: Path) -> None:
    if os.path.ismount(target):
        raise SwapError(
            f"{target} is a mount point, which cannot be replaced as a whole - the site was not built - "
            "name a folder inside it"
        )
    if target.is_symlink():  # links were followed before: what is still one leads round in a ring
        raise SwapError(f"{target} is a link that leads nowhere - the site was not built - name a folder")
    if target.exists() and not is_replaceable(target):
        raise SwapError(
            f"{target} holds files that are not a Casebook site - they would be lost - name an empty or a new folder"
        )


def _new_staging(target: Path) -> Staging:
    for _ in range(ATTEMPTS):
        folder = target.with_name(f"{target.name}.new-{os.getpid()}-{secrets.token_hex(4)}")
        # Another build may take it for a dead one's before it is held; then there is another name.
        with suppress(FileExistsError, FileNotFoundError, HeldError):
            folder.mkdir(parents=True)
            held = take_hold(folder)
            if folder.exists():
                return Staging(folder, target, held)
    raise FileExistsError(errno.EEXIST, "other builds clear it all the time", str(target.parent))


def _name_beside(target: Path, kind: str, staging: Path) -> Path:
    """The name for something of the same build as `staging`."""
    return target.with_name(f"{target.name}.{kind}-{'-'.join(staging.name.rsplit('-', 2)[1:])}")


def _clear_leftovers(target: Path) -> None:
    """Remove what dead builds left beside `target`; bring back a site that one of them had renamed away."""
    if not target.parent.is_dir():
        return
    pattern = re.compile(re.escape(target.name) + r"\.(new|old)-(\d+)-[0-9a-f]{8}")
    for folder in sorted(target.parent.iterdir()):
        match = pattern.fullmatch(folder.name)
        if match is not None:
            _clear(folder, target, is_old=match[1] == "old", process_id=int(match[2]))


def _clear(folder: Path, target: Path, *, is_old: bool, process_id: int) -> None:
    """Remove `folder` unless the build lives to which it belongs."""
    held = None
    try:
        held = take_hold(_name_beside(target, "new", folder))
        if held is None and _is_running(process_id):
            return
    except FileNotFoundError:
        pass  # killed between the two renames, or after them
    except (HeldError, OSError):
        return
    if is_old and not target.exists():
        with suppress(OSError):  # another build did the same
            folder.rename(target)
    else:
        remove(folder)
    if held is not None:
        held.let_go()


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
