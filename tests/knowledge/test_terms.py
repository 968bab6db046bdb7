"""Words of the glossary, found where they are said."""

from __future__ import annotations

import re

import pytest

from generator.knowledge.term_finder import TermFinder
from generator.knowledge.term_uses import term_uses
from generator.model.casebook import GlossaryEntry
from tests.pages.figures import plain_cases, samples


def finder(*terms: str, **also: tuple[str, ...]) -> TermFinder:
    """Looks for `terms`; `also` are other spellings of a term."""
    return TermFinder([GlossaryEntry(term=term, also=also.get(term, ()), meaning="意味") for term in terms])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SQLに渡す", ["SQL"]),
        ("MySQLを使う", []),
        ("SQLite", []),
        ("失注とサイレント失注", ["失注", "サイレント失注"]),
        ("カスタマージャーニーを描く", []),
        ("ジャーニーを描く", ["ジャーニー"]),
        ("この稟議書は", ["稟議"]),
        ("", []),
    ],
)
def test_a_word_is_found_whole(text: str, found: list[str]):
    """The longest wins; Latin letters and katakana that go on make another word, kanji do not."""
    assert [
        term for _, _, term in finder("SQL", "失注", "サイレント失注", "ジャーニー", "稟議").found_in(text)
    ] == found


def test_every_spelling_leads_to_its_term():
    """Other spellings are the same word; a place is counted in characters."""
    looking = finder("DMU", DMU=("意思決定関与者",))
    assert list(looking.found_in("誰が意思決定関与者か")) == [(2, "意思決定関与者", "DMU")]


def test_an_empty_glossary_finds_nothing():
    """Nor does it find everything."""
    assert list(TermFinder(()).found_in("何でも")) == []


def test_signs_of_a_pattern_are_plain_letters():
    """An editor may explain `C++` or `(仮)`."""
    assert [term for _, _, term in finder("(仮)", "A.B").found_in("これは(仮)でAxBではない")] == ["(仮)"]


def test_talks_are_counted_where_a_customer_used_the_word():
    """Counted here line by line in the samples: customers' lines only, and each talk once."""
    shown = samples()
    uses = term_uses(shown, TermFinder(shown.glossary), 3)
    spellings = {entry.term: (entry.term, *entry.also) for entry in shown.glossary}
    longer = [spelling for some in spellings.values() for spelling in some]
    for term, own in spellings.items():
        talks = []
        for case in shown.cases:
            people = plain_cases()[case.slug]["people"]
            customers = {p["voice"] for p in people if "voice" in p and p.get("side", "customer") == "customer"}
            lines = [cue.text for cue in case.transcript.cues if cue.voice in customers] if case.transcript else []
            if any(_says(line, spelling, longer) for line in lines for spelling in own):
                talks.append(case.slug)
        use = uses.get(term)
        assert (use.talks if use else 0) == len(talks), term
        assert [case.slug for case, _, _ in use.lines] == talks[:3] if use else not talks
        for _, cue, spelling in use.lines if use else ():
            assert spelling in cue.text


def _says(line: str, spelling: str, others: list[str]) -> bool:
    """Whether the line has the spelling, not as a part of a longer word."""
    for other in others:
        if spelling in other and other != spelling:
            line = line.replace(other, "＿")
    edge = "A-Za-z0-9" if spelling.isascii() else "ァ-ヺー"
    return re.search(f"(?<![{edge}]){re.escape(spelling)}(?![{edge}])", line) is not None or (
        not spelling.isascii() and not re.search("[ァ-ヺー]", spelling[0] + spelling[-1]) and spelling in line
    )
