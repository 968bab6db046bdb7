"""What an engine put out becomes lines as an editor wants them: one voice, one sentence, short enough to point at.

A change of voice, the end of a sentence or a pause ends a line; what is still too long is cut where the speaker draws
breath, at a comma or between two phrases, never inside a word. No character that was heard is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate, groupby, pairwise
from typing import Final

from generator.sources.transcript_notes import DIGEST_CHARACTERS, Confidence
from generator.transcription.doubts import Doubt, Doubted
from generator.transcription.speakers.values import Speakers
from generator.transcription.values import Segment, Word

PAUSE_S: Final = 1.0
"""Longer silence ends a line, whoever goes on speaking."""
MAX_S: Final = 12.0
MAX_WIDTH: Final = 120
"""Of a line, a Japanese character counting two and a Latin one one: what a page shows in two or three lines."""
TINY_WIDTH: Final = 8
"""Of a fragment that does not stand alone where a neighbour of the same voice is near: `はい。`"""

JAPANESE: Final = "\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Characters that have no spaces between them, for a class of a regular expression."""
_WIDE = re.compile(f"[{JAPANESE}]")
_SPACES = re.compile(r"\s+")
_WORDLESS = re.compile(r"[\W_]*")
_SENTENCE_END = re.compile(r"(?:[。？！?!…]|(?P<period>\.))[\"'”’」』）)\]]*")
_ENDING = re.compile(rf"{_SENTENCE_END.pattern}\Z")
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|approx|e\.g|i\.e)\.)\Z", re.IGNORECASE)
_COMMA = re.compile(r"[、，,;；：:]\Z")
_PIECE = re.compile(r"\s*\S+?(?:[。、！？]+|(?=\s|\Z))")
"""Of a text without timed words: to the next Japanese punctuation or space."""
_HIRAGANA = re.compile("[\u3041-\u309f]")


@dataclass(frozen=True, slots=True)
class DraftCue:
    """One line as it was heard, before it meets the transcript that was there."""

    start_s: float
    """On the joined timeline, whole milliseconds."""
    end_s: float
    voice: str
    """As proposed, empty when nobody was."""
    text: str
    words: tuple[Word, ...]
    """Their texts, one after the other and stripped at the ends, are `text`."""
    doubts: tuple[Doubt, ...] = ()
    confidence: Confidence | None = None
    """Of the segments it was cut from: the mean log probability weighted by words, of the others the worst."""


def to_cues(doubted: Iterable[Doubted], speakers: Speakers) -> tuple[DraftCue, ...]:
    """The lines in order of time, their starts strictly increasing."""
    by_channel: dict[int, list[Doubted]] = {}
    for item in doubted:
        by_channel.setdefault(-1 if item.segment.channel is None else item.segment.channel, []).append(item)
    timed: list[tuple[float, DraftCue]] = []
    for items in by_channel.values():
        drafts = list(_channel(items, speakers))
        # What a channel says stays in its order, even where an engine's times run backwards.
        timed += zip(accumulate((draft.start_s for draft in drafts), max), drafts, strict=True)
    timed.sort(key=lambda pair: pair[0])
    return tuple(_one_after_the_other(draft for _, draft in timed))


def digest_of_drafts(drafts: Iterable[DraftCue]) -> str:
    """Short name of everything in the drafts that could change a transcript."""
    rows = [
        (round(draft.start_s * 1000), round(draft.end_s * 1000), draft.voice, draft.text, *map(str, draft.doubts))
        for draft in drafts
    ]
    return sha256(repr(rows).encode()).hexdigest()[:DIGEST_CHARACTERS]


def width(text: str) -> int:
    """How long a text looks: Japanese characters count two."""
    return len(text) + len(_WIDE.findall(text))


def spaced(before: str, after: str) -> str:
    """What stands between two texts that follow one another: a space, or nothing beside Japanese.

    >>> spaced("fine.", "Thanks"), spaced("はい。", "そうです")
    (' ', '')
    """
    return "" if not before or not after or _WIDE.match(before[-1]) or _WIDE.match(after[0]) else " "


@dataclass(frozen=True, slots=True)
class _Said:
    """A word with who says it and which segment it is from."""

    word: Word
    voice: str
    source: Doubted

    @property
    def is_wordless(self) -> bool:
        """Whether it is nothing but punctuation, which stays with the word before it."""
        return _WORDLESS.fullmatch(self.word.text) is not None


_Run = list[_Said]


def _channel(items: Sequence[Doubted], speakers: Speakers) -> Iterator[DraftCue]:
    said = _said(items, speakers)
    runs = [part for run in _runs(said) for part in _cut(run)]
    return (draft for run in _joined(runs) if (draft := _draft(run)) is not None)


def _said(items: Sequence[Doubted], speakers: Speakers) -> list[_Said]:
    """All words in their order. A segment's first and last word know what stands between it and its neighbours."""
    said: list[_Said] = []
    for item in items:
        words = [replace(word, text=_SPACES.sub(" ", word.text)) for word in _words(item.segment)]
        words = [word for word in words if word.text]
        if not words:
            continue
        words[-1] = replace(words[-1], text=words[-1].text.rstrip())
        first = words[0].text.lstrip()
        words[0] = replace(words[0], text=spaced(said[-1].word.text if said else "", first) + first)
        for word in words:
            voice = speakers.at((word.start_s + word.end_s) / 2, item.segment.channel) or ""
            entry = _Said(word, voice, item)
            is_same_voice = bool(said) and entry.is_wordless and said[-1].source is item
            said.append(replace(entry, voice=said[-1].voice) if is_same_voice else entry)
    return said


