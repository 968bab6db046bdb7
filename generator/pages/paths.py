"""Guided walks through cases: all of them at `paths/`, one at `paths/<name>/`.

`scripts/progress.js` keeps what was done, and the reader's own notes, in the reader's browser; without it the stops are
read and heard in order, by the browser's own controls.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.casebook import Department, GuidedPath, Stop
from generator.model.evidence import Evidence, split_cue_range
from generator.model.insight import Insight
from generator.model.review import Note
from generator.model.vocabulary import NoteKind
from generator.pages.environment import environment
from generator.pages.library import Library
from generator.pages.page import Heading, Page, Passage, SearchFacts, sound_address
from generator.pages.quotes import Quote, quotes
from generator.pages.terms import TermLinks
from generator.publication import PublicCase

ADDRESS = "paths/"
NOTES_SHOWN = 3
"""Of the review, behind a stop's question."""
_TELLING = (NoteKind.RECALL, NoteKind.READING, NoteKind.OBJECTION, NoteKind.IDEA, NoteKind.QUESTION)
"""Kinds of notes, those first from which a newcomer learns most: what a colleague knows that the talk does not say."""


@dataclass(frozen=True, slots=True)
class PathCard:
    """A path in a list."""

    name: str
    """File name without ending: `new-sales-rep`."""
    path: GuidedPath
    language: str
    href: str
    count: int
    """Stops that can be made."""
    minutes: int
    stops: str
    """What a script needs to tell how far a reader has come: a JSON list of `[key, anchor, title, minutes]`."""


@dataclass(frozen=True, slots=True)
class PathsView:
    """The view behind `paths.html.j2`."""

    cards: tuple[PathCard, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """A moment of a recording, to be heard from its first word to its last."""

    source: str
    """Address of the recording, with the moment as a media fragment: browsers stop at its end by themselves."""
    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end_s - self.start_s


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
    clip: Clip | None
    """None when readers may not listen."""
    end_s: float
    """Where the moment ends, in seconds."""
    notes: tuple[tuple[Note, Department], ...]
    """What colleagues noted on these lines in the review."""
    key: str
    """By which the reader's browser remembers that the stop was made; survives a new order of the stops."""

    @property
    def is_answered(self) -> bool:
        """Whether there is something to reveal after the question."""
        return self.insight is not None or bool(self.notes)


@dataclass(frozen=True, slots=True)
class PathView:
    """The view behind `path.html.j2`."""

    card: PathCard
    stops: tuple[StopView, ...]
    terms: TermLinks
    """Links words to the glossary, in the order of the page."""
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
    """All paths, on a page from which `root` leads to the site's root: those in the readers' language first."""
    cards = (_card(library, name, path, root) for name, path in library.corpus.paths.items())
    return tuple(sorted(cards, key=lambda card: card.language != library.words.language))


def _card(library: Library, name: str, path: GuidedPath, root: str) -> PathCard:
    stops = [
        [stop_key(stop), f"stop-{number}", stop.title, stop.minutes]
        for number, (stop, _) in enumerate(_open_stops(library, path), start=1)
    ]
    return PathCard(
        name=name,
        path=path,
        language=path.language or library.corpus.casebook.language,
        href=f"{root}{ADDRESS}{name}/",
        count=len(stops),
        minutes=sum(stop.minutes for stop, _ in _open_stops(library, path)),
        stops=json.dumps(stops, ensure_ascii=False, separators=(",", ":")),
    )


def stop_key(stop: Stop) -> str:
    """By which a browser remembers the stop: `2025-07-rugged-laptop:q031..q036`."""
    return f"{stop.case}:{stop.cues or stop.insight or stop.title}"


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
        .render(
            v=PathView(card, stops, library.term_links(root, card.language), name in library.corpus.shortened_paths)
        ),
        kind="path",
        description=path.description,
        headings=tuple(Heading(item.anchor, item.stop.title, 2) for item in stops),
        crumbs=((library.words.say("Guided paths"), ADDRESS),),
        search=SearchFacts("hub", card.language, tuple(passage for passage in passages if passage.text)),
    )


def _open_stops(library: Library, path: GuidedPath) -> Iterator[tuple[Stop, PublicCase]]:
    """The stops whose case can be read. They are counted after the others are gone: a path shows no hole."""
    for stop in path.stops:
        case = library.corpus.case(stop.case)
        if case is not None:
            yield stop, case


def _stops(library: Library, path: GuidedPath, root: str) -> Iterator[StopView]:
    for number, (stop, case) in enumerate(_open_stops(library, path), start=1):
        heard = Evidence(cues=stop.cues) if stop.cues else None
        # The first line alone: the rest of the moment is to be heard, not read.
        first = Evidence(cues=heard.first_cue) if heard else None
        moment = next(iter(quotes(library, case, (first,) if first else (), page_of=None, root=root)), None)
        last = case.transcript.cue(heard.last_cue) if case.transcript and heard else None
        end_s = last.end_s if last else 0.0
        yield StopView(
            anchor=f"stop-{number}",
            number=number,
            stop=stop,
            case=case,
            case_href=f"{root}cases/{case.slug}/",
            insight=next((insight for insight in case.insights if insight.id == stop.insight), None),
            insight_href=f"{root}cases/{case.slug}/#insight-{stop.insight}",
            moment=moment,
            clip=_clip(case, moment, end_s, root),
            end_s=end_s,
            notes=tuple((note, library.department(note.department)) for note in _notes(case, stop)[:NOTES_SHOWN]),
            key=stop_key(stop),
        )


def _clip(case: PublicCase, moment: Quote | None, end_s: float, root: str) -> Clip | None:
    if moment is None or not moment.play_href or end_s <= moment.start_s:
        return None
    source = f"{root}{sound_address(case.slug)}#t={moment.start_s:.2f},{end_s:.2f}"
    return Clip(source, moment.start_s, end_s)


def _notes(case: PublicCase, stop: Stop) -> list[Note]:
    """The review's notes on the lines of a stop, the most telling kinds first."""
    if not stop.cues or case.review is None or case.transcript is None:
        return []
    lines = {cue.id for cue in case.transcript.run(*split_cue_range(stop.cues))}
    found = [
        note
        for note in case.review.notes
        if any(cue.id in lines for cue in case.transcript.run(note.first_cue, note.last_cue))
    ]
    return sorted(found, key=lambda note: _TELLING.index(note.kind))
