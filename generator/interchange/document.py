"""The whole public knowledge as one JSON document, and the JSON Schema that describes it.

The records are those of the model, as the gate left them; what only the gate reads (consent, limits, terms to redact)
is not among their keys.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field, TypeAdapter

from generator.interchange.lines import Line, lines
from generator.knowledge.zones import zones
from generator.model.base import Record
from generator.model.case import (
    Account,
    CaseDates,
    CaseFile,
    Core,
    Customer,
    HandOver,
    MiniTemplate,
    Segment,
    Stakeholder,
)
from generator.model.casebook import Casebook, Challenge, GlossaryEntry
from generator.model.insight import Insight
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.value_map import ValueMap
from generator.model.vocabulary import CaseType, Zone
from generator.publication import PublicCase, PublicCorpus

FORMAT_VERSION: Final = 1
"""Raised when a key changes its meaning or goes away; new keys may come at any time."""
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
OF_THE_GATE: Final = frozenset(
    {"consent", "limits", "redact", "only", "audiences", "retention", "synonyms", "guide", "interviews"}
)
"""Keys of the model by which it is decided who may see what, or which say nothing about customers."""
_NEVER_TOLD: Final[Mapping[str, frozenset[str]]] = {"Customer": frozenset({"name"})}


class ExportedCase(Record):
    """One case with everything that stands on its page."""

    slug: str = Field(description="Folder name; the page is `cases/<slug>/`")
    address: str = Field(description="Address of the page, relative to the site's root")
    language: str = Field(description="Language of its texts, `ja` or `en`")
    title: str
    type: CaseType
    silent: bool = Field(description="Nobody saw the loss coming")
    customer: Customer
    products: tuple[str, ...]
    competitors: tuple[str, ...]
    segment: Segment | None
    dates: CaseDates
    months_between: int = Field(description="Whole months from the decision to the interview")
    people: tuple[Stakeholder, ...]
    core: Core | None
    template: MiniTemplate | None
    lead: tuple[HandOver, ...]
    account: Account | None
    tags: tuple[str, ...]
    related: tuple[str, ...]
    lines: tuple[Line, ...] = Field(description="The talk; lines that may not be read are left out")
    review: Review | None
    insights: tuple[Insight, ...]
    value_map: ValueMap | None
    zones: dict[str, Zone] = Field(description="Need of the value map -> the zone it lies in")
    journey: Journey | None


class ExportedCasebook(Record):
    """The whole public knowledge of one site."""

    format: int = Field(description="Version of this format", examples=[FORMAT_VERSION])
    built_on: dt.date = Field(description="Day for which consent and retention were judged")
    audience: str | None = Field(description="Audience for whom the site was built; none is everybody")
    casebook: Casebook
    challenges: tuple[Challenge, ...]
    glossary: tuple[GlossaryEntry, ...]
    cases: tuple[ExportedCase, ...] = Field(description="Newest interview first")


_WHOLE: Final = TypeAdapter(ExportedCasebook)
_CASE: Final = TypeAdapter(ExportedCase)
"""They write bytes: a record's own method would make a text first."""


def document(corpus: PublicCorpus) -> Iterator[bytes]:
    """The document piece by piece, in UTF-8. What is not said (null) is left out."""
    whole = ExportedCasebook.model_construct(
        format=FORMAT_VERSION,
        built_on=corpus.built_on,
        audience=corpus.audience,
        casebook=corpus.casebook,
        challenges=corpus.challenges,
        glossary=corpus.glossary,
        cases=(),
    )
    head, tail = _WHOLE.dump_json(whole, exclude_none=True, exclude=_WITHHELD).rsplit(b"[]", 1)
    yield head + b"["
    # Case by case: their lines all at once would be a third of a million objects, and twice the time.
    for number, case in enumerate(corpus.cases):
        if number:
            yield b","
        yield _CASE.dump_json(_exported(case), exclude_none=True, exclude=_WITHHELD_IN_CASES)
    yield b"]" + tail


def schema() -> bytes:
    """The JSON Schema (draft 2020-12) of the document.

    What a record is stands in the descriptions of the keys that hold it. Docstrings are not asked: an optimising
    interpreter has none, and the same input has to give the same bytes.
    """
    described = _without_the_gate(ExportedCasebook.model_json_schema(mode="serialization"))
    return (json.dumps({"$schema": DRAFT, **described}, ensure_ascii=False, indent=1) + "\n").encode()


def _exported(case: PublicCase) -> ExportedCase:
    facts: CaseFile = case.facts
    return ExportedCase.model_construct(
        slug=case.slug,
        address=f"cases/{case.slug}/",
        language=case.language,
        months_between=case.months_between,
        lines=lines(case),
        review=case.review,
        insights=case.insights,
        value_map=case.value_map,
        zones={item.need.id: item.zone for item in zones(case.value_map).needs} if case.value_map else {},
        journey=case.journey,
        **{name: getattr(facts, name) for name in _OF_CASE_FILE},
    )


_OF_CASE_FILE: Final = tuple(
    name for name in ExportedCase.model_fields if name in CaseFile.model_fields and name != "language"
)
_EACH: Final = "__all__"
_ONLY: Final = {_EACH: {"only": True}}
_WITHHELD: Final[Any] = {"casebook": {name: True for name in OF_THE_GATE if name in Casebook.model_fields}}
"""Keys of the model that the document does not have, as pydantic's `exclude` wants them."""
_WITHHELD_IN_CASES: Final[Any] = {
    "customer": {"name": True},
    "people": {_EACH: {"consent": True}},
    "review": {"notes": _ONLY},
    "insights": {_EACH: {"only": True, "actions": _ONLY}},
    "value_map": {"needs": _ONLY, "offers": _ONLY, "rivals": {_EACH: {"offers": _ONLY}}},
    "journey": {"steps": _ONLY},
}


def _without_the_gate(part: Any) -> Any:
    """A schema without the keys that the document does not have, and the records that only those hold."""
    if isinstance(part, list):
        return [_without_the_gate(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _without_the_gate(value) for key, value in part.items() if key != "title" or isinstance(value, dict)}
    if "properties" in part:
        hidden = OF_THE_GATE | _NEVER_TOLD.get(str(part.get("title")), frozenset())
        own = part.get("title") == "ExportedCasebook"  # has a key `audience` and no other of the gate's
        names = [name for name in kept["properties"] if own or name not in hidden]
        kept["properties"] = {name: kept["properties"][name] for name in names}
        kept["additionalProperties"] = False
        # What is null is left out, so that only what has no null is required.
        kept["required"] = [name for name in names if name in part.get("required", ()) and not _may_be_null(kept, name)]
    if "$defs" in kept:
        definitions = {name: kept["$defs"][name] for name in sorted(_used(kept, kept["$defs"]))}
        for described in (kept, *definitions.values()):
            described.pop("description", None)
        kept["$defs"] = definitions
    return kept


def _may_be_null(part: Mapping[str, Any], name: str) -> bool:
    return {"type": "null"} in part["properties"][name].get("anyOf", ())


def _used(part: Mapping[str, Any], definitions: Mapping[str, Any]) -> set[str]:
    """The definitions that the properties of `part` lead to."""
    used: set[str] = set()
    waiting = list(_references(part["properties"]))
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += _references(definitions[name])
    return used


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _references(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield str(value).rpartition("/")[2]
            else:
                yield from _references(value)