def _words(segment: Segment) -> Sequence[Word]:
    """The timed words of a segment; pieces of its text, evenly in its time, where it has none that say the same."""
    timed = "".join(word.text for word in segment.words)
    if segment.words and _SPACES.sub("", timed) == _SPACES.sub("", segment.text):
        return segment.words
    text = segment.text.strip()
    pace = (segment.end_s - segment.start_s) / max(len(text), 1)
    return [
        Word(segment.start_s + found.start() * pace, segment.start_s + found.end() * pace, found[0], 1.0)
        for found in _PIECE.finditer(text)
    ]


def _runs(said: Sequence[_Said]) -> Iterator[_Run]:
    """Cut at changes of voice, ends of sentences and pauses."""
    run: _Run = list(said[:1])
    for before, entry in pairwise(said):
        gap_s = entry.word.start_s - before.word.end_s
        is_cut = entry.voice != before.voice or gap_s > PAUSE_S or _ends_sentence(before.word.text, entry.word.text)
        if is_cut and not (entry.is_wordless and entry.source is before.source):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _ends_sentence(text: str, following: str) -> bool:
    found = _ENDING.search(text)
    if found is None:
        return False
    if found["period"] is None:
        return True
    goes_on = following.strip()[:1]
    return not (goes_on.islower() or _ABBREVIATION.search(text))


def _cut(run: _Run) -> Iterator[_Run]:
    """Cut what is too long where it hurts least, again and again."""
    if len(run) < 2 or (_width(run) <= MAX_WIDTH and _length_s(run) <= MAX_S):
        yield run
        return
    place = max(range(1, len(run)), key=lambda at: _ease(run, at))
    yield from _cut(run[:place])
    yield from _cut(run[place:])


def _ease(run: _Run, at: int) -> tuple[bool, float]:
    """How well a run can be cut before its word `at`: in its middle half, at a breath, a comma, between phrases."""
    before, after = run[at - 1].word, run[at].word
    share = _width(run[:at]) / max(_width(run), 1)
    ease = max(after.start_s - before.end_s, 0.0) - abs(share - 0.5)
    text, following = before.text.strip(), after.text.strip()
    if _COMMA.search(text):
        ease += 1.0
    elif text and following and _HIRAGANA.match(text[-1]) and not _HIRAGANA.match(following[0]):
        ease += 0.3  # A Japanese phrase ends in hiragana, and the next begins with something else.
    return 0.25 <= share <= 0.75 and not run[at].is_wordless, ease


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Fragments joined to the nearer neighbour of the same voice."""
    joined: list[_Run] = []
    for place, run in enumerate(runs):
        following = runs[place + 1] if place + 1 < len(runs) else None
        if not joined:
            joined.append(list(run))
            continue
        is_nearer_to_next = (
            _width(run) <= TINY_WIDTH
            and following is not None
            and _may_join(run, following)
            and _gap_s(run, following) <= _gap_s(joined[-1], run)
        )
        is_tiny = _width(joined[-1]) <= TINY_WIDTH or (_width(run) <= TINY_WIDTH and not is_nearer_to_next)
        if is_tiny and _may_join(joined[-1], run):
            joined[-1] += run
        else:
            joined.append(list(run))
    return joined


def _may_join(run: _Run, following: _Run) -> bool:
    return (
        run[-1].voice == following[0].voice
        and _gap_s(run, following) <= PAUSE_S
        and _width(run) + _width(following) <= MAX_WIDTH
        and following[-1].word.end_s - run[0].word.start_s <= MAX_S
    )


def _gap_s(run: _Run, following: _Run) -> float:
    return following[0].word.start_s - run[-1].word.end_s


def _width(run: _Run) -> int:
    return sum(width(entry.word.text) for entry in run)


def _length_s(run: _Run) -> float:
    return run[-1].word.end_s - run[0].word.start_s


def _draft(run: _Run) -> DraftCue | None:
    text = "".join(entry.word.text for entry in run).strip()
    if not text:
        return None
    start_s = run[0].word.start_s
    end_s = max(entry.word.end_s for entry in run)
    sources = [(source, len(list(same))) for source, same in groupby(run, key=lambda entry: entry.source)]
    segments = [source.segment for source, _ in sources]
    weight = sum(count for _, count in sources)
    confidence = Confidence(
        round(sum(source.segment.avg_logprob * count for source, count in sources) / weight, 2),
        round(max(segment.no_speech_prob for segment in segments), 2),
        round(max(segment.compression_ratio for segment in segments), 2),
    )
    doubts = tuple(dict.fromkeys(doubt for source, _ in sources for doubt in source.doubts))
    return DraftCue(start_s, end_s, run[0].voice, text, tuple(entry.word for entry in run), doubts, confidence)


def _one_after_the_other(drafts: Iterable[DraftCue]) -> Iterator[DraftCue]:
    """Times in whole milliseconds, no two starts alike."""
    before_ms = -1
    for draft in drafts:
        start_ms = max(round(draft.start_s * 1000), before_ms + 1)
        end_ms = max(round(draft.end_s * 1000), start_ms + 1)
        before_ms = start_ms
        yield replace(draft, start_s=start_ms / 1000, end_s=end_ms / 1000)
