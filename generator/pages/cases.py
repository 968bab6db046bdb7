"""The list of cases at `cases/`: one compact row each, newest interview first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.knowledge.decisions import size
from generator.knowledge.hubs.words import challenges_of
from generator.model.casebook import Product, Term
from generator.model.vocabulary import CaseType
from generator.pages.environment import environment
from generator.pages.facets import segment_marks, segment_options, size_options, terms
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves, marks_file
from generator.pages.page import Page, SiteFile
from generator.publication import PublicCase

ADDRESS = "cases/"
ROWS_ON_A_PAGE = 152
"""A row takes one to two kilobytes of HTML."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    case: PublicCase
    href: str
    industry: Term
    products: tuple[Product, ...]
    marks: Marks


@dataclass(frozen=True, slots=True)
class CasesView:
    """The view behind `cases.html.j2`."""

    leaf: Leaf[tuple[PublicCase, Marks]]
    rows: tuple[CaseRow, ...]
    total: int
    facets: tuple[Facet, ...]


def cases_pages(library: Library) -> Iterator[Page | SiteFile]:
    """The list, cut into pages, with its file of marks."""
    words = library.words
    marks: list[Marks] = [{**case_marks(case), "challenge": challenges_of(case)} for case in library.corpus.cases]
    titles = [(challenge.id, challenge.title) for challenge in library.corpus.challenges]
    by_challenge = facet("challenge", words.say("Challenge"), titles, marks)
    facets = (*case_facets(library, marks), *((by_challenge,) if by_challenge.options else ()))
    template = environment(library.texts).get_template("cases.html.j2")
    kept = marks_file(ADDRESS, facets, marks, ROWS_ON_A_PAGE)
    if kept:
        yield kept
    for leaf in leaves(list(zip(library.corpus.cases, marks, strict=True)), ADDRESS, ROWS_ON_A_PAGE, kept):
        root = "../" * leaf.address.count("/")
        rows = tuple(case_row(library, case, root, leaf.on_row(carried)) for case, carried in leaf.items)
        yield Page(
            address=leaf.address,
            title=words.say("Cases"),
            body=template.render(v=CasesView(leaf, rows, len(marks), facets)),
            kind="cases",
            description=words.say("All customers who talked to us, newest interview first."),
            crumbs=((words.say("Cases"), ADDRESS),) if leaf.number > 1 else (),
        )


def case_row(library: Library, case: PublicCase, root: str, marks: Marks | None = None) -> CaseRow:
    """The row of `case` on a page from which `root` leads to the site's root."""
    return CaseRow(
        case=case,
        href=f"{root}{ADDRESS}{case.slug}/",
        industry=library.industry(case.facts.customer.industry),
        products=tuple(map(library.product, case.facts.products)),
        marks=marks or {},
    )


def case_marks(case: PublicCase) -> Marks:
    """What a case is found by, here and on every page that can be cut to some of the cases."""
    facts = case.facts
    tags = dict.fromkeys((*facts.tags, *(tag for insight in case.insights for tag in insight.tags)))
    return {
        "type": (facts.type.value, *(("silent",) if facts.silent else ())),
        "industry": (facts.customer.industry,),
        "size": (size(case).value,) if facts.customer.employees else (),
        "product": facts.products,
        "competitor": facts.competitors,
        "segment": segment_marks(facts.segment),
        "tag": tuple(tags),
        "year": (str(facts.dates.interview.year),),
    }


def marks_by_case(cases: Iterable[PublicCase], names: Iterable[str]) -> Mapping[str, Marks]:
    """Folder name of each case -> those of its marks that are called `names`: computed once for many rows of a case."""
    return {case.slug: {name: marks[name] for name in names} for case in cases for marks in (case_marks(case),)}


def case_facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    """The ways to narrow down things that carry `case_marks`, without those that no item carries.

    The marks may be some of them only, beside others.
    """
    words, casebook = library.words, library.corpus.casebook
    years = sorted({year for carried in marks for year in carried.get("year", ())}, reverse=True)
    types = [(word.value, words.label(word)) for word in CaseType]
    candidates = (
        facet("type", words.say("Type"), [*types, ("silent", words.say("Silent loss"))], marks),
        facet("industry", words.say("Industry"), terms(casebook.industries), marks),
        facet("size", words.say("Size"), size_options(words), marks),
        facet("product", words.say("Product"), terms(casebook.products), marks),
        facet("competitor", words.say("Compared with"), terms(casebook.competitors), marks),
        facet("segment", words.say("Segment"), segment_options(words), marks),
        facet("tag", words.say("Tag"), terms(casebook.tags), marks),
        facet("year", words.say("Year"), [(year, year) for year in years], marks),
    )
    return tuple(candidate for candidate in candidates if candidate.options)
