"""Chromium for the browser tests: the one that is there, or one that gets installed. Run as a module, it installs."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.programs import install_package, runs

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The program that CASEBOOK_CHROMIUM names, the system's, or the one that Playwright downloaded; None without."""
    named = os.environ.get("CASEBOOK_CHROMIUM")
    if named:
        return named
    for program in filter(None, map(shutil.which, NAMES)):
        if runs([program, "--version"]):  # some systems have a stand-in that only says what to install
            return program
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).is_file() else None


def install() -> str | None:
    """Install Chromium from the system's packages, or else let Playwright download it; the program, or None."""
    install_package("chromium")
    return find() or (find() if runs([sys.executable, "-m", "playwright", "install", "chromium"]) else None)


if __name__ == "__main__":
    program = find() or install()
    if program is None:
        sys.exit(
            "No Chromium was found, and none could be installed. Install one (Debian: apt-get install chromium), "
            "or name its program in CASEBOOK_CHROMIUM."
        )
    sys.stdout.write(f"Chromium: {program}\n")
