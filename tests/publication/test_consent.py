"""What each person and each customer agreed to: words, voice, name, until when, and for use outside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from generator.model.corpus import Case, Recording, RecordingPart
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.transcript import Cue, Transcript
from generator.model.value_map import ValueMap
from generator.publication import PublicCase, WithholdingReason, publish
from generator.publication.endings import endings
from generator.publication.gate import may_be_heard
from tests.support.cases import DAY, a_case, a_casebook, a_corpus, an_insight, published

CONSENT = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18"}
RECORDING = Recording((RecordingPart(Path("audio.m4a"), 60.0),))
YESTERDAY, TOMORROW = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
TALK = Transcript(
    (
        Cue("q001", 5.0, 9.0, "部長", "手袋のまま使えないと困ります。", 3),
        Cue("q002", 10.0, 14.0, "聞き手", "どんなときですか。", 6),
        Cue("q003", 15.0, 19.0, "班長", "雪の鉄塔に登るときです。", 9),
        Cue("q004", 30.0, 34.0, "", "そうそう。", 12),
        Cue("q005", 40.0, 44.0, "部長", "安いものは選びません。", 15),
    )
)


def talk(*, consent: dict[str, Any] | None = None, **changes: Any) -> Case:
    """A talk with two people of the customer, of whom the foreman (班長) has a `consent` of his own."""
    foreman = {"id": "foreman", "role": "班長", "voice": "班長", "name": "鈴木", "note": "雪の日に決めた"}
    people = [{"id": "head", "role": "部長", "voice": "部長"}, {**foreman, **({"consent": consent} if consent else {})}]
    facts = {"people": people, **changes.pop("facts", {})}
    return a_case(facts=facts, **{"transcript": TALK, "recording": RECORDING, **changes})


def shown(case: Case, **changes: Any) -> PublicCase:
    """The case as everybody may see it."""
    return published(case, **changes).cases[0]


def words(case: PublicCase) -> list[str]:
    """The words of all cues."""
    assert case.transcript is not None
    return [cue.text for cue in case.transcript.cues]


def test_who_may_not_be_read_keeps_a_place_in_the_timeline_and_nothing_else() -> None:
    """Speaker and words go, identifier and times stay; so go the words that nobody claims, for they may be his."""
    case = shown(talk(consent={"read": []}))
    assert case.withheld_cues == {"q003", "q004"}
    assert case.transcript is not None
    assert case.transcript.cues[2] == Cue("q003", 15.0, 19.0, "", "", 9)
    assert words(case) == [TALK.cues[0].text, TALK.cues[1].text, "", "", TALK.cues[4].text]
    assert "雪の鉄塔" not in repr(case)


def test_text_and_voice_of_a_person_are_decided_apart() -> None:
    """Who lets himself be read and not heard is silent in the recording, with a margin, and stands in the text."""
    case = shown(talk(consent={"listen": []}))
    assert words(case) == words(shown(talk()))
    assert case.muted_s == ((14.7, 19.3), (29.7, 34.3))
    assert shown(talk(consent={"read": [], "listen": None})).muted_s == case.muted_s


@pytest.mark.parametrize("voice", [None, "別の名前"])
def test_a_voice_that_nobody_can_tell_apart_withholds_all(voice: str | None) -> None:
    """The check refuses such a case; the gate would rather show nothing than the wrong words."""
    people = [{"id": "foreman", "role": "班長", "voice": voice, "consent": {"read": []}}]
    assert set(words(shown(talk(facts={"people": people})))) == {""}


def test_without_a_transcript_nobody_knows_where_a_voice_is_heard() -> None:
    """The whole recording is withheld when somebody in it may not be heard, and the reason is told."""
    corpus = a_corpus(talk(consent={"listen": []}, transcript=None))
    public, withheld = publish(corpus, on=DAY)
    assert public.cases[0].recording is None
    assert ("audio", WithholdingReason.DEPENDS) in [(item.part, item.reason) for item in withheld]


@pytest.mark.parametrize("consent", [{"withdrawn": DAY}, {"until": YESTERDAY}])
def test_who_withdrew_is_gone_from_the_case(consent: dict[str, Any]) -> None:
    """Name, part in the decision, words and voice: as if that person had not been there."""
    facts = {"consent": {**CONSENT, "names": True}}
    case = shown(talk(consent=consent, facts=facts, notes_markdown="鈴木さんの話。"))
    assert [person.id for person in case.facts.people] == ["head"]
    assert case.withheld_cues
    assert not any(word in repr(case) for word in ("鈴木", "雪の", "班長", "foreman"))


@pytest.mark.parametrize("consent", [{"withdrawn": TOMORROW}, {"until": DAY}])
def test_until_its_last_day_a_consent_holds(consent: dict[str, Any]) -> None:
    """Nothing goes early."""
    assert len(shown(talk(consent=consent)).facts.people) == 2


@pytest.mark.parametrize(
    ("names", "name", "is_shown"), [(True, None, True), (True, False, False), (False, True, True), (False, None, False)]
)
def test_a_person_decides_on_the_own_name(names: bool, name: bool | None, is_shown: bool) -> None:
    """What a person says goes before what the customer said for all."""
    facts = {"consent": {**CONSENT, "names": names}}
    case = shown(talk(consent={"name": name}, facts=facts, notes_markdown="鈴木の話"))
    assert (case.facts.people[1].name == "鈴木") is is_shown
    assert ("鈴木" in case.notes_markdown) is is_shown


@pytest.mark.parametrize(("day", "is_heard"), [(DAY, True), (YESTERDAY, False)])
def test_listening_may_end_before_reading(day: dt.date, is_heard: bool) -> None:
    """`listen_until` takes the recording away and leaves the words."""
    case = shown(talk(facts={"consent": {**CONSENT, "listen_until": day}}))
    assert (case.recording is not None) is is_heard
    assert words(case)[0]


def test_what_rests_on_withheld_words_alone_goes_with_them() -> None:
    """Claims, needs, offers, steps and notes only retell the words; what has other words beside them keeps those."""
    theirs, both = [{"cues": "q003..q004", "quote": "雪の鉄塔"}], [{"cues": "q003"}, {"cues": "q005"}]
    needs = [{"id": "n1", "text": "A", "evidence": theirs}, {"id": "n2", "text": "B", "evidence": both}]
    offers = [{"id": "o1", "text": "C", "meets": ["n1"]}, {"id": "o2", "text": "D", "meets": ["n1", "n2"]}]
    steps = [{"id": f"j{n}", "phase": "use", "title": "E", "evidence": it} for n, it in enumerate((theirs, both, []))]
    note = {"department": "sales", "kind": "reading", "text": "F"}
    notes = [
        {**note, "id": "m1", "cues": "q003"},
        {**note, "id": "m2", "cues": "q005", "reply_to": "m1"},
        {**note, "id": "m3", "cues": "q005"},
    ]
    stops = [{"case": "2025-07-tower", "title": "G", "cues": "q003"}, {"case": "2025-07-tower", "title": "H"}]
    case = talk(
        consent={"read": []},
        insights=(an_insight(evidence=theirs), an_insight(id="i2", evidence=both, supports=["2025-07-tower#i1"])),
        value_map=ValueMap.model_validate({"needs": needs, "offers": offers}),
        journey=Journey.model_validate({"steps": steps}),
        review=Review.model_validate({"notes": notes}),
    )
    public = published(case, paths={"p": _path(stops)})
    seen = public.cases[0]
    assert seen.value_map is not None
    assert seen.journey is not None
    assert seen.review is not None
    assert [(insight.id, len(insight.evidence), insight.supports) for insight in seen.insights] == [("i2", 1, ())]
    assert [need.id for need in seen.value_map.needs] == ["n2"]
    assert [(offer.id, offer.meets) for offer in seen.value_map.offers] == [("o2", ("n2",))]
    assert [step.id for step in seen.journey.steps] == ["j1", "j2"]
    assert [note.id for note in seen.review.notes] == ["m3"]
    assert [stop.title for stop in public.paths["p"].stops] == ["H"]


def test_a_quote_that_reaches_into_withheld_words_goes() -> None:
    """Of a run of lines only what may be read may be quoted."""
    into = an_insight(id="i1", evidence=[{"cues": "q002..q003", "quote": "どんなときですか。雪の鉄塔"}])
    beside = an_insight(id="i2", evidence=[{"cues": "q002..q003", "quote": "どんなときですか"}])
    case = talk(consent={"read": []}, insights=(into, beside))
    assert [insight.id for insight in shown(case).insights] == ["i2"]


def test_another_case_cannot_quote_them_either() -> None:
    """What a person's consent takes away is gone wherever it is cited."""
    citing = a_case("citing", insights=(an_insight(evidence=[{"cues": "q003", "case": "2025-07-tower"}]),))
    public = published(talk(consent={"read": []}), citing)
    assert public.cases[1].insights == ()


