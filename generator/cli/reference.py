"""`casebook schemas` and `casebook reference`: what is made from the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from generator.build import shown
from generator.cli.shared import counted, fail


@click.command()
@click.option("--into", type=click.Path(path_type=Path), default=Path("schemas"), show_default=True)
def schemas(into: Path) -> None:
    """Write the JSON Schemas by which editors complete and check while typing."""
    from generator.validate.schemas import write_schemas

    _write(write_schemas, into)


@click.command()
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
        fail(error)
    click.echo(f"{shown(folder)}/: {counted(sum(1 for _ in folder.iterdir()), 'file')}")
