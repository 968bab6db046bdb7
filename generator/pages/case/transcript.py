"""The talk as HTML: lines in turns, the review beside them, and what leans on each line.

This is the bulk of a case page - an hour's talk has about a thousand lines - so it is written by hand: every text goes
through `escape`, and markup a line is kept to what the page cannot do without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from generator.knowledge.citations import Citation
from generator.model.review import Note
from generator.model.transcript import Cue, Transcript
from generator.model.vocabulary import NoteKind, Side
from generator.pages.clock import clock
from generator.pages.drawings.icons import strokes
from generator.pages.library import Library
from generator.pages.quotes import Speaker

Span = tuple[int, int]
"""First character and the one behind the last."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A note and the replies to it, in the order they were made."""

    note: Note
    replies: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Growing:
    note: Note
    replies: list[Note] = field(default_factory=list)


def threads(notes: Iterable[Note]) -> dict[str, tuple[Thread, ...]]:
    """Cue identifier -> the threads that stand beside it.

    A reply stands with the note that opened its thread; a reply to nothing opens one of its own.
    """
    opened: dict[str, _Growing] = {}
    ordered: list[_Growing] = []
    for note in notes:
        thread = opened.get(note.reply_to or "")
        if thread is None:
            thread = _Growing(note)
            ordered.append(thread)
        else:
            thread.replies.append(note)
        opened[note.id] = thread
    beside: dict[str, list[Thread]] = {}
    for thread in ordered:
        beside.setdefault(thread.note.first_cue, []).append(Thread(thread.note, tuple(thread.replies)))
    return {cue_id: tuple(found) for cue_id, found in beside.items()}


def quoted_spans(transcript: Transcript, cited: Mapping[str, Sequence[Citation]]) -> dict[str, list[Span]]:
    """Cue identifier -> the stretches of its text that somebody quotes, merged and in order.

    A quote may run over several lines; each line gets its part. A quote that stands nowhere marks nothing.
    """
    runs: dict[Citation, list[Cue]] = {}
    for cue in transcript.cues:
        for citation in cited.get(cue.id, ()):
            if citation.quote:
                runs.setdefault(citation, []).append(cue)
    spans: dict[str, list[Span]] = {}
    for citation, cues in runs.items():
        start = "".join(cue.text for cue in cues).find(citation.quote)
        if start < 0:
            continue
        stop, offset = start + len(citation.quote), 0
        for cue in cues:
            first, last = max(start - offset, 0), min(stop - offset, len(cue.text))
            if first < last:
                spans.setdefault(cue.id, []).append((first, last))
            offset += len(cue.text)
    return {cue_id: _merged(found) for cue_id, found in spans.items()}


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def talk(  # noqa: PLR0913 - the last two are named options with defaults
    library: Library,
    transcript: Transcript,
    speakers: Mapping[str, Speaker],
    cited: Mapping[str, Sequence[Citation]],
    notes: Iterable[Note],
    *,
    interface: str = "",
    withheld: Collection[str] = (),
) -> Markup:
    """The whole talk. Lines carry their start (`data-s`, seconds) and are their own permanent link.

    `interface` is the attribute for words of the interface in it, where the talk is in another language (`Words.lang`).
    The cues `withheld` keep their place and their link; a few words stand where theirs did.
    """
    beside = threads(notes)
    spans = quoted_spans(transcript, cited)
    unsure = f'<small class="cb-unsure"{interface}>{escape(library.words.say("Verify by ear"))}</small>'
    unconfirmed = f'<small class="cb-unconfirmed"{interface}>{escape(library.words.say("(unconfirmed)"))}</small>'
    unread = f'<em class="cb-quiet"{interface}>{escape(library.words.say("(not shown)"))}</em>'
    marks, margin = _Marks(library, interface), _Beside(library, interface)
    parts: list[str] = [kind_sprite()] if beside else []
    voice: str | None = None
    before: Sequence[Citation] = ()
    # All texts at once: three hundred calls less. WebVTT's parsing rules leave no NUL in a text.
    texts = escape("\0".join([cue.text for cue in transcript.cues])).split("\0")
    for cue, escaped in zip(transcript.cues, texts, strict=bool(transcript.cues)):
        if cue.voice != voice:
            parts.append(_turn(speakers.get(cue.voice), unconfirmed, opened=voice is not None))
            voice = cue.voice
        found = spans.get(cue.id)
        text = _marked(cue.text, found) if found else unread if cue.id in withheld else escaped
        citations = cited.get(cue.id, ())
        tail = marks.of(citations, before) if citations else ""
        before = citations
        if cue.unsure:
            tail = unsure + tail
        id_ = escape(cue.id)
        time = f'<a href="#{id_}">{clock(cue.start_s)}</a>'
        line = f'<p id="{id_}" data-s="{cue.start_s:.1f}">{time}{text}{tail}</p>\n'
        standing = beside.get(cue.id)
        if standing:
            line = f'<div class="cb-noted">{line}{margin.of(standing)}</div>\n'
        parts.append(line)
    if transcript.cues:
        parts.append("</div>")
    return Markup("".join(parts))  # noqa: S704 - every text above went through escape


