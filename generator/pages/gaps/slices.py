"""What scripts need to compute the page for some of the cases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.knowledge.gaps import WANTED_ZONES, Gaps
from generator.model.vocabulary import Zone
from generator.pages.gaps.rows import ADDRESS
from generator.pages.library import Library
from generator.pages.listing import Facet, Marks
from generator.pages.page import SiteFile

SLICES = f"{ADDRESS}slices.json"
SLICED_BY = ("product", "competitor", "segment", "year")


def slices_file(library: Library, found: Gaps, by_case: Mapping[str, Marks], facets: Sequence[Facet]) -> SiteFile:
    """What scripts need to compute the page for some of the cases; `by_case` are those in it, with their marks.

    A case is `[marks, needs, unwanted of ours, of theirs]`: its marks are places in `values`, one list a facet; its
    needs are `[shared need, weight, zone, competitors]` by their places in the page's table, in `WANTED_ZONES` and in
    `rivals`, with -1 for a need that is mapped to none.
    """
    numbers = {need.id: place for place, need in enumerate(found.needs)}
    rivals = list(dict.fromkeys(rival for item in found.heard for rival in item.rivals))
    values = [[option.value for option in item.options] for item in facets]
    needs: dict[str, list[list[object]]] = {slug: [] for slug in by_case}
    unwanted = {slug: [0, 0] for slug in by_case}
    for item in found.heard:
        shared = item.zoned.need.shared
        place = -1 if shared is None else numbers[shared]
        theirs = [rivals.index(rival) for rival in item.rivals] if item.zone is Zone.THEIRS_ALONE else []
        needs[item.case.slug].append([place, item.weight, WANTED_ZONES.index(item.zone), theirs])
    for offer in found.unwanted:
        unwanted[offer.case.slug][offer.unwanted.competitor is not None] += 1
    content = {
        "names": [item.name for item in facets],
        "values": values,
        # Competitors are told by how often they win, and of equal ones by their identifiers.
        "rivals": [[identifier, library.competitor(identifier).name] for identifier in rivals],
        "cases": [
            [
                [
                    [known.index(value) for value in marks.get(item.name, ()) if value in known]
                    for item, known in zip(facets, values, strict=True)
                ],
                needs[slug],
                *unwanted[slug],
            ]
            for slug, marks in by_case.items()
        ],
    }
    return SiteFile(SLICES, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
