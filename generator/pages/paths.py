"""Guided walks through cases: all of them at `paths/`, one at `paths/<name>/`.

`scripts/progress.js` keeps what was done in the reader's browser; without it the stops are read in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.casebook import GuidedPath, Stop
from generator.model.evidence import Evidence
from generator.model.insight import Insight
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page, Passage, SearchFacts
from generator.pages.quotes import Quote, quotes
from generator.publication import PublicCase

ADDRESS = "paths/"


@dataclass(frozen=True, slots=True)
class PathCard:
    """A path in a list."""

    name: str
    """File name without ending: `new-sales-rep`."""
    path: GuidedPath
    language: str
    href: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PathsView:
    """The view behind `paths.html.j2`."""

    cards: tuple[PathCard, ...]


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop with what is read and heard there."""

    anchor: str
    """`stop-1`"""
    number: int
    stop: Stop
    case: PublicCase
    case_href: str
    insight: Insight | None
    insight_href: str
    moment: Quote | None
    """The first line to listen to, with its links; None when the stop names none or readers cannot see it."""
    end_s: float
    """Where the moment ends, in seconds."""
    key: str
    """By which the reader's browser remembers that the stop was made; survives a new order of the stops."""


@dataclass(frozen=True, slots=True)
class PathView:
    """The view behind `path.html.j2`."""

    card: PathCard
    stops: tuple[StopView, ...]
    is_shortened: bool
    """Whether a stop at a case that is no longer available was left out."""


def paths_pages(library: Library) -> Iterator[Page]:
    """The page of all paths, then each."""
    words = library.words
    yield Page(
        address=ADDRESS,
        title=words.say("Guided paths"),
        body=environment(library.texts).get_template("paths.html.j2").render(v=PathsView(path_cards(library, "../"))),
        kind="paths",
        description=words.say("Ordered walks through cases, with the moments to listen to."),
    )
    for name, path in library.corpus.paths.items():
        yield _path_page(library, name, path)


def path_cards(library: Library, root: str) -> tuple[PathCard, ...]:
    """All paths, on a page from which `root` leads to the site's root."""
    return tuple(_card(library, name, path, root) for name, path in library.corpus.paths.items())


def _card(library: Library, name: str, path: GuidedPath, root: str) -> PathCard:
    return PathCard(
        name=name,
        path=path,
        language=path.language or library.corpus.casebook.language,
        href=f"{root}{ADDRESS}{name}/",
        minutes=sum(stop.minutes for stop in path.stops),
    )


def _path_page(library: Library, name: str, path: GuidedPath) -> Page:
    root = "../../"
    card = _card(library, name, path, root)
    stops = tuple(_stops(library, path, root))
    passages = [Passage("", "fact", "\n".join(filter(None, (path.description, path.audience))))]
    passages += (
        Passage(item.anchor, "fact", "\n".join(filter(None, (item.stop.title, item.stop.look_for, item.stop.question))))
        for item in stops
    )
    return Page(
        address=f"{ADDRESS}{name}/",
        title=path.title,
        body=environment(library.texts)
        .get_template("path.html.j2")
        .render(v=PathView(card, stops, name in library.corpus.shortened_paths)),
        kind="path",
        description=path.description,
        headings=tuple(Heading(item.anchor, item.stop.title, 2) for item in stops),
        crumbs=((library.words.say("Guided paths"), ADDRESS),),
        search=SearchFacts("hub", card.language, tuple(passage for passage in passages if passage.text)),
    )


def _stops(library: Library, path: GuidedPath, root: str) -> Iterator[StopView]:
    for number, stop in enumerate(path.stops, start=1):
        case = library.corpus.case(stop.case)
        if case is None:
            continue
        heard = Evidence(cues=stop.cues) if stop.cues else None
        # The first line alone: the rest of the moment is to be heard, not read.
        first = Evidence(cues=heard.first_cue) if heard else None
        moment = next(iter(quotes(library, case, (first,) if first else (), page_of=None, root=root)), None)
        last = case.transcript.cue(heard.last_cue) if case.transcript and heard else None
        yield StopView(
            anchor=f"stop-{number}",
            number=number,
            stop=stop,
            case=case,
            case_href=f"{root}cases/{case.slug}/",
            insight=next((insight for insight in case.insights if insight.id == stop.insight), None),
            insight_href=f"{root}cases/{case.slug}/#insight-{stop.insight}",
            moment=moment,
            end_s=last.end_s if last else 0.0,
            key=f"{stop.case}:{stop.cues or stop.insight or stop.title}",
        )
