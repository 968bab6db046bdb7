"""What this knowledge base is, how fresh it is, what is left out and why, and how to add to it: `about/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.casebook import GuideQuestion, OwnCompany
from generator.model.vocabulary import Topic
from generator.pages.cases import CaseRow, case_row
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page
from generator.publication.public import WithholdingReason

ADDRESS = "about/"
ROOT = "../"


@dataclass(frozen=True, slots=True)
class YearBar:
    """How many interviews of a year are here."""

    year: int
    count: int
    share: int
    """In percent of the fullest year."""
    href: str


@dataclass(frozen=True, slots=True)
class AboutView:
    """The view behind `about.html.j2`."""

    company: OwnCompany
    newest: CaseRow | None
    years: tuple[YearBar, ...]
    """Newest first, with the years in between that have none."""
    withheld: tuple[tuple[WithholdingReason, int], ...]
    """How many cases are withheld as a whole, by reason."""
    withheld_parts: tuple[tuple[WithholdingReason, int], ...]
    """How many parts of cases that are shown are withheld, by reason."""
    audience: str
    """Name of the audience for which this site is built; empty for everybody."""
    retention_months: int | None
    guide: tuple[tuple[Topic, tuple[GuideQuestion, ...]], ...]
    """The topics that the interview digs for, each with its questions."""
    has_glossary: bool
    has_paths: bool


def about_page(library: Library) -> Page:
    """The page about the knowledge base."""
    words, corpus = library.words, library.corpus
    casebook = corpus.casebook
    view = AboutView(
        company=casebook.own_company,
        newest=case_row(library, corpus.cases[0], ROOT) if corpus.cases else None,
        years=_years(library),
        withheld=_by_reason(corpus.withheld),
        withheld_parts=_by_reason(corpus.withheld_parts),
        audience=next((item.name for item in casebook.audiences if item.id == corpus.audience), ""),
        retention_months=casebook.retention.months if casebook.retention else None,
        guide=tuple(
            (topic, questions)
            for topic in Topic
            if (questions := tuple(item for item in casebook.guide if item.topic is topic))
        ),
        has_glossary=bool(corpus.glossary),
        has_paths=bool(corpus.paths),
    )
    return Page(
        address=ADDRESS,
        title=words.say("About this knowledge base"),
        body=environment(library.texts).get_template("about.html.j2").render(v=view),
        kind="about",
        description=words.say("What is here, how to add to it, and what is left out and why."),
        headings=(
            Heading("what", words.say("What this is"), 2),
            Heading("fresh", words.say("How fresh it is"), 2),
            Heading("add", words.say("Add a case"), 2),
            *((Heading("guide", words.say("What to ask"), 2),) if view.guide else ()),
            Heading("withheld", words.say("What is not shown"), 2),
            Heading("keys", words.say("Keyboard"), 2),
        ),
    )


def _by_reason(counts: Mapping[WithholdingReason, int]) -> tuple[tuple[WithholdingReason, int], ...]:
    """The counts that are not zero, in the order in which reasons are asked for."""
    return tuple((reason, counts[reason]) for reason in WithholdingReason if counts.get(reason))


def _years(library: Library) -> tuple[YearBar, ...]:
    counts = Counter(case.facts.dates.interview.year for case in library.corpus.cases)
    if not counts:
        return ()
    most = max(counts.values())
    return tuple(
        YearBar(year, counts[year], round(100 * counts[year] / most), f"{ROOT}cases/?year={year}")
        for year in range(max(counts), min(counts) - 1, -1)
    )
