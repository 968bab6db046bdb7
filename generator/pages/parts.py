"""The small parts that stand on a page by the dozen: quote, play button, chip, tag, badge, permanent link.

They are written here rather than as template macros, since a rich case has a hundred of them and a macro's call costs
more than the part itself. Every text goes through `escape`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.model.casebook import Department, Term
from generator.pages.clock import clock
from generator.pages.drawings.icons import icon, word_icon

if TYPE_CHECKING:
    from generator.pages.environment import Words
    from generator.pages.listing import Marks
    from generator.pages.quotes import Quote


class Parts:
    """The parts in one reader's language."""

    def __init__(self, words: Words) -> None:
        """Speak through `words`."""
        self._words = words
        self._permanent = escape(words.say("Permanent link"))
        self._badges: dict[tuple[type[StrEnum], StrEnum], Markup] = {}
        self._unconfirmed = escape(words.say("(unconfirmed)"))
        self._allowed = escape(words.say("May be quoted outside the company"))

    def play(self, href: str, start_s: float, cue_id: str = "", end_s: float = 0.0) -> Markup:
        """Hear a moment. Without script it leads to the line; without `href` readers may not listen: empty.

        `cue_id` lets the page's own player play it in place, up to `end_s` (seconds; 0 is to the end). Pages without a
        player play what has an end.
        """
        if not href:
            return Markup()
        time = clock(start_s)
        label = escape(self._words.say("Play from {time}", time=time))
        in_place = f' data-play="{escape(cue_id)}"' if cue_id else ""
        until = f' data-until="{end_s:.1f}"' if end_s else ""
        return Markup(  # noqa: S704 - escaped above
            f'<a class="cb-play" href="{escape(href)}"{in_place}{until} aria-label="{label}">{time}</a>'
        )

    def quote(self, quote: Quote, against: bool = False) -> Markup:
        """The customer's sentence, who said it, and the way to hear it."""
        play = self.play(quote.play_href, quote.start_s, "" if quote.case_title else quote.cue_id, quote.end_s)
        lang = self._words.lang(quote.language)
        speaker = f"<span{lang}>{escape(quote.speaker)}</span>" if quote.speaker else ""
        if speaker and quote.unconfirmed:
            speaker = f'<span>{speaker}<small class="cb-unconfirmed">{self._unconfirmed}</small></span>'
        place = quote.case_title or self._words.say("Line {id}", id=quote.cue_id)
        moment = f"<span>{escape(self._words.label(quote.moment))}</span>" if quote.moment else ""
        allowed = f'<span class="cb-allowed">{icon("check")} {self._allowed}</span>' if quote.copy_allowed else ""
        return Markup(  # noqa: S704 - escaped above
            f'<figure class="cb-quote{" cb-quote-against" if against else ""}">'
            f'<blockquote class="cb-quote-words" lang="{quote.language}">{escape(quote.marked)}</blockquote>'
            f'<figcaption class="cb-quote-from">{play}{speaker}'
            f'<a href="{escape(quote.href)}"{lang if quote.case_title else ""}>{escape(place)}</a>'
            f"{moment}{allowed}</figcaption></figure>\n"
        )

    def chip(self, department: Department, href: str = "", count: int | None = None) -> Markup:
        """A department with its hue; `count` is how many things are its own, `href` makes it a door."""
        many = "" if count is None else f' <span class="cb-chip-count">{count}</span>'
        body = f'style="--cb-hue:{department.hue}"'
        name = f"{escape(department.name)}{many}"
        if href:
            data = f'data-department="{escape(department.id)}"'
            return Markup(f'<a class="cb-chip" {body} href="{escape(href)}" {data}>{name}</a>')  # noqa: S704
        return Markup(f'<span class="cb-chip" {body}>{name}</span>')  # noqa: S704 - escaped above

    def tag(self, term: Term, href: str = "") -> Markup:
        """A word of the controlled vocabulary."""
        name = escape(term.name)
        if href:
            return Markup(f'<a class="cb-tag" href="{escape(href)}">{name}</a>')  # noqa: S704 - escaped above
        return Markup(f'<span class="cb-tag">{name}</span>')  # noqa: S704 - escaped above

    def badge(self, word: StrEnum) -> Markup:
        """A state or a type of the fixed vocabulary: shape, word and colour say the same."""
        # By type as well as by value: members of two enums may be the same string.
        key = (type(word), word)
        found = self._badges.get(key)
        if found is None:
            label = escape(self._words.label(word))
            found = self._badges[key] = Markup(  # noqa: S704 - escaped above
                f'<span class="cb-badge cb-badge-{word.value}">{word_icon(word)}{label}</span>'
            )
        return found

    def anchor(self, identifier: str) -> Markup:
        """The permanent link of a heading or a row."""
        return Markup(  # noqa: S704 - escaped above
            f'<a class="cb-anchor" href="#{escape(identifier)}" aria-label="{self._permanent}">#</a>'
        )

    @staticmethod
    def marks(carried: Marks) -> Markup:
        """The attributes by which a row of a list is found: ` data-type="lost silent" data-year="2025"`."""
        return Markup("".join([_mark(name, values) for name, values in carried.items() if values]))  # noqa: S704


@lru_cache(maxsize=1 << 14)  # rows are many, what they carry is not
def _mark(name: str, values: tuple[str, ...]) -> str:
    return f' data-{name}="{escape(" ".join(values))}"'
