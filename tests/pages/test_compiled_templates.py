"""Compiled templates are kept between runs, and never run when they would come out otherwise today."""

from __future__ import annotations

import sys
from gettext import NullTranslations
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator.pages.compiled_templates import CompiledTemplates, beside_modules, makers
from generator.pages.environment import COMPILED, environment
from generator.texts import LANGUAGES, Texts, load_texts

NAME = "case/greeting.html.j2"
SOURCE = '<p>{{ _("Cases") }} {{ "check"|icon }} {{ name }}</p>'


class Catalogue(NullTranslations):
    """A catalogue of one message."""

    def __init__(self, text: str) -> None:
        """Say `text` for every message."""
        super().__init__()
        self.text = text

    def gettext(self, message: str) -> str:
        """The one text."""
        return self.text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for compiled templates that is not there yet, in a Python that writes compiled modules."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "above" / "compiled"


def new_run(folder: Path | None, text: str = "Cases", language: str = "en") -> Environment:
    """The environment as the next run of the program makes it."""
    return environment.__wrapped__(Texts(language, Catalogue(text)), folder)


def said(made: Environment, source: str = SOURCE, name: str = NAME) -> str:
    """What the template `name` says in `made`."""
    return made.overlay(loader=DictLoader({name: source})).get_template(name).render(name="<A>")


def files(folder: Path) -> dict[str, int]:
    """The files in `folder` with their numbers in the file system: a file that was written again has another one."""
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_is_what_would_be_compiled(folder: Path, language: str) -> None:
    """All templates come back from their files, each the very code that compiling it gives."""
    texts = load_texts(language)
    first, second, without = (environment.__wrapped__(texts, kept) for kept in (folder, folder, None))
    names = without.list_templates()
    for name in names:
        first.get_template(name)
    written = files(folder)
    assert len(written) == len(names) > 40
    for name in names:
        source, file, _ = without.loader.get_source(without, name)
        bucket = second.bytecode_cache.get_bucket(second, name, file, source)
        assert bucket.code == without.compile(source, name, file), name
        assert bucket.code.co_filename == file
        second.get_template(name)
    assert files(folder) == written


def test_page_is_the_same_with_and_without(folder: Path) -> None:
    """When it is compiled, when it is read back, and when nothing is kept."""
    pages = [said(new_run(kept)) for kept in (folder, folder, None)]
    assert pages == [pages[0]] * 3
    assert pages[0].startswith("<p>Cases <svg")
    assert pages[0].endswith("</svg> &lt;A&gt;</p>")


def test_changed_template_is_compiled_anew(folder: Path) -> None:
    """The old one's file is overwritten, so that none is left behind."""
    said(new_run(folder))
    assert said(new_run(folder), "<b>{{ name }}</b>") == "<b>&lt;A&gt;</b>"
    assert len(files(folder)) == 1


def test_changed_text_is_said_at_once(folder: Path) -> None:
    """Texts are part of the code; one that was corrected must not wait for its template to change."""
    said(new_run(folder))
    assert said(new_run(folder, "Stories")).startswith("<p>Stories ")
    assert len(files(folder)) == 1


def test_only_templates_that_say_a_changed_text_are_compiled_anew(folder: Path) -> None:
    """The others do not depend on it."""
    said(new_run(folder), "<b>{{ name }}</b>")
    written = files(folder)
    said(new_run(folder, "Stories"), "<b>{{ name }}</b>")
    assert files(folder) == written


def test_languages_lie_side_by_side(folder: Path) -> None:
    """Neither is taken for the other, even where they say the same, and neither drives the other out."""
    assert said(new_run(folder)).startswith("<p>Cases ")
    assert said(new_run(folder, "事例", "ja")).startswith("<p>事例 ")
    written = files(folder)
    assert len(written) == 2
    for text, language in (("Cases", "en"), ("事例", "ja")):
        said(new_run(folder, text, language))
    assert files(folder) == written


def test_one_languages_file_is_no_use_to_another(folder: Path) -> None:
    """Whatever a file is called, its language is sealed in."""
    said(new_run(folder))
    (file,) = folder.iterdir()
    file.rename(folder / file.name.replace(".en.", ".ja."))
    written = files(folder)
    said(new_run(folder, language="ja"))
    assert files(folder) != written


