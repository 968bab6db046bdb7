"""One recording after another, from sound to a transcript in the case's folder.

What was heard is kept window by window and recording by recording, so that the same call after an interruption goes on
where it was. The transcript that was there stays until the new one is whole. A recording that fails is reported, and
the next one is transcribed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from generator.sources.audio import AudioError
from generator.transcription import activity
from generator.transcription.alignment import NO_TRANSCRIPT, Merged, OldTranscript, merge, read_old
from generator.transcription.cache import HearingCache, recording_key, turns_key
from generator.transcription.citations import cited_in, citing_texts
from generator.transcription.cues import to_cues
from generator.transcription.doubts import clean
from generator.transcription.plan import Task, unplayable
from generator.transcription.speakers import Listening, Turn, find_turns, listen, propose, voices_method
from generator.transcription.values import EngineSettings, Heard, Segment, TranscriptionError, Window
from generator.transcription.windows import windows
from generator.transcription.work import Listeners, hear_with, open_listeners
from generator.transcription.writing import write_transcript


@dataclass(frozen=True, slots=True)
class Way:
    """Where the work is done, and where what was heard is kept."""

    cache: str
    """Folder or address for fsspec."""
    jobs: int = 1
    scheduler: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one recording."""

    task: Task
    merged: Merged | None = None
    """None when there was an error."""
    had_lines: bool = False
    """Whether there was a transcript before."""
    error: TranscriptionError | None = None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of one recording."""

    task: Task
    is_heard: bool = False
    """Whether the cache holds all its words."""
    lines: int = 0
    """Lines of the transcript that is there."""
    fixed: int = 0
    """Of those, how many were corrected by hand or are cited, and stay as they are."""
    error: TranscriptionError | None = None
    """Why it could not be transcribed."""


class Progress(Protocol):
    """Who is told how far the work is."""

    def begin(self, task: Task) -> None:
        """A recording comes next."""
        ...

    def reach(self, share: float, *, was_known: bool = False) -> None:
        """So much of the recording, 0 to 1, is heard; `was_known` when it came from the cache."""
        ...


def transcribe_all(tasks: Sequence[Task], cases: Path, way: Way, progress: Progress) -> Iterator[Outcome]:
    """Transcribe each recording and write its transcript; an outcome for each, in order.

    Reads and writes files and the cache, and works for minutes. Raises TranscriptionError when no recording at all can
    be transcribed: a cluster that cannot be reached, a cache that cannot be used.
    """
    cache = HearingCache(way.cache)
    with open_listeners(way.jobs, way.scheduler) as listeners:
        for task in tasks:
            progress.begin(task)
            try:
                yield _transcribe(task, cases, cache, listeners, progress)
            except AudioError as error:
                yield Outcome(task, error=unplayable(error))
            except TranscriptionError as error:
                yield Outcome(task, error=error)


def prospects(tasks: Sequence[Task], cases: Path, way: Way) -> Iterator[Prospect]:
    """What would be done, without doing it, in order. Reads files and the cache.

    Raises TranscriptionError for a cache that cannot be used.
    """
    cache = HearingCache(way.cache)
    for task in tasks:
        try:
            yield _prospect(task, cases, cache)
        except AudioError as error:
            yield Prospect(task, error=unplayable(error))
        except TranscriptionError as error:
            yield Prospect(task, error=error)


def hear(task: Task, cache: HearingCache, listeners: Listeners, progress: Progress) -> tuple[Segment, ...]:
    """All that is said in a recording, times on its timeline, in the order of its channels.

    Raises AudioError when it cannot be played, and TranscriptionError when it cannot be heard.
    """
    listening = listen(task.parts, task.speakers)
    key = _key(task, listening)
    known = cache.recording(key)
    if known is not None:
        progress.reach(1.0, was_known=True)
        return known
    segments: list[Segment] = []
    for number, channel in enumerate(listening.channels):
        reaching = _Reaching(progress, task.duration_s, number, len(listening.channels))
        heard_windows = hear_with(
            listeners,
            windows(listening.sound(channel), activity.speech, channel),
            task.settings,
            cache=cache,
            on_heard=reaching.heard,
            on_known=reaching.known,
        )
        for window, heard in heard_windows:
            segments += (on_timeline(segment, window) for segment in heard.segments)
    cache.keep_recording(key, segments)
    return tuple(segments)


class _Reaching:
    """Tells how far the work is whenever a window of one channel is heard."""

    def __init__(self, progress: Progress, duration_s: float, number: int, channels: int) -> None:
        self._progress = progress
        self._duration_s = duration_s
        self._number = number
        self._channels = channels

    def heard(self, window: Window, _: Heard) -> None:
        self._progress.reach(self._share(window))

    def known(self, window: Window, _: Heard) -> None:
        self._progress.reach(self._share(window), was_known=True)

    def _share(self, window: Window) -> float:
        _, start_s, length_s = window.pieces[-1]
        return (self._number + min((start_s + length_s) / self._duration_s, 1.0)) / self._channels


def on_timeline(segment: Segment, window: Window) -> Segment:
    """A segment heard in a window, with its times and those of its words on the recording's timeline."""
    words = []
    for word in segment.words:
        start_s, end_s = window.stretch_on_timeline(word.start_s, word.end_s)
        words.append(replace(word, start_s=start_s, end_s=end_s))
    if words:  # a segment may run over a pause that was left out, its words do not
        start_s, end_s = words[0].start_s, words[-1].end_s
    else:
        start_s, end_s = window.on_timeline(segment.start_s), window.on_timeline(segment.end_s)
    return replace(segment, start_s=start_s, end_s=end_s, words=tuple(words), channel=window.channel)


