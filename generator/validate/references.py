"""What refers to what: identifiers that must be unique, words of the vocabulary, other cases, cues and quotes.

Works on a file's plain data rather than on its record, so that a file with one misspelt key still has all its other
mistakes reported in the same run. The model says by `RefersTo` which texts are identifiers, and of what.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeAlias

from generator.model.base import Record, RefersTo, Target
from generator.model.casebook import Casebook, Challenges, Term
from generator.model.evidence import split_cue_range
from generator.model.transcript import Cue, Transcript
from generator.problems import Code, Problem
from generator.sources.places import Mark
from generator.sources.yaml import MAX_QUOTED
from generator.validate.fields import shapes
from generator.validate.nearest import suggestion
from generator.validate.quotes import Whereabouts, stands_in
from generator.validate.records import Sheet

Path: TypeAlias = tuple[str | int, ...]

TERM_LISTS = (
    Target.DEPARTMENT,
    Target.PRODUCT,
    Target.COMPETITOR,
    Target.INDUSTRY,
    Target.TAG,
    Target.SHARED_NEED,
    Target.AUDIENCE,
)
"""The targets that are lists of casebook.yml."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that cases may use, and the folders that there are."""

    terms: Mapping[Target, tuple[str, ...]]
    """Identifiers by list. A list whose file could not be read is left out, and nothing is looked up in it."""
    slugs: tuple[str, ...]
    """Folder names of all cases."""
    redact: tuple[str, ...] = ()
    """Terms that the knowledge base hides in every case."""


@dataclass(frozen=True, slots=True)
class OtherCase:
    """A reference into another case, to be looked up when all cases have been read."""

    file: str
    mark: Mark
    target: Target
    """`Target.INSIGHT` or `Target.CUES`."""
    slug: str
    word: str
    """Insight identifier, or cue range."""
    quote: str
    """Empty when there is none."""
    quote_mark: Mark


