"""Several builds at once do not mix, and whoever reads meanwhile sees whole pages."""

from __future__ import annotations

import shutil
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from generator.site.exchange import exchange
from tests.support.building import beside, difference, lay_out, said, start, tree
from tests.support.server import serving

STATES = ("monday", "tuesday")
EVERYBODY, SALES = ("--site", "for-everybody"), ("--site", "for-sales", "--audience", "sales-team")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository with two states of its cases, which differ on every page; no recording is encoded yet."""
    home = lay_out(tmp_path / "home", a_case="", b_case="")
    secret = home / "cases/b-case/case.yml"
    text = secret.read_text(encoding="utf-8")
    secret.write_text(text.replace("given_on: 2025-07-18}", "given_on: 2025-07-18, read: [sales-team]}"), "utf-8")
    (home / "cases").rename(home / STATES[0])
    shutil.copytree(home / STATES[0], home / STATES[1])
    for file in (home / STATES[1]).glob("**/*.yml"):
        text = file.read_text(encoding="utf-8").replace("冬の鉄塔", "夏の鉄塔").replace("お客様の声", "顧客の声")
        file.write_text(text, encoding="utf-8")
    return home


def build_at_once(home: Path, *commands: tuple[str, ...]) -> None:
    """Run builds side by side; each succeeds."""
    builds = [start(home, "build", *words) for words in commands]
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0] * len(builds), [said(home, build) for build in builds]


def test_two_builds_of_one_site_leave_one_of_the_two(home: Path) -> None:
    """CI and an editor build different states into one folder at the same time: one whole site, and nothing beside."""
    whole = []
    for state in STATES:
        build_at_once(home, ("--cases", state))
        whole.append(tree(home / "site"))
    for _ in range(3):
        build_at_once(home, *(("--cases", state) for state in (*STATES, *STATES)))
        assert tree(home / "site") in whole, difference(tree(home / "site"), whole[0])
        assert beside(home / "site") == []


def test_sites_of_two_audiences_share_a_cache_and_nothing_else(home: Path) -> None:
    """Built side by side, with every recording still to be encoded, each site is what it is when built alone."""
    build_at_once(home, *(("--cases", "monday", *words) for words in (EVERYBODY, SALES)))
    together = [tree(home / words[1]) for words in (EVERYBODY, SALES)]
    shutil.rmtree(home / ".cache")
    for words in (EVERYBODY, SALES):
        build_at_once(home, ("--cases", "monday", *words))
    alone = [tree(home / words[1]) for words in (EVERYBODY, SALES)]
    assert [difference(*pair) for pair in zip(together, alone, strict=True)] == [[], []]
    assert ["cases/b-case/audio.m4a" in site for site in together] == [False, True]


def read_all(address: str, names: list[str], until: threading.Event) -> Iterator[tuple[str, bytes | int]]:
    """Read the files of a site again and again, as a crawler does; each with its content, or the error's number."""
    while not until.is_set():
        for name in names:
            try:
                with urllib.request.urlopen(f"{address}{name}") as answer:  # noqa: S310 - our own server
                    yield name, answer.read()
            except HTTPError as error:
                yield name, error.code


def test_reader_meets_no_half_page_and_no_missing_one(home: Path) -> None:
    """While one site takes the place of the other, every answer is a file of one of the two."""
    (home / "one").mkdir()
    (home / "other").mkdir()
    if not exchange(home / "one", home / "other"):
        pytest.skip("this system or file system cannot exchange two folders: there is a moment without a site")
    versions: dict[str, set[bytes]] = {}
    for state in STATES:
        build_at_once(home, ("--cases", state))
        for name, content in contents(home / "site").items():
            versions.setdefault(name, set()).add(content)
    in_both = [name for name in contents(home / "site") if not name.startswith("pagefind/")]
    over = threading.Event()
    wrong: set[tuple[str, int]] = set()
    seen: set[bytes] = set()

    def read() -> None:
        with serving(home / "site") as address:
            for name, answer in read_all(address, in_both, over):
                if isinstance(answer, int) or answer not in versions[name]:
                    wrong.add((name, answer if isinstance(answer, int) else len(answer)))
                elif name == "index.html":
                    seen.add(answer)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(50):
            build_at_once(home, ("--cases", STATES[turn % 2]))
            if turn >= 5 and seen == versions["index.html"]:
                break
    finally:
        over.set()
        reader.join()
    assert wrong == set()
    assert seen == versions["index.html"]


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
