"""All records in one small file: what facets count, what results are sorted by, what is listed when nothing is asked.

Pagefind has filters of its own, but it counts within one search, and a query here is several searches put together
(phrases, alternatives, exclusions). About 40 bytes a record.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.search.records import Record


def catalogue_json(records: Sequence[Record], ids: Sequence[str], build: str) -> str:
    """The catalogue of `records`, whose names in the index are `ids`, in the same order."""
    facets: dict[str, dict[str, list[object]]] = {}
    for name in sorted({name for record in records for name in record.facts.filters}):
        values = sorted({value for record in records for value in record.facts.filters.get(name, ())})
        number = {value: index for index, value in enumerate(values)}
        facets[name] = {
            "values": list(values),
            "of": [[number[value] for value in record.facts.filters.get(name, ())] for record in records],
        }
    catalogue = {
        "build": build,
        "ids": list(ids),
        "kinds": [record.facts.kind for record in records],
        "dates": [record.facts.sort_date for record in records],
        "facets": facets,
    }
    return json.dumps(catalogue, ensure_ascii=False, separators=(",", ":"))