@dataclass(frozen=True)
class Speech:
    """What was said in a case, for looking up cues and quotes."""

    transcript: Transcript | None = None
    is_broken: bool = False
    """A transcript is there but could not be read: reported once, and nothing is looked up in it."""

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Finds quotes anywhere in the transcript."""
        return Whereabouts(self.transcript.cues if self.transcript else ())


_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
NOTHING_SAID = Speech()


@dataclass(frozen=True, slots=True)
class _Reference:
    """An identifier of something else, as it stands in a file."""

    place: Path
    target: Target
    word: str
    holder: Mapping[str, Any]
    """The mapping in which it stands."""

    def text_beside(self, key: str) -> str:
        """The text under another key of the same mapping; empty when there is none."""
        value = self.holder.get(key)
        return value.strip() if isinstance(value, str) else ""


def vocabulary(casebook: Casebook | None, challenges: Challenges | None, slugs: Collection[str]) -> Vocabulary:
    """The vocabulary of a knowledge base; None stands for a file that could not be read."""
    terms: dict[Target, tuple[str, ...]] = {}
    if casebook:
        for target in TERM_LISTS:
            if target is not Target.CHALLENGE:
                terms[target] = tuple(term.id for term in getattr(casebook, target.value))
    if challenges:
        terms[Target.CHALLENGE] = tuple(challenge.id for challenge in challenges.challenges)
    return Vocabulary(terms, tuple(sorted(slugs)), casebook.redact if casebook else ())


class References:
    """Looks up what the files of one case refer to, and collects what does not exist."""

    def __init__(self, words: Vocabulary, slug: str = "", speech: Speech = NOTHING_SAID) -> None:
        """Look up for the case `slug`, which is empty for files that belong to no case."""
        self._words = words
        self._slug = slug
        self._speech = speech
        self.problems: list[Problem] = []
        self.elsewhere: list[OtherCase] = []
        """What can only be looked up when all cases have been read."""

    def check(self, sheet: Sheet[Any]) -> None:
        """Look up everything in one file."""
        data = sheet.document.data
        if not data:
            return
        own_ids = _own_ids(data)
        seen: dict[tuple[object, str], Path] = {}
        for path, kind, holder in _records(sheet.kind, data, ()):
            for step, target, word in _references(kind, holder):
                self._look_up(_Reference((*path, *step), target, word, holder), sheet, own_ids)
            own_id = holder.get("id")
            if path and isinstance(own_id, str):
                # Anchors on a page are made of kind and identifier, so that they are unique among their kind; terms
                # that have no kind of their own are unique in their list.
                scope = tuple(step for step in path if isinstance(step, str)) if kind is Term else kind
                first = seen.setdefault((scope, own_id), path)
                if first is not path:
                    line = sheet.document.value_mark((*first, "id")).line
                    self.problems.append(sheet.problem((*path, "id"), Code.DUPLICATE_ID, id=own_id, line=str(line)))

    def _look_up(self, reference: _Reference, sheet: Sheet[Any], own_ids: Mapping[Target, tuple[str, ...]]) -> None:
        place, target, word = reference.place, reference.target, reference.word
        if target in (Target.CUES, Target.INSIGHT, Target.INSIGHT_OF_CASE):
            self._follow(reference, sheet)
        elif target is Target.CASE and word == self._slug and place[0] == "related":
            self.problems.append(sheet.problem(place, Code.SELF_REFERENCE, written=word))
        else:
            code, known = self._known(target, own_ids)
            if known is not None and word not in known:
                values = {"written": word, **suggestion(word, known)}
                if code is Code.UNKNOWN_TERM:
                    source = "challenges.yml" if target is Target.CHALLENGE else "casebook.yml"
                    values |= {"list": target.value, "source": source}
                self.problems.append(sheet.problem(place, code, **values))

    def _known(self, target: Target, own_ids: Mapping[Target, tuple[str, ...]]) -> tuple[Code, Collection[str] | None]:
        """What may be named where `target` is meant, and the code for anything else; None when that is not known."""
        if target is Target.VOICE:
            return Code.UNKNOWN_VOICE, self._speech.transcript.voices if self._speech.transcript else None
        if target is Target.CASE:
            return Code.UNKNOWN_CASE, self._words.slugs
        if target in own_ids:
            return Code.UNKNOWN_NEED if target is Target.OWN_NEED else Code.UNKNOWN_NOTE, own_ids[target]
        return Code.UNKNOWN_TERM, self._words.terms.get(target)

    def _follow(self, reference: _Reference, sheet: Sheet[Any]) -> None:
        """A reference to cues or an insight, which may lead into another case."""
        place, target, word = reference.place, reference.target, reference.word
        slug = reference.text_beside("case") or self._slug
        if target is Target.INSIGHT:
            slug, _, word = word.partition("#")
            if not slug or not word:
                return  # Reported by the record.
            if slug == self._slug and word == reference.text_beside("id"):
                self.problems.append(sheet.problem(place, Code.SELF_REFERENCE, written=f"{slug}#{word}"))
                return
            if slug not in self._words.slugs:
                values = suggestion(slug, self._words.slugs)
                self.problems.append(sheet.problem(place, Code.UNKNOWN_CASE, written=slug, **values))
                return
        quote = reference.text_beside("quote") if target is Target.CUES else ""
        if target is Target.CUES and slug == self._slug:
            found = check_cues(word, quote, self._speech)
            if found:
                self.problems.append(sheet.problem(_at_fault(place, found[0]), found[0], **found[1]))
        elif slug in self._words.slugs:
            mark = sheet.document.value_mark(place)
            quote_mark = sheet.document.value_mark((*place[:-1], "quote")) if quote else mark
            kind = Target.CUES if target is Target.CUES else Target.INSIGHT
            self.elsewhere.append(OtherCase(sheet.file, mark, kind, slug, word, quote, quote_mark))


def check_elsewhere(
    references: Iterable[OtherCase], speeches: Mapping[str, Speech], insight_ids: Mapping[str, Collection[str] | None]
) -> Iterator[Problem]:
    """What is wrong with references from one case into another, given all cases by folder name."""
    for reference in references:
        slug, word = reference.slug, reference.word
        if reference.target is Target.INSIGHT:
            known = insight_ids[slug]
            if known is not None and word not in known:
                values = {"written": word, "case": slug, **suggestion(word, known)}
                yield Problem(reference.file, *reference.mark, Code.UNKNOWN_INSIGHT, values)
        elif found := check_cues(word, reference.quote, speeches[slug]):
            mark = reference.quote_mark if found[0] in _AT_QUOTE else reference.mark
            yield Problem(reference.file, *mark, *found)


def check_cues(cue_range: str, quote: str, speech: Speech) -> tuple[Code, dict[str, str]] | None:
    """What is wrong with a place in a transcript and the words that should stand there, or None."""
    try:
        first, last = split_cue_range(cue_range)
    except ValueError:
        return None  # Reported by the record.
    transcript = speech.transcript
    if transcript is None:
        return None if speech.is_broken else (Code.NO_TRANSCRIPT, {})
    for cue_id in (first, last):
        if transcript.cue(cue_id) is None:
            near = next((cue.id for cue in transcript.cues if _bare(cue.id) == _bare(cue_id)), None)
            return Code.UNKNOWN_CUE, {"cue": cue_id, **({"nearest": near} if near else {})}
    cues = transcript.run(first, last)
    if not cues:
        return Code.CUE_RANGE_BACKWARDS, {"first": first, "last": last}
    return _quote_problem(cue_range, quote, cues, speech) if quote else None


def _bare(cue_id: str) -> str:
    """An identifier without what is easily mistyped: case, and zeros before a number (`Q42` for `q042`)."""
    return _LEADING_ZEROS.sub("", cue_id.casefold())


def _quote_problem(
    cue_range: str, quote: str, cues: Sequence[Cue], speech: Speech
) -> tuple[Code, dict[str, str]] | None:
    if stands_in(quote, cues):
        return None
    said = " ".join(cue.text for cue in cues)
    values = {"quote": _short(quote), "cues": cue_range.strip(), "said": _short(said)}
    found = speech.whereabouts.find(quote)
    if found is None:
        return Code.QUOTE_NOT_FOUND, values
    at = found[0].id if found[0] is found[1] else f"{found[0].id}..{found[1].id}"
    return Code.QUOTE_ELSEWHERE, {**values, "at": at}


_AT_QUOTE = (Code.QUOTE_NOT_FOUND, Code.QUOTE_ELSEWHERE)


def _at_fault(cues_place: Path, code: Code) -> Path:
    """Where a problem with evidence stands: at the quote when the words are wrong, else at the cues."""
    return (*cues_place[:-1], "quote") if code in _AT_QUOTE else cues_place


def _short(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"


def _records(
    record: type[Record], data: Mapping[str, Any], path: Path
) -> Iterator[tuple[Path, type[Record], Mapping[str, Any]]]:
    """Every mapping in a file that stands where the model has a record, the file's own first."""
    yield path, record, data
    for key, inner, is_list in _inner_records(record):
        value = data.get(key)
        if value is None:
            continue
        if is_list and isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _records(inner, item, (*path, key, position))
        elif not is_list and isinstance(value, dict):
            yield from _records(inner, value, (*path, key))


