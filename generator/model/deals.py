"""deals.csv: deals that are closed, a row each, from which whom to interview next is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from generator.model.base import CaseId, CompetitorId, IndustryId, ProductId, Record, Text, told
from generator.model.vocabulary import DealOutcome, Preference, SegmentKind


class Deal(Record):
    """One closed deal. Neither its identifier nor the customer's name is ever published."""

    id: Text = told(
        "取引ID", "Number of the deal, by which it is known from one export to the next", examples=["D-0142"]
    )
    decided_on: dt.date = told("決定日", "Day of the decision", examples=["2025-06-30", "2025/6/30"])
    outcome: DealOutcome = told("結果", "How the deal ended")
    customer: str = told("社名", "Real name of the customer; never published", "")
    alias: str = told(
        "仮名",
        "Name under which readers may know this customer; without it the deal goes by industry and product",
        "",
        examples=["中部の電力設備保守会社"],
    )
    industry: IndustryId | None = told("業種", "Industry from casebook.yml, by identifier or name", None)
    products: tuple[ProductId, ...] = told("製品", "Products from casebook.yml, by identifier or name", ())
    competitors: tuple[CompetitorId, ...] = told("競合", "Competitors from casebook.yml, by identifier or name", ())
    segment: SegmentKind | None = told("セグメント", "One of the five segments", None)
    preference: Preference | None = told("次回選好", "Would choose us the next time, or not", None)
    case: CaseId | None = told("事例", "Folder name of the case, once the customer was interviewed", None)


HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("取引番号", "商談ID", "商談番号", "案件ID", "案件番号", "deal id", "opportunity id", "record id"),
    "decided_on": (
        "失注日",
        "受注日",
        "完了日",
        "完了予定日",
        "クローズ日",
        "close date",
        "closed on",
        "decision date",
    ),
    "outcome": ("商談結果", "フェーズ", "ステージ", "ステータス", "result", "stage", "status"),
    "customer": (
        "会社名",
        "企業名",
        "顧客名",
        "取引先",
        "取引先名",
        "company",
        "account",
        "account name",
        "customer name",
    ),
    "alias": ("公開名",),
    "industry": ("業界",),
    "products": ("製品名", "商品", "商品名", "product", "product name"),
    "competitors": ("競合先", "競合会社", "主な競合", "competitor", "main competitor"),
    "segment": ("顧客区分",),
    "preference": ("選好",),
    "case": ("事例フォルダ", "case folder"),
}
"""Headings that a column may have beside its key (`decided_on`) and its Japanese name (決定日): those that editors and
CRM systems write. Width, case, spaces and hyphens do not matter."""

OUTCOME_WORDS: Final[Mapping[DealOutcome, tuple[str, ...]]] = {
    DealOutcome.WON: ("成約", "成立", "closed won"),
    DealOutcome.LOST: ("不成立", "closed lost"),
    DealOutcome.SWITCHED_AWAY: ("解約", "離反", "乗り換え", "cancelled", "churned"),
}
"""What may stand for an outcome beside its value and its name in Japanese and English."""

SEPARATORS: Final = ";；、\n"
"""Between several products or competitors in one cell."""
