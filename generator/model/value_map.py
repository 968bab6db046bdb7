"""value-map.yml: the 3C value-proposition map of one case - what was wanted, what we offered, what rivals offered."""

from __future__ import annotations

from typing import Annotated

from generator.model.base import CompetitorId, Only, Record, RefersTo, SharedNeedId, Slug, Target, Text, told, told_only
from generator.model.case import Level
from generator.model.evidence import Evidence


class Need(Record):
    """What this customer wanted, drawn from real words."""

    id: Slug = told("ID", "Identifier within the case", examples=["n1"])
    text: Text = told("ニーズ", "The need in the customer's sense")
    shared: SharedNeedId | None = told("共通ニーズ", "Shared need of casebook.yml it belongs to", None)
    weight: Level = told("重み", "How much it weighed in the decision, 1 to 5", 3)
    evidence: tuple[Evidence, ...] = told("根拠", "Words that show it", ())
    only: Only = told_only()


class Offer(Record):
    """Something offered, and the needs that it meets for this customer."""

    id: Slug = told("ID", "Identifier within the case", examples=["o1"])
    text: Text = told("提供価値", "What is offered")
    meets: tuple[Annotated[Slug, RefersTo(Target.OWN_NEED)], ...] = told(
        "満たすニーズ", "Needs of this map that it meets; none when nobody wanted it", ()
    )
    evidence: tuple[Evidence, ...] = told("根拠", "Words that show it", ())
    only: Only = told_only()


class Rival(Record):
    """A competitor on this map."""

    competitor: CompetitorId = told("競合", "Competitor from casebook.yml")
    offers: tuple[Offer, ...] = told("提供価値", "What it offers", ())


class ValueMap(Record):
    """value-map.yml"""

    needs: tuple[Need, ...] = told("顧客のニーズ", "What the customer wants", ())
    offers: tuple[Offer, ...] = told("自社の提供価値", "What we offer", ())
    rivals: tuple[Rival, ...] = told("競合", "What competitors offer", ())
    reading: str = told("読み解き", "What the map says, in a sentence or two", "")