def _turn(speaker: Speaker | None, unconfirmed: str, *, opened: bool) -> str:
    """The opening of a turn: who speaks now, with the mark `unconfirmed` if only a machine says so, on which side."""
    close = "</div>" if opened else ""
    side = "" if speaker is None or speaker.side is Side.CUSTOMER else f' class="cb-{speaker.side.value}"'
    mark = unconfirmed if speaker is not None and speaker.unconfirmed else ""
    name = f"<b>{escape(speaker.role)}{mark}</b>" if speaker is not None and speaker.role else ""
    return f"{close}<div{side}>{name}\n"


def _marked(text: str, spans: Sequence[Span]) -> str:
    """The text with its quoted stretches marked."""
    parts, at = [], 0
    for first, last in spans:
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*parts, escape(text[at:])])


_NUMBERED = frozenset({"insight", "need", "offer", "journey"})
"""Kinds of citing things that reviewers call by their identifier: i1, n2, j3."""


class _Marks:
    """The back-links at the end of a line: small marks to what leans on it.

    What that says is added by the script when a mark is pointed at: it stands on the page already.
    """

    def __init__(self, library: Library, lang: str) -> None:
        say = library.words.say
        self._lang = lang
        self._kinds = {
            "insight": escape(say("Insight")),
            "need": escape(say("Need")),
            "offer": escape(say("Offer")),
            "journey": escape(say("Journey")),
            "template": escape(say("Card")),
            "stakeholder": escape(say("Person")),
        }

    def of(self, citations: Sequence[Citation], before: Sequence[Citation]) -> str:
        """Marks for `citations`, leaving out those that began on the line before."""
        marks = []
        seen = set()
        for citation in citations:
            if citation in before or citation.anchor in seen:
                continue
            seen.add(citation.anchor)
            kind = self._kinds[citation.kind]
            short = f" {citation.anchor.partition('-')[2]}" if citation.kind in _NUMBERED else ""
            marks.append(f'<a class="cb-cite" href="#{citation.anchor}">{kind}{short}</a>')
        return f'<span class="cb-cites"{self._lang}>{"".join(marks)}</span>' if marks else ""


class _Beside:
    """The review in the margin: the threads of a line, folded into one summary where there is no margin."""

    def __init__(self, library: Library, lang: str) -> None:
        self._library = library
        self._lang = lang
        self._kinds = {kind: escape(library.words.label(kind)) for kind in NoteKind}
        self._chips = {
            department.id: (department.hue, escape(department.name))
            for department in library.corpus.casebook.departments
        }

    def of(self, standing: Sequence[Thread]) -> str:
        """The notes that stand beside one line."""
        count = sum(1 + len(thread.replies) for thread in standing)
        summary = escape(self._library.words.count("{count} note", "{count} notes", count))
        body = "".join(self._thread(thread) for thread in standing)
        return f'<details class="cb-notes"><summary{self._lang}>{summary}</summary>{body}</details>'

    def _thread(self, thread: Thread) -> str:
        return "".join(["<div>", self._note(thread.note), *(self._note(reply) for reply in thread.replies), "</div>"])

    def _note(self, note: Note) -> str:
        """A note; its head is its permanent link."""
        if note.department not in self._chips:
            self._chips[note.department] = (30, escape(note.department))
        hue, name = self._chips[note.department]
        until = ""
        if note.last_cue != note.first_cue:
            until = f" <small{self._lang}>{escape(self._library.words.say('up to {id}', id=note.last_cue))}</small>"
        return (
            f'<article id="note-{note.id}" data-d="{note.department}" style="--cb-hue:{hue}">'
            f'<a href="#note-{note.id}"{self._lang}><span class="cb-chip">{name}</span> '
            f'<svg class="cb-icon"><use href="#cb-{note.kind.value}"/></svg>{self._kinds[note.kind]}</a>{until}'
            f"<p>{escape(note.text)}</p></article>"
        )


def kind_sprite() -> Markup:
    """The icons of the kinds of notes, drawn once for all notes of a page."""
    symbols = "".join(
        f'<symbol id="cb-{kind.value}" viewBox="0 0 16 16">{strokes(f"NoteKind.{kind.value}")}</symbol>'
        for kind in NoteKind
    )
    return Markup(f'<svg class="cb-unseen" aria-hidden="true">{symbols}</svg>')  # noqa: S704 - constants
