"""What a feed tells of: new cases and insights, newest first, as values that every format of feeds is made from."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from generator.model.insight import Insight
from generator.pages.case.search import departments_of
from generator.pages.library import Library
from generator.pages.quotes import quotes
from generator.publication import PublicCase

MOST: Final = 60
"""Entries of a feed. Readers of feeds keep what they have seen."""
NAMESPACE: Final = uuid.UUID("6f4f0a3e-5a1b-5c55-9d0e-0c1f5f1f8a11")
"""Of our identifiers (RFC 4122, version 5): an entry keeps its own when the site moves to another address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    id: str
    """`urn:uuid:...`, the same as long as the case or the insight has its name."""
    address: str
    """Relative to the site's root."""
    title: str
    summary: str
    """Plain text."""
    html: str
    """The same and more; escaped."""
    language: str
    published: dt.date
    """Day of the interview: a case has no other date that every site agrees on."""
    updated: dt.date
    """The last day that the case itself tells of: a review, a change that was finished. Never after the build."""
    categories: tuple[str, ...]


def entries(library: Library, department: str | None = None) -> tuple[Entry, ...]:
    """The newest entries: those for everybody, or those that a department should know of."""
    found: list[Entry] = []
    for case in library.corpus.cases:
        if len(found) >= MOST:
            break
        found += _entries_of(library, case, department)
    return tuple(found[:MOST])


def _entries_of(library: Library, case: PublicCase, department: str | None) -> Iterator[Entry]:
    if department is None or department in departments_of(case):
        yield _of_case(library, case)
    for insight in case.insights:
        acting = {action.department for action in insight.actions}
        if department is None or department in {*insight.departments, *acting}:
            yield _of_insight(library, case, insight)


def _of_case(library: Library, case: PublicCase) -> Entry:
    facts, words = case.facts, library.words
    about = [
        words.label(facts.type),
        facts.customer.alias,
        library.industry(facts.customer.industry).name,
        *(library.product(product).name for product in facts.products),
    ]
    line = facts.core.line if facts.core else ""
    address = f"cases/{case.slug}/"
    return Entry(
        id=_identifier(library, address),
        address=address,
        title=words.say("New case: {title}", title=facts.title),
        summary="\n".join(filter(None, (line, " · ".join(about)))),
        html=_paragraphs(line, " · ".join(about)),
        language=case.language,
        published=facts.dates.interview,
        updated=_updated(library, case),
        categories=tuple(about),
    )


def _of_insight(library: Library, case: PublicCase, insight: Insight) -> Entry:
    facts, words = case.facts, library.words
    said = quotes(library, case, insight.evidence, page_of=None, root="")
    quote = said[0] if said else None
    heard = f"<blockquote><p>{escape(quote.marked)}</p></blockquote>" if quote else ""
    origin = f"{facts.title} ({facts.customer.alias})"
    lens = f"{words.label(insight.lens.scene)} · {insight.lens.when}"
    address = f"cases/{case.slug}/#insight-{insight.id}"
    departments = (library.department(department).name for department in insight.departments)
    return Entry(
        id=_identifier(library, address),
        address=address,
        title=words.say("Insight: {claim}", claim=insight.claim),
        summary="\n".join(filter(None, (quote.marked if quote else "", lens, origin))),
        html=heard + _paragraphs(lens, origin),
        language=case.language,
        published=facts.dates.interview,
        updated=_updated(library, case, insight),
        categories=(words.label(insight.topic), words.label(insight.kind), *departments),
    )


def _updated(library: Library, case: PublicCase, insight: Insight | None = None) -> dt.date:
    days = [case.facts.dates.interview]
    days += (meeting.on for meeting in (case.review.meetings if case.review else ()))
    changed = case.insights if insight is None else (insight,)
    days += (action.done_on for item in changed for action in item.actions if action.done_on)
    return max(day for day in days if day <= max(library.corpus.built_on, case.facts.dates.interview))


def _identifier(library: Library, address: str) -> str:
    home = uuid.uuid5(NAMESPACE, library.corpus.casebook.own_company.name)
    return uuid.uuid5(home, address).urn


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)
