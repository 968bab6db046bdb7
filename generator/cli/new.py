"""`casebook new`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.build import shown
from generator.cli.shared import cases_option, config_option, fail, places


@click.command()
@click.argument("slug")
@cases_option
@config_option
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the case. [default: as in casebook.yml]")
def new(slug: str, cases: Path | None, config_file: Path, lang: str | None) -> None:
    """Begin a case in the folder SLUG, for example 2026-01-rugged-laptop."""
    from generator.starter import StarterError, start_case, words_of
    from generator.validate import load_corpus

    folder, language = places(cases, config_file)
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
        fail(error)
    click.echo(
        f"{shown(made)}/ is ready to be filled in. Put the recording there as audio.m4a, then run: casebook check"
    )
