"""Settings files for tests that need the sample knowledge base, or a copy of it, built in another way."""

from __future__ import annotations

from pathlib import Path

from tests.support.server import MOUNT
from tests.support.tiny_site import CONFIG


def write_config(folder: Path, *, language: str = "ja", cases: Path = CONFIG.parent / "cases") -> Path:
    """Write the project's mkdocs.yml into `folder`, with the interface in `language` and the folder `cases`; its path.

    What the file names beside it is linked, recordings that were prepared once are not prepared again, and the page for
    missing addresses knows where `tests.support.server` puts the site.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("overrides", "generator"):
        (folder / name).symlink_to(CONFIG.parent / name)
    (folder / "cases").symlink_to(cases)
    text = CONFIG.read_text(encoding="utf-8")
    for old, new in (
        ("# site_url: (address of the intranet page)", f"site_url: http://127.0.0.1{MOUNT}"),
        ("language: ja ", f"language: {language} "),
        ("cases: cases ", f"cache: {CONFIG.parent / '.cache' / 'casebook'}\n    cases: cases "),
    ):
        assert text.count(old) == 1, f"mkdocs.yml has {text.count(old)} times {old!r}"
        text = text.replace(old, new)
    config = folder / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    return config
