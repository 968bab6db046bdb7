"""deals.csv becomes closed deals, or a list of what is wrong with it: every row is looked at."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from generator.model.base import Target
from generator.model.casebook import Casebook, Term
from generator.model.deals import HEADINGS, OUTCOME_WORDS, SEPARATORS, Deal
from generator.model.vocabulary import DealOutcome, Preference, SegmentKind
from generator.problems import Code, Problem
from generator.sources.csv import Cell, CsvTable, read_csv
from generator.sources.places import Mark
from generator.sources.yaml import MAX_QUOTED
from generator.texts import LANGUAGES, load_texts
from generator.validate.identifiers import name_in_alias
from generator.validate.nearest import suggestion
from generator.validate.personal_data import find_personal_data

_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
"""Year, month and day as people and Excel write them; the time that an export adds says nothing."""
_REQUIRED: Final = tuple(name for name, described in Deal.model_fields.items() if described.is_required())
_TERMS: Final = {"industry": Target.INDUSTRY, "products": Target.PRODUCT, "competitors": Target.COMPETITOR}


@dataclass(slots=True)
class _Reader:
    """Reads the cells of one file and remembers what is wrong."""

    file: str
    casebook: Casebook | None
    slugs: Collection[str]
    problems: list[Problem] = field(default_factory=list)
    _terms: dict[Target, Mapping[str, str]] = field(default_factory=dict)

    def terms(self, target: Target) -> Mapping[str, str]:
        """Every name and identifier of a list of casebook.yml, folded -> the identifier."""
        if target not in self._terms:
            listed: tuple[Term, ...] = getattr(self.casebook, target.value, ())
            self._terms[target] = {_folded(text): term.id for term in listed for text in (term.name, term.id)}
        return self._terms[target]

    def note(self, mark: Mark, code: Code, **values: str) -> None:
        """Remember a problem."""
        self.problems.append(Problem(self.file, *mark, code, values))


def read_deals(
    content: bytes, file: str, casebook: Casebook | None, slugs: Collection[str]
) -> tuple[tuple[Deal, ...], tuple[Problem, ...]]:
    """The deals in the bytes of a file that problems call `file`, and all that is wrong with it.

    Rows with errors are left out. Words are looked up in `casebook`, unless it could not be read (None), and cases
    among the folder names `slugs`.
    """
    table = read_csv(content)
    reader = _Reader(file, casebook, slugs)
    reader.problems += [Problem(file, *flaw.mark, flaw.code, flaw.values) for flaw in table.flaws]
    columns = _columns(table, reader)
    if columns is None:
        return (), tuple(reader.problems)
    deals: list[Deal] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        before = len(reader.problems)
        values = _row(row, columns, len(table.heading), reader)
        errors = [problem for problem in reader.problems[before:] if problem.code is not Code.PERSONAL_DATA]
        if "id" in values:
            first = lines.setdefault(values["id"], row[0].mark.line)
            if first != row[0].mark.line:
                reader.note(row[columns["id"]].mark, Code.DUPLICATE_ID, id=values["id"], line=str(first))
                continue
        if not errors:
            deals.append(Deal(**values))
    return tuple(deals), tuple(reader.problems)


@cache
def headings() -> Mapping[str, str]:
    """Every heading that is understood, as `_folded` has it -> the key of its column."""
    known = {
        name: (name, described.title or "", *HEADINGS.get(name, ())) for name, described in Deal.model_fields.items()
    }
    return {_folded(heading): name for name, listed in known.items() for heading in listed}


def _columns(table: CsvTable, reader: _Reader) -> dict[str, int] | None:
    """Key of a column -> its place; None when a column is missing without which no row says anything."""
    if not table.heading and table.flaws:
        return None
    columns: dict[str, int] = {}
    for place, cell in enumerate(table.heading):
        name = headings().get(_folded(cell.text))
        if name is None:
            if cell.text:
                titles = [Deal.model_fields[key].title or key for key in Deal.model_fields]
                values = suggestion(cell.text, [*Deal.model_fields, *titles]) | {"known": ", ".join(Deal.model_fields)}
                reader.note(cell.mark, Code.UNKNOWN_COLUMN, written=cell.text[:MAX_QUOTED], **values)
        elif name in columns:
            first = table.heading[columns[name]].text
            reader.note(cell.mark, Code.DUPLICATE_COLUMN, written=cell.text, other=first)
        else:
            columns[name] = place
    missing = [name for name in _REQUIRED if name not in columns]
    mark = table.heading[0].mark if table.heading else Mark(1, 1)
    for name in missing:
        reader.note(mark, Code.MISSING_COLUMN, key=name, name=Deal.model_fields[name].title or name)
    return None if missing else columns


def _row(row: Sequence[Cell], columns: Mapping[str, int], width: int, reader: _Reader) -> dict[str, Any]:
    """The values of a row, as far as they can be read."""
    beyond = next((cell for cell in row[width:] if cell.text), None)
    if beyond is not None:
        reader.note(beyond.mark, Code.CSV_CELLS, written=beyond.text[:MAX_QUOTED], count=str(width))
    values: dict[str, Any] = {}
    for name, place in columns.items():
        cell = row[place] if place < len(row) else Cell("", row[0].mark)
        if not cell.text:
            if name in _REQUIRED:
                reader.note(cell.mark, Code.EMPTY_VALUE, key=name)
            continue
        read = _READERS[name](name, cell, reader)
        if read is not None:
            values[name] = read
    alias, customer = str(values.get("alias", "")), str(values.get("customer", ""))
    if alias and customer and name_in_alias(customer, alias):
        reader.note(row[columns["alias"]].mark, Code.NAME_IN_ALIAS, written=alias)
    for found in find_personal_data(alias):
        mark = row[columns["alias"]].mark
        reader.note(mark, Code.PERSONAL_DATA, reason=found.kind, found=found.masked)
    return values


def _text(_: str, cell: Cell, __: _Reader) -> str:
    return cell.text


def _day(name: str, cell: Cell, reader: _Reader) -> dt.date | None:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", cell.text))
    try:
        if match:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    reader.note(cell.mark, Code.BAD_DATE, key=name, written=cell.text[:MAX_QUOTED])
    return None


def _word_of(kind: type[StrEnum]) -> Callable[[str, Cell, _Reader], StrEnum | None]:
    def read(name: str, cell: Cell, reader: _Reader) -> StrEnum | None:
        known = _words(kind)
        word = known.get(_folded(cell.text))
        if word is None:
            near = suggestion(cell.text, [member.value for member in kind])
            reader.note(cell.mark, Code.UNKNOWN_WORD, key=name, written=cell.text[:MAX_QUOTED], **near)
        return word

    return read


@cache
def _words(kind: type[StrEnum]) -> Mapping[str, StrEnum]:
    """What may be written for a word of the fixed vocabulary: its value, and its name in both languages."""
    named = {_folded(load_texts(language).label(word)): word for language in LANGUAGES for word in kind}
    more = {_folded(text): word for word, listed in OUTCOME_WORDS.items() for text in listed}
    return {**{_folded(word.value): word for word in kind}, **named, **(more if kind is DealOutcome else {})}


def _terms(name: str, cell: Cell, reader: _Reader) -> tuple[str, ...] | None:
    written = [part.strip() for part in re.split(f"[{SEPARATORS}]", cell.text) if part.strip()]
    found = [_term(name, part, cell, reader) for part in written]
    known = [identifier for identifier in found if identifier is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(found) else None


def _term(name: str, written: str, cell: Cell, reader: _Reader) -> str | None:
    """The identifier of a term that is written by its identifier or its name."""
    if reader.casebook is None:
        return None
    target = _TERMS[name]
    identifier = reader.terms(target).get(_folded(written))
    if identifier is None:
        near = suggestion(written, [term.name for term in getattr(reader.casebook, target.value)])
        values = {"written": written[:MAX_QUOTED], "list": target.value, "source": "casebook.yml", **near}
        reader.note(cell.mark, Code.UNKNOWN_TERM, **values)
    return identifier


def _one_term(name: str, cell: Cell, reader: _Reader) -> str | None:
    return _term(name, cell.text, cell, reader)


def _case(_: str, cell: Cell, reader: _Reader) -> str | None:
    if cell.text in reader.slugs:
        return cell.text
    reader.note(cell.mark, Code.UNKNOWN_CASE, written=cell.text[:MAX_QUOTED], **suggestion(cell.text, reader.slugs))
    return None


_READERS: Final[Mapping[str, Callable[[str, Cell, _Reader], Any]]] = {
    "id": _text,
    "decided_on": _day,
    "outcome": _word_of(DealOutcome),
    "customer": _text,
    "alias": _text,
    "industry": _one_term,
    "products": _terms,
    "competitors": _terms,
    "segment": _word_of(SegmentKind),
    "preference": _word_of(Preference),
    "case": _case,
}
"""How the cells of a column are read; None comes back, and a problem is noted, when one cannot be."""


def _folded(text: str) -> str:
    """A heading or word without what people write one way or the other: width, case, spaces, hyphens, a `*`."""
    return re.sub(r"[\s_\-*・]+", "", unicodedata.normalize("NFKC", text).casefold())
