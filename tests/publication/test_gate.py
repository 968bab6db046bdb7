"""Who may see what: the rules of consent, audience and retention."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from generator.model.casebook import GuidedPath
from generator.model.corpus import Recording, RecordingPart
from generator.model.journey import Journey
from generator.model.value_map import ValueMap
from generator.publication import WithholdingReason, publish
from tests.support.cases import DAY, a_case, a_casebook, a_corpus, a_transcript, an_insight, published

CONSENT = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18"}
RECORDING = Recording((RecordingPart(Path("audio.m4a"), 60.0),))


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        (None, WithholdingReason.NO_CONSENT),
        ({**CONSENT, "recorded": False}, WithholdingReason.NO_CONSENT),
        ({**CONSENT, "withdrawn": DAY}, WithholdingReason.WITHDRAWN),
        ({**CONSENT, "until": DAY - dt.timedelta(days=1)}, WithholdingReason.EXPIRED),
        ({**CONSENT, "read": ["sales"]}, WithholdingReason.AUDIENCE),
        ({**CONSENT, "until": DAY}, None),
        ({**CONSENT, "withdrawn": DAY + dt.timedelta(days=1)}, None),
        (CONSENT, None),
    ],
)
def test_a_case_is_published_only_under_a_consent_in_force(
    consent: dict[str, Any] | None, reason: WithholdingReason | None
) -> None:
    """Without consent, withdrawn, past its last day or for others: the case is gone, and the reason is told."""
    public, withheld = publish(a_corpus(a_case(facts={"consent": consent})), on=DAY)
    assert [item.reason for item in withheld] == ([reason] if reason else [])
    assert len(public.cases) == (0 if reason else 1)
    assert dict(public.withheld) == ({reason: 1} if reason else {})


@pytest.mark.parametrize(("on", "shown"), [(dt.date(2026, 7, 17), True), (dt.date(2026, 7, 18), False)])
def test_a_case_leaves_when_its_retention_ends(on: dt.date, shown: bool) -> None:
    """Retention counts whole months from the interview."""
    casebook = a_casebook(retention={"months": 12})
    assert bool(published(a_case(), on=on, casebook=casebook).cases) is shown


def test_retention_from_the_last_of_a_month_ends_on_the_last_of_a_shorter_one() -> None:
    """31 August plus six months is 28 February, not a day that does not exist."""
    casebook = a_casebook(retention={"months": 6})
    case = a_case(facts={"dates": {"decision": "2025-01-31", "interview": "2025-08-31"}})
    assert published(case, on=dt.date(2026, 2, 27), casebook=casebook).cases
    assert not published(case, on=dt.date(2026, 2, 28), casebook=casebook).cases


def test_a_limited_case_is_in_its_audience_s_site() -> None:
    """`read` opens a case to the audiences it names."""
    corpus = a_corpus(a_case(facts={"consent": {**CONSENT, "read": ["sales"]}}))
    assert publish(corpus, audience="sales", on=DAY)[0].cases
    assert not publish(corpus, audience="product", on=DAY)[0].cases


def test_text_and_audio_are_decided_apart() -> None:
    """A customer may let everybody read and nobody listen."""
    case = a_case(facts={"consent": {**CONSENT, "listen": []}}, recording=RECORDING)
    public, withheld = publish(a_corpus(case), on=DAY)
    assert public.cases[0].recording is None
    assert public.cases[0].transcript is not None
    assert [(item.part, item.reason) for item in withheld] == [("audio", WithholdingReason.AUDIENCE)]


def test_readers_never_learn_the_customer_s_name() -> None:
    """The alias stands wherever the name stood, the spoken word included - and there the recording is silent."""
    case = a_case(
        transcript=a_transcript("北辰電設の鈴木です。", "冬の鉄塔に登ります。"),
        recording=RECORDING,
        notes_markdown="北辰電設とは十年のつきあい。",
        facts={"people": [{"id": "suzuki", "name": "鈴木", "role": "部長"}]},
    )
    public = published(case).cases[0]
    assert "北辰" not in repr(public)
    assert "鈴木" not in repr(public)
    assert public.facts.customer.name == "中部の保守会社"
    assert public.transcript is not None
    assert public.transcript.cues[0].text == "中部の保守会社の●●です。"
    assert public.muted_s == ((4.7, 9.3),)


def test_names_are_shown_where_consent_allows() -> None:
    """`names: true` keeps people's names."""
    people = [{"id": "suzuki", "name": "鈴木", "role": "部長"}]
    case = a_case(facts={"people": people, "consent": {**CONSENT, "names": True}})
    assert published(case).cases[0].facts.people[0].name == "鈴木"


