"""What several commands share: options, the places they name, how they tell and how they fail."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.build import shown

if TYPE_CHECKING:
    from generator.publication.public import Withheld

config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's settings.",
)
cases_option = click.option(
    "--cases", type=click.Path(path_type=Path), help="Folder of the cases. [default: as in mkdocs.yml]"
)
on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Judge consent and retention as on this day. [default: today]"
)


def places(cases: Path | None, config_file: Path) -> tuple[Path, str]:
    """The folder of cases, relative where that is shorter, and the language of the site."""
    if cases is not None and not config_file.is_file():
        return cases, "ja"
    from generator.site.engine import SiteError, settings_in

    try:
        settings = settings_in(config_file)
    except SiteError as error:
        fail(error)
    return cases or shown(settings.cases), settings.language


def kept_between_builds(config_file: Path) -> Path:
    """The folder of what is kept between runs; it can be deleted at any time."""
    from generator.site.engine import settings_in
    from generator.site.settings import Settings

    return shown(settings_in(config_file).cache) if config_file.is_file() else Settings().cache


def counted(number: int, noun: str) -> str:
    """`1 case`, `3 cases`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tell_withheld(withheld: tuple[Withheld, ...]) -> None:
    """Print which cases and recordings are left out and why, a line each, and how much of others."""
    parts = []
    for item in withheld:
        if item.part in ("case", "audio"):
            what = item.slug if item.part == "case" else f"{item.slug}: {item.part}"
            click.echo(f"withheld: {what} ({item.reason.value})")
        else:
            parts.append(item)
    if parts:
        slugs = list(dict.fromkeys(item.slug for item in parts))
        click.echo(
            f"withheld in part: {counted(len(parts), 'part')} of {counted(len(slugs), 'case')} - "
            f"to see which and why: casebook explain {slugs[0]}"
        )


def fail(error: Exception | str) -> NoReturn:
    """Say on standard error what went wrong, and end with status 1."""
    if isinstance(error, OSError) and error.strerror:
        error = f"{error.filename}: {error.strerror} - nothing was written"
    click.echo(str(error), err=True)
    sys.exit(1)
