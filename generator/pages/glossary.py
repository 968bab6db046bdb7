"""Words explained, at `glossary/`, sorted by their reading."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from generator.model.casebook import GlossaryEntry
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.linked_data import of_glossary
from generator.pages.page import Heading, Page, Passage, SearchFacts

ADDRESS = "glossary/"


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """A word with its anchor."""

    anchor: str
    """`term-サイレント失注`"""
    entry: GlossaryEntry


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    """The words that begin alike."""

    id: str
    title: str
    """`あ`, `か` ... or `A`, `B` ..."""
    rows: tuple[GlossaryRow, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The view behind `glossary.html.j2`."""

    groups: tuple[GlossaryGroup, ...]


def glossary_page(library: Library) -> Page:
    """The page of all words explained."""
    words = library.words
    rows = [GlossaryRow(term_anchor(entry.term), entry) for entry in sorted(library.corpus.glossary, key=_sort_key)]
    by_initial: dict[str, list[GlossaryRow]] = {}
    for row in rows:
        by_initial.setdefault(initial(row.entry), []).append(row)
    view = GlossaryView(
        tuple(GlossaryGroup(f"initial-{letter}", letter, tuple(found)) for letter, found in by_initial.items())
    )
    passages = tuple(
        Passage(row.anchor, "term", "\n".join((row.entry.term, *row.entry.also, row.entry.meaning))) for row in rows
    )
    return Page(
        address=ADDRESS,
        title=words.say("Glossary"),
        body=environment(library.texts).get_template("glossary.html.j2").render(v=view),
        kind="glossary",
        description=words.say("Words as we use them here."),
        headings=tuple(Heading(group.id, group.title, 2) for group in view.groups),
        linked_data=of_glossary(words.say("Glossary"), ((row.anchor, row.entry) for row in rows)) if rows else None,
        search=SearchFacts("hub", library.corpus.casebook.language, passages) if passages else None,
    )


def term_anchor(term: str) -> str:
    """Anchor of a word: itself, without spaces, which no identifier may hold."""
    return "term-" + "-".join(term.split())


def initial(entry: GlossaryEntry) -> str:
    """The column of the syllabary (`あ` for あ to お ...) or the letter under which a word stands."""
    first = unicodedata.normalize("NFKC", entry.reading or entry.term)[0]
    plain = unicodedata.normalize("NFD", first)[0]  # が is か with a mark
    if "ァ" <= plain <= "ヶ":
        plain = chr(ord(plain) - 0x60)  # katakana lies 0x60 above hiragana
    if plain in "ぁぃぅぇぉっゃゅょゎ":
        plain = chr(ord(plain) + 1)  # a small letter lies one below the large one
    if "あ" <= plain <= "ん":
        return next(column for column in reversed("あかさたなはまやらわ") if column <= plain)
    return plain.upper()


def _sort_key(entry: GlossaryEntry) -> tuple[str, str]:
    return unicodedata.normalize("NFKC", entry.reading or entry.term).casefold(), entry.term
