"""The whole public knowledge as one document."""

from __future__ import annotations

import dataclasses
import json
import re

import jsonschema

from generator.interchange.document import OF_THE_GATE, schema
from generator.publication import PublicCorpus
from generator.publication.gate import publish
from generator.sources.webvtt import parse
from generator.validate import load_corpus
from tests.interchange.given import CASES, ON, exported, files, samples, written
from tests.pages.knowledge import CORPUS, EMPTY


def test_the_document_is_what_its_schema_says():
    """Whoever reads it can rely on the schema: of the samples, of a small corpus, of an empty one."""
    checker = jsonschema.Draft202012Validator(json.loads(schema()))
    checker.check_schema(checker.schema)
    for corpus in (samples(), CORPUS, EMPTY):
        assert [error.message for error in checker.iter_errors(exported(corpus))] == []


def test_the_schema_refuses_what_the_document_never_has():
    """A key that nobody described is a mistake in the document, not a surprise for its readers."""
    checker = jsonschema.Draft202012Validator(json.loads(schema()))
    document = exported(CORPUS)
    document["cases"][0]["customer"]["name"] = "北辰電設"
    assert not checker.is_valid(document)


def test_every_key_says_what_it_means():
    """The schema is the documentation: each property and each record is described, or explains itself by its type."""
    definitions = json.loads(schema())["$defs"]
    undescribed = [
        f"{name}.{key}"
        for name, definition in definitions.items()
        for key, value in definition.get("properties", {}).items()
        if not value.get("description") and not re.search(r'"\$ref"', json.dumps(value))
    ]
    assert set(undescribed) <= {
        f"ExportedCase.{key}" for key in ("title", "products", "competitors", "tags", "related")
    }


def test_nothing_of_the_gate_is_in_it():
    """Neither the customer's name nor who may see what is among the keys, of the document and of its schema."""
    keys = set(re.findall(r'"(\w+)":', files()["data/casebook.json"].decode()))
    assert not keys & (OF_THE_GATE - {"audiences"})
    names = [content["customer"]["name"] for _, content in written("case.yml")]
    text = files()["data/casebook.json"].decode()
    assert len(names) == len(samples().cases)
    assert [name for name in names if name in text] == []


def test_every_line_that_may_be_read_is_there():
    """As many lines as the transcripts have cues, counted from the files, and the same words."""
    for case in exported()["cases"]:
        cues = parse((CASES / case["slug"] / "transcript.vtt").read_bytes()).cues
        assert [line["id"] for line in case["lines"]] == [cue.id for cue in cues]
        assert all(line["text"] for line in case["lines"])


def test_a_withheld_line_is_not_there():
    """Neither its words nor its name."""
    case = CORPUS.cases[0]
    hidden = case.transcript.cues[0].id
    corpus = dataclasses.replace(CORPUS, cases=(dataclasses.replace(case, withheld_cues=frozenset({hidden})),))
    (told,) = exported(corpus)["cases"]
    assert hidden not in [line["id"] for line in told["lines"]]
    assert len(told["lines"]) == len(case.transcript.cues) - 1


def test_figures_are_those_of_the_files():
    """Insights, actions, needs, steps and notes, counted from the YAML."""
    cases = {case["slug"]: case for case in exported()["cases"]}
    for slug, content in written("insights.yml"):
        assert len(cases[slug]["insights"]) == len(content["insights"])
        told = [len(insight["actions"]) for insight in cases[slug]["insights"]]
        assert told == [len(insight.get("actions", ())) for insight in content["insights"]]
    for slug, content in written("value-map.yml"):
        assert set(cases[slug]["zones"]) == {need["id"] for need in content["needs"]}
    for slug, content in written("journey.yml"):
        assert len(cases[slug]["journey"]["steps"]) == len(content["steps"])


def test_the_narrowest_audience_gets_no_more_than_the_widest():
    """A site for everybody has the lesser document."""
    corpus = load_corpus(CASES).corpus
    assert corpus is not None
    everybody, management = (publish(corpus, audience=audience, on=ON)[0] for audience in (None, "management"))
    assert len(files(everybody)["data/casebook.json"]) < len(files(management)["data/casebook.json"])
    assert exported(management)["audience"] == "management"
    assert isinstance(everybody, PublicCorpus)
