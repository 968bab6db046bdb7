"""The `casebook` command. Whatever an editor or operator gets wrong ends in clear words and status 1."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.build import shown

if TYPE_CHECKING:
    from generator.publication.public import Withheld
    from generator.report import Format

config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's settings.",
)
on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Judge consent and retention as on this day. [default: today]"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casebook", prog_name="casebook")
def main() -> None:
    """Turn a folder of customer interviews into a searchable intranet site."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A Japanese Windows console (cp932) lacks signs that editors write; they must not end a report.
            stream.reconfigure(errors="backslashreplace")


@main.command()
@config_option
@click.option("--cases", type=click.Path(path_type=Path), help="Folder of the cases. [default: as in mkdocs.yml]")
@click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), help="Folder of the site. [default: site_dir]"
)
@click.option("--audience", help="Build what these readers may see: an id of `audiences` in casebook.yml.")
@click.option("--no-search", is_flag=True, help="Leave the search index out, for a quick look.")
def build(config_file: Path, cases: Path | None, site: Path | None, audience: str | None, no_search: bool) -> None:
    """Check the cases and build the site. The old site stays until the new one is whole."""
    from generator.site.engine import SiteError, build_site

    if audience is not None and not audience.strip():
        _fail("--audience is empty - nobody knows for whom the site would be - name an audience, or leave it out")
    try:
        built = build_site(config_file, cases=cases, site=site, audience=audience, search=False if no_search else None)
    except SiteError as error:
        _fail(error)
    click.echo(f"{shown(built.folder)}/: {_counted(built.pages, 'page')}")
    _tell_withheld(built.withheld)


@main.command()
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve(config_file: Path, host: str, port: int) -> None:
    """Preview the site on this machine; it is built again whenever a file changes."""
    from generator.site.engine import SiteError, preview_site

    def tell(address: str) -> None:
        click.echo(f"Preview: {address} (end with Ctrl+C)")

    try:
        preview_site(config_file, host=host, port=port, on_ready=tell)
    except SiteError as error:
        _fail(error)


@main.command()
@click.option("--cases", type=click.Path(path_type=Path), help="Folder of the cases. [default: as in mkdocs.yml]")
@config_option
@click.option("--format", "form", type=click.Choice(["text", "github", "gitlab"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the messages. [default: as in mkdocs.yml]")
@on_option
def check(cases: Path | None, config_file: Path, form: Format, lang: str | None, on: dt.datetime | None) -> None:
    """Check every file of every case, and report all problems at once."""
    from generator.build import build_day
    from generator.publication.gate import publish
    from generator.report import format_problems, summary
    from generator.texts import load_texts
    from generator.validate import load_corpus

    folder, language = _places(cases, config_file)
    checked = load_corpus(folder)
    told = format_problems(checked.problems, form, lang or language)
    if told:
        click.echo(told)
    if form == "text":
        count = len(checked.corpus.cases) if checked.corpus else 0
        click.echo(f"{folder}/: {_counted(count, 'case')}; {summary(checked.problems, load_texts(lang or language))}")
    if checked.has_errors or checked.corpus is None:
        sys.exit(1)
    if form == "text":
        _tell_withheld(publish(checked.corpus, on=on.date() if on else build_day())[1])


@main.command()
@click.argument("slug")
@click.option("--cases", type=click.Path(path_type=Path), help="Folder of the cases. [default: as in mkdocs.yml]")
@config_option
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the case. [default: as in casebook.yml]")
def new(slug: str, cases: Path | None, config_file: Path, lang: str | None) -> None:
    """Begin a case in the folder SLUG, for example 2026-01-rugged-laptop."""
    from generator.starter import StarterError, start_case, words_of
    from generator.validate import load_corpus

    folder, language = _places(cases, config_file)
    corpus = load_corpus(folder).corpus
    casebook = corpus.casebook if corpus else None
    try:
        made = start_case(
            folder,
            slug,
            language=lang or (casebook.language if casebook else language),
            words=words_of(casebook),
            on=dt.date.today(),
        )
    except (StarterError, OSError) as error:
        _fail(error)
    click.echo(
        f"{shown(made)}/ is ready to be filled in. Put the recording there as audio.m4a, then run: casebook check"
    )


@main.command()
@click.option("--into", type=click.Path(path_type=Path), default=Path("schemas"), show_default=True)
def schemas(into: Path) -> None:
    """Write the JSON Schemas by which editors complete and check while typing."""
    from generator.validate.schemas import write_schemas

    _write(write_schemas, into)


@main.command()
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("docs/reference"),
    show_default=True,
    help="Folder to write.",
)
def reference(into: Path) -> None:
    """Write the reference pages: every key of every file, and every problem with what to do about it."""
    from generator.validate.reference import write_reference

    _write(write_reference, into)


def _write(writer: Callable[[Path], None], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writer(folder)
    except OSError as error:
        _fail(error)
    click.echo(f"{shown(folder)}/: {_counted(sum(1 for _ in folder.iterdir()), 'file')}")


def _places(cases: Path | None, config_file: Path) -> tuple[Path, str]:
    """The folder of cases, relative where that is shorter, and the language of the site."""
    if cases is not None and not config_file.is_file():
        return cases, "ja"
    from generator.site.engine import SiteError, settings_in

    try:
        settings = settings_in(config_file)
    except SiteError as error:
        _fail(error)
    return cases or shown(settings.cases), settings.language


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _tell_withheld(withheld: tuple[Withheld, ...]) -> None:
    for item in withheld:
        what = item.slug if item.part == "case" else f"{item.slug}: {item.part}"
        click.echo(f"withheld: {what} ({item.reason.value})")


def _fail(error: Exception | str) -> NoReturn:
    if isinstance(error, OSError) and error.strerror:
        error = f"{error.filename}: {error.strerror} - nothing was written"
    click.echo(str(error), err=True)
    sys.exit(1)
