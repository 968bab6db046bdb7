"""A real Chromium, a server as strict as an intranet's, and readers who notice everything that goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import find
from tests.support.reader import Reader, new_reader
from tests.support.server import serving

FLAGS = (
    "--no-sandbox",  # tests run as root in containers, where there is none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)

Meet = Callable[..., Reader]
"""`meet(site, width=1440, **context options)`: a reader at the home page's address of the folder `site`."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; see `tests.support.chromium`."""
    program = find()
    assert program is not None, "no Chromium was found: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def meet(chromium: Browser) -> Iterator[Meet]:
    """Readers of sites; each must leave with an empty console, no broken policy and no call to another host."""
    readers: list[Reader] = []
    with ExitStack() as open_things:

        def _meet(site: Path, *, width: int = 1440, height: int = 900, **options: Any) -> Reader:
            home = open_things.enter_context(serving(site))
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            open_things.callback(context.close)
            readers.append(new_reader(context, home))
            return readers[-1]

        yield _meet
        for reader in readers:
            reader.leave()
