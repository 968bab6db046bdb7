"""`casebook audit`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from generator.build import shown
from generator.cli.shared import cases_option, config_option, counted, fail, on_option, places


@click.command()
@click.argument("site", type=click.Path(path_type=Path))
@cases_option
@config_option
@click.option("--audience", help="Readers for whom the site was built. [default: as in mkdocs.yml]")
@on_option
def audit(site: Path, cases: Path | None, config_file: Path, audience: str | None, on: dt.datetime | None) -> None:
    """Look through every byte of the built SITE for what must not be seen; fail when anything is there."""
    from generator.audit import NotASiteError, audit_site
    from generator.build import NotBuildableError, build_day, read_cases

    folder, language = places(cases, config_file)
    try:
        reading = read_cases(folder, language=language, audience=audience, on=on.date() if on else build_day())
        outcome = audit_site(site, reading.secrets)
    except (NotBuildableError, NotASiteError) as error:
        fail(error)
    for line in outcome.lines():
        click.echo(line)
    places_told = counted(len(outcome.leaks), "leak")
    click.echo(f"{shown(site)}/: {counted(outcome.files, 'file')}, {counted(outcome.secrets, 'secret')}; {places_told}")
    if not outcome.is_clean:
        sys.exit(1)
