"""The `casebook` command. Whatever an editor or operator gets wrong ends in clear words and status 1.

A file for each command or pair of commands. What a command needs is imported when it is called.
"""

from __future__ import annotations

import io
import sys

import click

from generator.cli.audit import audit
from generator.cli.check import check
from generator.cli.explain import explain
from generator.cli.new import new
from generator.cli.reference import reference, schemas
from generator.cli.site import build, serve
from generator.cli.transcribe import transcribe


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casebook", prog_name="casebook")
def main() -> None:
    """Turn a folder of customer interviews into a searchable intranet site."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A Japanese Windows console (cp932) lacks signs that editors write; they must not end a report.
            stream.reconfigure(errors="backslashreplace")


for command in (build, serve, check, explain, audit, new, transcribe, schemas, reference):
    main.add_command(command)
