"""Names and terms as they are hidden: what is looked for, what stands in its place, and where it is not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.spellings import company_core, fold, is_latin

MASK = "●●"
"""What stands in place of a redacted term."""

HONORIFICS = (
    "さん", "様", "さま", "氏", "君", "くん", "ちゃん", "殿", "先生", "社長", "会長", "専務", "常務", "取締役",
    "本部長", "部長", "次長", "課長", "係長", "主任", "主査", "所長", "工場長", "店長", "支店長", "室長", "班長",
    "リーダー", "マネージャー",
)  # fmt: skip
"""They stay behind a name that is replaced, because a sentence reads well with them: 佐藤さん is ●●さん."""

_BETWEEN_NAMES = re.compile(r"[\s・･=＝]+")
_KANJI = re.compile(r"[々〇\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing to hide."""

    term: str
    """As it is looked for, `北辰電設`."""
    replacement: str
    is_company: bool = True
    """Whether a legal form beside it goes with it. Terms of an editor's list may be companies."""
    needs_capital: bool = False
    """Part of a Latin name, which may be a word too: Mark, and not mark."""
    needs_break: bool = False
    """Name of one kanji: 林さん, and not 小林さん."""

    def is_meant(self, text: str, start: int) -> bool:
        """Whether the term that stands in `text` at `start` is this one, and not a word that looks like it."""
        if self.needs_capital and not text[start].isupper():
            return False
        return not (self.needs_break and start and _KANJI.match(text[start - 1]))


def company(name: str, replacement: str) -> Iterator[Hidden]:
    """A company's name, or a term of an editor's list, with or without its legal form."""
    if fold(name):
        yield Hidden(company_core(name), replacement)


def person(name: str) -> Iterator[Hidden]:
    """A person's name: as a whole, and its parts where white space or a middle dot tells them apart.

    A part of one letter is hidden only before an honorific, 林 in 林さん: on its own it is a word.
    """
    parts = [part for part in _BETWEEN_NAMES.split(name.strip()) if fold(part)]
    if not parts:
        return
    if len(fold(name)) > 1:
        yield Hidden(name, MASK, is_company=False)
    for part in parts if len(parts) > 1 or len(fold(name)) == 1 else ():
        folded = fold(part)
        if is_latin(folded):
            if len(folded) > 1:
                yield Hidden(part, MASK, is_company=False, needs_capital=True)
        elif len(folded) > 1:
            yield Hidden(part, MASK, is_company=False)
        else:
            for honorific in HONORIFICS:
                yield Hidden(part + honorific, MASK + honorific, is_company=False, needs_break=True)