def test_mentions_of_a_withheld_case_go_with_it() -> None:
    """Links, evidence and stops that lead to a withheld case are gone, what remains is whole."""
    gone = a_case("gone", facts={"consent": None})
    kept = a_case(
        "kept",
        facts={"related": ["gone"]},
        insights=(
            an_insight(
                evidence=[{"cues": "q001"}, {"cues": "q001", "case": "gone"}],
                supports=["gone#i1", "kept#i1"],
                superseded_by="gone#i1",
                state="superseded",
            ),
        ),
    )
    stops = [{"case": "gone", "title": "A"}, {"case": "kept", "title": "B"}]
    paths = {
        "both": GuidedPath.model_validate({"title": "道", "stops": stops}),
        "only-gone": GuidedPath.model_validate({"title": "道", "stops": stops[:1]}),
    }
    public = published(gone, kept, paths=paths)
    assert "gone" not in repr(public.cases)
    assert public.cases[0].insights[0].supports == ("kept#i1",)
    assert {name: len(path.stops) for name, path in public.paths.items()} == {"both": 1}


def test_maps_mention_no_withheld_case_either() -> None:
    """Needs, offers of both sides and steps lose the words that were said in a withheld case."""
    evidence = [{"cues": "q001"}, {"cues": "q001", "case": "gone", "quote": "手袋"}]
    offer = {"id": "o1", "text": "端末", "evidence": evidence}
    needs = [{"id": "n1", "text": "軽さ", "evidence": evidence}]
    rivals = [{"competitor": "orban", "offers": [{**offer, "id": "o2"}]}]
    steps = [{"id": "j1", "phase": "use", "title": "冬", "evidence": evidence}]
    kept = a_case(
        "kept",
        value_map=ValueMap.model_validate({"needs": needs, "offers": [offer], "rivals": rivals}),
        journey=Journey.model_validate({"steps": steps}),
    )
    public = published(a_case("gone", facts={"consent": None}), kept)
    assert "gone" not in repr(public.cases)
    value_map, journey = public.cases[0].value_map, public.cases[0].journey
    assert value_map is not None
    assert journey is not None
    found = (*value_map.needs, *value_map.offers, *value_map.rivals[0].offers, *journey.steps)
    assert [len(thing.evidence) for thing in found] == [1, 1, 1, 1]


def test_words_of_another_case_hide_what_that_case_hides() -> None:
    """A quote takes the names and terms of the case in which it was said along, not only those of the one citing it."""
    said = a_case(
        "said",
        transcript=a_transcript("北辰電設の鈴木です。鉄塔七号の話です。"),
        facts={"people": [{"id": "suzuki", "name": "鈴木", "role": "部長"}], "redact": ["鉄塔七号"]},
    )
    quote = {"cues": "q001", "case": "said", "quote": "北辰電設の鈴木です。鉄塔七号"}
    citing = a_case(
        "citing",
        insights=(an_insight(evidence=[quote]),),
        facts={"customer": {"name": "南洋設備", "alias": "四国の会社", "industry": "power"}},
    )
    public = published(said, citing)
    assert public.cases[1].insights[0].evidence[0].quote == "中部の保守会社の●●です。●●"
    assert not any(name in repr(public) for name in ("北辰", "鈴木", "鉄塔七号", "南洋"))


def test_no_customer_is_named_beside_the_cases() -> None:
    """Paths, challenges and glossary name the alias; of a withheld case nothing at all."""
    customer = {"name": "南洋設備", "alias": "四国の会社", "industry": "power"}
    gone = a_case("gone", facts={"consent": None, "customer": customer})
    stops = [{"case": "2025-07-tower", "title": "北辰電設の冬", "look_for": "南洋設備との違い"}]
    paths = {"first": GuidedPath.model_validate({"title": "道", "stops": stops})}
    stop = published(a_case(), gone, paths=paths).paths["first"].stops[0]
    assert (stop.title, stop.look_for) == ("中部の保守会社の冬", "●●との違い")
