"""Whose words are these? Each word that is heard now goes to the line that says it already, or to none.

By text first (`matching`), so that a line that was heard as two, or two as one, keep their words apart. Then by time:
what an editor wrote for a stretch of the talk stands for whatever the engine makes of it. What is left of a sentence
goes to the line that has the rest of it, unless that line's words are fixed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import Final

from generator.transcription.cues import DraftCue, width
from generator.transcription.matching import Pair, aligned, offsets_s, tokens

STILL_SAID: Final = 0.4
"""Share of a line's tokens that must be heard again. Between unrelated lines it stays below a quarter."""
STRAY_TOKENS: Final = 8
"""Matches further apart than this, with few on one side, are chance."""
MARGIN_S: Final = 0.3
"""By how much times of a line and of its words differ though they are right."""
REMNANT_WIDTH: Final = 8
REMNANT_S: Final = 1.5
"""So little, so close to a fixed line in the same sentence, is its end heard differently, not something new."""
COVERED: Final = 0.3
"""Share of a line's time in which something must be said for the line to take it over."""
_LOOK_BACK: Final = 8
"""Lines that may overlap a moment, at the most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript that was there."""

    start_s: float
    end_s: float
    voice: str
    text: str
    is_fixed: bool
    """Whether its words stay as they are."""


@dataclass(slots=True)
class Ownership:
    """Who has which words."""

    owners: list[list[int | None]]
    """By draft and word: 0-based number of the line; never falling from one word to the next. None: a new line's."""
    later_s: list[float]
    """By line: by how much it is said later than before."""
    voices: dict[str, Counter[str]] = field(default_factory=dict)
    """Proposed voice -> how much of what it says stands in lines of which voice."""

    @property
    def said(self) -> frozenset[int]:
        """The lines that are still said."""
        return frozenset(owner for draft in self.owners for owner in draft if owner is not None)


def own(lines: Sequence[Line], drafts: Sequence[DraftCue]) -> Ownership:
    """Give the words of `drafts` to `lines`, both in their order."""
    return _Owning(lines, drafts).done()


