"""Likely personal data that nobody listed: mail addresses, telephone, card and individual numbers, postal addresses.

It is a warning, because nobody but the editor knows whether it may stand there. What `redact` lists is hidden anyway
and not reported. Prices, dates, part numbers and times are not meant: figures must have the form, and where there is
one the check digit, of what they are taken for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from generator.model.transcript import Transcript
from generator.problems import Code, Problem
from generator.sources.places import mark_at
from generator.spellings import fold

PREFECTURES: Final = (
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県"
    "|石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県"
    "|岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県"
)
_PLAIN = str.maketrans("０１２３４５６７８９＠．－‐‑‒–—―−ー（）　＋", "0123456789@.---------() +")
"""Full width as half width, a character for a character, so that places stay."""
_HINT = re.compile(
    r"[@＠〒]|[0-9０-９][-‐‑‒–—―−－ー()（） 　.．0-9０-９]{7,}[0-9０-９]"
    r"|[都道府県][^\s、。]{1,20}[0-9０-９一二三四五六七八九十]"
)
"""Found in what may hold any of it, and in little else: nearly every file is done with after one look."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that looks like personal data."""

    kind: str
    """`mail`, `telephone`, `my-number`, `card`, `address`."""
    start: int
    """Place of its first character in the text."""
    text: str

    @property
    def masked(self) -> str:
        """Enough to find it, not enough to use it: reports are read by others."""
        return f"{self.text[:2]}…{self.text[-1]}"


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    form: re.Pattern[str]
    is_meant: Callable[[str], bool]


def find_personal_data(text: str) -> Iterator[Found]:
    """Everything in `text` that looks like personal data; a stretch of it is reported as one kind only."""
    done = 0
    for hint in _HINT.finditer(text):
        if hint.start() >= done:
            start = text.rfind("\n", 0, hint.start()) + 1
            done = len(text) if (end := text.find("\n", hint.start())) < 0 else end
            yield from (replace(found, start=start + found.start) for found in _in_line(text[start:done]))


def _in_line(text: str) -> Iterator[Found]:
    plain = text.translate(_PLAIN)
    taken: list[tuple[int, int]] = []
    for kind in _KINDS:
        for match in kind.form.finditer(plain):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            if kind.is_meant(match[0]):
                taken.append((start, end))
                yield Found(kind.name, start, text[start:end])


def personal_data_in_file(content: bytes, file: str, hidden: Iterable[str]) -> Iterator[Problem]:
    """Warnings for a YAML or Markdown file, each at its place; comments of YAML are nobody's text."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    known = [fold(term) for term in hidden]
    for found in find_personal_data(text):
        line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
        if not _is_hidden(found, known) and not (file.endswith(".yml") and line.lstrip().startswith("#")):
            yield _problem(found, file, *mark_at(text, found.start))


def personal_data_in_talk(
    transcript: Transcript, content: bytes, file: str, hidden: Iterable[str]
) -> Iterator[Problem]:
    """Warnings for the words of a talk; `content` is the transcript's file."""
    said = "\n".join([cue.text for cue in transcript.cues])
    if not _HINT.search(said):
        return
    lines = content.decode("utf-8", "replace").splitlines()
    known = [fold(term) for term in hidden]
    for cue in transcript.cues:
        for found in find_personal_data(cue.text):
            if _is_hidden(found, known):
                continue
            line = next((at for at in range(cue.line, len(lines)) if found.text in lines[at]), cue.line)
            column = lines[line].find(found.text) + 1 if line < len(lines) else 1
            yield _problem(found, file, line + 1, max(column, 1))


def _is_hidden(found: Found, known: Iterable[str]) -> bool:
    folded = fold(found.text)
    return any(term and term in folded for term in known)


def _problem(found: Found, file: str, line: int, column: int) -> Problem:
    return Problem(file, line, column, Code.PERSONAL_DATA, {"reason": found.kind, "found": found.masked})


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _is_mail(text: str) -> bool:
    """Not an address of the documents' own names (RFC 2606)."""
    return not re.search(r"@(?:.*\.)?example(?:\.[a-z.]+)?$|\.(?:example|invalid|test|localhost)$", text, re.IGNORECASE)


def _is_telephone(text: str) -> bool:
    """Ten figures of a landline, eleven of a mobile one (電気通信番号計画, 総務省); free numbers are no person's."""
    digits = _digits(text)
    if text.startswith("+"):
        national = digits.removeprefix("81").removeprefix("0")
        return len(national) in (9, 10) if digits.startswith("81") else 9 <= len(digits) <= 15
    if digits.startswith(("0120", "0800", "0570")):
        return False
    return len(digits) == (11 if digits[1] in "5789" and digits[2] == "0" else 10)


def is_my_number(digits: str) -> bool:
    """Whether twelve figures end in their check digit.

    It is 11 - (sum of P_n x Q_n) mod 11, or 0 where that remainder is 0 or 1: P_n is the n-th figure from the right
    without the check digit, Q_n is n + 1 up to the sixth and n - 5 from the seventh (平成26年総務省令第85号 第5条).
    """
    if len(digits) != 12 or len(set(digits)) < 3:
        return False
    numbers = [int(digit) for digit in reversed(digits[:11])]
    total = sum(number * (n + 1 if n <= 6 else n - 5) for n, number in enumerate(numbers, 1))
    left = total % 11
    return int(digits[11]) == (0 if left <= 1 else 11 - left)


def is_card_number(digits: str) -> bool:
    """Whether 13 to 19 figures are a card's by their first (ISO/IEC 7812-1: 2 to 6) and last one (Luhn, annex B)."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


_ALONE = r"(?<![\d.,\-/:_A-Za-z])"
_ENDS = r"(?![\d\-/:_A-Za-z]|[.,]\d)"
_KINDS: Final = (
    _Kind("mail", re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", re.ASCII), _is_mail),
    _Kind(
        "card",
        re.compile(
            rf"{_ALONE}(?:\d{{4}}([- ])\d{{4}}\1\d{{4}}\1\d{{1,7}}|\d{{4}}([- ])\d{{6}}\2\d{{5}}|\d{{13,19}}){_ENDS}"
        ),
        lambda text: is_card_number(_digits(text)),
    ),
    _Kind(
        "my-number",
        re.compile(rf"{_ALONE}\d{{4}}([- ]?)\d{{4}}\1\d{{4}}{_ENDS}"),
        lambda text: is_my_number(_digits(text)),
    ),
    _Kind(
        "telephone",
        re.compile(
            rf"{_ALONE}(?:\+\d{{1,3}}(?:[- ]?\(0\))?(?:[- ]\d{{1,5}}){{2,4}}|\+81\d{{9,10}}"
            r"|\(0\d{1,4}\)[- ]?\d{1,4}[- ]\d{3,4}|0\d{1,4}(?:[- ]\d{1,4}[- ]|\(\d{1,4}\)[- ]?)\d{3,4}"
            rf"|0[5789]0\d{{8}}){_ENDS}"
        ),
        _is_telephone,
    ),
    _Kind(
        "address",
        re.compile(
            rf"〒\s*\d{{3}}-\d{{4}}|(?:{PREFECTURES})[^\s、。,，0-9]{{1,12}}?[市区町村郡][^\s、。,，]{{0,16}}?"
            r"(?:\d+|[一二三四五六七八九十]+)(?:丁目|番地?|号|-\d+)"
        ),
        lambda _: True,
    ),
)
"""The most certain first: a stretch is taken once."""
