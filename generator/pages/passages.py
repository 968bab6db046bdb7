"""How readers call the kinds of passages that search finds, and the languages of pages."""

from __future__ import annotations

from collections.abc import Iterable

from generator.pages.environment import Words
from generator.pages.page import Passage

KIND_NAMES = {
    "cue": "Said",
    "note": "Review note",
    "insight": "Insight",
    "need": "Need",
    "offer": "Offer",
    "journey": "Journey",
    "action": "Action",
    "fact": "About the case",
    "term": "Word explained",
}
"""Kind of passage -> msgid. `scripts/search/results.js` calls them the same."""
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}
"""Each in itself, as its readers look for it."""


def language_name(language: str) -> str:
    """`日本語` for `ja`."""
    return LANGUAGE_NAMES.get(language, language)


def with_kinds(words: Words, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages, each with its kind among the facets it is found by."""
    names = {kind: (words.say(name),) for kind, name in KIND_NAMES.items()}
    return tuple(
        Passage(
            passage.anchor,
            passage.kind,
            passage.text,
            passage.voice,
            passage.start_s,
            passage.side,
            {**passage.filters, "kind": names[passage.kind]},
        )
        for passage in passages
    )
