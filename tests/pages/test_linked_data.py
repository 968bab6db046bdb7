"""What pages say to programs, in the words of schema.org."""

from __future__ import annotations

import dataclasses
import json

from generator.model.vocabulary import InsightState
from generator.pages.linked_data import as_script, of_case, of_home
from tests.interchange.given import library, retitled, samples
from tests.pages.knowledge import CORPUS, HOSTILE
from tests.pages.sample import sound


def test_a_case_is_a_report_with_its_claims():
    """The alias stands for the customer, and each claim that still stands has its place on the page."""
    for case in samples().cases:
        node = of_case(library(), case, None)
        standing = [item for item in case.insights if item.state in {InsightState.HYPOTHESIS, InsightState.HOLDS}]
        assert node["about"][0]["name"] == case.facts.customer.alias
        assert [part["@id"] for part in node["hasPart"]] == [f"#insight-{item.id}" for item in standing]
        assert "audio" not in node


def test_a_recording_is_named_only_where_readers_may_listen():
    """Its length is written as ISO 8601 wants it."""
    case = CORPUS.cases[0]
    heard = dataclasses.replace(sound(case), duration_s=3723.4)
    assert of_case(library(CORPUS), case, heard)["audio"]["duration"] == "PT1H2M3S"
    assert "audio" not in of_case(library(CORPUS), case, None)


def test_nothing_in_it_ends_the_script_element():
    """An editor's words stay data, and are the same when read back."""
    corpus = retitled(HOSTILE)
    node = of_case(library(corpus), corpus.cases[0], None)
    written = as_script(node)
    assert not {"<", ">", "&"} & set(written)
    assert json.loads(written) == node


def test_the_home_page_says_how_to_search():
    """A browser or a portal can send its words to our search."""
    assert of_home(library())["potentialAction"]["target"]["urlTemplate"] == "search/?q={query}"
