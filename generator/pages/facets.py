"""What several lists are narrowed down by: the company's own words and the fixed ones, each with its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.knowledge.decisions import Size
from generator.model.case import Segment
from generator.model.casebook import Department, Term
from generator.model.vocabulary import Preference, SegmentKind
from generator.pages.environment import Words
from generator.pages.listing import Facet, Marks, facet

Options = Sequence[tuple[str, str]]
"""Values with their labels, in order."""


def terms(vocabulary: Iterable[Term]) -> Options:
    """The words of a controlled vocabulary."""
    return [(term.id, term.name) for term in vocabulary]


def department_facet(words: Words, departments: Sequence[Department], items: Iterable[Marks]) -> Facet:
    """Departments, with their hues."""
    hues = {department.id: department.hue for department in departments}
    return facet("department", words.say("Department"), terms(departments), items, hues)


def segment_marks(segment: Segment | None) -> tuple[str, ...]:
    """By which segments a case is found: of the five, and of the nine when its preference is known."""
    if segment is None:
        return ()
    kind, preference = segment.kind.value, segment.preference
    return (kind, f"{kind}-{preference.value}") if preference else (kind,)


def segment_options(words: Words) -> Options:
    """The five segments, each followed by those of the nine that it holds."""
    return [
        option
        for kind in SegmentKind
        for option in (
            (kind.value, words.label(kind)),
            *((f"{kind.value}-{side.value}", f"{words.label(kind)} - {words.label(side)}") for side in Preference),
        )
    ]


def size_options(words: Words) -> Options:
    """Sizes of customers; see `generator.knowledge.decisions.Size`."""
    names = {
        Size.UP_TO_100: words.say("Up to 100 employees"),
        Size.UP_TO_300: words.say("101 to 300 employees"),
        Size.UP_TO_999: words.say("301 to 999 employees"),
        Size.FROM_1000: words.say("1,000 employees and more"),
        Size.UNKNOWN: words.say("Number not written down"),
    }
    return [(found.value, names[found]) for found in Size]
