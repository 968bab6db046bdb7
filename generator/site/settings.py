"""What `mkdocs.yml` tells Casebook under `extra.casebook`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from generator.build import unknown_word
from generator.texts import LANGUAGES


class SettingsError(ValueError):
    """Something in mkdocs.yml is not usable. Its text is meant for the editor: what, what follows, what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the cases lie and which site is made of them."""

    cases: Path = Path("cases")
    """Folder of the cases; relative to mkdocs.yml in the file, absolute here."""
    audience: str | None = None
    """Readers for whom the site is built, an id of `audiences` in casebook.yml; None is what everybody may see."""
    search: bool = True
    """False leaves the search index out, for quick previews and measurements."""
    cache: Path = Path(".cache/casebook")
    """Folder of what is kept between builds; it can be deleted at any time."""
    language: str = "ja"
    """Language of the user interface, from `theme.language`."""
    site_url: str = ""
    """Where readers will find the site, from `site_url`, ending in a slash; empty when mkdocs.yml does not say."""


_FROM_THE_TOP = {"language", "site_url"}
"""What MkDocs' own keys say."""


def read_settings(given: object, *, folder: Path, language: str, site_url: str = "") -> Settings:
    """The settings in `given` (the value of `extra.casebook`); paths are relative to `folder`.

    Raises SettingsError for anything that cannot be meant.
    """
    if language not in LANGUAGES:
        raise SettingsError(
            f"mkdocs.yml: theme.language is {language!r}, which has no texts - write one of: {', '.join(LANGUAGES)}"
        )
    values: Mapping[str, Any] = {} if given is None else given if isinstance(given, Mapping) else {"": given}
    known = [field.name for field in fields(Settings) if field.name not in _FROM_THE_TOP]
    for key, value in values.items():
        if key not in known:
            raise SettingsError(unknown_word(f"mkdocs.yml: extra.casebook has no key {key!r}", str(key), known))
        expected = (bool,) if key == "search" else (str, type(None)) if key == "audience" else (str,)
        if not isinstance(value, expected):
            raise SettingsError(f"mkdocs.yml: extra.casebook.{key} is {value!r} - write {_wanted(key)}")
    return Settings(
        cases=folder / values.get("cases", "cases"),
        audience=values.get("audience") or None,
        search=values.get("search", True),
        cache=folder / values.get("cache", ".cache/casebook"),
        language=language,
        site_url=site_url.rstrip("/") + "/" if site_url else "",
    )


def _wanted(key: str) -> str:
    wanted = {"search": "true or false", "audience": "the id of an audience, or null for everybody"}
    return wanted.get(key, "the path of a folder, relative to mkdocs.yml")
