"""What a site must not say, for the audit: derived from what there is and what of it may be seen.

- customers' real names and people's withheld names, redacted terms;
- customers' real names in deals.csv, and the aliases of deals that are for other readers;
- folder names, titles and aliases of withheld cases;
- every sentence of `WINDOW` letters or more that stands in the cases and nowhere in what may be seen. Whole fields are
  compared, so that what is withheld tomorrow for a new reason is covered too.

What stands in a published case legitimately is no secret, though a withheld one says it as well. Shorter texts and
figures are not looked for: they would be found everywhere.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from generator.model.base import Record
from generator.model.corpus import Case, Corpus
from generator.model.transcript import Transcript
from generator.publication.deals import SHORTEST_NAME, name_key
from generator.publication.hidden import person
from generator.publication.matching import Matcher
from generator.publication.needles import Needles, needle
from generator.publication.public import PublicCase, PublicCorpus
from generator.publication.words import words_of
from generator.spellings import company_core, fold, is_latin

SHORTEST_TERM = 2
"""Letters; a term of one letter is hidden in text, but not looked for in a whole site."""
SHORTEST_TITLE = 4
DISTINCT_SLUG = 10
"""Characters of a folder's name that is no word: `2025-07-rugged-laptop`, and not `power`."""
_SENTENCE_END = re.compile(r"[。.!?|]+")
_NO_BARS = str.maketrans("|｜", "//")
_FILES = {
    "facts": "case.yml",
    "transcript": "transcript.vtt",
    "review": "review.yml",
    "insights": "insights.yml",
    "value_map": "value-map.yml",
    "journey": "journey.yml",
    "notes_markdown": "notes.md",
}
_ENDINGS = (".yml", ".vtt", ".md")


