"""Words explained, at `glossary/`, sorted by their reading, each with lines in which customers used it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.term_uses import TermUse, term_uses
from generator.model.casebook import GlossaryEntry
from generator.model.evidence import Evidence
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.linked_data import of_glossary
from generator.pages.page import Heading, Page, Passage, SearchFacts
from generator.pages.passages import with_kinds
from generator.pages.quotes import Quote, quotes
from generator.pages.terms import marked, term_anchor

ADDRESS = "glossary/"
ROOT = "../"
LINES_SHOWN = 3
LINES_ON_THE_PAGE = 180
"""With more words, each has fewer lines: a line takes some seven hundred bytes of HTML."""


@dataclass(frozen=True, slots=True)
class UsedLine:
    """A line in which a customer used the word."""

    quote: Quote
    marked: Markup
    """The line with the word marked."""
    case_title: str
    case_href: str


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """A word with its anchor."""

    anchor: str
    """`term-サイレント失注`"""
    entry: GlossaryEntry
    meaning: Markup
    """With other words linked where they stand on this page first."""
    lines: tuple[UsedLine, ...]
    talks: int
    """Talks in which a customer used the word."""


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
    rows = _rows(library)
    by_initial: dict[str, list[GlossaryRow]] = {}
    for row in rows:
        by_initial.setdefault(initial(row.entry), []).append(row)
    view = GlossaryView(
        tuple(GlossaryGroup(f"initial-{letter}", letter, tuple(found)) for letter, found in by_initial.items())
    )
    passages = with_kinds(
        words,
        [Passage(row.anchor, "term", "\n".join((row.entry.term, *row.entry.also, row.entry.meaning))) for row in rows],
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


def _rows(library: Library) -> list[GlossaryRow]:
    entries = sorted(library.corpus.glossary, key=_sort_key)
    limit = min(LINES_SHOWN, max(1, LINES_ON_THE_PAGE // max(1, len(entries))))
    uses = term_uses(library.corpus, library.term_finder, limit) if entries else {}
    return [_row(library, entry, uses.get(entry.term) or TermUse()) for entry in entries]


def _row(library: Library, entry: GlossaryEntry, use: TermUse) -> GlossaryRow:
    # A word leads to others, not to itself; each entry is read for itself, so it links what it mentions.
    links = library.term_links(ROOT)
    links.skip(entry.term)
    return GlossaryRow(
        anchor=term_anchor(entry.term),
        entry=entry,
        meaning=links(entry.meaning),
        lines=tuple(_lines(library, use)),
        talks=use.talks,
    )


def _lines(library: Library, use: TermUse) -> Iterator[UsedLine]:
    for case, cue, spelling in use.lines:
        for quote in quotes(library, case, (Evidence(cues=cue.id),), page_of=None, root=ROOT):
            line = marked(quote.words, spelling)
            yield UsedLine(quote, line, case.facts.title, f"{ROOT}cases/{case.slug}/")


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
