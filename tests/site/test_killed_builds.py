"""Killed at any moment, a build leaves a whole site, and nothing that the next one does not clear."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.support.building import Tree, beside, difference, lay_out, processes_in, said, start, tree, wait_for
from tests.support.tiny_site import CONFIG

SPREAD = 12
"""Kills spread over the whole time of a build."""
DENSE = 12
"""Kills near the end, where the index is there and the sites change places."""

STEPS = {
    "folder is there": "",
    "recordings are there": "cases/*/audio.m4a",
    "first files are copied": "assets/casebook",
    "first page is there": "index.html",
    "last case is there": "cases/b-case/index.html",
    "index has begun": ".casebook-search-*",
    "Pagefind writes": ".casebook-search-*/bundle/*",
    "index is in its place": "pagefind",
}
"""What shows in the folder of a build that it has come so far."""


@dataclass
class Company:
    """A repository with a site that readers use, and two states of its cases to build it of in turn."""

    home: Path
    sites: dict[str, Tree] = field(default_factory=dict)
    """The site of each state, from builds that nobody disturbed."""
    build_s: float = 0.0
    served: str = ""
    """The state whose site readers see."""
    left: set[str] = field(default_factory=set)
    """What earlier builds left beside the site."""
    changes: int = 0
    """How often a build was killed after its site had come into its place."""

    @property
    def site(self) -> Path:
        """The folder that is served."""
        return self.home / "site"

    def build(self, state: str) -> None:
        """Build without disturbance; the site is that of `state`, and nothing lies beside it."""
        build = start(self.home, "build", "--cases", state)
        build.join()
        assert build.exitcode == 0, said(self.home, build)
        if state in self.sites:
            assert not difference(tree(self.site), self.sites[state])
        assert beside(self.site) == []
        self.served = state

    def has_come_to(self, step: str) -> bool:
        """Whether the build at work has come so far."""
        folders = [folder for folder in self.home.glob("site.new-*") if folder.name not in self.left]
        with suppress(FileNotFoundError):  # gone while it was looked at
            return any(not STEPS[step] or next(folder.glob(STEPS[step]), None) for folder in folders)
        return False

    def kill_build(self, moment: Callable[[], object]) -> None:
        """Kill a build of the other state when `moment` has come; what is served then is one of the two, whole."""
        self.left = set(beside(self.site))
        old, new = self.served, next(state for state in self.sites if state != self.served)
        build = start(self.home, "build", "--cases", new)
        wait_for(lambda: moment() or not build.is_alive(), "the moment to kill")
        build.kill()
        build.join()
        served = tree(self.site)
        assert served in (self.sites[old], self.sites[new]), difference(served, self.sites[old])
        if served == self.sites[new]:
            self.served = new
            self.changes += 1
        left = set(beside(self.site))
        assert all(name.startswith("site.new-") for name in left)
        assert not left - self.left or not left & self.left, "what an earlier build left is cleared first"
        wait_for(lambda: not processes_in(self.home), "the end of the killed build's own processes")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """A company with a site of one of two states; its recordings are encoded."""
    company = Company(lay_out(tmp_path_factory.mktemp("company") / "home", a_case="", b_case=""))
    shutil.copytree(company.home / "cases", company.home / "tuesday")
    (company.home / "cases").rename(company.home / "monday")
    for case in (company.home / "tuesday").glob("*/case.yml"):
        case.write_text(case.read_text(encoding="utf-8").replace("冬の鉄塔", "夏の鉄塔"), encoding="utf-8")
    shutil.copytree(company.home / "tuesday/a-case", company.home / "tuesday/c-case")
    for state in ("tuesday", "monday"):
        started_s = time.monotonic()
        company.build(state)
        company.build_s = time.monotonic() - started_s
        company.sites[state] = tree(company.site)
    return company


def moments(company: Company) -> Iterator[tuple[str, Callable[[], object]]]:
    """When to kill: at every step, all over a build's time, and again and again around its end."""
    for step in STEPS:
        yield step, partial(company.has_come_to, step)
    for number in range(SPREAD):
        yield f"{number}/{SPREAD} of the time", after(company.build_s * number / SPREAD)
    for number in range(DENSE):
        delay_s = number**2 / 5000  # closest where the sites change places, up to 24 ms later
        yield (
            f"{delay_s} s after the index",
            after(delay_s, since=partial(company.has_come_to, "index is in its place")),
        )
    yield "as soon as another site is served", changed(company)


def after(delay_s: float, *, since: Callable[[], bool] = lambda: True) -> Callable[[], bool]:
    """Whether `delay_s` have passed since `since` was first seen."""
    first_s: list[float] = []

    def passed() -> bool:
        if not first_s and since():
            first_s.append(time.monotonic())
        return bool(first_s) and time.monotonic() - first_s[0] >= delay_s

    return passed


def changed(company: Company) -> Callable[[], bool]:
    """Whether another folder is served than now."""
    now = company.site.stat().st_ino
    return lambda: company.site.stat().st_ino != now


def test_killed_at_any_moment_a_build_leaves_a_whole_site(company: Company) -> None:
    """Old or new, byte for byte, never anything between; the next build succeeds and clears up."""
    for number, (when, moment) in enumerate(moments(company)):
        try:
            company.kill_build(moment)
            if number % 6 == 5:  # otherwise the next one to be killed clears up
                company.build(company.served)
        except AssertionError as error:
            raise AssertionError(f"killed when: {when}") from error
    company.build(company.served)
    assert company.changes > 0


@pytest.mark.audio
def test_killed_while_encoding_a_build_leaves_no_process_and_no_half_recording(company: Company) -> None:
    """Recordings are encoded in processes of their own: they end with the build, and what they had written goes too."""
    shutil.rmtree(company.home / ".cache")
    company.kill_build(lambda: len(processes_in(company.home)) > 2)
    assert len(beside(company.site)) == 1
    company.build(company.served)


def test_killed_before_the_first_site_a_build_leaves_nothing_to_serve(company: Company) -> None:
    """There is no half site where there was none."""
    for step in ("first page is there", "index has begun"):
        shutil.rmtree(company.site, ignore_errors=True)  # not there when the last build was killed
        company.left = set(beside(company.site))
        build = start(company.home, "build", "--cases", company.served)
        wait_for(partial(company.has_come_to, step), step)
        build.kill()
        build.join()
        assert not company.site.exists() or tree(company.site) == company.sites[company.served]
        wait_for(lambda: not processes_in(company.home), "the end of the killed build's own processes")
    company.build(company.served)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system does not say which processes there are")
def test_workers_of_many_cases_end_with_their_build(tmp_path: Path) -> None:
    """A process that waits for more work would wait for ever, and hold its memory."""
    code = "import time; from generator.processes import spread; list(spread(time.sleep, [3600] * 4, jobs=2))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(CONFIG.parent)}) as build:
        wait_for(lambda: len(processes_in(tmp_path)) == 3, "two workers")
        build.kill()
    wait_for(lambda: not processes_in(tmp_path), "the end of the workers")
