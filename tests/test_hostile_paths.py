"""Names and links that lead out of a case, fall together, deceive or block: all are told, none is followed."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest

from generator.problems import Code
from generator.validate import load_corpus
from generator.validate.folders import MAX_FILES
from tests.support.small_casebook import write_casebook

OUTSIDE = "this stands outside of the cases"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Two cases, and beside them a folder of things that are nobody's business."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "notes.md").write_text(OUTSIDE, encoding="utf-8")
    (outside / "audio.wav").write_bytes(b"RIFF")
    (outside / "case.yml").write_text(f"title: {OUTSIDE}\n", encoding="utf-8")
    return write_casebook(tmp_path / "cases", a_case="", other="")


def found(cases: Path) -> set[tuple[str, Code]]:
    """What the check says, by file and code; it says nothing of what stands outside, and reads none of it."""
    checked = load_corpus(cases, jobs=1)
    assert OUTSIDE not in repr(checked)
    return {(problem.file.removeprefix(f"{cases}/"), problem.code) for problem in checked.problems}


def test_the_base_is_in_order(cases: Path) -> None:
    """What is found below is due to what is done below."""
    assert found(cases) == set()


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("a-case/notes.md", "../../outside/notes.md"),
        ("a-case/notes.md", "/etc/passwd"),
        ("a-case/notes.md", "../other/transcript.vtt"),
        ("a-case/audio-2.wav", "../other/audio.wav"),
        ("a-case/attachments", "/etc"),
        ("a-case/attachments", "../.."),
        ("linked-case", "../outside"),
        ("linked-case", "/etc"),
        ("paths", "../outside"),
        ("glossary.yml", "../outside/case.yml"),
    ],
)
def test_links_that_lead_out_are_not_followed(cases: Path, name: str, target: str) -> None:
    """Out of a case, into another case, out of the cases: files and folders, relative and absolute."""
    (cases / name).symlink_to(target)
    assert found(cases) == {(name, Code.PATH_OUTSIDE)}


def test_a_link_within_a_link_is_not_followed_either(cases: Path) -> None:
    """A folder inside the case may hold a link too, and the recording may be said to lie in it."""
    (cases / "a-case/parts").mkdir()
    (cases / "a-case/parts/one.wav").symlink_to(cases.parent / "outside/audio.wav")
    (cases / "a-case/parts/deep").symlink_to(cases.parent / "outside")
    for part in ("parts/one.wav", "parts/deep/audio.wav"):
        list_recording(cases, part)
        assert found(cases) == {("a-case/case.yml", Code.PATH_OUTSIDE)}


def list_recording(cases: Path, part: str) -> None:
    """Let case.yml name `part` as the recording."""
    facts = cases / "a-case/case.yml"
    kept = [line for line in facts.read_text(encoding="utf-8").splitlines() if not line.startswith("recording")]
    facts.write_text("\n".join([*kept, f"recording: ['{part}']", ""]), encoding="utf-8")


@pytest.mark.parametrize(
    "part",
    [
        *("../other/audio.wav", "/etc/passwd", "../../outside/audio.wav", "parts/../audio.wav", ".."),
        *("C:\\audio.wav", "C:audio.wav", "..\\other\\audio.wav", "\\\\server\\share\\audio.wav", "parts\\audio.wav"),
    ],
)
def test_listed_recordings_stay_in_their_folder(cases: Path, part: str) -> None:
    """Climbing, absolute and Windows paths are refused as such, wherever they would end up."""
    list_recording(cases, part)
    assert found(cases) == {("a-case/case.yml", Code.PATH_OUTSIDE)}


@pytest.mark.parametrize(
    "part", ["．．／other／audio.wav", "‥/audio.wav", "..∕other∕audio.wav", "audio.wav ．", "a" * 5_000, "audio.wav/x"]
)
def test_look_alikes_of_dots_and_slashes_are_only_names(cases: Path, part: str) -> None:
    """Full-width dots and slashes climb nowhere: no file has that name, as none has one too long."""
    list_recording(cases, part)
    ((file, code),) = found(cases)
    assert (file, code) in {("a-case/case.yml", Code.AUDIO_PART_MISSING), ("a-case/case.yml", Code.PATH_OUTSIDE)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a-case/Audio.wav", "a-case/audio.wav"),
        ("a-case/NOTES.MD", "a-case/notes.md"),
        ("a-case/Straße.txt", "a-case/STRASSE.txt"),
        (
            "a-case/" + unicodedata.normalize("NFC", "がぞう.txt"),
            "a-case/" + unicodedata.normalize("NFD", "がぞう.txt"),
        ),
        ("a-case/ｎｏｔｅｓ.md", "a-case/notes.md"),
        ("a-case/ﾒﾓ.txt", "a-case/メモ.txt"),
        ("a-case/x.txt", "a-case/x.txt."),
    ],
)
def test_names_that_fall_together_are_told(cases: Path, one: str, other: str) -> None:
    """By letter case, by the form of their accents, by width: on another system one of the two would be lost."""
    for name in (one, other):
        (cases / name).touch()
    told = {code for file, code in found(cases) if file in (one, other)}
    assert Code.NAMES_COLLIDE in told


def test_cases_that_fall_together_are_told(cases: Path) -> None:
    """Folders of cases too."""
    (cases / "A-Case").mkdir()
    assert ("a-case", Code.NAMES_COLLIDE) in found(cases)


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\n", "\x1b", "\u2028", "\u200d"])
def test_names_with_something_invisible_are_told(cases: Path, sign: str) -> None:
    """Zero width, turned direction, controls: the name is not what it looks, and the file is not read."""
    (cases / f"a-case/audio-2{sign}.wav").write_bytes(b"RIFF")
    (cases / f"a{sign}b").mkdir()
    assert {code for _, code in found(cases)} == {Code.INVISIBLE_IN_NAME}


@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "lpt9"])
def test_cases_have_no_name_of_a_device(cases: Path, name: str) -> None:
    """A colleague on Windows could not check the repository out."""
    (cases / "other").rename(cases / name)
    assert found(cases) == {(name, Code.SYSTEM_NAME)}


@pytest.mark.parametrize("name", ["NUL.txt", "com1.tar.gz", "a:b.txt", "what?.txt", "a|b", "end.", "end ", "a\\b"])
def test_files_have_no_name_that_windows_lacks(cases: Path, name: str) -> None:
    """Whether they are read or not."""
    (cases / "a-case" / name).touch()
    assert (f"a-case/{name}", Code.SYSTEM_NAME) in found(cases)


@pytest.mark.parametrize(
    "name", ["..", "．．", "a b", "事例", "-a", "a--b", "A", "a_b", "a.b", "a" * 81, "%2e%2e", "a\u0301", "ａ"]
)
def test_a_case_has_a_name_that_can_be_an_address(cases: Path, name: str) -> None:
    """Lower-case Latin letters, digits and single hyphens: nothing in it has to be encoded or can climb."""
    if name != "..":
        (cases / "other").rename(cases / name)
        assert (name, Code.BAD_FOLDER_NAME) in found(cases)


def test_pipes_and_sockets_block_nobody(cases: Path) -> None:
    """In the place of any file: reading them would wait for ever."""
    for name in ("a-case/notes.md", "a-case/audio-2.wav", "glossary.yml"):
        os.mkfifo(cases / name)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(cases / "a-case/review.yml"))
        assert found(cases) == {
            (name, Code.UNREADABLE_FILE)
            for name in ("a-case/notes.md", "a-case/audio-2.wav", "glossary.yml", "a-case/review.yml")
        }
    list_recording(cases, "audio-2.wav")
    assert ("a-case/case.yml", Code.AUDIO_PART_MISSING) in found(cases)


def test_hard_links_are_files(cases: Path) -> None:
    """Git and copying tools make them."""
    (cases / "a-case/notes.md").write_text("覚え書き", encoding="utf-8")
    os.link(cases / "a-case/notes.md", cases / "other/notes.md")
    assert found(cases) == set()


def test_a_folder_of_too_many_files_is_told(cases: Path) -> None:
    """Once, not by as many hints; hidden files do not count."""
    for number in range(MAX_FILES + 1):
        (cases / f"a-case/{number}").touch()
        (cases / f"other/.{number}").touch()
    assert found(cases) == {("a-case", Code.TOO_MANY_FILES)}
