"""What the tests of this room export: the sample cases as an editor wrote them, and a corpus full of hostile words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from generator.build import read_cases
from generator.interchange import exports
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile
from generator.publication import PublicCorpus
from generator.texts import load_texts
from tests.pages.knowledge import CORPUS

CASES = Path(__file__).parents[2] / "cases"
ON = dt.date(2026, 4, 1)


@cache
def samples() -> PublicCorpus:
    """The sample cases as everybody may see them."""
    return read_cases(CASES, language="ja", on=ON).public


def library(corpus: PublicCorpus | None = None, *, language: str = "ja", site_url: str = "") -> Library:
    """A library of the samples, or of another corpus."""
    return Library(corpus or samples(), load_texts(language), site_url)


def made(
    corpus: PublicCorpus | None = None, *, language: str = "ja", site_url: str = ""
) -> tuple[Page, dict[str, bytes]]:
    """The page `data/`, and every exported file by its address: those handed over and those written."""
    with TemporaryDirectory() as folder:
        items = list(exports(library(corpus, language=language, site_url=site_url), Path(folder)))
        written_files = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()
        }
    (page,) = [item for item in items if isinstance(item, Page)]
    return page, written_files | {item.address: item.content for item in items if isinstance(item, SiteFile)}


def files(corpus: PublicCorpus | None = None, *, language: str = "ja", site_url: str = "") -> dict[str, bytes]:
    """Every exported file by its address."""
    return made(corpus, language=language, site_url=site_url)[1]


def retitled(title: str) -> PublicCorpus:
    """The small corpus, its first case under another title."""
    case = CORPUS.cases[0]
    facts = case.facts.model_copy(update={"title": title})
    return dataclasses.replace(CORPUS, cases=(dataclasses.replace(case, facts=facts), *CORPUS.cases[1:]))


def exported(corpus: PublicCorpus | None = None) -> Any:
    """The document, read back."""
    return json.loads(files(corpus)["data/casebook.json"])


def written(name: str) -> Iterator[tuple[str, Any]]:
    """Folder name and content of that YAML file, for each sample case that everybody may see and that has it.

    Read with PyYAML alone, so that figures can be counted in another way than the program does.
    """
    for slug in (case.slug for case in samples().cases):
        file = CASES / slug / name
        if file.exists():
            yield slug, yaml.safe_load(file.read_text(encoding="utf-8"))
