"""The sample cases as a test reads them: plain YAML, nothing of the product in between."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.build import read_cases
from generator.publication import PublicCorpus

CASES = Path(__file__).parents[2] / "cases"
DAY = dt.date(2026, 11, 22)
"""On which the samples are looked at."""


class _Loader(yaml.CSafeLoader):
    """YAML 1.1 takes `on` for a truth; here it is a key."""


_LOADED = _Loader.yaml_implicit_resolvers
_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"] for first, rules in _LOADED.items()
}


@cache
def plain_cases() -> dict[str, dict[str, Any]]:
    """Folder of each sample case -> its case.yml, newest interview first."""
    found = {
        path.parent.name: yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
        for path in CASES.glob("*/case.yml")
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1]["dates"]["interview"].toordinal(), item[0])))


@cache
def plain_file(slug: str, name: str) -> dict[str, Any]:
    """A file of a sample case: `insights.yml`."""
    written = (CASES / slug / name).read_text(encoding="utf-8")
    return dict(yaml.load(written, _Loader))  # noqa: S506 - a safe loader


@cache
def plain_book(name: str) -> dict[str, Any]:
    """A file of the knowledge base beside its cases: `casebook.yml`."""
    return dict(yaml.load((CASES / name).read_text(encoding="utf-8"), _Loader))  # noqa: S506 - a safe loader


def plain_insights() -> list[tuple[str, dict[str, Any]]]:
    """Every insight of the samples with its case's folder, newest interview first."""
    return [(slug, insight) for slug in plain_cases() for insight in plain_file(slug, "insights.yml")["insights"]]


@cache
def samples(audience: str | None = None) -> PublicCorpus:
    """What `audience` may see of the samples."""
    return read_cases(CASES, language="ja", audience=audience, on=DAY).public
