"""`casebook serve` as an editor uses it: the page is heard, a file is saved, and the page shows what was written."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.reader import new_reader
from tests.support.sample_config import write_config
from tests.support.server import MOUNT
from tests.support.tiny_site import CONFIG
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.audio]

CASE = "2025-07-power-line-maintenance"
COMMAND = "from generator.cli import main; main()"
AT_MOST_S = 120


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def previewing(config: Path, log: Path) -> Iterator[str]:
    """Run `casebook serve` on `config`, its words going to `log`; the preview's address once it answers."""
    port = free_port()
    words = [sys.executable, "-c", COMMAND, "serve", "--config", str(config), "--port", str(port)]
    with log.open("w") as file:
        preview = subprocess.Popen(words, cwd=CONFIG.parent, stdout=file, stderr=file, env={**os.environ})
        try:
            address = f"http://127.0.0.1:{port}{MOUNT}"
            wait_for_answer(address, preview, log)
            yield address
        finally:
            preview.send_signal(signal.SIGINT)
            preview.wait(30)


def wait_for_answer(address: str, preview: subprocess.Popen[bytes], log: Path) -> None:
    """Return when something answers at `address`."""
    end_s = time.monotonic() + AT_MOST_S
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
            return
        except OSError:
            assert preview.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < end_s, log.read_text("utf-8")
            time.sleep(0.2)


def test_a_preview_is_heard_and_follows_the_editor(chromium: Browser, tmp_path: Path) -> None:
    """A line plays from where it was said, though this server sends no parts of files; a saved file is shown."""
    cases = tmp_path / "cases"
    shutil.copytree(CONFIG.parent / "cases", cases)
    config = write_config(tmp_path / "settings", cases=cases)
    with previewing(config, tmp_path / "log.txt") as address, chromium.new_context() as context:
        reader = new_reader(context, address)
        reader.forgive("Enabled live reload")  # MkDocs says so on every page of a preview
        page = reader.open(f"cases/{CASE}/?play=1#q030")
        start_s = float(page.locator("#q030").get_attribute("data-s") or 0)
        wait_until(page, f"document.querySelector('.cb-player audio').currentTime > {start_s} + 0.5", at_most_s=30)
        assert start_s > 60
        assert page.evaluate("document.querySelector('.cb-player audio').currentTime") < start_s + 30
        case = cases / CASE / "case.yml"
        written, changes = re.subn(r"(?m)^title: .*$", "title: 書き直した題名", case.read_text("utf-8"), count=1)
        assert changes == 1
        case.write_text(written, "utf-8")
        expect(page.get_by_role("heading", level=1)).to_have_text("書き直した題名", timeout=60_000)
        reader.leave()
