"""`casebook check`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shared import cases_option, config_option, counted, on_option, places, tell_withheld

if TYPE_CHECKING:
    from generator.report import Format


@click.command()
@cases_option
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

    folder, language = places(cases, config_file)
    checked = load_corpus(folder)
    told = format_problems(checked.problems, form, lang or language)
    if told:
        click.echo(told)
    if form == "text":
        count = len(checked.corpus.cases) if checked.corpus else 0
        click.echo(f"{folder}/: {counted(count, 'case')}; {summary(checked.problems, load_texts(lang or language))}")
    if checked.has_errors or checked.corpus is None:
        sys.exit(1)
    if form == "text":
        tell_withheld(publish(checked.corpus, on=on.date() if on else build_day())[1])
