"""Builds as an operator starts them: a repository, a process of its own, and what came of it."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.support.small_casebook import write_casebook
from tests.support.tiny_site import CONFIG

PATIENCE_S = 120.0
"""After which something that is waited for counts as never coming. No test is about how long anything takes."""

Tree = dict[str, str]
"""Path of each file of a site -> the digest of its content; `""` for a folder."""


def lay_out(home: Path, *, search: bool = True, **slugs: str) -> Path:
    """Write a repository as a company has it, with the cases `slugs`; `home`."""
    home.mkdir(parents=True, exist_ok=True)
    for folder in ("overrides", "generator"):
        (home / folder).symlink_to(CONFIG.parent / folder)
    text = CONFIG.read_text(encoding="utf-8")
    (home / "mkdocs.yml").write_text(text if search else text.replace("search: true", "search: false"), "utf-8")
    write_casebook(home / "cases", **slugs)
    return home


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a command."""

    status: int
    said: str
    """On standard output and standard error."""


def start(home: Path, *words: str, limited: Callable[[], object] | None = None) -> ForkServerProcess:
    """A process that runs the command in `home`. It is forked from one that has imported everything: it begins at once.

    `limited` is called in it first; what it says goes to the file of `said`.
    """
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.support.building", "generator.cli.site", "generator.site.hook"])
    process = server.Process(target=_command, args=(home, words, limited))
    process.start()
    return process


def said(home: Path, process: ForkServerProcess) -> str:
    """What a command in `home` told the operator."""
    return _notes(home, process.pid).read_text(encoding="utf-8")


def run(home: Path, *words: str, limited: Callable[[], object] | None = None) -> Ended:
    """Run the command in `home` until it ends; `limited` is called in its process before it begins."""
    process = start(home, *words, limited=limited)
    process.join()
    assert process.exitcode is not None
    return Ended(process.exitcode, said(home, process))


def _notes(home: Path, process_id: int | None) -> Path:
    return home.with_name(f"said-{process_id}.txt")


def _command(home: Path, words: tuple[str, ...], limited: Callable[[], object] | None) -> None:
    from generator.cli import main

    os.chdir(home)
    notes = os.open(_notes(home, os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(notes, stream)
    os.close(notes)
    if limited is not None:
        limited()
    main(words)


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Return as soon as `condition` holds, looking all the time. Raises AssertionError when it never does."""
    end_s = time.monotonic() + PATIENCE_S
    while not condition():
        time.sleep(0.0002)  # leave the core to what is waited for
        assert time.monotonic() < end_s, f"never came: {what}"


def tree(site: Path) -> Tree:
    """Everything in a folder."""
    return {
        path.relative_to(site).as_posix(): "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
    }


def difference(one: Tree, other: Tree) -> list[str]:
    """What two folders do not have in common: `only in the first: a.html`, `differs: b.html`."""
    return [
        f"only in the first: {name}" if name not in other else f"only in the second: {name}" if name not in one
        else f"differs: {name}"
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    ]  # fmt: skip


def beside(site: Path) -> list[str]:
    """What builds left beside a site."""
    return sorted(entry.name for entry in site.parent.glob(f"{site.name}.*"))


def processes_in(folder: Path) -> list[int]:
    """The processes that work in `folder`, by /proc; none where the system has no such folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder.resolve() and "Z" not in (process / "stat").read_text().split()[2]:
                found.append(int(process.name))
        except OSError:
            continue
    return found
