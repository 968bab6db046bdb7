"""Every page of the site, in a fixed order: what readers open first comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from generator.pages.about import about_page
from generator.pages.accounts import accounts_pages
from generator.pages.across import BELOW, across_page, crumb
from generator.pages.actions import actions_pages
from generator.pages.cases import cases_pages
from generator.pages.decisions import decisions_pages
from generator.pages.gaps import gaps_pages
from generator.pages.glossary import glossary_page
from generator.pages.home import home_page
from generator.pages.hubs import hubs_pages
from generator.pages.in_parallel import Part, render_in_parallel
from generator.pages.insights import insights_pages
from generator.pages.journeys import journeys_pages
from generator.pages.leads import leads_pages
from generator.pages.library import Library
from generator.pages.page import Announcement, Page, SiteFile, SitePages, Sound
from generator.pages.paths import paths_pages
from generator.pages.patterns import patterns_page
from generator.pages.search import search_page
from generator.pages.segments import segments_page
from generator.pages.success import success_pages
from generator.pages.tags import tags_page
from generator.pages.voices import voices_pages
from generator.pages.whom_next import whom_next_pages
from generator.publication import PublicCorpus
from generator.texts import Texts


def render_site(  # noqa: PLR0913 - all but the first three are named options with defaults
    corpus: PublicCorpus,
    sounds: Mapping[str, Sound],
    texts: Texts,
    *,
    searchable: bool = True,
    site_url: str = "",
    beside: Sequence[Part] = (),
    across: Sequence[Part] | None = None,
    jobs: int | None = None,
) -> SitePages:
    """All pages of `corpus` in the language of `texts`; `sounds` are the recordings that may be played, by case.

    `site_url` is where the site will be, ending in a slash. `across` renders the pages across cases, all of them when
    None, and `beside` makes what comes with them: feeds and exports. Pages are rendered on `jobs` processes (all cores
    when None), what comes with them is made by this one: handing over a hundred megabytes takes a third as long as
    making them. Returns when the pages across cases are there and those of cases, which carry search facts unless
    `searchable` is False, are on their way.
    """
    library = Library(corpus, texts, site_url)
    parts = ACROSS_CASES if across is None else across
    rendered = render_in_parallel(library, parts, sounds, searchable=searchable, jobs=jobs)
    with_pages = [item for part in beside for item in part(library)]
    made = (*chain.from_iterable(islice(rendered, len(parts))), *with_pages)
    across_cases = tuple(_placed(page, crumb(library)) for page in _pages(made))
    announced = (
        *(Announcement(page.address, page.title) for page in across_cases),
        *(Announcement(f"cases/{case.slug}/", case.facts.title) for case in corpus.cases),
    )
    files = tuple(item for item in made if isinstance(item, SiteFile))
    return SitePages(announced, chain(across_cases, _pages(chain.from_iterable(rendered))), files)


def _pages(made: Iterable[Page | SiteFile]) -> Iterator[Page]:
    return (item for item in made if isinstance(item, Page))


def _placed(page: Page, above: tuple[str, str]) -> Page:
    """A page that has no tab of its own, below the overview that leads to it."""
    return replace(page, crumbs=(above, *page.crumbs)) if page.address.split("/")[0] in BELOW else page


def _first_pages(library: Library) -> Iterator[Page | SiteFile]:
    yield home_page(library)
    yield across_page(library)
    yield search_page(library.texts)
    yield from cases_pages(library)


def _other_pages(library: Library) -> Iterator[Page | SiteFile]:
    yield segments_page(library)
    yield from accounts_pages(library)
    yield from leads_pages(library)
    yield from whom_next_pages(library)
    yield from paths_pages(library)
    yield glossary_page(library)
    yield about_page(library)
    yield patterns_page(library.texts)


def _word_pages(library: Library) -> Iterator[Page]:
    yield tags_page(library)
    yield from hubs_pages(library)


ACROSS_CASES = (
    _first_pages,
    insights_pages,
    actions_pages,
    gaps_pages,
    journeys_pages,
    decisions_pages,
    voices_pages,
    _word_pages,
    success_pages,
    _other_pages,
)
"""What renders the pages across cases, in parts that take about as long as each other."""
