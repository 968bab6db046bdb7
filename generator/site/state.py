"""What one build knows, shared by the parts that MkDocs calls one after the other."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.build import Reading
from generator.site.arrivals import Arrivals
from generator.site.assets import Assets
from generator.site.settings import Settings
from generator.site.source import Cases, PageSource
from generator.site.swap import Staging
from generator.texts import Texts

_KEY = "casebook_state"
SOURCE_KEY = "casebook_source"
"""Under `extra`: a PageSource to use instead of the folder of cases."""


@dataclass(slots=True, weakref_slot=True)
class BuildState:
    """One build, from its configuration to the site in its place."""

    settings: Settings
    source: PageSource
    texts: Texts
    assets: Assets
    place: Staging
    """Where the site is built, and where it will be."""
    pages: Arrivals = field(default_factory=Arrivals)

    def __post_init__(self) -> None:
        """See to it that nothing of a build that fails stays behind, whatever ends it."""
        weakref.finalize(self, self.place.discard)

    @property
    def staging(self) -> Path:
        """The folder in which the site is built."""
        return self.place.folder

    @property
    def reading(self) -> Reading | None:
        """What was read of the cases, when the pages are made of cases."""
        return self.source.reading if isinstance(self.source, Cases) else None

    def announce_pages(self) -> tuple[str, ...]:
        """Begin to make all pages; the Markdown files that stand for them. Writes recordings to the staging folder."""
        self.pages = Arrivals(self.source.pages(self.staging))
        return tuple(self.pages.announced)


def keep_state(config: MkDocsConfig, state: BuildState) -> None:
    """Remember `state` for the rest of the build that `config` belongs to."""
    config.extra[_KEY] = state


def discard(config: MkDocsConfig) -> None:
    """Remove what was built when the build that `config` belongs to has failed. Does nothing when it had not begun."""
    state = config.extra.get(_KEY)
    if isinstance(state, BuildState):
        state.place.discard()


def state_of(config: MkDocsConfig) -> BuildState:
    """The state of the build that `config` belongs to."""
    state = config.extra[_KEY]
    assert isinstance(state, BuildState)  # noqa: S101 - only keep_state writes it
    return state
