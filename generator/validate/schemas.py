"""JSON Schemas of everything an editor writes, made from the model, for completion and checks while typing.

Draft-07, because that is what the YAML language server of the common editors understands.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from generator.model.base import Record
from generator.model.case import CaseFile
from generator.model.casebook import Casebook, Challenges, Glossary, GuidedPath
from generator.model.deals import Deal
from generator.model.insight import Insights
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.value_map import ValueMap

DRAFT: Final = "http://json-schema.org/draft-07/schema#"

FILES: Final[dict[str, tuple[str, type[Record]]]] = {
    "casebook": ("casebook.yml", Casebook),
    "challenges": ("challenges.yml", Challenges),
    "glossary": ("glossary.yml", Glossary),
    "path": ("paths/<name>.yml", GuidedPath),
    "case": ("case.yml", CaseFile),
    "review": ("review.yml", Review),
    "insights": ("insights.yml", Insights),
    "value-map": ("value-map.yml", ValueMap),
    "journey": ("journey.yml", Journey),
}
"""Name of the schema -> the file it is for and that file's record."""
TABLES: Final[dict[str, tuple[str, type[Record]]]] = {"deals": ("deals.csv", Deal)}
"""The same for files that are tables: the record is that of a row, by the keys of its columns."""


def write_schemas(folder: Path) -> None:
    """Write `<name>.schema.json` for every kind of file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8")


def schema_texts() -> dict[str, str]:
    """The schemas by file name."""
    return {
        f"{name}.schema.json": json.dumps(draft_07(record, shown), ensure_ascii=False, indent=2) + "\n"
        for name, (shown, record) in (*FILES.items(), *TABLES.items())
    }


def draft_07(record: type[Record], shown: str) -> dict[str, Any]:
    """Pydantic's schema of a record, which is of draft 2020-12, in the words of draft-07."""
    schema = _converted(record.model_json_schema())
    definitions = schema.pop("definitions", {})
    schema |= {"$schema": DRAFT, "title": shown, "description": first_paragraph(record)}
    for definition in definitions.values():
        definition["description"] = definition.get("description", "").split("\n\n")[0]
    head = {key: schema.pop(key) for key in ("$schema", "title", "description")}
    return {**head, **schema, **({"definitions": definitions} if definitions else {})}


def first_paragraph(record: type[Record]) -> str:
    """What the record's docstring begins with, on one line."""
    return " ".join((record.__doc__ or "").strip().split("\n\n")[0].split())


def _converted(part: Any) -> Any:
    if isinstance(part, list):
        return [_converted(item) for item in part]
    if not isinstance(part, dict):
        return part
    converted = {("definitions" if key == "$defs" else key): _converted(value) for key, value in part.items()}
    reference = converted.get("$ref")
    if isinstance(reference, str):
        converted["$ref"] = reference.replace("#/$defs/", "#/definitions/")
        if len(converted) > 1:  # Draft-07 ignores everything beside a $ref.
            converted["allOf"] = [{"$ref": converted.pop("$ref")}]
    return converted
