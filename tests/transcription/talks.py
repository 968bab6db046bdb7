"""Talks as an engine hears them, made up for tests: lines of words with times, heard once and heard again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from generator.sources.transcript_notes import Confidence
from generator.transcription.cues import DraftCue
from generator.transcription.values import Word

CHARACTER_S = 0.12
"""About eight characters a second, as people talk."""
PHRASES = (
    "はい", "ええ", "そうですね", "手袋のまま", "使えない", "んです", "前の端末は", "夜に電話が", "つながるか",
    "決め手", "紙に書いて", "後から", "入力していて", "二度手間に", "なっていました", "冬は指が", "かじかむので",
    "保守の更新で", "他社の話も", "聞きました", "WiFi", "値段よりも",
)  # fmt: skip
"""Some so short and common that they are said all the time."""


class Utterance(NamedTuple):
    """What somebody says in one breath."""

    start_s: float
    voice: str
    phrases: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words in a row."""
        return "".join(self.phrases)


def heard(utterances: Sequence[Utterance], confidence: Confidence | None = None) -> tuple[DraftCue, ...]:
    """The utterances as drafts, each word with its time; those that would begin together, a moment apart."""
    drafts: list[DraftCue] = []
    for utterance in sorted(utterances):
        at_s = utterance.start_s
        if drafts and at_s <= drafts[-1].start_s:
            at_s = drafts[-1].start_s + 0.05
        words = []
        for phrase in utterance.phrases:
            end_s = at_s + CHARACTER_S * len(phrase)
            words.append(Word(round(at_s, 3), round(end_s, 3), phrase, 0.9))
            at_s = end_s
        drafts.append(
            DraftCue(words[0].start_s, words[-1].end_s, utterance.voice, utterance.text, tuple(words), (), confidence)
        )
    return tuple(drafts)


def said(*lines: tuple[str, str], from_s: float = 0.0, pause_s: float = 0.5) -> tuple[Utterance, ...]:
    """Utterances one after the other, from (voice, phrases with spaces between them)."""
    utterances = []
    for voice, text in lines:
        utterances.append(Utterance(round(from_s, 3), voice, tuple(text.split())))
        from_s += CHARACTER_S * len(text.replace(" ", "")) + pause_s
    return tuple(utterances)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Utterance, ...]:
    """Talks of two people who say the same things again and again."""
    phrases = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5)
    lines = draw(st.lists(st.tuples(st.sampled_from(("話者1", "話者2")), phrases), min_size=1, max_size=9))
    return said(*((voice, " ".join(words)) for voice, words in lines))


@st.composite
def varied_talks(draw: st.DrawFn) -> tuple[Utterance, ...]:
    """Talks of two people who say nothing twice."""
    phrases = draw(st.permutations(PHRASES))
    lines = []
    while phrases:
        count = draw(st.integers(1, 5))
        lines.append((draw(st.sampled_from(("話者1", "話者2"))), " ".join(phrases[:count])))
        phrases = phrases[count:]
    return said(*lines, pause_s=1.0)


@st.composite
def heard_again(draw: st.DrawFn, talk: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
    """The same talk, heard by another engine: words misheard, lines split, joined, lost and come up."""
    again: list[Utterance] = []
    for utterance in talk:
        phrases = [
            draw(st.sampled_from(PHRASES)) if draw(st.integers(0, 9)) == 0 else phrase for phrase in utterance.phrases
        ]
        start_s = round(utterance.start_s + draw(st.sampled_from((0.0, 0.0, 0.08, -0.08))), 3)
        what = draw(st.sampled_from(("same", "same", "same", "split", "join", "lose", "more")))
        if what == "lose":
            continue
        if what == "split" and len(phrases) > 1:
            cut = draw(st.integers(1, len(phrases) - 1))
            later_s = start_s + CHARACTER_S * len("".join(phrases[:cut]))
            again.append(Utterance(max(start_s, 0.0), utterance.voice, tuple(phrases[:cut])))
            again.append(Utterance(round(later_s, 3), utterance.voice, tuple(phrases[cut:])))
        elif what == "join" and again and again[-1].voice == utterance.voice:
            again[-1] = again[-1]._replace(phrases=(*again[-1].phrases, *phrases))
        else:
            again.append(Utterance(max(start_s, 0.0), utterance.voice, tuple(phrases)))
        if what == "more":
            after_s = round(start_s + CHARACTER_S * len("".join(phrases)) + 0.1, 3)
            voice = draw(st.sampled_from(("話者1", "話者2")))
            again.append(
                Utterance(after_s, voice, tuple(draw(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=1))))
            )
    return tuple(again)
