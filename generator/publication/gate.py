"""The decision what one audience may see, each withholding with its reason.

    consent    may the case be shown, be heard; whose words, voice and name may not            (a case, a person, a day)
    limits     which parts of it are for other audiences                                       (a part, a single thing)
    deals      which closed deals may be shown, and what their customers' names are replaced with
    mentions   what it may still quote of itself and of others, and to what it may still lead
    addresses  no text names a case that is withheld
    redaction  names and terms, in text
    silence    and in the recording

The order matters: what is withheld is taken out first, so that nothing is derived from it, and texts are redacted last.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from generator.model.casebook import GuidedPath, Stop
from generator.model.corpus import Case, Corpus, Recording
from generator.model.insight import Insight
from generator.model.transcript import Transcript
from generator.publication.addresses import Addresses
from generator.publication.audiences import circle
from generator.publication.changes import changed, kept
from generator.publication.consent import Sight, audio_withheld, case_withheld
from generator.publication.deals import deal_names, may_see_deals, public_deals
from generator.publication.limits import Limiter
from generator.publication.mentions import Mentions, Source
from generator.publication.people import people_of, without_words
from generator.publication.public import PublicCase, PublicCorpus, Withheld, WithholdingReason
from generator.publication.redaction import Redactor
from generator.publication.silence import muted_s
from generator.validate.leaving import leaving

T = TypeVar("T")

ENDED = (WithholdingReason.WITHDRAWN, WithholdingReason.EXPIRED)
"""Reasons of cases that readers have seen once: only there it is true that something is no longer available."""

Heard = tuple[Recording, tuple[tuple[float, float], ...]]
"""A recording that may be heard, and the stretches of it, in seconds, that may not."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A case that is shown, as it passes the gate."""

    source: Source
    transcript: Transcript | None
    """Redacted, and without the words that may not be read."""
    heard: Heard | None
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class _Decided:
    """Which cases are shown, and what is hidden in all of them."""

    hidden: Mapping[str, Withheld]
    shown: Mapping[str, _Case]
    redactor: Redactor
    """Hides the customers' names and the knowledge base's terms."""


def publish(
    corpus: Corpus, *, audience: str | None = None, on: dt.date | None = None
) -> tuple[PublicCorpus, tuple[Withheld, ...]]:
    """What `audience` may see on the day `on` (today when left out), and for the editor what it may not and why.

    Pure but for reading today's date when `on` is None.
    """
    sight = Sight(circle(corpus.casebook, audience), on or dt.date.today())
    decided = _decided(corpus, sight)
    shown, hidden = decided.shown, decided.hidden
    sources = {slug: case.source for slug, case in shown.items()}
    ended = frozenset(slug for slug, item in hidden.items() if item.reason in ENDED)
    addresses = Addresses(hidden, ended)

    mentions = {slug: Mentions(source, sources, ended) for slug, source in sources.items()}
    insights = {slug: kept(source.case.insights, mentions[slug].insight) for slug, source in sources.items()}
    known = frozenset(f"{slug}#{insight.id}" for slug, listed in insights.items() for insight in listed)
    linked = {slug: kept(listed, partial(mentions[slug].links, shown=known)) for slug, listed in insights.items()}
    cases = tuple(
        _public_case(case, mentions[slug], addresses, linked[slug], corpus.casebook.language)
        for slug, case in shown.items()
    )

    def beside(records: T) -> T:
        """What stands beside the cases, with nothing in it that they hide."""
        return decided.redactor.record(addresses.record(records))

    paths = _open_paths(corpus.paths, sources, known)
    withheld = tuple(item for slug, case in shown.items() for item in (*case.withheld, *mentions[slug].withheld))
    public = PublicCorpus(
        casebook=beside(changed(corpus.casebook, redact=())),
        cases=cases,
        challenges=beside(corpus.challenges),
        glossary=beside(corpus.glossary),
        paths={name: beside(path) for name, path in paths.items()},
        deals=public_deals(corpus, sight, hidden, beside),
        deals_limited=not may_see_deals(corpus, sight),
        withheld=dict(Counter(item.reason for item in hidden.values())),
        withheld_parts=dict(Counter(item.reason for item in withheld)),
        shortened_paths=frozenset(
            name for name in paths if any(stop.case in ended for stop in corpus.paths[name].stops)
        ),
        audience=audience,
        built_on=sight.today,
    )
    return public, (*hidden.values(), *withheld)


