"""What pages are about, in the words of schema.org (version 29), for programs that read pages: JSON-LD 1.1.

A block of data, not a script: browsers do not run it, and the names of the vocabulary in it are not fetched. Addresses
in it are relative to the page, so that it holds below any address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from generator.model.casebook import GlossaryEntry, OwnCompany
from generator.model.vocabulary import InsightState
from generator.pages.library import Library
from generator.pages.page import Sound
from generator.publication import PublicCase

Node: TypeAlias = Mapping[str, object]

CONTEXT: Final = "https://schema.org"
_STANDS: Final = frozenset({InsightState.HYPOTHESIS, InsightState.HOLDS})


def of_case(library: Library, case: PublicCase, sound: Sound | None) -> Node:
    """A case: a report on a talk with a customer, its claims, and the recording where readers may listen."""
    facts, casebook = case.facts, library.corpus.casebook
    topics = [
        library.industry(facts.customer.industry).name,
        *(library.product(product).name for product in facts.products),
        *(library.tag(tag).name for tag in facts.tags),
    ]
    return {
        "@context": CONTEXT,
        "@type": "Report",
        "@id": "./",
        "name": facts.title,
        **({"abstract": facts.core.line} if facts.core else {}),
        "inLanguage": case.language,
        "datePublished": facts.dates.interview.isoformat(),
        "genre": library.words.label(facts.type),
        "about": [
            {"@type": "Organization", "name": facts.customer.alias},
            *({"@type": "Thing", "name": topic} for topic in topics),
        ],
        "publisher": _organization(casebook.own_company),
        "isPartOf": {"@type": "WebSite", "@id": "../../", "name": casebook.title},
        **({"audio": _audio(sound)} if sound else {}),
        "hasPart": [
            {"@type": "Claim", "@id": f"#insight-{insight.id}", "text": insight.claim}
            for insight in case.insights
            if insight.state in _STANDS
        ],
    }


def of_home(library: Library) -> Node:
    """The site, and how it is searched."""
    casebook = library.corpus.casebook
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": "./",
        "name": casebook.title,
        "inLanguage": library.words.language,
        "publisher": _organization(casebook.own_company),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": "search/?q={query}"},
            "query-input": "required name=query",
        },
    }


def of_glossary(title: str, entries: Iterable[tuple[str, GlossaryEntry]]) -> Node:
    """Words explained; each comes with its anchor."""
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "@id": "./",
        "name": title,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"#{anchor}",
                "name": entry.term,
                "description": entry.meaning,
                **({"alternateName": list(entry.also)} if entry.also else {}),
            }
            for anchor, entry in entries
        ],
    }


def of_data(library: Library, files: Iterable[tuple[str, str]]) -> Node:
    """The files to take along, each with its media type."""
    casebook = library.corpus.casebook
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": "./",
        "name": casebook.title,
        "creator": _organization(casebook.own_company),
        "isAccessibleForFree": False,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": name, "encodingFormat": media} for name, media in files
        ],
    }


def as_script(node: Node) -> str:
    """The data as JSON that cannot end the element it stands in."""
    written = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    return written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _organization(company: OwnCompany) -> Node:
    return {"@type": "Organization", "name": company.name}


def _audio(sound: Sound) -> Node:
    seconds = round(sound.duration_s)
    return {
        "@type": "AudioObject",
        "contentUrl": sound.address.rpartition("/")[2],
        "encodingFormat": "audio/mp4",
        "duration": f"PT{seconds // 3600}H{seconds // 60 % 60}M{seconds % 60}S",
    }
