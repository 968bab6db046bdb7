"""The command line: what each command prints and leaves behind; no mistake ends in a traceback."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.support.small_casebook import write_casebook
from tests.support.tiny_site import CONFIG


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository as a company has it: mkdocs.yml beside its cases, and it is the working directory."""
    for folder in ("overrides", "generator"):
        (tmp_path / folder).symlink_to(CONFIG.parent / folder)
    (tmp_path / "mkdocs.yml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")
    write_casebook(tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Run the command; an exception that reaches us is a failure of the test."""
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_build_makes_the_site(home: Path) -> None:
    """One command from cases to a site with pages and recordings."""
    result = run("build", "--no-search")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("site/: ")
    assert (home / "site/cases/a-case/index.html").is_file()
    assert (home / "site/cases/a-case/audio.m4a").is_file()


def test_build_with_problems_keeps_the_old_site(home: Path) -> None:
    """All problems are printed, status 1, and readers keep the last good site."""
    run("build", "--no-search")
    page = home / "site/cases/a-case/index.html"
    before = page.read_bytes()
    with (home / "cases/a-case/case.yml").open("a", encoding="utf-8") as file:
        file.write("titel: x\n")
    result = run("build", "--no-search")
    assert result.exit_code == 1
    assert "cases/a-case/case.yml:6:1 unknown-key" in result.stderr
    assert page.read_bytes() == before
    assert not list(home.glob("site.*"))


def test_audit_finds_what_consent_forbids_by_now(home: Path) -> None:
    """A site that was right when it was built is not after a withdrawal: its own address, words and recording tell."""
    run("build", "--no-search")
    clean = run("audit", "site")
    assert clean.exit_code == 0, clean.output
    assert clean.stdout.endswith("; 0 leaks\n")
    case = home / "cases/a-case/case.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("true,", "false,"), encoding="utf-8")
    told = run("audit", "site")
    assert told.exit_code == 1
    assert "site/cases/a-case" not in told.stdout
    assert "cases/a-case/audio.m4a: folder (a-case/), address\n" in told.stdout
    assert "cases/a-case/index.html: words (a-case/transcript.vtt q001), line " in told.stdout
    assert "手袋" not in told.stdout


def test_audiences_have_sites_of_their_own(home: Path) -> None:
    """What only one audience may see is in its site and in no other."""
    case = home / "cases/a-case/case.yml"
    text = case.read_text(encoding="utf-8").replace("{recorded: true,", "{recorded: true, read: [sales-team],")
    case.write_text(text, encoding="utf-8")
    everybody = run("build", "--no-search", "--site", "all")
    assert "withheld: a-case (audience)" in everybody.stdout
    assert not (home / "all/cases/a-case").exists()
    assert run("build", "--no-search", "--site", "sales", "--audience", "sales-team").exit_code == 0
    assert (home / "sales/cases/a-case/index.html").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("build", "--config", "none.yml"), "none.yml is not there"),
        (("build", "--audience", "sales-taem"), "did you mean 'sales-team'"),
        (("build", "--site", "cases"), "lies in the folder of cases"),
        (("check", "--cases", "nowhere"), "nowhere"),
        (("audit", "nowhere"), "nowhere is not a folder - nothing was looked through"),
        (("audit", "cases"), "cases is no Casebook site"),
        (("audit", "cases", "--cases", "nowhere"), "nowhere"),
        (("audit", "cases", "--audience", "nobody"), "names no audience 'nobody'"),
        (("new", "Über uns"), "lower-case Latin letters"),
        (("new", "page-2"), "a page of the list of cases"),
        (("new", "a-case"), "exists already"),
        (("new", "b-case", "--cases", "nowhere"), "nowhere is not there"),
    ],
)
def test_mistakes_are_answered_in_words(home: Path, words: tuple[str, ...], told: str) -> None:
    """Wrong names, missing folders: one clear text, status 1."""
    del home
    result = run(*words)
    assert result.exit_code == 1
    assert told in result.output


def test_check_is_quiet_about_what_is_right(home: Path) -> None:
    """A sound knowledge base is one line, and status 0."""
    del home
    result = run("check", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.startswith("cases/: 1 case; ")
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("form", ["text", "github", "gitlab"])
def test_check_reports_in_the_form_asked_for(home: Path, form: str) -> None:
    """People, GitHub and GitLab each get problems as they read them."""
    with (home / "cases/a-case/case.yml").open("a", encoding="utf-8") as file:
        file.write("titel: x\n")
    result = run("check", "--format", form, "--lang", "en")
    assert result.exit_code == 1
    starts = {"text": "cases/a-case/case.yml:6:1 unknown-key ", "github": "::error file=cases/a-case/case.yml,line=6"}
    if form == "gitlab":
        assert [entry["check_name"] for entry in json.loads(result.stdout)] == ["unknown-key"]
    else:
        assert result.stdout.startswith(starts[form])


def test_check_tells_what_will_be_withheld(home: Path) -> None:
    """Before the day comes, an editor can see what consent will have ended."""
    case = home / "cases/a-case/case.yml"
    text = case.read_text(encoding="utf-8").replace("{recorded: true,", "{recorded: true, until: 2030-01-01,")
    case.write_text(text, encoding="utf-8")
    assert "withheld" not in run("check", "--on", "2030-01-01").stdout
    assert "withheld: a-case (expired)" in run("check", "--on", "2030-01-02").stdout


@pytest.mark.parametrize("language", ["ja", "en"])
def test_new_case_is_a_list_of_what_is_to_be_written(home: Path, language: str) -> None:
    """A new case is well-formed: the check finds nothing wrong in it but what is still empty."""
    assert run("new", "2026-01-new", "--lang", language).exit_code == 0
    folder = home / "cases/2026-01-new"
    assert "# power" in (folder / "case.yml").read_text(encoding="utf-8")
    assert (
        (folder / "case.yml").read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../../schemas/")
    )
    told = json.loads(run("check", "--format", "gitlab").stdout)
    assert {entry["check_name"] for entry in told} == {"empty-value"}
    assert {entry["location"]["path"] for entry in told} == {"cases/2026-01-new/case.yml"}


def test_preview_says_when_the_port_is_taken(home: Path) -> None:
    """Somebody's other preview still runs: the answer is what to do, not a stack of calls."""
    del home
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert f"cannot be used ({os.strerror(errno.EADDRINUSE)}" in result.stderr
    assert "Preview" not in result.stdout


def test_preview_says_when_the_host_is_none(home: Path) -> None:
    """A mistyped host is told as that, not as a port that is taken."""
    del home
    result = run("serve", "--host", "256.1.1.1")
    assert result.exit_code == 1
    assert "256.1.1.1 is no address of this machine" in result.stderr


@pytest.mark.parametrize(
    ("written", "instead", "words"),
    [
        ("      scripts:\n        - generator/site/gen_files.py\n", "      scripts: []\n", "no page was announced"),
        ("hooks:\n  - generator/site/hook.py\n", "", "the hook is missing"),
        ("  name: material\n", "  name: mkdocs\n", "theme.name is 'mkdocs'"),
        ("cases: cases ", "cases: nowhere ", "nowhere"),
    ],
)
def test_settings_that_make_another_site_keep_the_old_one(home: Path, written: str, instead: str, words: str) -> None:
    """Whatever is taken out of mkdocs.yml by mistake, readers keep the last good site and the editor is told."""
    run("build", "--no-search")
    config = home / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert text.count(written) == 1
    config.write_text(text.replace(written, instead), encoding="utf-8")
    result = run("build", "--no-search")
    assert result.exit_code == 1
    assert words in result.stderr
    assert (home / "site/cases/a-case/index.html").is_file()
    assert not list(home.glob("site.*"))


def test_a_site_is_not_built_among_the_cases(home: Path) -> None:
    """The next check would read it as a case."""
    result = run("build", "--no-search", "--site", "cases/site")
    assert result.exit_code == 1
    assert "lies in the folder of cases" in result.stderr
    assert not (home / "cases/site").exists()


def test_cases_may_lie_elsewhere(home: Path) -> None:
    """With --cases the folder that mkdocs.yml names need not exist."""
    (home / "cases").rename(home / "customers")
    result = run("build", "--no-search", "--cases", "customers")
    assert result.exit_code == 0, result.output
    assert (home / "site/cases/a-case/index.html").is_file()


def test_preview_shows_the_site_and_follows_changes(home: Path) -> None:
    """What an editor saves is in the preview moments later, without a word to type."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mkdocs = home / "mkdocs.yml"
    mkdocs.write_text(mkdocs.read_text(encoding="utf-8").replace("search: true", "search: false"), encoding="utf-8")
    command = [sys.executable, "-c", "from generator.cli import main; main()", "serve", "--port", str(port)]
    preview = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/cases/a-case/"
        assert wait_for(address, "冬の鉄塔")
        case = home / "cases/a-case/case.yml"
        case.write_text(case.read_text(encoding="utf-8").replace("冬の鉄塔", "夏の鉄塔"), encoding="utf-8")
        assert wait_for(address, "夏の鉄塔")
    finally:
        preview.terminate()
        preview.wait(20)


def wait_for(address: str, words: str) -> bool:
    """Whether `words` appear at `address` before patience ends."""
    patience = time.monotonic() + 90
    while time.monotonic() < patience:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - always our own preview
                if words in answer.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def test_version_is_that_of_the_package() -> None:
    """`casebook --version` names what is installed."""
    assert run("--version").output.startswith("casebook, version ")


@pytest.mark.parametrize(("command", "file"), [("schemas", "case.schema.json"), ("reference", "problems.md")])
def test_what_is_made_from_the_model_is_written_on_demand(tmp_path: Path, command: str, file: str) -> None:
    """Schemas for editors and the reference for people come from the same model."""
    result = run(command, "--into", str(tmp_path / "new"))
    assert result.exit_code == 0
    assert (tmp_path / "new" / file).is_file()
