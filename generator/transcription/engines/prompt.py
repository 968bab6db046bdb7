"""The words of a case that an engine would mishear: names that were never in what it learnt from.

Whisper takes the prompt for what was said just before and spells accordingly: in a sample recording the competitor
`オルバン` came out right both times, without a prompt once. It is a list of names and no more: whole sentences would be
carried on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from generator.model.case import CaseFile
from generator.model.casebook import Casebook, Term

MAX_TOKENS: Final = 200
"""By `most_tokens`. Whisper takes 223 and silently cuts what is beyond; the rest is for its own marks."""
_LEGAL_FORM: Final = re.compile(r"株式会社|有限会社|合同会社|[(（]株[)）]|㈱")
_REMARK: Final = re.compile(r"[(（][^)）]*[)）]?")


def case_prompt(casebook: Casebook, case: CaseFile, language: str) -> str:
    """The case's names in one line, those most likely to be said first, for as long as they fit; "" without any.

    Products and competitors of the case, the own company, the customer, its people, then the other products and
    competitors and what people are called by their function. Company names go without their legal form and functions
    without remarks, as they are spoken. For a language that is not written with them, Chinese characters and kana would
    lead the engine into Japanese: such names are left out.

    >>> case_prompt(casebook, case, "ja")  # doctest: +SKIP
    'フィールドノート TF14、オルバン、トウガ機器、アマサワ送電保守、天沢 良蔵。'
    """
    comma, stop = ("、", "。") if language in {"ja", "zh"} else (", ", ".")
    names = [
        *_names(casebook.products, case.products),
        *_names(casebook.competitors, case.competitors),
        casebook.own_company.name,
        case.customer.name,
        *(person.name for person in case.people),
        *(term.name for term in (*casebook.products, *casebook.competitors)),
        *(person.role for person in case.people),
    ]
    chosen: list[str] = []
    for name in dict.fromkeys(_as_spoken(names)):
        if _is_written_in(name, language) and most_tokens(comma.join([*chosen, name]) + stop) <= MAX_TOKENS:
            chosen.append(name)
    return comma.join(chosen) + stop if chosen else ""


def most_tokens(text: str) -> int:
    """No more tokens than this come of the text, whatever the tokenizer merges.

    Whisper's tokens are made of bytes (its `multilingual.tiktoken`), at most one for each; a kana takes two at most,
    though it has three bytes.
    """
    return sum(2 if "ぁ" <= letter <= "ヿ" else len(letter.encode()) for letter in text)


def _names(terms: Iterable[Term], ids: Iterable[str]) -> Iterator[str]:
    by_id = {term.id: term.name for term in terms}
    return (by_id[each] for each in ids if each in by_id)


def _as_spoken(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        spoken = _REMARK.sub("", _LEGAL_FORM.sub("", unicodedata.normalize("NFC", name)))
        joined = " ".join(spoken.split())
        if joined:
            yield joined


def _is_written_in(name: str, language: str) -> bool:
    return language in {"ja", "zh", "ko"} or all(unicodedata.east_asian_width(letter) not in "WF" for letter in name)
