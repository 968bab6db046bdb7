"""All records of a slice in small files: what facets count, what results are sorted by, where words are looked up.

Pagefind has filters of its own, but it counts within one search, and a query here is several searches put together
(phrases, alternatives, exclusions), over lines that have facets of their own. About 40 bytes a record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.search.records import Record, Signature


class Stretch(NamedTuple):
    """Lines that stand together in the index."""

    signature: Signature
    block: int
    """Of the record's lines: the number of the file in which these are shown."""
    weight: int
    """What standing in them counts, beside 1 for what was said."""
    places: int
    """How many they take."""


def catalogue_json(records: Sequence[Record], stretches: Sequence[Sequence[Stretch]]) -> str:
    """The catalogue of a slice, its records in the order in which the index numbers them.

    - `kinds`, `dates`: of each record;
    - `facets`: name -> `values`, and `of` each record the numbers of those that it or any of its lines has;
    - `signatures`: the facets that lines have, as name -> numbers of values;
    - `groups`: of each record the numbers of the signatures of its lines, in the order in which the index has them.
    """
    found = _facets(records, stretches)
    facets = {
        name: {"values": values, "of": [[values.index(value) for value in of] for of in by_record]}
        for name, values, by_record in found
    }
    values_of = {name: values for name, values, _ in found}
    signatures = sorted({stretch.signature for of in stretches for stretch in of})
    numbers = {signature: number for number, signature in enumerate(signatures)}
    catalogue = {
        "kinds": [record.facts.kind for record in records],
        "dates": [record.facts.sort_date for record in records],
        "facets": facets,
        "signatures": [_numbered(signature, values_of) for signature in signatures],
        "groups": [[numbers[stretch.signature] for stretch in joined(of)] for of in stretches],
    }
    return json.dumps(catalogue, ensure_ascii=False, separators=(",", ":"))


def places_json(stretches: Sequence[Sequence[Stretch]]) -> str:
    """What places in the index mean; loaded with the first query.

    - `lengths`: of each record how many places the lines of each of its `groups` take; one more is behind them all;
    - `blocks`: of each record the file in which the lines of each of its `groups` are shown;
    - `weights`: of each record what standing in each of its `groups` counts.
    """
    places = {
        "lengths": [[stretch.places for stretch in joined(of)] for of in stretches],
        "blocks": [[stretch.block for stretch in joined(of)] for of in stretches],
        "weights": [[stretch.weight for stretch in joined(of)] for of in stretches],
    }
    return json.dumps(places, separators=(",", ":"))


def _facets(
    records: Sequence[Record], stretches: Sequence[Sequence[Stretch]]
) -> list[tuple[str, list[str], list[list[str]]]]:
    """Each facet with all of its values in their order, and those of each record and its lines."""
    found: dict[str, list[set[str]]] = {}
    for place, (record, of) in enumerate(zip(records, stretches, strict=True)):
        filters = [*record.facts.filters.items(), *(facet for stretch in of for facet in stretch.signature)]
        for name, values in filters:
            found.setdefault(name, [set() for _ in records])[place].update(values)
    return [
        (name, sorted(set().union(*by_record)), [sorted(of) for of in by_record])
        for name, by_record in sorted(found.items())
    ]


def _numbered(signature: Signature, values_of: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    return {name: [values_of[name].index(value) for value in values] for name, values in signature}


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same with neighbours of one signature, block and weight as one."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and found[-1][:3] == stretch[:3]:
            found[-1] = stretch._replace(places=found[-1].places + stretch.places)
        else:
            found.append(stretch)
    return found