@pytest.mark.parametrize(
    ("quotes", "marked", "free"),
    [
        (None, False, False),
        (None, True, True),
        (["q005"], False, True),
        (["q001..q002"], True, False),
        ([], True, False),
    ],
)
def test_words_leave_the_company_where_the_consent_names_them(
    quotes: list[str] | None, marked: bool, free: bool
) -> None:
    """`quotes` decides where it is given; without it the mark beside the evidence does."""
    insight = an_insight(evidence=[{"cues": "q005", "copy_allowed": marked}])
    case = talk(insights=(insight,), facts={"consent": {**CONSENT, "quotes": quotes}})
    assert shown(case).insights[0].evidence[0].copy_allowed is free


def test_a_person_can_keep_words_inside() -> None:
    """`copy_allowed: false` of a person goes before what the customer allowed; others are not affected."""
    insight = an_insight(evidence=[{"cues": cue, "copy_allowed": True} for cue in ("q001", "q003", "q003..q005")])
    case = talk(consent={"copy_allowed": False}, insights=(insight,))
    assert [item.copy_allowed for item in shown(case).insights[0].evidence] == [True, False, False]


def test_what_will_end_is_told_by_its_first_day_without_it() -> None:
    """The earliest ending of a case counts; of its parts only what ends before the case."""
    consent = {**CONSENT, "until": "2026-03-31", "listen_until": "2026-01-31"}
    case = talk(consent={"until": "2026-02-28", "withdrawn": "2026-07-01"}, facts={"consent": consent})
    without = a_case("without", facts={"consent": None})
    found = endings(a_corpus(case, without), after=DAY, until=dt.date.max)
    assert [(str(ending.gone_on), ending.withheld.part) for ending in found] == [
        ("2026-02-01", "audio"),
        ("2026-03-01", "voice of foreman"),
        ("2026-03-01", "words of foreman"),
        ("2026-04-01", "case"),
    ]
    assert endings(a_corpus(case), after=dt.date(2026, 3, 1), until=dt.date(2026, 3, 31)) == ()


def test_an_interview_at_the_end_of_time_is_kept() -> None:
    """Retention counts no further than the calendar."""
    case = a_case(facts={"dates": {"decision": "9999-01-01", "interview": "9999-12-31"}})
    assert published(case, casebook=a_casebook(retention={"months": 600})).cases


def test_what_may_be_heard_is_what_any_audience_may_hear() -> None:
    """Prepared sound is kept for every site of the knowledge base, with the silences of each; no other is."""
    casebook = a_casebook(audiences=[{"id": "sales", "name": "営業"}])
    limited = talk(consent={"listen": ["sales"]})
    gone = a_case("gone", recording=RECORDING, facts={"consent": {**CONSENT, "withdrawn": DAY}})
    heard = may_be_heard(a_corpus(limited, gone, casebook=casebook), on=DAY)
    assert sorted(muted_s for _, muted_s in heard) == [(), ((14.7, 19.3), (29.7, 34.3))]


def _path(stops: list[dict[str, Any]]) -> Any:
    from generator.model.casebook import GuidedPath

    return GuidedPath.model_validate({"title": "道", "stops": stops})
