"""What many tests share."""

from __future__ import annotations

import fcntl
import signal
from pathlib import Path

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.support")
settings.register_profile("casebook", deadline=None)  # whether a test passes never depends on how busy a machine is
settings.load_profile("casebook")

from tests.support.tiny_site import CONFIG, build_tiny_site  # noqa: E402 - its asserts are rewritten first

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what it puts in the background with Ctrl+C ignored; programs that tests start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _once(factory: pytest.TempPathFactory, worker: str, name: str) -> tuple[Path, Path]:
    """A folder for `name` that all workers of a run share, and the file that locks it."""
    base = factory.getbasetemp()
    shared = base if worker == "master" else base.parent
    return shared / name, shared / f"{name}.lock"


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """Name of this process among those that run tests side by side."""
    return getattr(request.config, "workerinput", {}).get("workerid", "master")


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """The built tiny site. Built once in a run; not to be written to."""
    folder, lock = _once(tmp_path_factory, worker, "tiny-site")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not folder.exists():
            build_tiny_site(folder)
    return folder


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """The sample knowledge base, built with everything. Built once in a run; not to be written to."""
    from generator.site.engine import build_site

    folder, lock = _once(tmp_path_factory, worker, "sample-site")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not folder.exists():
            build_site(CONFIG, site=folder)
    return folder


@pytest.fixture(scope="session")
def english_site(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """The sample knowledge base with an English interface. Built once in a run; not to be written to."""
    from generator.site.engine import build_site
    from tests.support.sample_config import write_config

    folder, lock = _once(tmp_path_factory, worker, "english-site")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not folder.exists():
            build_site(write_config(folder.with_name("english-settings"), language="en"), site=folder)
    return folder
