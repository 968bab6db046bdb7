"""`casebook check`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.shared import cases_option, config_option, counted, on_option, places, tell_withheld

if TYPE_CHECKING:
    from generator.model.corpus import Corpus
    from generator.report import Format
    from generator.texts import Texts

SOON_DAYS = 60
"""Time enough to ask a customer whether a case may stay."""


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
        day = on.date() if on else build_day()
        tell_withheld(publish(checked.corpus, on=day)[1])
        _tell_endings(checked.corpus, folder, day, load_texts(lang or language))


def _tell_endings(corpus: Corpus, folder: Path, day: dt.date, texts: Texts) -> None:
    """Print what has left the site by that day, since when, and what will leave it soon after."""
    from generator.publication.endings import endings
    from generator.publication.explanation import ended

    soon = day + dt.timedelta(days=min(SOON_DAYS, (dt.date.max - day).days))
    for heading, after, until in (
        (texts.gettext("Gone by {day}:"), dt.date.min, day),
        (texts.gettext("Will be gone by {day}:"), day, soon),
    ):
        coming = endings(corpus, after=after, until=until)
        if coming:
            click.echo(heading.format(day=until))
        for ending in coming:
            click.echo(f"  {ending.withheld.slug}: {ended(ending, folder, texts)}")
