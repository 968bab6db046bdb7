"""What will leave the site, and when: for editors who want to ask customers again in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.model.casebook import Casebook
from generator.model.corpus import Case, Corpus
from generator.publication.consent import Ending, audio_endings, case_endings
from generator.publication.people import person_endings


def endings(corpus: Corpus, *, after: dt.date, until: dt.date) -> tuple[Ending, ...]:
    """What is gone from a day after `after` on, up to and with `until`, in the order of those days.

    Of a case the first ending counts, and of its recording and people only what ends before the case does.
    """
    coming = [
        ending
        for case in corpus.cases
        if case.facts.consent is not None and case.facts.consent.recorded
        for ending in _first_endings(case, corpus.casebook)
        if after < ending.gone_on <= until
    ]
    return tuple(sorted(coming, key=lambda ending: (ending.gone_on, ending.withheld.slug, ending.withheld.part)))


def _first_endings(case: Case, casebook: Casebook) -> Iterator[Ending]:
    whole = min(case_endings(case, casebook), key=lambda ending: ending.gone_on, default=None)
    if whole is not None:
        yield whole
    parts: dict[str, Ending] = {}
    voices = (person_endings(case.slug, person, use) for person in case.facts.people for use in ("read", "listen"))
    for group in (audio_endings(case), *voices):
        for ending in group:
            part = ending.withheld.part
            if part not in parts or ending.gone_on < parts[part].gone_on:
                parts[part] = ending
    yield from (part for part in parts.values() if whole is None or part.gone_on < whole.gone_on)
