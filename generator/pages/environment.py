"""The Jinja environment of all pages: autoescape on, unknown names refused, and the few words templates may use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.pages.clock import clock
from generator.pages.compiled_templates import CompiledTemplates, beside_modules
from generator.pages.drawings.icons import face, icon, word_icon
from generator.pages.parts import Parts
from generator.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"
COMPILED = beside_modules(__file__)
"""Where templates are kept compiled between runs."""


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


class _FoldTexts(Extension):
    """Looks up `_("...")` once, when a template is compiled, instead of at every rendering.

    A page says some two hundred fixed texts; an environment speaks one language only, so they are constants in it.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace the tokens `_` `(` string `)` by the string's text in the reader's language."""
        look_up = cast("Callable[[str], str]", self.environment.globals["_"])
        compiled = cast("CompiledTemplates | None", self.environment.bytecode_cache)
        texts = {} if compiled is None or stream.name is None else compiled.texts_of(stream.name)
        held: list[Token] = []
        for token in stream:
            if token.type == "name" and token.value == "_":
                # It may open a new `_(`: everything before it is passed on.
                yield from held
                held = [token]
            elif not held:
                yield token
            elif token.type != _FIXED_TEXT[len(held)]:
                yield from held
                yield token
                held = []
            elif token.type == "rparen":
                message = held[2].value
                texts[message] = look_up(message)
                yield Token(held[2].lineno, "string", texts[message])
                held = []
            else:
                held.append(token)
        yield from held


_FIXED_TEXT = ("name", "lparen", "string", "rparen")


class _Context(Context):
    """Calls what it is told to. Jinja would ask each time whether that wants to know the context: nothing here does."""

    def call(
        self,
        called: Callable[..., object],
        /,
        *args: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **more: object,
    ) -> object:
        """The result of `called`."""
        return called(*args, **more)


class _Generator(CodeGenerator):
    """Escapes through `Environment.written`, and reads attributes as Python does: `.name` is no key of a mapping.

    What has to be decided while a page is rendered is left to Jinja.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the engine's name
        self.write("getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    """Escapes in a third of the time, which makes rendering a fifth faster; `_Context` and plain attributes take an
    eighth off what is left (150 pages of cases of 300 lines, the best of four runs).
    """

    code_generator_class = _Generator
    context_class = _Context

    @staticmethod
    def written(value: object) -> str:
        """`value` as it stands in HTML. Jinja would make `Markup` of it, only to join it with what stands around."""
        if type(value) is Markup:
            return value
        if type(value) is not str:
            return str(escape(value))
        return value if _SPECIAL(value) is None else str(escape(value))


_SPECIAL = re.compile("[&<>\"']").search


class Words:
    """What templates and views say in the reader's language."""

    def __init__(self, texts: Texts) -> None:
        """Speak the language of `texts`."""
        self.texts = texts
        self.language = texts.language
        self._labels: dict[tuple[type[StrEnum], StrEnum], str] = {}

    def say(self, message: str, **values: object) -> str:
        """The text for `message`, with `{name}` places filled from `values`."""
        text = self.texts.gettext(message)
        return text.format(**values) if values else text

    def count(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The text for `number` things; `{count}` is filled with it."""
        return self.texts.ngettext(singular, plural, number).format(count=number, **values)

    def label(self, word: StrEnum) -> str:
        """The reader's name of a word of the fixed vocabulary."""
        # By type as well as by value: members of two enums may be the same string.
        key = (type(word), word)
        found = self._labels.get(key)
        if found is None:
            found = self._labels[key] = self.texts.label(word)
        return found

    def lang(self, language: str) -> Markup:
        """The attribute for an element whose words are in `language`: empty when that is the readers' own."""
        return Markup() if language == self.language else Markup(f' lang="{language}"')  # noqa: S704 - ja or en

    def lang_within(self, language: str) -> Markup:
        """The attribute for words of the interface inside an element in `language`: empty where both are the same."""
        return Markup() if language == self.language else Markup(f' lang="{self.language}"')  # noqa: S704 - ja or en

    def day(self, date: dt.date) -> str:
        """A date in the reader's language."""
        return day(date, self.language)

    def number(self, value: float) -> str:
        """A figure in the reader's language."""
        return number(value, self.language)


@cache
def environment(texts: Texts, compiled: Path | None = COMPILED) -> Environment:
    """The environment for one language; made once. Keeps compiled templates in the folder `compiled`, None for nowhere.

    Templates know: `_(message, **values)`, `ngettext(singular, plural, count)`, `label(word)`, `lang(language)`,
    `day(date)`, `number(value)`, `clock(seconds)`, `"name"|icon`, `word_icon(word)`, `face(feeling)` and `parts`.
    """
    words = Words(texts)
    made = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[_FoldTexts],
        bytecode_cache=CompiledTemplates(compiled, texts.language, texts.gettext) if compiled else None,
    )
    made.globals.update(
        _=words.say,
        ngettext=words.count,
        label=words.label,
        lang=words.lang,
        day=words.day,
        number=words.number,
        clock=clock,
        word_icon=word_icon,
        face=face,
        parts=Parts(words),
    )
    # As a filter on a fixed name an icon is drawn once, when the template is compiled.
    made.filters["icon"] = icon
    return made
