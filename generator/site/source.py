"""Where the pages of a site come from: the cases, or a list that a test or a benchmark made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mkdocs.plugins import get_plugin_logger

from generator.build import Reading, build_day, forget_sounds, make_pages, read_cases, write_sounds
from generator.pages.page import Page, SiteFile, SitePages
from generator.publication.secrets import Secret
from generator.site.settings import Settings
from generator.texts import load_texts

log = get_plugin_logger("casebook")


class PageSource(Protocol):
    """Gives a site its pages, in two steps: nothing of the old site is touched before the first has passed."""

    @property
    def secrets(self) -> Sequence[Secret]:
        """What the finished site must not say. Known after `check`."""

    def check(self) -> None:
        """Read what the site is made of. Raises NotBuildableError when no site can be made of it."""

    def pages(self, site: Path) -> SitePages:
        """All pages; writes the files that they need, such as recordings, into the folder `site`."""


@dataclass(frozen=True, slots=True)
class FinishedPages:
    """Pages that are there already."""

    finished: Sequence[Page]
    secrets: Sequence[Secret] = ()
    files: Sequence[SiteFile] = ()

    def check(self) -> None:
        """Nothing can be wrong with them."""

    def pages(self, site: Path) -> SitePages:
        """The pages as they are; `site` is not written to."""
        del site
        return SitePages.of(self.finished, self.files)


@dataclass(slots=True)
class Cases:
    """The pages made of a folder of cases."""

    settings: Settings
    reading: Reading | None = field(default=None, init=False)
    """What the check read: also for the report to the editor after the build."""

    @property
    def secrets(self) -> Sequence[Secret]:
        """Whatever the cases hold and readers may not see."""
        return self.reading.secrets if self.reading else ()

    def check(self) -> None:
        """Read, check and publish the cases. Raises NotBuildableError with all problems."""
        self.reading = read_cases(
            self.settings.cases, language=self.settings.language, audience=self.settings.audience, on=build_day()
        )

    def pages(self, site: Path) -> SitePages:
        """Begin to render the pages, and write recordings and exports into `site`. Comes after `check`."""
        if self.reading is None:
            raise RuntimeError("check() comes first")
        sounds = write_sounds(self.reading.public, site, self.settings.cache)
        left = forget_sounds(self.reading, self.settings.cache)
        if left:
            log.warning(
                "%s cannot be removed - it may hold a voice that must not be heard any more, though no site plays it - "
                "remove the folder %s",
                left[0],
                self.settings.cache / "media",
            )
        texts = load_texts(self.settings.language)
        return make_pages(
            self.reading.public, sounds, texts, site, searchable=self.settings.search, site_url=self.settings.site_url
        )
