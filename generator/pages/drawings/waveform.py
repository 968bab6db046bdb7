"""The recording at a glance: loudness as bars, topics as a band, insights as dots. Drawn for the player."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from generator.model.vocabulary import Topic

BARS = 200
"""Bars across the player: on a wide screen one every three pixels."""
HEIGHT = 40
_LOWEST, _HIGHEST = 2, 36
_STANDING = tuple(
    f"{(HEIGHT - tall) // 2}v{tall}"
    for tall in (_LOWEST + (_HIGHEST - _LOWEST) * peak // 100 // 2 * 2 for peak in range(101))
)
"""How a bar for each loudness stands, centred: `11v18`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the talk that digs into one topic."""

    topic: Topic
    label: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A moment at which an insight has its evidence."""

    cue_id: str
    start_s: float
    claim: str


def bar_heights(peaks: Sequence[int], bars: int = BARS) -> list[int]:
    """The loudest of `peaks` (0 to 100) within each of at most `bars` equal stretches."""
    count = min(bars, len(peaks))
    return [max(peaks[place * len(peaks) // count : (place + 1) * len(peaks) // count]) for place in range(count)]


def waveform(peaks: Sequence[int]) -> Markup:
    """One path of vertical bars, one unit apart in a box `HEIGHT` high, which the page stretches to its width."""
    heights = bar_heights(peaks)
    bars = "".join(f"M{place}.5 {_STANDING[peak]}" for place, peak in enumerate(heights))
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="cb-wave" viewBox="0 0 {len(heights)} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path id="cb-wave-bars" d="{bars}"/></svg>'
        f'<svg class="cb-wave cb-wave-heard" viewBox="0 0 {len(heights)} {HEIGHT}" preserveAspectRatio="none" '
        f'aria-hidden="true"><use href="#cb-wave-bars"/></svg>'
    )


def topic_band(stretches: Iterable[Stretch], duration_s: float) -> Markup:
    """A band along the recording; each topic has its ink and its hatching, and its name when pointed at."""
    rects = "".join(
        f'<rect class="cb-topic-{stretch.topic.value}" x="{_percent(stretch.start_s, duration_s)}" '
        f'width="{_percent(stretch.end_s - stretch.start_s, duration_s)}" height="6" rx="2">'
        f"<title>{escape(stretch.label)}</title></rect>"
        for stretch in stretches
    )
    return Markup(f'<svg class="cb-topics" height="6" aria-hidden="true">{rects}</svg>') if rects else Markup()  # noqa: S704 - escaped above


def insight_dots(dots: Iterable[Dot], duration_s: float, lang: str = "") -> Markup:
    """Dots above the bars that lead to the lines. The same links stand on the page: hidden from screen readers.

    `lang` is the attribute for claims in another language than the page's (`Words.lang`).
    """
    marks = "".join(
        f'<a href="#{escape(dot.cue_id)}" data-play="{escape(dot.cue_id)}" tabindex="-1"><circle '
        f'cx="{_percent(dot.start_s, duration_s)}" cy="6" r="4"><title>{escape(dot.claim)}</title></circle></a>'
        for dot in dots
    )
    return Markup(f'<svg class="cb-dots"{lang} height="12" aria-hidden="true">{marks}</svg>') if marks else Markup()  # noqa: S704 - escaped above


def _percent(part_s: float, whole_s: float) -> str:
    return f"{100 * part_s / whole_s:.2f}%" if whole_s > 0 else "0%"
