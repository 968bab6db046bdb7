"""The Jinja environment of all pages: autoescape on, unknown names refused, and the few words templates may use."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.pages.drawings.icons import face, icon
from generator.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"


def clock(seconds: float) -> str:
    """A place in a recording as listeners read it: `1:23`, or `1:02:03` from an hour on."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@lru_cache(maxsize=4096)
def day(date: dt.date, language: str) -> str:
    """A date as readers write it: 2025年7月18日, or 18 Jul 2025."""
    if language == "ja":
        return f"{date.year}年{date.month}月{date.day}日"
    return format_date(date, "d MMM y", locale=language)


@lru_cache(maxsize=4096)
def number(value: float, language: str) -> str:
    """A figure with the language's separators: 1,200 or 12.5."""
    return format_decimal(value, locale=language)


class Words:
    """What templates and views say in the reader's language."""

    def __init__(self, texts: Texts) -> None:
        """Speak the language of `texts`."""
        self.texts = texts
        self.language = texts.language

    def say(self, message: str, **values: object) -> str:
        """The text for `message`, with `{name}` places filled from `values`."""
        text = self.texts.gettext(message)
        return text.format(**values) if values else text

    def count(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The text for `number` things; `{count}` is filled with it."""
        return self.texts.ngettext(singular, plural, number).format(count=number, **values)

    def label(self, word: StrEnum) -> str:
        """The reader's name of a word of the fixed vocabulary."""
        return self.texts.label(word)

    def day(self, date: dt.date) -> str:
        """A date in the reader's language."""
        return day(date, self.language)

    def number(self, value: float) -> str:
        """A figure in the reader's language."""
        return number(value, self.language)


def word_icon(word: StrEnum) -> Markup:
    """The icon of a word of the fixed vocabulary."""
    return icon(f"{type(word).__name__}.{word.value}")


@cache
def environment(texts: Texts) -> Environment:
    """The environment for one language; made once.

    Templates know: `_(message, **values)`, `ngettext(singular, plural, count)`, `label(word)`, `day(date)`,
    `number(value)`, `clock(seconds)`, `icon(name)`, `word_icon(word)` and `face(feeling)`.
    """
    words = Words(texts)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        _=words.say,
        ngettext=words.count,
        label=words.label,
        day=words.day,
        number=words.number,
        clock=clock,
        icon=icon,
        word_icon=word_icon,
        face=face,
    )
    return made
