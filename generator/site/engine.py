"""One site, built or previewed through MkDocs: as `mkdocs build` and `mkdocs serve` do it, with clearer errors."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.publication.public import Withheld
from generator.site.settings import Settings, SettingsError, read_settings
from generator.site.source import PageSource
from generator.site.state import SOURCE_KEY, discard, state_of
from generator.sources.reasons import MORE_OPEN_FILES

_ROOM = "make room, a build needs as much again as the site has"
_RIGHTS = "let the user who builds read and write there, or name another folder"
_ADVICE = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EROFS: _RIGHTS,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EMFILE: MORE_OPEN_FILES,
    errno.ENFILE: MORE_OPEN_FILES,
    errno.ENOENT: "it vanished during the build - see to it that it stays, and build again",
}
"""What to do when the file system refuses, by number of the error."""


class SiteError(Exception):
    """No site was made, and the old one stands. Its text says why, for the editor."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site that is in its place."""

    folder: Path
    pages: int
    withheld: tuple[Withheld, ...]
    """What was left out and why: for the editor."""


def settings_in(config_file: Path) -> Settings:
    """What mkdocs.yml says about Casebook. Raises SiteError when the file is missing or not usable."""
    return _settings(_load(config_file), config_file)


def build_site(  # noqa: PLR0913 - all but the first are named options with defaults
    config_file: Path,
    *,
    cases: Path | None = None,
    site: Path | None = None,
    audience: str | None = None,
    search: bool | None = None,
    source: PageSource | None = None,
) -> Built:
    """Build the site that `config_file` (mkdocs.yml) describes; what is given here goes before what stands there.

    `cases` is the folder of the cases, `site` the one to build, `source` gives pages other than those of the cases.
    Raises SiteError.
    """
    config = _load(config_file, **({} if site is None else {"site_dir": str(site)}))
    given = config.extra.get("casebook")
    if given is None or isinstance(given, dict):
        told = {"cases": None if cases is None else str(cases.absolute()), "audience": audience, "search": search}
        config.extra["casebook"] = {**(given or {}), **{key: value for key, value in told.items() if value is not None}}
    if source is not None:
        config.extra[SOURCE_KEY] = source
    folder = Path(config.site_dir)
    with _as_site_errors():
        try:
            build(config)
        except BaseException:
            discard(config)
            raise
    state = state_of(config)
    reading = state.reading
    return Built(folder, len(state.pages.announced), reading.withheld if reading else ())


def preview_site(
    config_file: Path, *, host: str = "127.0.0.1", port: int = 8000, on_ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serve the site with live reload until interrupted; `on_ready` is told the address before the first build.

    Raises SiteError, also when nobody can listen there.
    """
    _load(config_file)
    _must_be_free(host, port)
    on_ready(f"http://{host}:{port}/")
    with _as_site_errors():
        serve(str(config_file), dev_addr=f"{host}:{port}")


def _load(config_file: Path, **overrides: str) -> MkDocsConfig:
    if not config_file.is_file():
        raise SiteError(
            f"{config_file} is not there - no site can be built without it - "
            "run in the folder of mkdocs.yml, or name it with --config"
        )
    with _as_site_errors():
        config = load_config(str(config_file), **overrides)
    if not any(Path(name).name == "hook.py" for name in config.hooks):
        raise SiteError(
            f"{config_file}: the hook is missing - what MkDocs builds alone is no Casebook site, the old one stays - "
            "put generator/site/hook.py back under hooks"
        )
    return config


def _settings(config: MkDocsConfig, config_file: Path) -> Settings:
    try:
        return read_settings(
            config.extra.get("casebook"),
            folder=config_file.resolve().parent,
            language=config.theme["language"],
            site_url=config.site_url or "",
        )
    except SettingsError as error:
        raise SiteError(str(error)) from error


def _must_be_free(host: str, port: int) -> None:
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.create_server((host, port), family=addresses[0][0]):
            return
    except (socket.gaierror, UnicodeError) as error:
        raise SiteError(
            f"{host} is no address of this machine - no preview was started - name another one with --host"
        ) from error
    except OSError as error:
        raise SiteError(
            f"port {port} on {host} cannot be used ({error.strerror}) - no preview was started - "
            "name another one with --port"
        ) from error


class _Collector(logging.Handler):
    """Keeps what MkDocs logs as an error, and passes warnings on to standard error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())
        else:
            click.echo(record.getMessage(), err=True)


@contextmanager
def _as_site_errors() -> Iterator[None]:
    """Turn what MkDocs raises on bad input, and says about it in its log, into one SiteError."""
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    logger.addHandler(collector)
    try:
        yield
    except MkDocsException as error:
        own_words = [str(error)] if error.__cause__ is not None or not collector.errors else []
        raise SiteError("\n".join([*collector.errors, *own_words])) from error
    except OSError as error:
        if error.errno is None:
            raise  # not from the file system: a fault in the program, to be seen as one
        place = f"{error.filename}: " if error.filename else ""
        said = f"{place}{error.strerror or error} - the site was not built, the old one stands"
        raise SiteError(f"{said} - {_ADVICE.get(error.errno, 'build again')}") from error
    finally:
        logger.removeHandler(collector)
