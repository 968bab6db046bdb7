"""The JSON Schemas and the reference pages are those of the model, and hold for what editors really write."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.sources.yaml import read_yaml
from generator.validate.reference import reference_texts
from generator.validate.schemas import FILES, TABLES, schema_texts
from tests.support.flaws import FLAWS

ROOT = Path(__file__).parents[2]
KNOWLEDGE_BASES = (ROOT / "cases", FLAWS / "base")
SCHEMAS = [f"{name}.schema.json" for name in (*FILES, *TABLES)]
REFERENCE = ["formats.ja.md", "formats.md", "problems.ja.md", "problems.md"]
schemas = cache(schema_texts)
reference = cache(reference_texts)


def files_of(name: str) -> list[Path]:
    """The files for which a schema is."""
    pattern = {"path": "paths/*.yml"}.get(name, FILES[name][0])
    return sorted(path for base in KNOWLEDGE_BASES for way in (pattern, f"*/{pattern}") for path in base.glob(way))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_in_the_repository_are_those_of_the_model(name: str) -> None:
    """Renew them with `casebook schemas` after a change of the model."""
    assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == schemas()[name]


def test_no_schema_is_left_over() -> None:
    """Nobody completes by a schema of something that is gone."""
    assert {path.name for path in (ROOT / "schemas").glob("*.json")} == set(schemas()) == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_draft_07_and_strict(name: str) -> None:
    """What editors' language servers understand; every mapping refuses keys that are not described."""
    schema = json.loads(schemas()[name])
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    mappings = [part for part in parts(schema) if part.get("type") == "object"]
    assert mappings
    assert all(part["additionalProperties"] is False for part in mappings)
    assert not any({"$defs", "prefixItems"} & set(part) for part in parts(schema))
    assert all(set(part) == {"$ref"} for part in parts(schema) if "$ref" in part)


def parts(schema: Any) -> list[dict[str, Any]]:
    """Every mapping inside a schema."""
    if isinstance(schema, list):
        return [part for item in schema for part in parts(item)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(part for value in schema.values() for part in parts(value))]


@pytest.mark.parametrize("name", FILES)
def test_what_editors_write_conforms(name: str) -> None:
    """An editor's file that the check accepts is not underlined in red."""
    validator = jsonschema.Draft7Validator(json.loads(schemas()[f"{name}.schema.json"]))
    files = files_of(name)
    assert files
    for path in files:
        assert not list(validator.iter_errors(read_yaml(path.read_bytes()).data)), path


@pytest.mark.parametrize("name", REFERENCE)
def test_reference_pages_in_the_repository_are_those_of_model_and_catalogues(name: str) -> None:
    """Renew them with `casebook reference` after a change of the model, a code or a wording."""
    assert sorted(reference()) == REFERENCE
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == reference()[name]
