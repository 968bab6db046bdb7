"""Whatever is consented to, by whom, until when and for whom: nothing of what is withheld passes the gate.

Every text of a case holds a sign of its own, and cases quote, support and name one another in all ways there are.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.casebook import GuidedPath
from generator.model.corpus import Case, Recording, RecordingPart
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.transcript import Cue, Transcript
from generator.model.value_map import ValueMap
from generator.publication import PublicCorpus, publish
from generator.publication.gate import may_be_heard
from tests.support.cases import DAY, a_case, a_casebook, a_corpus, an_insight

SLUGS = ("2025-01-one", "2025-02-two", "2025-03-three")
AUDIENCES = ("sales", "board")
CASEBOOK = a_casebook(
    audiences=[{"id": "sales", "name": "営業"}, {"id": "board", "name": "経営", "includes": ["sales"]}],
    retention={"months": 12},
)
RIGHTS = {None: frozenset[str](), "sales": frozenset({"sales"}), "board": frozenset({"sales", "board"})}

days = st.none() | st.integers(-2, 2).map(lambda shift: DAY + dt.timedelta(days=shift))
audience_lists = st.none() | st.lists(st.sampled_from(AUDIENCES), max_size=2, unique=True)
person_consents = st.none() | st.fixed_dictionaries(
    {}, optional={"read": audience_lists, "listen": audience_lists, "until": days, "withdrawn": days}
)
consents = st.none() | st.fixed_dictionaries(
    {
        "recorded": st.sampled_from([True, True, True, False]),
        "given_by": st.just("部長"),
        "given_on": st.just("2025-07-18"),
        "names": st.booleans(),
    },
    optional={"read": audience_lists, "listen": audience_lists, "until": days, "withdrawn": days},
)


def sign(slug: str, of: str = "case") -> str:
    """Words that stand in this case, or in this part of it, and nowhere else."""
    return f"カナリア{SLUGS.index(slug)}{of}。"


@st.composite
def case_of(draw: st.DrawFn, slug: str) -> Case:
    """A case in which a person and an insight have consents and limits of their own."""
    said, theirs, limited = sign(slug), sign(slug, "person"), sign(slug, "limited")
    others = [other for other in SLUGS if other != slug]
    quoted: list[dict[str, Any]] = [
        {"cues": cue, "quote": words, "case": other}
        for other in others
        for cue, words in (("q001", sign(other)), ("q002", sign(other, "person")))
    ]
    own = [{"cues": "q001", "quote": said}, {"cues": "q002", "quote": theirs}]
    links = [f"{other}#{insight}" for other in others for insight in ("i1", "i2")]
    only = draw(audience_lists)
    person = {"id": "p", "role": "係", "name": sign(slug, "name"), "voice": "係", "consent": draw(person_consents)}
    interview = DAY - dt.timedelta(days=draw(st.integers(363, 367)))
    facts = {
        "title": said,
        "customer": {"name": f"{said}社", "alias": f"{slug[-3:]}の会社", "industry": "power", "note": said},
        "dates": {"decision": "2024-01-20", "interview": interview},
        "consent": draw(consents),
        "people": [person, {"id": "other", "role": said, "voice": "部長", "evidence": [*own, *quoted]}],
        "core": dict.fromkeys(("line", "situation", "emotion", "purpose"), said),
        "account": {"category": limited},
        "limits": {"account": only},
        "related": others,
    }
    note = {"department": "sales", "kind": "reading"}
    notes = [
        {**note, "id": "m1", "cues": "q001", "text": said},
        {**note, "id": "m2", "cues": "q001", "text": limited, "only": only},
        {**note, "id": "m3", "cues": "q001", "text": limited, "reply_to": "m2"},
        {**note, "id": "m4", "cues": "q002", "text": theirs},
    ]
    cues = (Cue("q001", 1.0, 2.0, "部長", said, 3), Cue("q002", 3.0, 4.0, "係", theirs, 6))
    need = {"id": "n1", "text": said, "evidence": [*own, *quoted]}
    return a_case(
        slug,
        facts=facts,
        transcript=Transcript(cues),
        recording=Recording((RecordingPart(Path(f"{slug}.wav"), 10.0),)),
        insights=(
            an_insight(id="i1", claim=said, evidence=[*own, *quoted], supports=links),
            an_insight(id="i2", claim=limited, evidence=own[:1], only=only, contradicts=links),
            an_insight(id="i3", claim=theirs, evidence=own[1:]),
        ),
        review=Review.model_validate({"notes": notes}),
        value_map=ValueMap.model_validate({"needs": [need], "reading": said}),
        journey=Journey.model_validate({"steps": [{"id": "j1", "phase": "use", "title": said, "evidence": quoted}]}),
        notes_markdown=f"{said} [{sign(others[0])}](../{others[0]}/) {others[1]}",
    )


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Case, ...]:
    """Three cases that refer to one another."""
    return tuple(draw(case_of(slug)) for slug in SLUGS)


def is_open(only: tuple[str, ...] | None, audience: str | None) -> bool:
    """Whether an audience is among those to whom something is limited."""
    return only is None or bool(RIGHTS[audience] & set(only))


def is_over(consent: Any, day: dt.date) -> bool:
    """Whether a consent was withdrawn, or its last day has passed."""
    return bool((consent.withdrawn and consent.withdrawn <= day) or (consent.until and consent.until < day))


def may_be_shown(case: Case, audience: str | None, day: dt.date) -> bool:
    """The rules for a whole case, written down once more."""
    consent = case.facts.consent
    kept_until = case.facts.dates.interview.replace(year=case.facts.dates.interview.year + 1)
    return (
        consent is not None
        and consent.recorded
        and not is_over(consent, day)
        and day < kept_until
        and is_open(consent.read, audience)
    )


def withheld_signs(case: Case, audience: str | None, day: dt.date) -> list[str]:
    """What must not be said of a case that is shown."""
    person, signs = case.facts.people[0], []
    if not is_open(case.insights[1].only, audience):
        signs.append(sign(case.slug, "limited"))
    if person.consent and (is_over(person.consent, day) or not is_open(person.consent.read, audience)):
        signs.append(sign(case.slug, "person"))
    assert case.facts.consent is not None
    if not case.facts.consent.names or (person.consent and is_over(person.consent, day)):
        signs.append(sign(case.slug, "name"))
    return signs


@settings(max_examples=150, deadline=None)
@given(corpora(), st.sampled_from([None, *AUDIENCES]))
def test_nothing_of_what_is_withheld_passes_the_gate(cases: tuple[Case, ...], audience: str | None) -> None:
    """No sign of a withheld case or part stands in any field, nor does the name of its folder."""
    public, _ = publish(_corpus(cases), audience=audience, on=DAY)
    said = repr(public)
    for case in cases:
        if may_be_shown(case, audience, DAY):
            assert public.case(case.slug) is not None
            assert [sign for sign in withheld_signs(case, audience, DAY) if sign in said] == []
        else:
            number = SLUGS.index(case.slug)
            assert public.case(case.slug) is None
            assert case.slug not in said
            assert f"カナリア{number}" not in said


@settings(max_examples=50, deadline=None)
@given(corpora())
def test_what_is_left_is_whole(cases: tuple[Case, ...]) -> None:
    """Every reference that is published leads to something that is published."""
    public, _ = publish(_corpus(cases), on=DAY)
    insights = {f"{case.slug}#{insight.id}" for case in public.cases for insight in case.insights}
    for case in public.cases:
        assert all(public.case(slug) for slug in case.facts.related)
        notes = {note.id for note in case.review.notes} if case.review else set()
        assert all(note.reply_to in {None, *notes} for note in (case.review.notes if case.review else ()))
        for insight in case.insights:
            assert insight.evidence
            assert {*insight.supports, *insight.contradicts} <= insights
            assert all(item.case is None or public.case(item.case) for item in insight.evidence)
    for path in public.paths.values():
        assert path.stops
        assert all(stop.insight is None or f"{stop.case}#{stop.insight}" in insights for stop in path.stops)


@settings(max_examples=50, deadline=None)
@given(corpora())
def test_what_may_be_heard_is_what_the_sites_play(cases: tuple[Case, ...]) -> None:
    """Prepared sound that is kept, and the recordings of all sites, are the same."""
    corpus = _corpus(cases)
    sites = [publish(corpus, audience=audience, on=DAY)[0] for audience in (None, *AUDIENCES)]
    assert set(may_be_heard(corpus, on=DAY)) == {heard for public in sites for heard in _heard(public)}


def _heard(public: PublicCorpus) -> list[tuple[Recording, tuple[tuple[float, float], ...]]]:
    return [(case.recording, case.muted_s) for case in public.cases if case.recording is not None]


def _corpus(cases: tuple[Case, ...]) -> Any:
    stops = [{"case": slug, "insight": insight, "title": "A"} for slug in SLUGS for insight in ("i1", "i2", "i3")]
    paths = {"p": GuidedPath.model_validate({"title": "道", "stops": stops})}
    return a_corpus(*cases, casebook=CASEBOOK, paths=paths)