class SecretKind(StrEnum):
    """What a secret is."""

    NAME = "name"
    TERM = "term"
    FOLDER = "folder"
    TITLE = "title"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that a site must not say."""

    text: str
    """As it is looked for: a term in any spelling, or the folded beginning of a sentence. Never shown to anyone."""
    kind: SecretKind
    source: str
    """Where it stands, by which the editor is told: `2025-07-rugged-laptop/transcript q042`."""
    slug: str = ""
    """The case it belongs to; empty for what stands beside the cases."""
    written: str = ""
    """A sentence as the editor wrote it, where it opens a text."""
    is_own: bool = False
    """Other cases say it legitimately: it is a secret of what belongs to its own case only."""
    is_told: bool = False
    """Other cases say it where pages of this one may repeat it (a title), so that pages are no proof."""


def secrets(corpus: Corpus, public: PublicCorpus) -> tuple[Secret, ...]:
    """Everything that a site made of `public` must not say, although it stands in `corpus`."""
    shown = {case.slug: case for case in public.cases}
    terms = [
        *_customer_names(corpus, public),
        *_terms(corpus, shown),
        *_withheld_cases(corpus, shown),
        *_deals(corpus, public),
    ]
    words = list(_words(corpus, shown, public))
    if not terms and not words:
        return ()
    if not words and all(map(_is_replaced_everywhere, terms)):
        return tuple(terms)
    said = _Said(public)
    return (*said.still_secret(terms), *said.unsaid(words))


def _customer_names(corpus: Corpus, public: PublicCorpus) -> Iterator[Secret]:
    aliases = {fold(case.facts.customer.alias) for case in public.cases}
    for case in corpus.cases:
        name = company_core(case.facts.customer.name)
        if fold(name) not in aliases and fold(case.facts.customer.name) not in aliases:
            yield Secret(name, SecretKind.NAME, f"{case.slug}/case.yml customer.name", case.slug)


def _terms(corpus: Corpus, shown: Mapping[str, PublicCase]) -> Iterator[Secret]:
    for number, term in enumerate(corpus.casebook.redact):
        yield Secret(company_core(term), SecretKind.TERM, f"casebook.yml redact[{number}]")
    for case in corpus.cases:
        for number, term in enumerate(case.facts.redact):
            source = f"{case.slug}/case.yml redact[{number}]"
            yield Secret(company_core(term), SecretKind.TERM, source, case.slug)
        visible = {fold(one.name) for one in shown[case.slug].facts.people} if case.slug in shown else set()
        for stakeholder in case.facts.people:
            if fold(stakeholder.name) in visible:
                continue
            for item in person(stakeholder.name):
                if not item.needs_capital and not item.needs_break:
                    source = f"{case.slug}/case.yml people {stakeholder.id}"
                    yield Secret(item.term, SecretKind.NAME, source, case.slug)


def _withheld_cases(corpus: Corpus, shown: Mapping[str, PublicCase]) -> Iterator[Secret]:
    addresses = {key for _, key in texts_of((corpus.casebook, corpus.challenges))} | {*corpus.paths, *shown}
    for case in corpus.cases:
        if case.slug in shown:
            continue
        yield from _folder(case.slug, addresses)
        for key, text in (("title", case.facts.title), ("customer.alias", case.facts.customer.alias)):
            if len(fold(text)) >= SHORTEST_TITLE:
                yield Secret(text, SecretKind.TITLE, f"{case.slug}/case.yml {key}", case.slug)


def _deals(corpus: Corpus, public: PublicCorpus) -> Iterator[Secret]:
    """Customers' names in deals.csv; their aliases too, where deals are for other readers.

    The alias of a deal that is only too old, or was won, is no secret: readers might know the customer by it.
    """
    aliases = {fold(alias) for alias in (*(case.facts.customer.alias for case in public.cases), *_told(public))}
    names = {name_key(deal.customer): deal for deal in reversed(corpus.deals)}
    for key, deal in names.items():
        if len(key) >= SHORTEST_NAME and key not in aliases and fold(deal.customer) not in aliases:
            yield Secret(company_core(deal.customer), SecretKind.NAME, f"deals.csv {deal.id} customer.name")
    for deal in corpus.deals if public.deals_limited else ():
        if len(fold(deal.alias)) >= SHORTEST_TITLE and fold(deal.alias) not in aliases:
            yield Secret(deal.alias, SecretKind.TITLE, f"deals.csv {deal.id} alias")


def _told(public: PublicCorpus) -> tuple[str, ...]:
    return tuple(deal.alias for deal in public.deals)


def _folder(slug: str, addresses: Collection[str]) -> Iterator[Secret]:
    """A folder's name as addresses and records have it, and on its own when it can be nothing else."""
    for text in (f"cases/{slug}/", f'"case":"{slug}"'):
        yield Secret(text, SecretKind.FOLDER, f"{slug}/", slug)
    if slug in addresses:
        return
    for text in (f"../{slug}/", f"{slug}#"):
        yield Secret(text, SecretKind.FOLDER, f"{slug}/", slug)
    if len(slug) >= DISTINCT_SLUG and "-" in slug:
        yield Secret(slug, SecretKind.FOLDER, f"{slug}/", slug)


def _words(corpus: Corpus, shown: Mapping[str, PublicCase], public: PublicCorpus) -> Iterator[Secret]:
    """Sentences of what is not shown, or not as it stands; the first place of each."""
    seen: set[str] = set()
    beside: tuple[tuple[str, Any, Any], ...] = (
        ("casebook.yml", corpus.casebook, public.casebook),
        ("challenges.yml", corpus.challenges, public.challenges),
        ("glossary.yml", corpus.glossary, public.glossary),
        ("paths/", corpus.paths, public.paths),
        ("deals.csv", corpus.deals if public.deals_limited else (), ()),
    )
    for file, whole, left in beside:
        yield from _new_needles(_unlike(whole, left, file), "", seen)
    for case in corpus.cases:
        kept = shown.get(case.slug)
        for field in dataclasses.fields(Case):
            file = _FILES.get(field.name, field.name)
            texts = _unlike(getattr(case, field.name), getattr(kept, field.name, None), file)
            yield from _new_needles(texts, case.slug, seen)


def _new_needles(texts: Iterable[tuple[str, str]], slug: str, seen: set[str]) -> Iterator[Secret]:
    """The needles of the sentences in `texts`, folded all at once."""
    listed = list(texts)
    if not listed:
        return
    folded = fold("|".join(text.translate(_NO_BARS) for _, text in listed)).split("|")
    for (key, written), text in zip(listed, folded, strict=True):
        for number, sentence in enumerate(_SENTENCE_END.split(text)):
            known = needle(sentence)
            if known is not None and known not in seen:
                seen.add(known)
                opening = "" if number else _SENTENCE_END.split(written.lstrip())[0][: len(known)]
                yield Secret(known, SecretKind.WORDS, f"{slug}/{key}" if slug else key, slug, opening)


