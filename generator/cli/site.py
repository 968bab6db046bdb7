"""`casebook build` and `casebook serve`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.build import shown
from generator.cli.shared import config_option, counted, fail, tell_withheld


@click.command()
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
        fail("--audience is empty - nobody knows for whom the site would be - name an audience, or leave it out")
    try:
        built = build_site(config_file, cases=cases, site=site, audience=audience, search=False if no_search else None)
    except SiteError as error:
        fail(error)
    click.echo(f"{shown(built.folder)}/: {counted(built.pages, 'page')}")
    tell_withheld(built.withheld)


@click.command()
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
        fail(error)