def test_template_of_another_name_or_place_is_compiled_anew(folder: Path) -> None:
    """Both stand in the code, for messages about mistakes."""
    said(new_run(folder))
    kept = new_run(folder).bytecode_cache
    of = new_run(None)
    assert kept.get_bucket(of, NAME, None, SOURCE).code is not None
    assert kept.get_bucket(of, NAME, "/elsewhere/greeting.html.j2", SOURCE).code is None
    assert kept.get_bucket(of, NAME.replace("/", "-"), None, SOURCE).code is None


def test_another_compiler_compiles_anew(folder: Path) -> None:
    """What an older version of the program, of Jinja or of Python made is not run by a newer one."""
    said(new_run(folder))
    of = new_run(None)
    assert CompiledTemplates(folder, "en", str).get_bucket(of, NAME, None, SOURCE).code is not None
    assert CompiledTemplates(folder, "en", str, "newer").get_bucket(of, NAME, None, SOURCE).code is None


def test_every_module_of_the_room_makes_a_compiler(tmp_path: Path) -> None:
    """A changed drawing counts like a changed compiler."""
    (tmp_path / "drawings").mkdir()
    drawing = tmp_path / "drawings" / "icons.py"
    drawing.write_text("ROUND = 1\n")
    seen = [makers(tmp_path)]
    assert makers(tmp_path) == seen[0]
    drawing.write_text("ROUND = 2\n")
    seen.append(makers(tmp_path))
    (tmp_path / "more.py").write_text("MORE = 1\n")
    seen.append(makers(tmp_path))
    (tmp_path / "more.py").rename(tmp_path / "drawings" / "more.py")
    seen.append(makers(tmp_path))
    assert len(set(seen)) == 4


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 200, -1])
def test_cut_file_is_made_anew(folder: Path, length: int) -> None:
    """A disk that was full or a machine that stopped costs time, nothing else."""
    page = said(new_run(folder))
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    written = files(folder)
    assert said(new_run(folder)) == page
    mended = files(folder)
    assert mended != written
    assert said(new_run(folder)) == page
    assert files(folder) == mended


def test_file_with_one_wrong_bit_is_made_anew(folder: Path) -> None:
    """Anywhere in it: the code of a damaged file might be run, and say something else."""
    page = said(new_run(folder))
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 50):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        file.write_bytes(damaged)
        written = files(folder)
        assert said(new_run(folder)) == page
        assert files(folder) != written


def test_rubbish_is_made_anew(folder: Path) -> None:
    """As is a file that is none of ours."""
    page = said(new_run(folder))
    (file,) = folder.iterdir()
    for rubbish in (bytes(5000), b"\xff" * 5000, "テンプレート".encode() * 500):
        file.write_bytes(rubbish)
        assert said(new_run(folder)) == page
        assert file.read_bytes() != rubbish


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_folder_that_cannot_be_written_to_is_no_error(
    folder: Path, place: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Programs are often installed where nobody may write; pages come out all the same, and nothing is said."""
    (tmp_path / "file").write_bytes(b"as it was")
    assert said(new_run(tmp_path / place)) == said(new_run(None))
    assert (tmp_path / "file").read_bytes() == b"as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_folder_in_a_files_place_is_no_error(folder: Path) -> None:
    """What cannot be replaced stays, and nothing unfinished stays beside it."""
    page = said(new_run(folder))
    (file,) = folder.iterdir()
    file.unlink()
    file.mkdir()
    assert said(new_run(folder)) == page
    assert [path.name for path in folder.iterdir()] == [file.name]


def test_nothing_is_written_when_python_writes_no_modules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONDONTWRITEBYTECODE holds for templates too; as with modules, what is there is read."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    page = said(new_run(folder))
    assert not folder.parent.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    said(new_run(folder))
    written = files(folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said(new_run(folder)) == page
    assert said(new_run(folder, "Stories")).startswith("<p>Stories ")
    assert files(folder) == written


def test_templates_lie_with_pythons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may write there may change the program anyway; a build's cache is another matter."""
    module = sys.modules["generator.pages.environment"]
    assert Path(module.__spec__.cached).parent == COMPILED
    monkeypatch.setattr(sys, "pycache_prefix", "/var/modules")
    assert beside_modules("/opt/casebook/pages/environment.py") == Path("/var/modules/opt/casebook/pages")


def test_python_that_keeps_no_modules_keeps_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no place for them then."""
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert beside_modules("/opt/casebook/pages/environment.py") is None