@cache
def _inner_records(record: type[Record]) -> tuple[tuple[str, type[Record], bool], ...]:
    """The keys of a record under which other records stand, one or a list."""
    return tuple((key, shape.record, shape.is_list) for key, shape in shapes(record).items() if shape.record)


def _references(kind: type[Record], holder: Mapping[str, Any]) -> Iterator[tuple[Path, Target, str]]:
    """The identifiers of other things in one mapping: where, of what, and the identifier."""
    for key, target in _targets(kind):
        value = holder.get(key)
        if isinstance(value, str) and value.strip():
            yield (key,), target, value.strip()
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, str) and item.strip():
                    yield (key, position), target, item.strip()


@cache
def _targets(kind: type[Record]) -> tuple[tuple[str, Target], ...]:
    """The keys of a record that refer to something."""
    return tuple(
        (key, constraint.target)
        for key, shape in shapes(kind).items()
        for constraint in shape.constraints
        if isinstance(constraint, RefersTo)
    )


def _own_ids(data: Mapping[str, Any]) -> dict[Target, tuple[str, ...]]:
    """Identifiers to which only the same file refers."""
    return {
        target: tuple(
            item["id"] for item in data.get(key) or () if isinstance(item, dict) and isinstance(item.get("id"), str)
        )
        for target, key in ((Target.OWN_NEED, "needs"), (Target.OWN_NOTE, "notes"))
        if isinstance(data.get(key) or [], list)
    }
