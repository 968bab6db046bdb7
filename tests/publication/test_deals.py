"""Closed deals: what readers may see of them, and what nobody may."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from generator.model.corpus import Case
from generator.model.deals import Deal
from generator.publication import PublicCorpus, publish
from generator.publication.secrets import SecretKind, secrets
from tests.support.cases import DAY, a_case, a_casebook, a_corpus, a_transcript

DECIDED = DAY - dt.timedelta(days=100)


def a_deal(**changes: Any) -> Deal:
    """A lost deal of a customer that no case knows."""
    return Deal.model_validate(
        {"id": "D-1", "decided_on": DECIDED, "outcome": "lost", "customer": "南雲製作所", **changes}
    )


def seen(*deals: Deal, cases: tuple[Case, ...] = (), audience: str | None = None, **casebook: Any) -> PublicCorpus:
    """What `audience` may see of these deals."""
    corpus = a_corpus(*(cases or (a_case(),)), casebook=a_casebook(**casebook), deals=deals)
    return publish(corpus, audience=audience, on=DAY)[0]


def test_only_what_calls_for_an_interview_is_shown() -> None:
    """Lost and left, decided already, and not so long ago that nobody remembers."""
    shown = seen(
        a_deal(),
        a_deal(id="D-2", outcome="switched_away"),
        a_deal(id="D-3", outcome="won"),
        a_deal(id="D-4", decided_on=DAY + dt.timedelta(days=1)),
        a_deal(id="D-5", decided_on=DAY.replace(year=DAY.year - 1)),
        a_deal(id="D-6", decided_on=DAY.replace(year=DAY.year - 1) + dt.timedelta(days=1)),
    )
    barely = DAY.replace(year=DAY.year - 1) + dt.timedelta(days=1)
    assert [deal.decided_on for deal in shown.deals] == [barely, DECIDED, DECIDED]
    assert {deal.outcome for deal in shown.deals} == {"lost", "switched_away"}


def test_retention_ends_deals_too() -> None:
    """What a company keeps for two months only is gone after two months."""
    assert seen(a_deal(), retention={"months": 4}).deals
    assert not seen(a_deal(), retention={"months": 2}).deals


def test_deals_may_be_for_some_readers_only() -> None:
    """`interviews: deals` limits them; readers of other sites see none, and are told that much."""
    limited = {"interviews": {"deals": ["board"]}, "audiences": [{"id": "board", "name": "役員"}]}
    everybody, board = seen(a_deal(), **limited), seen(a_deal(), audience="board", **limited)
    assert (everybody.deals, everybody.deals_limited) == ((), True)
    assert (len(board.deals), board.deals_limited) == (1, False)


def test_numbers_and_names_stay_in_the_repository() -> None:
    """A deal goes by a number of its own, the same in every build and whatever else stands in the file."""
    one, again = seen(a_deal(id="CRM-000142")), seen(a_deal(id="D-9"), a_deal(id="CRM-000142", alias="北の工場"))
    assert one.deals[0].uid == again.deals[-1].uid or one.deals[0].uid == again.deals[0].uid
    for deal in (*one.deals, *again.deals):
        assert "南雲" not in str(dataclasses.asdict(deal))
        assert "142" not in str(dataclasses.asdict(deal))


def test_names_are_hidden_wherever_they_stand() -> None:
    """A customer who talks of another one does not name them: the alias stands there, or a mask."""
    talk = (a_case(transcript=a_transcript("株式会社南雲製作所さんも同じことを言っていました。")),)
    named = seen(a_deal(alias="北の工場"), cases=talk)
    masked = seen(a_deal(), cases=talk)
    assert named.cases[0].transcript and masked.cases[0].transcript
    assert named.cases[0].transcript.cues[0].text == "北の工場さんも同じことを言っていました。"
    assert masked.cases[0].transcript.cues[0].text == "●●さんも同じことを言っていました。"


def test_an_alias_is_redacted_like_any_text() -> None:
    """Terms of the knowledge base are hidden in it."""
    assert seen(a_deal(alias="霧島計画の会社"), redact=["霧島計画"]).deals[0].alias == "●●の会社"


@pytest.mark.parametrize(
    "changes", [{"customer": "(株)北辰電設"}, {"alias": "中部の保守会社"}, {"case": "2025-07-tower"}]
)
def test_customers_who_were_interviewed_are_recognised(changes: dict[str, Any]) -> None:
    """By name in any spelling, by alias, or because the row says so; they go by the alias of their case."""
    deal = seen(a_deal(**{"customer": "", **changes}, decided_on=dt.date(2025, 5, 1))).deals[0]
    assert (deal.case, deal.earlier_case, deal.alias) == ("2025-07-tower", "", "中部の保守会社")


def test_an_interview_before_the_decision_does_not_answer_it() -> None:
    """They know us, and it is worth asking again."""
    deal = seen(a_deal(customer="北辰電設", decided_on=dt.date(2025, 7, 19))).deals[0]
    assert (deal.case, deal.earlier_case) == ("", "2025-07-tower")


def test_who_withdrew_is_not_called_again() -> None:
    """A deal of a customer whose case is withheld is not shown: nothing tells that there was a case."""
    withdrawn = a_case(
        "2025-08-gone",
        facts={
            "customer": {"name": "南雲製作所", "alias": "北の工場", "industry": "power"},
            "consent": {"recorded": True, "given_by": "a", "given_on": "2025-07-18", "withdrawn": DAY},
        },
    )
    assert not seen(a_deal(), cases=(a_case(), withdrawn)).deals
    assert not seen(a_deal(customer="", alias="北の工場"), cases=(a_case(), withdrawn)).deals


def known_to_the_audit(*deals: Deal, **casebook: Any) -> set[tuple[str, SecretKind]]:
    """What the audit looks for in a site for everybody."""
    corpus = a_corpus(deals=deals, casebook=a_casebook(**casebook))
    public, _ = publish(corpus, on=DAY)
    return {(secret.text, secret.kind) for secret in secrets(corpus, public)}


WON = a_deal(id="D-2", outcome="won", customer="有限会社東雲紡織", alias="湖畔の織物工場")


def test_the_audit_looks_for_every_name() -> None:
    """Names of all rows, won deals included, by their core; an alias is no secret where deals are for everybody."""
    assert known_to_the_audit(a_deal(alias="北の工場"), WON) == {
        ("南雲製作所", SecretKind.NAME), ("東雲紡織", SecretKind.NAME), ("北辰電設", SecretKind.NAME),
    }  # fmt: skip


def test_aliases_of_limited_deals_are_secrets() -> None:
    """Who may not see deals must not meet them elsewhere either."""
    limited = {"interviews": {"deals": ["board"]}, "audiences": [{"id": "board", "name": "役員"}]}
    assert ("湖畔の織物工場", SecretKind.TITLE) in known_to_the_audit(WON, **limited)
