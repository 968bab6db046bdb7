"""Texts that must not come out, each with a character of its own that nothing else says.

`filled` makes a record with such a text in every field that takes text, whatever its fields are: what is added to the
model tomorrow is covered without a word here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from generator.model.base import Record
from generator.model.case import Account, CaseFile, HandOver
from generator.model.casebook import GuidedPath, Stop
from generator.model.corpus import Case, Corpus, Recording
from generator.model.deals import Deal
from generator.model.insight import Insight
from generator.model.journey import Journey, JourneyStep
from generator.model.review import Note, Review
from generator.model.value_map import Need, ValueMap
from generator.spellings import fold
from generator.validate.fields import Shape, shapes
from tests.support.cases import DAY, a_case, a_casebook, a_transcript, an_insight

R = TypeVar("R", bound=Record)

SIGNS = range(0x3401, 0x4DB0)
"""Ideographs of extension A, which nobody writes; the first one begins a range in a script of the search."""
CANDIDATES: tuple[Any, ...] = ("q001", "kept#i1", 1, 2000, 1.0, True, dt.date(2025, 7, 18))
"""What a field takes that takes no free text."""


@dataclass
class Canaries:
    """Makes canaries, and remembers where each one sits."""

    places: dict[str, str] = field(default_factory=dict)
    """Sign -> where it was put."""

    def __post_init__(self) -> None:
        self._signs = self._unused()

    def text(self, place: str) -> str:
        """A sentence with a sign of its own."""
        sign = next(self._signs)
        self.places[sign] = place
        return f"籠の中の{sign}は決して鳴いてはならない"

    def filled(self, record: type[R], place: str = "", **given: Any) -> R:
        """A record with a canary in every text; `given` fields are taken as they are."""
        wanted = {name: shape for name, shape in shapes(record).items() if name not in given}
        values = {name: self._value(shape, f"{place}.{name}") for name, shape in wanted.items()}
        return record.model_validate({**values, **given})

    def _value(self, shape: Shape, place: str) -> Any:
        value = self._one(shape, place)
        if not shape.is_list:
            return value
        try:
            TypeAdapter(tuple[str, ...]).validate_python((value,))
        except ValidationError:
            return (value,)
        # A list may want two at least (synonyms): both may be the same in a field that takes text.
        return (value, self._one(shape, place))

    def _one(self, shape: Shape, place: str) -> Any:
        if shape.record is not None:
            return self.filled(shape.record, place)
        if shape.words:
            return shape.words[0]
        if issubclass(shape.kind, Enum):
            return next(iter(shape.kind))
        if issubclass(shape.kind, str):
            if _takes(shape, "any text"):
                return self.text(place)
            return next(value for value in (f"canary-{len(self.places)}", *CANDIDATES) if _takes(shape, value))
        return next(value for value in CANDIDATES if type(value) is shape.kind and _takes(shape, value))

    @staticmethod
    def _unused() -> Iterator[str]:
        for code in SIGNS:
            sign = chr(code)
            if fold(sign) == sign:
                yield sign


def _takes(shape: Shape, value: Any) -> bool:
    kind: Any = shape.kind
    for constraint in shape.constraints:
        kind = Annotated[kind, constraint]
    try:
        TypeAdapter(kind).validate_python(value)
    except (ValidationError, ValueError):
        return False
    return True


REASONS: dict[str, Any] = {
    "no-consent": None,
    "not-recorded": {"recorded": False},
    "withdrawn": {"withdrawn": DAY},
    "expired": {"until": DAY - dt.timedelta(days=1)},
    "others-only": {"read": ["board"]},
}
"""Folder of a case -> what its consent says, so that it is withheld."""
CONSENT = {"recorded": True, "given_by": "部長", "given_on": "2025-07-18"}


def canary_corpus(canaries: Canaries, recording: Recording | None = None) -> Corpus:
    """A case for each reason to withhold it, full of canaries; and two that are shown, with canaries in what is not.

    `recording` becomes that of every case; only the shown ones may play it.
    """
    cases = [_withheld(canaries, slug, consent, recording) for slug, consent in REASONS.items()]
    shared = canaries.text("casebook.redact")
    casebook = a_casebook(audiences=[{"id": "board", "name": "役員"}], redact=[shared])
    quote = {"cues": "q001", "case": "withdrawn", "quote": cases[2].transcript.cues[0].text}  # type: ignore[union-attr]
    stops = [
        canaries.filled(Stop, "paths", case="withdrawn", cues=None, insight=None),
        Stop(case="limited", title="聞きどころ"),
    ]
    return Corpus(
        casebook=casebook,
        cases=(
            _limited(canaries, recording, quote),
            _partly_limited(canaries, shared, recording),
            *cases,
        ),
        deals=(
            _deal(canaries, "D-1", outcome="won", alias="南の工場"),
            _deal(canaries, "D-2", outcome="lost", alias="北の工場"),
        ),
        paths={
            "first": GuidedPath(title="はじめの道", stops=tuple(stops)),
            "gone": canaries.filled(GuidedPath, "paths.gone", stops=(stops[0],)),
        },
    )


def _deal(canaries: Canaries, number: str, **given: Any) -> Deal:
    """A closed deal of a customer whose name is a canary."""
    nowhere: dict[str, Any] = {"industry": None, "products": (), "competitors": (), "case": None}
    return canaries.filled(Deal, f"deals.csv {number}", id=number, decided_on=DAY, **nowhere, **given)


def _withheld(canaries: Canaries, slug: str, consent: Any, recording: Recording | None) -> Case:
    facts = canaries.filled(
        CaseFile,
        f"{slug}/case.yml",
        consent=consent and {**CONSENT, **consent, "given_by": canaries.text(f"{slug}/case.yml.consent.given_by")},
        dates={"decision": "2025-01-20", "interview": "2025-07-18"},
        language="ja",
    )
    return Case(
        slug=f"withheld-{slug}" if slug != "withdrawn" else slug,
        facts=facts,
        transcript=a_transcript(canaries.text(f"{slug}/transcript.vtt"), canaries.text(f"{slug}/transcript.vtt")),
        review=canaries.filled(Review, f"{slug}/review.yml"),
        insights=(canaries.filled(Insight, f"{slug}/insights.yml"),),
        value_map=canaries.filled(ValueMap, f"{slug}/value-map.yml"),
        journey=canaries.filled(Journey, f"{slug}/journey.yml"),
        recording=recording,
        notes_markdown=canaries.text(f"{slug}/notes.md"),
    )


def _limited(canaries: Canaries, recording: Recording | None, quote: dict[str, Any]) -> Case:
    """A case that is shown, all of whose parts are for the board only."""
    parts = ("names", "lead", "account", "review", "value_map", "journey", "notes")
    return a_case(
        "limited",
        facts={
            "customer": {"name": canaries.text("customer.name"), "alias": "北の会社", "industry": "power"},
            "people": [{"id": "chief", "name": canaries.text("people.name"), "role": "部長"}],
            "lead": [canaries.filled(HandOver, "lead")],
            "account": canaries.filled(Account, "account"),
            "limits": {part: ["board"] for part in parts},
            "consent": CONSENT,
            "related": ["withdrawn"],
        },
        insights=(
            an_insight(evidence=[{"cues": "q001", "quote": "手袋のまま"}, quote], supports=["withdrawn#i1"]),
            canaries.filled(Insight, "insights.only", id="i9", only=["board"]),
        ),
        review=canaries.filled(Review, "review"),
        value_map=canaries.filled(ValueMap, "value-map"),
        journey=canaries.filled(Journey, "journey"),
        notes_markdown=canaries.text("notes.md"),
        recording=recording,
    )


def _partly_limited(canaries: Canaries, shared: str, recording: Recording | None) -> Case:
    """A case that is shown, single things of which are for the board only, and whose words hold redacted terms."""
    own = canaries.text("redact")
    board = {"only": ["board"]}
    return a_case(
        "partly",
        facts={"redact": [own], "consent": {**CONSENT, "listen": ["board"]}, "title": f"題名は{shared}である"},
        transcript=a_transcript(
            f"そこで{own}と言われた。", f"{shared}とも言われた。", "手袋のまま使えないと困ります。"
        ),
        insights=(an_insight(evidence=[{"cues": "q003", "quote": "手袋のまま"}], situation=f"{own}と{shared}"),),
        review=Review(notes=(canaries.filled(Note, "note.only", id="n9", department="sales", reply_to=None, **board),)),
        value_map=ValueMap(needs=(canaries.filled(Need, "need.only", id="n9", shared=None, **board),)),
        journey=Journey(steps=(canaries.filled(JourneyStep, "step.only", id="j9", **board),)),
        notes_markdown=f"## {own}\n\n![{shared}](x.png)",
        recording=recording,
    )
