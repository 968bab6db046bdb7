"""The decision what one audience may see, each withholding with its reason.

Rules: no record of consent, or none to the recording - not published. Withdrawn, past its last day, or older than the
retention period - gone. A case limited to audiences is in the site of those audiences only; without an audience only
cases open to all are shown. Mentions of a withheld case in other cases (evidence, links, stops of paths) go with it,
and words of a case that another one cites hide what their own case hides.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.model.case import CaseFile, Consent
from generator.model.casebook import Casebook, GuidedPath
from generator.model.corpus import Case, Corpus
from generator.model.evidence import Evidence
from generator.model.insight import Insight
from generator.model.journey import Journey, JourneyStep
from generator.model.transcript import Transcript
from generator.model.value_map import Need, Offer, ValueMap
from generator.publication.public import PublicCase, PublicCorpus, Withheld, WithholdingReason
from generator.publication.redaction import Redactor

MUTE_MARGIN_S = 0.3
"""Silence before and after a cue in which a redacted term is spoken, as cue times may be off by that much."""


def publish(
    corpus: Corpus, *, audience: str | None = None, on: dt.date | None = None
) -> tuple[PublicCorpus, tuple[Withheld, ...]]:
    """What `audience` may see on the day `on` (today when left out), and for the editor what it may not and why.

    Pure but for reading today's date when `on` is None.
    """
    today = on or dt.date.today()
    withheld = tuple(
        Withheld(case.slug, "case", reason)
        for case in corpus.cases
        if (reason := withholding_reason(case, corpus.casebook, audience, today)) is not None
    )
    hidden = {item.slug for item in withheld}
    shown = [case for case in corpus.cases if case.slug not in hidden]
    silent = tuple(
        Withheld(case.slug, "audio", WithholdingReason.AUDIENCE)
        for case in shown
        if case.recording is not None and not _may_listen(case.facts.consent, audience)
    )
    redactors = {case.slug: _redactor(case, corpus.casebook) for case in shown}
    hidden_names = [case.facts.customer.name for case in corpus.cases if case.slug in hidden]
    everywhere = Redactor([*corpus.casebook.redact, *hidden_names], dict(map(_alias, shown)))
    insights = frozenset(f"{case.slug}#{insight.id}" for case in shown for insight in case.insights)
    public = PublicCorpus(
        casebook=everywhere.record(corpus.casebook.model_copy(update={"redact": ()})),
        cases=tuple(_public_case(case, corpus.casebook, audience, redactors, insights) for case in shown),
        challenges=everywhere.record(corpus.challenges),
        glossary=everywhere.record(corpus.glossary),
        paths=_public_paths(corpus, redactors, everywhere),
        withheld=dict(Counter(item.reason for item in withheld)),
        audience=audience,
        built_on=today,
    )
    return public, (*withheld, *silent)


def withholding_reason(
    case: Case, casebook: Casebook, audience: str | None, today: dt.date
) -> WithholdingReason | None:
    """Why a whole case may not be shown to `audience` on that day; None when it may."""
    consent = case.facts.consent
    if consent is None or not consent.recorded:
        return WithholdingReason.NO_CONSENT
    if consent.withdrawn is not None and consent.withdrawn <= today:
        return WithholdingReason.WITHDRAWN
    if consent.until is not None and consent.until < today:
        return WithholdingReason.EXPIRED
    if casebook.retention is not None and _months_later(case.facts.dates.interview, casebook.retention.months) <= today:
        return WithholdingReason.EXPIRED
    if consent.read is not None and audience not in consent.read:
        return WithholdingReason.AUDIENCE
    return None


def _may_listen(consent: Consent | None, audience: str | None) -> bool:
    return consent is not None and (consent.listen is None or audience in consent.listen)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month when it has no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = dt.date(year + (month0 == 11), (month0 + 1) % 12 + 1, 1)
    return min(dt.date(year, month0 + 1, 1) + dt.timedelta(days=day.day - 1), first_of_next - dt.timedelta(days=1))


def _alias(case: Case) -> tuple[str, str]:
    return case.facts.customer.name, case.facts.customer.alias


def _redactor(case: Case, casebook: Casebook) -> Redactor:
    """What hides the names and terms of a case, wherever its words stand."""
    facts = case.facts
    names = [] if facts.consent is not None and facts.consent.names else [person.name for person in facts.people]
    name, alias = _alias(case)
    return Redactor([*casebook.redact, *facts.redact, *names], {name: alias} if name != alias else None)


def _public_case(
    case: Case,
    casebook: Casebook,
    audience: str | None,
    visible: Mapping[str, Redactor],
    insights: Collection[str],
) -> PublicCase:
    facts = case.facts
    redactor = visible[case.slug]
    transcript = redactor.transcript(case.transcript)
    return PublicCase(
        slug=case.slug,
        facts=_public_facts(facts, redactor, visible),
        language=facts.language or casebook.language,
        transcript=transcript,
        review=redactor.record(case.review),
        insights=tuple(_public_insight(redactor.record(insight), visible, insights) for insight in case.insights),
        value_map=_public_value_map(redactor.record(case.value_map), visible),
        journey=_public_journey(redactor.record(case.journey), visible),
        recording=case.recording if _may_listen(facts.consent, audience) else None,
        muted_s=_muted_s(case.transcript, transcript),
        notes_markdown=redactor.text(case.notes_markdown),
        changed_on=case.changed_on,
    )


def _public_facts(facts: CaseFile, redactor: Redactor, visible: Mapping[str, Redactor]) -> CaseFile:
    named = facts.consent is not None and facts.consent.names
    public = redactor.record(
        facts.model_copy(
            update={
                "customer": facts.customer.model_copy(update={"name": facts.customer.alias}),
                "people": facts.people if named else tuple(p.model_copy(update={"name": ""}) for p in facts.people),
                "consent": None,
                "redact": (),
                "related": tuple(slug for slug in facts.related if slug in visible),
            }
        )
    )
    people = tuple(p.model_copy(update={"evidence": _visible(p.evidence, visible)}) for p in public.people)
    template = public.template and public.template.model_copy(
        update={"words": _visible(public.template.words, visible)}
    )
    return public.model_copy(update={"people": people, "template": template})


def _public_insight(insight: Insight, visible: Mapping[str, Redactor], insights: Collection[str]) -> Insight:
    """The insight without links to, and words from, cases that are withheld."""
    superseded_by = insight.superseded_by if insight.superseded_by in insights else None
    return insight.model_copy(
        update={
            "evidence": _visible(insight.evidence, visible),
            "against": _visible(insight.against, visible),
            "supports": tuple(link for link in insight.supports if link in insights),
            "contradicts": tuple(link for link in insight.contradicts if link in insights),
            "superseded_by": superseded_by,
        }
    )


def _public_value_map(value_map: ValueMap | None, visible: Mapping[str, Redactor]) -> ValueMap | None:
    """The map without words from cases that are withheld; the same object when it has none of other cases."""
    if value_map is None:
        return None
    theirs = (offer for rival in value_map.rivals for offer in rival.offers)
    if not _cite_others((*value_map.needs, *value_map.offers, *theirs)):
        return value_map

    def offers(listed: Sequence[Offer]) -> tuple[Offer, ...]:
        return tuple(offer.model_copy(update={"evidence": _visible(offer.evidence, visible)}) for offer in listed)

    needs = (need.model_copy(update={"evidence": _visible(need.evidence, visible)}) for need in value_map.needs)
    rivals = (rival.model_copy(update={"offers": offers(rival.offers)}) for rival in value_map.rivals)
    return value_map.model_copy(
        update={"needs": tuple(needs), "offers": offers(value_map.offers), "rivals": tuple(rivals)}
    )


def _public_journey(journey: Journey | None, visible: Mapping[str, Redactor]) -> Journey | None:
    """The journey without words from cases that are withheld; the same object when it has none of other cases."""
    if journey is None or not _cite_others(journey.steps):
        return journey
    steps = (step.model_copy(update={"evidence": _visible(step.evidence, visible)}) for step in journey.steps)
    return journey.model_copy(update={"steps": tuple(steps)})


def _cite_others(things: Iterable[Need | Offer | JourneyStep]) -> bool:
    return any(item.case for thing in things for item in thing.evidence)


def _visible(evidence: Sequence[Evidence], visible: Mapping[str, Redactor]) -> tuple[Evidence, ...]:
    """Evidence whose case may be seen; the words of another case hide what that case hides."""
    return tuple(
        item if item.case is None else visible[item.case].record(item)
        for item in evidence
        if item.case is None or item.case in visible
    )


def _muted_s(before: Transcript | None, after: Transcript | None) -> tuple[tuple[float, float], ...]:
    """Stretches to be silenced, in seconds: the cues whose words were redacted, with a margin, merged and in order."""
    if before is None or after is None or before is after:
        return ()
    merged: list[tuple[float, float]] = []
    for spoken, shown in sorted(zip(before.cues, after.cues, strict=True), key=lambda pair: pair[0].start_s):
        if spoken.text == shown.text:
            continue
        start_s, end_s = max(0.0, spoken.start_s - MUTE_MARGIN_S), spoken.end_s + MUTE_MARGIN_S
        if merged and start_s <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end_s, merged[-1][1]))
        else:
            merged.append((start_s, end_s))
    return tuple(merged)


def _public_paths(corpus: Corpus, visible: Mapping[str, Redactor], redactor: Redactor) -> dict[str, GuidedPath]:
    """Guided paths without the stops at withheld cases; a path that loses every stop is gone."""
    paths = {}
    for name, path in corpus.paths.items():
        stops = tuple(stop for stop in path.stops if stop.case in visible)
        if stops:
            paths[name] = redactor.record(path.model_copy(update={"stops": stops}))
    return paths
