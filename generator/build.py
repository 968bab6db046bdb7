"""The whole pipeline, from the folder of cases to finished pages and sounds; what frames them is not known here.

    read_cases    check everything, then decide what this audience may see      -> Reading
    write_sounds  recordings as browsers play them, silent where they have to be -> Sound by case
    forget_sounds what was prepared once and may no longer be heard anywhere
    make_pages    what may be seen, as finished HTML                             -> Page

The same cases on the same day give the same pages. Rooms are imported where they are used, so that a command that
needs one of them does not wait for all.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pages.page import SitePages, Sound
    from generator.problems import Problem
    from generator.publication.gate import Heard
    from generator.publication.public import PublicCorpus, Withheld
    from generator.publication.secrets import Secret
    from generator.texts import Texts


class NotBuildableError(Exception):
    """No site can be made, and the last one stays as it is. Its text says why, for the editor."""


class ProblemsFoundError(NotBuildableError):
    """The check found errors in the cases."""

    def __init__(self, problems: Sequence[Problem], text: str) -> None:
        """Hold all `problems`, in the order in which they are reported, and the `text` that reports them."""
        super().__init__(text)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading the cases."""

    public: PublicCorpus
    withheld: tuple[Withheld, ...]
    """What is left out and why: for the editor, never for a page."""
    audible: tuple[Heard, ...] = ()
    """What may be heard on any site of these cases, whatever its audience."""
    secrets: tuple[Secret, ...] = ()
    """What the site must not say, for the audit at its end."""


def build_day() -> dt.date:
    """The day on which consent and overdue actions are judged: that of SOURCE_DATE_EPOCH (UTC), or else today.

    What is no number of seconds in the years 1970 to 9999 is not heeded. Reads the clock and the environment.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    with suppress(ValueError, OverflowError, OSError):
        if epoch.isdecimal():
            return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.date.today()


def read_cases(folder: Path, *, language: str, audience: str | None = None, on: dt.date) -> Reading:
    """Read and check all cases in `folder`, and keep what `audience` may see on the day `on`.

    Raises ProblemsFoundError with everything the check found, told in `language`, and NotBuildableError for an audience
    that casebook.yml does not name.
    """
    from generator.publication.gate import may_be_heard, publish
    from generator.publication.secrets import secrets
    from generator.report import format_problems
    from generator.validate import load_corpus

    checked = load_corpus(shown(folder))
    if checked.has_errors or checked.corpus is None:
        raise ProblemsFoundError(checked.problems, format_problems(checked.problems, "text", language))
    known = [known_audience.id for known_audience in checked.corpus.casebook.audiences]
    if audience is not None and audience not in known:
        what = f"{folder / 'casebook.yml'} names no audience {audience!r}"
        raise NotBuildableError(unknown_word(what, audience, known))
    public, withheld = publish(checked.corpus, audience=audience, on=on)
    return Reading(public, withheld, may_be_heard(checked.corpus, on=on), secrets(checked.corpus, public))


def write_sounds(public: PublicCorpus, site: Path, cache: Path) -> dict[str, Sound]:
    """Write the recordings that may be heard to `site`/cases/<slug>/audio.m4a; the sounds by case.

    Encodes only what is not in the folder `cache` yet. Raises NotBuildableError naming every recording that fails.
    """
    from generator.media import MediaCache, MediaJob, prepare_many
    from generator.pages.page import Sound, sound_address
    from generator.sources.audio import AudioError

    recordings = {case.slug: (case.recording, case.muted_s) for case in public.cases if case.recording is not None}
    addresses = {slug: sound_address(slug) for slug in recordings}
    jobs = [
        MediaJob(tuple(part.path for part in recording.parts), site / addresses[slug], muted_s)
        for slug, (recording, muted_s) in recordings.items()
    ]
    outcomes = prepare_many(jobs, MediaCache(cache / "media")) if jobs else []
    errors = [outcome for outcome in outcomes if isinstance(outcome, AudioError)]
    if errors:
        raise NotBuildableError("\n".join(map(str, errors)))
    return {
        slug: Sound(addresses[slug], media.duration_s, media.peaks)
        for slug, media in zip(recordings, outcomes, strict=True)
        if not isinstance(media, AudioError)
    }


def forget_sounds(reading: Reading, cache: Path) -> tuple[Path, ...]:
    """Take out of the folder `cache` every recording that no site of these cases may play any more.

    What another audience may hear stays, so that sites of several audiences can be built in turn. Returns the files
    that could not be removed.
    """
    from generator.media import MediaCache

    recordings = ((tuple(part.path for part in recording.parts), muted_s) for recording, muted_s in reading.audible)
    return MediaCache(cache / "media").keep_only(recordings)


def make_pages(  # noqa: PLR0913 - all but the first four are named options with defaults
    public: PublicCorpus,
    sounds: Mapping[str, Sound],
    texts: Texts,
    site: Path,
    *,
    searchable: bool = True,
    site_url: str = "",
) -> SitePages:
    """All pages of the site in the language of `texts`, with what an index needs to know unless not `searchable`, and
    the files for other programs, the large ones of which are written into the folder `site` now.

    `site_url` is where the site will be, ending in a slash; empty when not known. Raises OSError.
    """
    from generator.interchange import exports
    from generator.pages.render import render_site

    return render_site(
        public, sounds, texts, searchable=searchable, site_url=site_url, beside=(partial(exports, site=site),)
    )


def shown(path: Path) -> Path:
    """`path` as people at this prompt would write it: relative when it lies below the working directory."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here) if absolute.is_relative_to(here) else path


def unknown_word(what: str, word: str, known: Sequence[str]) -> str:
    """`what` is wrong with `word`, and the nearest of the `known` words to write instead."""
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f"{what} - did you mean {near[0]!r}?"
    return f"{what} - known are: {', '.join(known)}" if known else f"{what} - it names none"
