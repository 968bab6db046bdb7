"""A finished page, independent of the site generator that will put a frame around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for the page's table of contents."""

    id: str
    """Anchor, for example `insights`."""
    text: str
    level: int
    """2 to 4."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page that a searcher may want to land on."""

    anchor: str
    """`q042`; an empty string lands on the top of the page."""
    kind: str
    """`cue`, `note`, `insight`, `need`, `offer`, `journey`, `action`, `fact`, `term`."""
    text: str
    """Plain words, without markup."""
    voice: str = ""
    """Who says it (a role or speaker name), when somebody does; what became of it, when nobody holds to it any more."""
    start_s: float | None = None
    """When it was said, in seconds from the beginning of the talk; it is heard there when the page has a recording."""
    side: str = ""
    """Who a line of a talk comes from: `customer`, `own` or `partner`; empty for everything else."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name -> values as readers see them, of this passage alone: side, topic, phase, department."""


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """What the index keeps of a page."""

    kind: str
    """`case`, `insight`, `hub` ..."""
    language: str
    """`ja` or `en`: how its text is cut into words."""
    passages: Sequence[Passage]
    """In the order of the page; many of them packed, see `generator.pages.packed_passages`."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name -> values as readers see them, of the page as a whole: type, segment, industry, product, competitor,
    year, language."""
    sort_date: str = ""
    """ISO date by which results can be sorted."""
    audio: str = ""
    """Address of the recording relative to the site's root, when readers may listen."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    address: str
    """Relative to the site's root, ending in a slash: `cases/2025-07-rugged-laptop/`; empty for the home page."""
    title: str
    body: str
    """Finished HTML of the article. Links in it are relative, so that the site works from any sub-path."""
    kind: str
    """`home`, `case`, `insights` ...: becomes `data-page` on the article and chooses the layout."""
    description: str = ""
    headings: tuple[Heading, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    """Titles and addresses of the pages above this one, from the top, without the home page."""
    search: SearchFacts | None = None
    linked_data: Mapping[str, object] | None = None
    """What the page is about in the words of schema.org, for programs (JSON-LD); see `generator.pages.linked_data`."""
    listed: bool = True
    """False keeps a page out of the site's map and search (the patterns page)."""

    @property
    def root(self) -> str:
        """What leads from this page to the site's root: `../../` for a case page, empty for the home page."""
        return "../" * self.address.count("/")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that stands beside the pages: a calendar, a feed, an export."""

    address: str
    """Relative to the site's root, with the file's name: `whom-next/interviews.ics`. Its ending tells servers what it
    is, and the audit how to read it; never `.md` or `.html`, which are pages."""
    content: bytes
    """The same for the same cases on the same day."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A page before it is rendered: as much as it takes to link to it."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class SitePages:
    """All pages of a site, announced at once and handed over one by one: most are still being rendered elsewhere."""

    announced: tuple[Announcement, ...]
    pages: Iterator[Page]
    """One for each announcement, in the same order. Can be walked through once."""
    files: tuple[SiteFile, ...] = ()
    """What stands beside the pages. It is there at once."""

    @classmethod
    def of(cls, pages: Sequence[Page], files: Sequence[SiteFile] = ()) -> SitePages:
        """Pages that are there already."""
        return cls(tuple(Announcement(page.address, page.title) for page in pages), iter(pages), tuple(files))

    def __iter__(self) -> Iterator[Page]:
        """The pages."""
        return self.pages


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording as the page plays it."""

    address: str
    """Relative to the site's root: `cases/2025-07-rugged-laptop/audio.m4a`."""
    duration_s: float
    peaks: tuple[int, ...]
    """Loudness over time, 0 to 100, evenly spaced; at most 1,200 values."""


def sound_address(slug: str) -> str:
    """Where the recording of a case stands, relative to the site's root: `cases/2025-07-rugged-laptop/audio.m4a`."""
    return f"cases/{slug}/audio.m4a"
