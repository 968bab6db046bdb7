"""What one build knows, shared by the parts that MkDocs calls one after the other."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.pages.page import Page
from generator.site.assets import Assets
from generator.site.settings import Settings
from generator.site.source import PageSource
from generator.site.swap import remove
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
    target: Path
    """Where the site will be."""
    staging: Path
    """Where it is built."""
    pages: dict[str, Page] = field(default_factory=dict)
    """By the name of the Markdown file that stands for them: see `source_name`."""

    def __post_init__(self) -> None:
        """See to it that nothing of a build that fails stays behind, whatever ends it."""
        weakref.finalize(self, remove, self.staging)

    def make_pages(self) -> tuple[Page, ...]:
        """Make all pages and keep them. Writes recordings into the staging folder."""
        self.pages = {source_name(page): page for page in self.source.pages(self.staging)}
        return tuple(self.pages.values())


def source_name(page: Page) -> str:
    """The Markdown file that stands for `page`: `insights/index.md`, and `cases/<slug>.md` for a case.

    Both give the same kind of address. Cases go without a folder each, because making and removing a thousand folders
    takes longer than framing as many pages.
    """
    return f"{page.address.rstrip('/')}.md" if page.kind == "case" else f"{page.address}index.md"


def keep_state(config: MkDocsConfig, state: BuildState) -> None:
    """Remember `state` for the rest of the build that `config` belongs to."""
    config.extra[_KEY] = state


def discard(config: MkDocsConfig) -> None:
    """Remove what was built when the build that `config` belongs to has failed. Does nothing when it had not begun."""
    state = config.extra.get(_KEY)
    if isinstance(state, BuildState):
        remove(state.staging)


def state_of(config: MkDocsConfig) -> BuildState:
    """The state of the build that `config` belongs to."""
    state = config.extra[_KEY]
    assert isinstance(state, BuildState)  # noqa: S101 - only keep_state writes it
    return state
