"""Take the README's pictures from the sample site in site/: `make pictures`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.chromium import find
from tests.support.server import serving

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
CASE = "cases/2025-07-power-line-maintenance/"
PICTURES = {
    "case-light": (CASE, "light", 1280, 800),
    "transcript-dark": (f"{CASE}#q030", "dark", 1280, 800),
    "search-light": ("search/?q=夜中", "light", 1280, 800),
}
"""Name -> address, scheme, width and height in CSS pixels."""


def main() -> None:
    """Write docs/pictures/*.png. Needs a built site, Chromium and a Japanese font."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, serving(ROOT / "site") as home:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
        for name, (address, scheme, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(home + address)
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
