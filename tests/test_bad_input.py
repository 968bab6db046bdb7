"""Whatever lies in the folder or happens to a build: clear words, status 1, and the last good site whole."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.sources.audio import SUFFIXES
from generator.validate import load_corpus
from tests.support.small_casebook import TRANSCRIPT, write_casebook
from tests.support.tiny_site import CONFIG

DATA = Path(__file__).parent / "data"
ODD_RECORDINGS = sorted(file for file in (DATA / "audio" / "odd").iterdir() if file.name != "LICENSE")
COMMAND = [sys.executable, "-c", "from generator.cli import main; main()"]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a site that was built of it. Not to be written to."""
    home = tmp_path_factory.mktemp("good")
    lay_out(home)
    assert run(home, "build").returncode == 0
    return home


@pytest.fixture
def home(good: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(good, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def lay_out(home: Path) -> None:
    """Write a repository as a company has it, without the search index, which these tests do not look at."""
    for folder in ("overrides", "generator"):
        (home / folder).symlink_to(CONFIG.parent / folder)
    text = CONFIG.read_text(encoding="utf-8").replace("search: true", "search: false")
    (home / "mkdocs.yml").write_text(text, encoding="utf-8")
    write_casebook(home / "cases")


def run(home: Path, *words: str, limit_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does; with `limit_bytes`, no file can grow beyond that."""

    def shrink_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes or 0, limit_bytes or 0))

    return subprocess.run(
        [*COMMAND, *words],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=shrink_the_disk if limit_bytes else None,
    )


def files(site: Path) -> dict[str, str]:
    """Every file of a site with the digest of its content."""
    return {
        str(file.relative_to(site)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def assert_refused(home: Path, good: Path, done: subprocess.CompletedProcess[str], told: Sequence[str]) -> None:
    """Status 1 and these words; no traceback; the old site whole, and nothing beside it."""
    assert "Traceback" not in done.stderr
    assert done.returncode == 1, done.stdout
    for words in told:
        assert words in done.stderr
    assert files(home / "site") == files(good / "site")
    assert not list(home.glob("site.*"))


def _swap(name: str, content: bytes) -> Callable[[Path], None]:
    def write(cases: Path) -> None:
        (cases / name).write_bytes(content)

    return write


def _folder(name: str) -> Callable[[Path], None]:
    def make(cases: Path) -> None:
        (cases / name).unlink(missing_ok=True)
        (cases / name).mkdir()

    return make


def _ring_of_links(cases: Path) -> None:
    (cases / "a-case/notes.md").symlink_to("other.md")
    (cases / "a-case/other.md").symlink_to("notes.md")


def _transcript_of_50_mb(cases: Path) -> None:
    with (cases / "a-case/transcript.vtt").open("r+b") as file:
        file.truncate(50_000_000)  # a hole in the file: it takes no room


def _emptied(cases: Path) -> None:
    shutil.rmtree(cases)
    cases.mkdir()


LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n"
SPOILED: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "empty-cases-folder": (_emptied, ("cases/casebook.yml:1:1 missing-casebook",)),
    "folder-for-casebook": (_folder("casebook.yml"), ("cases/casebook.yml:1:1 unreadable-file",)),
    "folder-for-case": (_folder("a-case/case.yml"), ("cases/a-case/case.yml:1:1 unreadable-file",)),
    "folder-for-recording": (_folder("a-case/audio.m4a"), ("cases/a-case/audio.m4a:1:1 audio-unreadable",)),
    "bytes-for-yaml": (_swap("a-case/case.yml", bytes(range(256))), ("cases/a-case/case.yml:2:118 not-utf-8",)),
    "bomb": (
        _swap("a-case/insights.yml", (DATA / "hostile-text" / "billion-laughs.yaml").read_bytes()),
        ("cases/a-case/insights.yml:1:7 yaml-anchor",),
    ),
    "shift-jis": (
        _swap("a-case/transcript.vtt", TRANSCRIPT.encode("shift_jis")),
        ("cases/a-case/transcript.vtt:5:4 not-utf-8",),
    ),
    "utf-16": (_swap("a-case/transcript.vtt", TRANSCRIPT.encode("utf-16")), ("transcript.vtt:1:1 not-utf-8",)),
    "nothing-in-audio": (_swap("a-case/audio.wav", b""), ("cases/a-case/audio.wav:1:1 audio-empty",)),
    "pointer": (_swap("a-case/audio.wav", LFS_POINTER), ("cases/a-case/audio.wav:1:1 lfs-pointer",)),
    "large-transcript": (_transcript_of_50_mb, ("transcript.vtt:1:1 file-too-large 50.0 MB",)),
    "deep-yaml": (_swap("a-case/case.yml", b"a: " + b"[" * 20_000), ("cases/a-case/case.yml:1:43 yaml-too-deep",)),
    "ring-of-links": (_ring_of_links, ("notes.md:1:1 unreadable-file", "other.md:1:1 unreadable-file")),
    "japanese-folder": (_folder("2025年 案件"), ("cases/2025年 案件:1:1 bad-folder-name",)),
}


@pytest.mark.parametrize("flaw", SPOILED)
def test_what_cannot_be_read_is_named(home: Path, good: Path, flaw: str) -> None:
    """A clumsy hand in the folder of cases: the file, the code, and the site as it was."""
    spoil, told = SPOILED[flaw]
    spoil(home / "cases")
    assert_refused(home, good, run(home, "build"), told)


def test_other_file_is_the_only_one_to_blame(home: Path) -> None:
    """One garbled file does not make all that refer to it wrong."""
    (home / "cases/a-case/insights.yml").write_text(
        "insights:\n"
        "  - {id: i1, claim: 手袋, kind: need, topic: why_us, lens: {when: 冬, scene: before},\n"
        "     evidence: [{cues: q001, quote: 手袋のまま使えない}]}\n",
        encoding="utf-8",
    )
    (home / "cases/a-case/transcript.vtt").write_bytes(TRANSCRIPT.encode("shift_jis"))
    done = run(home, "check", "--lang", "en")
    assert [line.split()[:2] for line in done.stdout.splitlines()[:-1]] == [
        ["cases/a-case/transcript.vtt:5:4", "not-utf-8"]
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--site", "."), "docs_dir"),
        (("--site", "cases"), "lies in the folder of cases"),
        (("--site", "mkdocs.yml/site"), "Not a directory"),
        (("--audience", ""), "--audience is empty"),
        (("--audience", "nobody"), "names no audience 'nobody'"),
        (("--cases", "mkdocs.yml"), "no-cases-folder"),
    ],
)
def test_slips_of_an_operator_are_answered(home: Path, good: Path, words: tuple[str, ...], told: str) -> None:
    """Options that cannot be meant cost nothing but a moment."""
    assert_refused(home, good, run(home, "build", *words), (told,))


@pytest.mark.parametrize("limit_bytes", [100, 4_000, 40_000])
def test_full_disk_leaves_the_old_site(home: Path, good: Path, limit_bytes: int) -> None:
    """Wherever writing stops - recording, page, stylesheet - readers keep what they had."""
    shutil.rmtree(home / ".cache")
    assert_refused(home, good, run(home, "build", limit_bytes=limit_bytes), ("File too large", "the old one stands"))


def begin(home: Path) -> subprocess.Popen[str]:
    """A build that has begun to write."""
    build = subprocess.Popen([*COMMAND, "build"], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    patience = time.monotonic() + 60
    while not list(home.glob("site.new-*/*")) and build.poll() is None and time.monotonic() < patience:
        time.sleep(0.001)
    assert build.poll() is None
    return build


def test_interrupted_build_leaves_nothing(home: Path, good: Path) -> None:
    """Ctrl+C in the middle: the old site, and nothing beside it."""
    build = begin(home)
    build.send_signal(signal.SIGINT)
    _, said = build.communicate(timeout=60)
    assert "Traceback" not in said
    assert build.returncode == 1
    assert files(home / "site") == files(good / "site")
    assert not list(home.glob("site.*"))


def test_killed_build_is_cleared_by_the_next(home: Path, good: Path) -> None:
    """Power fails in the middle: the old site is whole, and the next build needs no help."""
    build = begin(home)
    build.kill()
    build.communicate(timeout=60)
    assert files(home / "site") == files(good / "site")
    assert list(home.glob("site.new-*"))
    assert run(home, "build").returncode == 0
    assert files(home / "site") == files(good / "site")
    assert not list(home.glob("site.*"))


def test_two_builds_at_once_end_in_one_whole_site(home: Path, good: Path) -> None:
    """CI and an editor may build into the same folder at the same time."""
    first = begin(home)
    second = run(home, "build")
    first.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert files(home / "site") == files(good / "site")
    assert not list(home.glob("site.*"))


@pytest.mark.audio
def test_odd_recordings_are_built_or_named(tmp_path: Path) -> None:
    """Any file under an audio file's name: the check says what is the matter, or the site plays it."""
    lay_out(tmp_path)
    shutil.rmtree(tmp_path / "cases")
    write_casebook(tmp_path / "cases", **{f"odd_{number}": "" for number in range(len(ODD_RECORDINGS))})
    for number, file in enumerate(ODD_RECORDINGS):
        folder = tmp_path / f"cases/odd-{number}"
        (folder / "audio.wav").unlink()
        (folder / "transcript.vtt").unlink()
        suffix = file.suffix if file.suffix in SUFFIXES else ".m4a"
        shutil.copy(file, folder / f"audio{suffix}")
    refused: dict[str, set[str]] = {}
    for problem in load_corpus(tmp_path / "cases", jobs=1).problems:
        if problem.code.value != "audio-without-transcript":
            refused.setdefault(Path(problem.file).parent.name, set()).add(problem.code.value)
    assert set().union(*refused.values()) <= {"audio-empty", "audio-unreadable", "audio-zero-length"}
    assert 0 < len(refused) < len(ODD_RECORDINGS)
    for slug in refused:
        shutil.rmtree(tmp_path / "cases" / slug)
    done = run(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    for case in tmp_path.glob("cases/odd-*"):
        assert (tmp_path / "site/cases" / case.name / "audio.m4a").stat().st_size > 0


@pytest.mark.parametrize("form", ["text", "github", "gitlab"])
def test_odd_paths_do_not_break_a_report(home: Path, form: str) -> None:
    """Spaces, commas, line ends and bytes that are no text in a path: one problem stays one line or one entry."""
    folder = home / "お客様 の声,%:"
    shutil.copytree(home / "cases", folder)
    (folder / "a\n::error::b").write_text("", encoding="utf-8")
    (Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff"))).write_text("", encoding="utf-8")
    done = run(home, "check", "--cases", folder.name, "--format", form, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    if form == "github":
        assert [line.split("::")[1].split(",line=")[0] for line in done.stdout.splitlines()] == [
            "warning file=お客様 の声%2C%25%3A/a%0A%3A%3Aerror%3A%3Ab",
            "notice file=お客様 の声%2C%25%3A/bad\ufffd",
        ]
    else:
        assert (done.stdout.count("invisible-in-name"), done.stdout.count("unknown-file")) == (1, 1)
        assert "お客様 の声,%:/bad " in done.stdout


def test_console_without_a_sign_still_shows_the_report(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Japanese Windows console knows neither pictures nor accents; the problems around them are told all the same."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp932")
    (home / "cases/a-case/\N{GRINNING FACE}é.txt").write_text("", encoding="utf-8")
    done = subprocess.run([*COMMAND, "check"], cwd=home, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "cases/a-case/\\U0001f600\\xe9.txt:1:1 unknown-file ヒント: " in done.stdout.decode("cp932")
