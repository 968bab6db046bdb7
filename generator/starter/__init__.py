"""The folder of a new case: files with all keys, empty where the editor has to write, words to choose from beside."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template

from generator.model.base import MAX_SLUG_CHARACTERS, RESERVED_SLUG_PATTERN, SLUG_PATTERN
from generator.model.casebook import Casebook

FOLDER = Path(__file__).parent
FILES = ("case.yml", "transcript.vtt", "review.yml", "insights.yml", "value-map.yml", "journey.yml", "notes.md")


class StarterError(ValueError):
    """The folder cannot be made. Its text says why, and what to do."""


def start_case(cases: Path, slug: str, *, language: str, words: Mapping[str, str], on: date) -> Path:
    """Write the files of a new case to `cases`/`slug`; the folder. Nothing is written when that folder exists.

    `language` (`ja` or `en`) is that of the explanations, `words` come from `words_of`. Raises StarterError, and
    OSError when the folder cannot be written; nothing of it is left then.
    """
    if not re.fullmatch(SLUG_PATTERN, slug) or len(slug) > MAX_SLUG_CHARACTERS:
        raise StarterError(
            f"{slug!r} cannot be part of an address - write lower-case Latin letters, digits and single hyphens, "
            f"{MAX_SLUG_CHARACTERS} at most, for example {on:%Y-%m}-rugged-laptop"
        )
    if re.fullmatch(RESERVED_SLUG_PATTERN, slug):
        raise StarterError(
            f"{slug!r} is the address of a page of the list of cases - write another name, "
            f"for example {on:%Y-%m}-rugged-laptop"
        )
    folder = cases / slug
    if not cases.is_dir():
        raise StarterError(f"{cases} is not there - name the folder of cases with --cases")
    if folder.exists():
        raise StarterError(f"{folder} exists already - choose another name")
    folder.mkdir()
    try:
        for name in FILES:
            template = Template((FOLDER / language / name).read_text(encoding="utf-8"))
            (folder / name).write_text(template.substitute(words, today=on.isoformat()), encoding="utf-8")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def words_of(casebook: Casebook | None) -> dict[str, str]:
    """The words that an editor may choose from, as the starter's comments list them."""
    if casebook is None:
        return dict.fromkeys(("industries", "departments", "products", "competitors", "tags", "needs"), "casebook.yml")
    return {
        "industries": _listed([term.id for term in casebook.industries]),
        "departments": _listed([term.id for term in casebook.departments]),
        "products": _listed([term.id for term in casebook.products]),
        "competitors": _listed([term.id for term in casebook.competitors]),
        "tags": _listed([term.id for term in casebook.tags]),
        "needs": _listed([term.id for term in casebook.needs]),
    }


def _listed(identifiers: Sequence[str]) -> str:
    return " | ".join(identifiers) or "-"