def may_be_heard(corpus: Corpus, *, on: dt.date) -> tuple[Heard, ...]:
    """Every recording that some site of the corpus may play on that day, each as one of its audiences may hear it."""
    audiences = (None, *(audience.id for audience in corpus.casebook.audiences))
    sights = dict.fromkeys(Sight(circle(corpus.casebook, audience), on) for audience in audiences)
    heard = (case.heard for sight in sights for case in _decided(corpus, sight, only_recorded=True).shown.values())
    return tuple(dict.fromkeys(item for item in heard if item is not None))


def _decided(corpus: Corpus, sight: Sight, *, only_recorded: bool = False) -> _Decided:
    """The decision on every case, or on those alone that have a recording."""
    judged = {case.slug: case_withheld(case, corpus.casebook, sight) for case in corpus.cases}
    hidden = {slug: item for slug, item in judged.items() if item is not None}
    customers = {case.slug: case.facts.customer for case in corpus.cases}
    names = [customers[slug].name for slug in hidden]
    aliases = {customer.name: customer.alias for slug, customer in customers.items() if slug not in hidden}
    everywhere = Redactor(
        [*corpus.casebook.redact, *(name for name in names if name not in aliases)],
        {**deal_names(corpus, sight), **aliases},
    )
    passing = [case for case in corpus.cases if case.slug not in hidden and (case.recording or not only_recorded)]
    shown = {case.slug: _shown(case, everywhere, sight) for case in passing}
    return _Decided(hidden, shown, everywhere)


def _shown(case: Case, everywhere: Redactor, sight: Sight) -> _Case:
    """A case that may be shown, without what is not for this site in it."""
    people = people_of(case, sight)
    limiter = Limiter(case.slug, sight.circle)
    limited = limiter.case(case)
    customer = case.facts.customer
    redactor = Redactor(case.facts.redact, {customer.name: customer.alias}, people.hidden_names, below=everywhere)
    redacted = redactor.transcript(case.transcript)
    heard, no_audio = None, None
    if case.recording is not None:
        no_audio = audio_withheld(case, sight)
        if no_audio is None and people.voices_refused and case.transcript is None:
            no_audio = Withheld(case.slug, "audio", WithholdingReason.DEPENDS, "transcript.vtt")
        if no_audio is None:
            heard = (case.recording, muted_s(case.transcript, redacted, people.silent))
    return _Case(
        source=Source(
            case=replace(limited, facts=changed(limited.facts, people=people.shown)),
            redactor=redactor,
            leaving=leaving(case.facts, case.transcript),
            unread=people.unread,
        ),
        transcript=without_words(redacted, people.unread),
        heard=heard,
        withheld=(*((no_audio,) if no_audio else ()), *people.withheld, *limiter.withheld),
    )


def _public_case(
    case: _Case, mentions: Mentions, addresses: Addresses, insights: tuple[Insight, ...], language: str
) -> PublicCase:
    """The case as readers see it; `language` is that of the knowledge base."""
    source, redactor = case.source.case, case.source.redactor
    facts = mentions.facts(source.facts)
    customer = changed(facts.customer, name=facts.customer.alias)
    public = changed(facts, customer=customer, consent=None, limits=None, redact=())
    review, value_map = mentions.review(source.review), mentions.value_map(source.value_map)
    journey = mentions.journey(source.journey)
    language = facts.language or language
    return PublicCase(
        slug=source.slug,
        facts=redactor.record(addresses.record(public)),
        language=language,
        transcript=addresses.transcript(case.transcript),
        withheld_cues=case.source.unread,
        review=redactor.record(addresses.record(review)),
        insights=redactor.record(addresses.record(insights)),
        value_map=redactor.record(addresses.record(value_map)),
        journey=redactor.record(addresses.record(journey)),
        recording=case.heard[0] if case.heard else None,
        muted_s=case.heard[1] if case.heard else (),
        notes_markdown=redactor.text(addresses.markdown(source.notes_markdown, language)),
        ended_links=frozenset(mentions.ended_links),
        changed_on=source.changed_on,
    )


def _open_paths(
    paths: Mapping[str, GuidedPath], sources: Mapping[str, Source], insights: Collection[str]
) -> dict[str, GuidedPath]:
    """Guided paths without the stops at what is withheld; a path that loses every stop is gone."""

    def is_open(stop: Stop) -> bool:
        source = sources.get(stop.case)
        if source is None or (stop.insight is not None and f"{stop.case}#{stop.insight}" not in insights):
            return False
        return stop.cues is None or not source.is_unread(stop.cues)

    left = {name: tuple(filter(is_open, path.stops)) for name, path in paths.items()}
    return {
        name: path if len(left[name]) == len(path.stops) else changed(path, stops=left[name])
        for name, path in paths.items()
        if left[name]
    }