def _unlike(whole: Any, left: Any, key: str) -> Iterator[tuple[str, str]]:
    """Texts of `whole` that `left` does not have, each with the way to it."""
    if whole is left:
        return
    kept = {text for _, text in texts_of(left, key)}
    for place, text in texts_of(whole, key):
        if text not in kept:
            yield place, text


def texts_of(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value of the model, whatever its fields, with the way to it: `insights i2.claim`."""
    if type(value) is str:
        yield key, value
    elif isinstance(value, Transcript):
        for cue in value.cues:
            yield f"{key} {cue.id}", cue.voice
            yield f"{key} {cue.id}", cue.text
    elif isinstance(value, Record):
        name = f"{key} {one}" if (one := getattr(value, "id", "")) else key
        for field in type(value).model_fields:
            yield from texts_of(getattr(value, field), f"{name}{' ' if name.endswith(_ENDINGS) else '.'}{field}")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for item in dataclasses.fields(value):
            yield from texts_of(getattr(value, item.name), f"{key}.{item.name}")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from texts_of(name, key)
            yield from texts_of(item, f"{key} {name}")
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from texts_of(item, key)


def _is_replaced_everywhere(term: Secret) -> bool:
    """Whether the gate replaces it in every text, so that it is a leak wherever it is found."""
    return term.source.endswith("customer.name") or (term.kind is SecretKind.TERM and not term.slug)


class _Said:
    """What may be seen, folded, case by case."""

    def __init__(self, public: PublicCorpus) -> None:
        self._cases = {case.slug: (fold(_words_of_case(case)), fold(words_of(case.facts))) for case in public.cases}
        beside = (public.casebook, public.challenges, public.glossary, public.paths, _told(public))
        self._beside = fold(words_of(beside))

    def still_secret(self, terms: Iterable[Secret]) -> Iterator[Secret]:
        """Terms with what other cases say of them; without those that stand beside the cases or in one's own."""
        listed = [term for term in terms if len(fold(term.text)) >= SHORTEST_TERM]
        matcher = Matcher([term.text for term in listed])
        numbered: dict[str, set[int]] = {}
        told: dict[str, set[int]] = {}
        same = _same_patterns(listed)
        for slug, (whole, facts) in self._cases.items():
            numbered[slug] = {number for number, _, _ in matcher.in_folded(whole)}
            told[slug] = {number for number, _, _ in matcher.in_folded(facts)} if numbered[slug] else set()
        beside = {number for number, _, _ in matcher.in_folded(self._beside)}
        for number, term in enumerate(listed):
            first = same[number]
            elsewhere = [slug for slug, found in numbered.items() if first in found and slug != term.slug]
            if _is_replaced_everywhere(term):
                yield term
            elif first in beside or elsewhere:
                if term.slug in self._cases:
                    is_told = first in beside or any(first in told[slug] for slug in elsewhere)
                    yield replace(term, is_own=True, is_told=is_told)
            else:
                yield term

    def unsaid(self, words: Iterable[Secret]) -> Iterator[Secret]:
        """Sentences that nothing that may be seen says."""
        listed = list(words)
        needles = Needles(word.text for word in listed)
        said = {text for whole, _ in self._cases.values() for text, _ in needles.find(whole)}
        said |= {text for text, _ in needles.find(self._beside)}
        return (word for word in listed if word.text not in said)


def _words_of_case(case: PublicCase) -> str:
    return words_of(tuple(getattr(case, field.name) for field in dataclasses.fields(case)))


def _same_patterns(terms: list[Secret]) -> list[int]:
    """For each term the number by which a matcher calls it: of terms with one spelling, that of the first."""
    first: dict[str, int] = {}
    return [first.setdefault(fold(term.text), number) for number, term in enumerate(terms)]


def is_common(secret: Secret) -> bool:
    """Whether a term is too short, or only figures, to be told from a page's markup."""
    folded = fold(secret.text)
    return secret.kind is not SecretKind.WORDS and is_latin(folded) and (len(folded) < 3 or folded.isdecimal())