def _prospect(task: Task, cases: Path, cache: HearingCache) -> Prospect:
    is_heard = cache.recording(_key(task, listen(task.parts, task.speakers))) is not None
    old = _old(task)
    cited = cited_in(citing_texts(cases, task.slug), _ids(old))
    fixed = sum(line.is_by_hand or line.cue.id in cited for line in old.lines)
    return Prospect(task, is_heard, len(old.lines), fixed)


def _transcribe(task: Task, cases: Path, cache: HearingCache, listeners: Listeners, progress: Progress) -> Outcome:
    segments = hear(task, cache, listeners, progress)
    language = task.settings.language
    speakers = propose(task.parts, segments, language, task.speakers, turns_of=partial(_turns, cache))
    drafts = to_cues(clean(segments, prompt=task.settings.prompt), speakers)
    if not drafts:
        raise TranscriptionError(
            "{folder}: nobody speaks in the recording - no transcript was written - listen to it: is it the "
            "right one, and was the microphone on?",
            folder=task.target.parent.as_posix(),
        )
    # Read only now: an editor may have worked on it while the machine listened.
    old = _old(task)
    texts = citing_texts(cases, task.slug)
    merged = merge(
        old,
        drafts,
        cited_in(texts, _ids(old)),
        quoting=texts,
        engine=_named(task.settings),
        proposed=speakers.proposed,
    )
    if not merged.is_same:
        write_transcript(task.target, merged)
    return Outcome(task, merged, had_lines=bool(old.lines))


def _turns(cache: HearingCache, parts: Sequence[Path]) -> tuple[Turn, ...]:
    """Who speaks when, from the cache where it is known: to tell voices apart takes as long as a quarter of hearing."""
    key = turns_key(parts, method=voices_method())
    known = cache.turns(key)
    if known is None:
        known = find_turns(parts)
        cache.keep_turns(key, known)
    return known


def _key(task: Task, listening: Listening) -> str:
    detector = f"{activity.method()}, {listening.method}"
    return recording_key(task.parts, listening.channels, task.settings, detector=detector)


def _old(task: Task) -> OldTranscript:
    try:
        return read_old(task.target.read_bytes(), task.target.as_posix())
    except FileNotFoundError:
        return NO_TRANSCRIPT
    except OSError as error:
        raise TranscriptionError(
            "{file} cannot be read ({reason}) - it was not transcribed again - see to its rights",
            file=task.target.as_posix(),
            reason=error.strerror or error,
        ) from error


def _ids(old: OldTranscript) -> list[str]:
    return [line.cue.id for line in old.lines if line.cue.id]


def _named(settings: EngineSettings) -> str:
    """What listened, as the transcript's last note says it: `faster-whisper 1.2.1, base d01c3014`."""
    return f"{settings.engine} {settings.version}, {Path(settings.model).stem} {settings.model_digest[:8]}"