class _Owning:
    """The words in a row, with what is known of each so far."""

    def __init__(self, lines: Sequence[Line], drafts: Sequence[DraftCue]) -> None:
        self._lines = lines
        self._drafts = drafts
        self._draft_of = [place for place, draft in enumerate(drafts) for _ in draft.words]
        self._words = [word for draft in drafts for word in draft.words]
        self._owner: list[int | None] = [None] * len(self._words)
        self._later_s = [0.0] * len(lines)
        self._voices: dict[str, Counter[str]] = {}

    def done(self) -> Ownership:
        """Go through the stages."""
        said = self._by_text()
        self._by_time(said)
        self._wordless()
        self._rests()
        owners = iter(self._owner)
        by_draft = [[next(owners) for _ in draft.words] for draft in self._drafts]
        return Ownership(by_draft, self._later_s, self._voices)

    def _by_text(self) -> frozenset[int]:
        old = tokens([(line.start_s, line.end_s, line.text) for line in self._lines])
        new = tokens([(word.start_s, word.end_s, word.text) for word in self._words])
        shifts = offsets_s(old, new)
        for token, shift_s in zip(old, shifts, strict=True):
            self._later_s[token.owner] = round(float(shift_s), 3)
        pairs = aligned(old, new, shifts)
        sizes = Counter(token.owner for token in old)
        same = Counter(old[pair.old].owner for pair in pairs if pair.is_same)
        said = frozenset(line for line, count in same.items() if count >= STILL_SAID * sizes[line])
        votes: dict[int, Counter[int]] = {}
        for line, group in groupby(pairs, key=lambda pair: old[pair.old].owner):
            if line not in said:
                continue
            for pair in _core([pair for pair in group if pair.is_same]):
                word = new[pair.new].owner
                votes.setdefault(word, Counter())[line] += 1
                self._bear_witness(word, line)
        for word, count in votes.items():
            self._owner[word] = min(count, key=lambda line: (-count[line], line))
        self._fill()
        return said

    def _bear_witness(self, word: int, line: int) -> None:
        """A line's words are said in the voice that is proposed for a word of it."""
        voice = self._drafts[self._draft_of[word]].voice
        self._voices.setdefault(voice, Counter())[self._lines[line].voice] += 1

    def _fill(self) -> None:
        """What stands between two words of one line is the line's."""
        before: int | None = None
        pending: list[int] = []
        for place, owner in enumerate(self._owner):
            if owner is None:
                pending.append(place)
                continue
            if owner == before:
                for gap in pending:
                    self._owner[gap] = owner
            pending, before = [], owner

    def _by_time(self, said_by_text: frozenset[int]) -> None:
        """Words that nobody has, said while a line was said that has none or is fixed."""
        spans = [
            (line.start_s + later_s - MARGIN_S, line.end_s + later_s + MARGIN_S)
            for line, later_s in zip(self._lines, self._later_s, strict=True)
        ]
        starts = list(accumulate((start for start, _ in spans), max))
        following = self._following()
        names = {voice: count.most_common(1)[0][0] for voice, count in self._voices.items()}
        taken: dict[int, list[int]] = {}
        low = 0
        for place, word in enumerate(self._words):
            owner = self._owner[place]
            if owner is not None:
                low = owner
            if owner is not None or self._is_wordless(place):
                continue
            middle_s = (word.start_s + word.end_s) / 2
            high = min(following[place] + 1, bisect_right(starts, middle_s))
            voice = names.get(self._drafts[self._draft_of[place]].voice, "")
            found = [
                line
                for line in range(max(low, high - _LOOK_BACK), high)
                if spans[line][0] <= middle_s <= spans[line][1]
                and (line not in said_by_text or self._lines[line].is_fixed)
                and not (voice and self._lines[line].voice and voice != self._lines[line].voice)
            ]
            if found:
                low = next((line for line in found if self._lines[line].is_fixed), found[0])
                self._owner[place] = low
                taken.setdefault(low, []).append(place)
        for line, places in taken.items():
            span_s = self._lines[line].end_s - self._lines[line].start_s
            covered_s = sum(self._words[place].end_s - self._words[place].start_s for place in places)
            if line not in said_by_text and covered_s < COVERED * span_s:
                for place in places:
                    self._owner[place] = None
                continue
            for place in places:
                self._bear_witness(place, line)

    def _following(self) -> list[int]:
        """For each word the owner of the next word that has one; the last line where none has."""
        following = [len(self._lines) - 1] * len(self._owner)
        owner = len(self._lines) - 1
        for place in range(len(self._owner) - 1, -1, -1):
            own_line = self._owner[place]
            owner = owner if own_line is None else own_line
            following[place] = owner
        return following

    def _wordless(self) -> None:
        """Punctuation stays with the word before it."""
        for place, owner in enumerate(self._owner):
            if owner is None and self._is_wordless(place):
                self._owner[place] = self._owner[place - 1]

    def _is_wordless(self, place: int) -> bool:
        """Whether a word is nothing but punctuation behind another word of its draft."""
        is_first = place == 0 or self._draft_of[place] != self._draft_of[place - 1]
        return not is_first and not any(letter.isalnum() for letter in self._words[place].text)

    def _rests(self) -> None:
        """What is left of a sentence of which others have the rest."""
        end = 0
        for (_, owner), group in groupby(zip(self._draft_of, list(self._owner), strict=True)):
            start, end = end, end + len(list(group))
            if owner is None:
                heir = self._heir(start, end)
                if heir is not None:
                    self._owner[start:end] = [heir] * (end - start)

    def _heir(self, start: int, end: int) -> int | None:
        """The line that takes the words `start` to `end`, which all are of one draft and nobody's."""
        draft = self._draft_of[start]
        beside = [
            owner
            for place in (start - 1, end)
            if 0 <= place < len(self._words)
            and self._draft_of[place] == draft
            and (owner := self._owner[place]) is not None
        ]
        free = [line for line in beside if not self._lines[line].is_fixed]
        if free:
            return free[0]
        if sum(width(word.text.strip()) for word in self._words[start:end]) > REMNANT_WIDTH:
            return None
        for line in beside:
            start_s = self._lines[line].start_s + self._later_s[line]
            end_s = self._lines[line].end_s + self._later_s[line]
            if self._words[end - 1].end_s >= start_s - REMNANT_S and self._words[start].start_s <= end_s + REMNANT_S:
                return line
        return None


def _core(pairs: list[Pair]) -> list[Pair]:
    """The equal pairs of a line without a few at its ends that lie far from the others: those are chance."""
    clusters: list[list[Pair]] = []
    for pair in pairs:
        if clusters and pair.new - clusters[-1][-1].new <= STRAY_TOKENS:
            clusters[-1].append(pair)
        else:
            clusters.append([pair])
    weights = [len(cluster) for cluster in clusters]
    few = COVERED * sum(weights)
    while len(clusters) > 1 and min(weights[0], weights[-1]) <= few:
        end = 0 if weights[0] <= weights[-1] else -1
        del clusters[end], weights[end]
    return [pair for cluster in clusters for pair in cluster]


def voice_names(
    voices: Mapping[str, Counter[str]], proposed: Sequence[str], unconfirmed: Sequence[str], used: Sequence[str]
) -> dict[str, str]:
    """Voice as proposed now -> name that it has in the transcript.

    A name that an editor gave goes to every voice whose words stand under it for the most part. Names that are
    proposals themselves (`unconfirmed`) go to one voice each; a voice without a name gets one that is not in `used`.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for voice in sorted(proposed, key=lambda voice: -sum(voices.get(voice, Counter()).values())):
        ranked = [name for name, _ in voices.get(voice, Counter()).most_common() if name]
        name = ranked[0] if ranked else ""
        if not name or (name in unconfirmed and name in taken):
            name = voice if voice not in taken and voice not in used else _fresh(voice, {*taken, *used})
        names[voice] = name
        taken.add(name)
    return names


def _fresh(voice: str, used: set[str]) -> str:
    stem = voice.rstrip("0123456789")
    number = 1
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"
