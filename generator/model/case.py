"""case.yml: what happened - the customer, the people, the decision, and what may be published of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from generator.model.base import (
    CaseId,
    CompetitorId,
    DepartmentId,
    IndustryId,
    Only,
    ProductId,
    Record,
    RefersTo,
    Slug,
    TagId,
    Target,
    Text,
    told,
)
from generator.model.casebook import Language
from generator.model.evidence import CueRange, Evidence
from generator.model.vocabulary import CaseType, DecisionPart, Preference, SegmentKind, Side, Stance, Verdict

Level = Annotated[int, Field(ge=1, le=5)]
"""A weight from 1 (hardly) to 5 (decisive)."""


class Customer(Record):
    """The customer company. Readers see the alias; the name stays in the repository."""

    name: Text = told("社名", "Real name; never published")
    alias: Text = told("仮名", "Name under which readers know this customer", examples=["中部の電力設備保守会社"])
    industry: IndustryId = told("業種", "Industry from casebook.yml")
    employees: Annotated[int, Field(ge=1)] | None = told("従業員数", "Number of employees", None)
    region: str = told("地域", "Where the customer works", "")
    note: str = told("補足", "Anything a reader must know to understand the case", "")


class Segment(Record):
    """Where the customer stands on the map of five (nine with the preference) segments."""

    kind: SegmentKind = told("区分", "One of the five segments")
    preference: Preference | None = told("次回選好", "Would choose us the next time, or not", None)


class CaseDates(Record):
    """When the decision fell and when the interview was held; about six months apart people say what they think."""

    decision: dt.date = told("決定日", "Day of the decision", examples=["2025-01-20"])
    interview: dt.date = told("インタビュー日", "Day of the interview", examples=["2025-07-18"])


class PersonConsent(Record):
    """What one person of the talk agreed to, beyond what the customer did: it can only narrow the case's consent.

    Reading and listening are decided apart. Who withdrew, or whose time is over, leaves the case altogether.
    """

    read: Only = told(
        "発言を閲覧できる対象", "Audiences that may read the person's words; as for the case when left out", None
    )
    listen: Only = told(
        "声を試聴できる対象",
        "Audiences that may hear the person; as for reading when left out, nobody when empty",
        None,
    )
    until: dt.date | None = told("期限", "Last day on which the person's words may be shown", None)
    listen_until: dt.date | None = told("試聴の期限", "Last day on which the person may be heard", None)
    name: bool | None = told("氏名の公開", "The person's name may be shown; as for the case when left out", None)
    copy_allowed: bool = told(
        "社外利用可", "The person's words may leave the company as far as the case's consent allows it", True
    )
    withdrawn: dt.date | None = told("撤回日", "Day on which the person withdrew the consent", None)


class Stakeholder(Record):
    """A person in the story: part and influence in the decision, and whether that person was in the room."""

    id: Slug = told("ID", "Identifier within the case", examples=["plant-manager"])
    name: str = told("氏名", "Real name; published only where consent allows", "")
    role: Text = told("立場", "Position or function by which readers know the person", examples=["保全部 課長"])
    side: Side = told("所属", "Customer, own company or partner", Side.CUSTOMER)
    department: DepartmentId | None = told("自社部門", "Own department, for people of the own company", None)
    part: tuple[DecisionPart, ...] = told("決定での役割", "Parts played in the decision", ())
    influence: Level | None = told("影響力", "Influence on the decision, 1 to 5", None)
    stance: Stance | None = told("姿勢", "How the person stood towards us", None)
    voice: Annotated[str, RefersTo(Target.VOICE)] | None = told(
        "話者名", "Speaker name in the transcript, when the person was in the room", None
    )
    consent: PersonConsent | None = told(
        "本人の同意", "What this person agreed to, where it is less than the case", None
    )
    note: str = told("補足", "What moved this person", "")
    evidence: tuple[Evidence, ...] = told("根拠", "Where that shows", ())


class Consent(Record):
    """What the customer agreed to. Without it a case is not published. Reading and listening are decided apart."""

    recorded: bool = told("録音の許可", "The customer agreed to being recorded")
    given_by: Text = told("同意者", "Who agreed (role)")
    given_on: dt.date = told("同意日", "When")
    read: Only = told("閲覧できる対象", "Audiences that may read; all when left out", None)
    listen: Only = told(
        "試聴できる対象", "Audiences that may listen; as for reading when left out, nobody when empty", None
    )
    until: dt.date | None = told("期限", "Last day on which the case may be shown", None)
    listen_until: dt.date | None = told("試聴の期限", "Last day on which the recording may be heard", None)
    names: bool = told("氏名の公開", "People's names may be shown to readers", False)
    quotes: tuple[CueRange, ...] | None = told(
        "社外利用できる発言",
        "Cues whose words may leave the company; when left out, `copy_allowed` beside each piece of evidence says it",
        None,
        examples=[["q042", "q051..q053"]],
    )
    withdrawn: dt.date | None = told("撤回日", "Day on which the consent was withdrawn", None)


class Limits(Record):
    """Parts of the case that only some audiences may see; what is left out is for all who may read the case.

    Single insights, actions, notes, needs, offers and steps are limited by `only` beside them; who may listen is said
    by the consent.
    """

    names: Only = told("氏名", "Audiences that may see people's names, where consent allows names", None)
    lead: Only = told("リードの経過", "Audiences that may see the lead's way", None)
    account: Only = told("取引", "Audiences that may see the account in figures", None)
    review: Only = told("レビュー会", "Audiences that may see the review, its notes included", None)
    value_map: Only = told("価値マップ", "Audiences that may see the value map", None)
    journey: Only = told("ジャーニー", "Audiences that may see the journey", None)
    notes: Only = told("補足文書", "Audiences that may see notes.md", None)


class Core(Record):
    """The reason that many may share: situation x emotion x purpose, and the whole case in one line."""

    line: Text = told("核心の一行", "The core in one line")
    situation: Text = told("状況", "In which situation")
    emotion: Text = told("感情", "With what feeling")
    purpose: Text = told("目的", "To what end")


class SceneSketch(Record):
    """The scene of the mini template: when, where, with whom, under what constraint."""

    when: str = told("いつ", "When", "")
    where: str = told("どこで", "Where", "")
    with_whom: str = told("誰と", "With whom", "")
    constraint: str = told("制約", "Under what constraint", "")


class Conflict(Record):
    """What the customer was torn between, and afraid of."""

    torn_between: str = told("板挟み", "Torn between what and what", "")
    afraid_of: str = told("恐れ", "Afraid of what", "")


class Trial(Record):
    """The idea shown to the customer or to another one, and the answer."""

    trial: Text = told("試したこと", "What was tried or asked")
    verdict: Verdict = told("反応", "Yes, not quite, or no")
    note: str = told("補足", "In which words, and what it taught", "")
    on: dt.date | None = told("日付", "When", None)


class MiniTemplate(Record):
    """One case on one card: scene, conflict, words, success, verification."""

    scene: SceneSketch = told("場面", "Scene")
    conflict: Conflict = told("葛藤", "Conflict")
    words: tuple[Evidence, ...] = told("言葉", "Words exactly as said", ())
    success: str = told("成功の姿", "What good would look like, for the customer", "")
    verification: tuple[Trial, ...] = told("検証", "Trials and what they brought", ())


class HandOver(Record):
    """One step of a lead from first contact to the deal: who handed what to whom, and when."""

    stage: Text = told("段階", "Stage reached", examples=["MQL", "SQL", "商談", "受注"])
    on: dt.date = told("日付", "When")
    from_department: DepartmentId | None = told("渡した部門", "Department that handed over", None)
    to_department: DepartmentId | None = told("受けた部門", "Department that took over", None)
    what: str = told("渡したもの", "What was handed over, and what got stuck", "")


class AccountFigure(Record):
    """One year of an account in figures."""

    year: Annotated[int, Field(ge=1990, le=2100)] = told("年度", "Fiscal year")
    sales_k_yen: Annotated[int, Field(ge=0)] | None = told(
        "売上（千円）", "Our sales to this account, thousand yen", None
    )
    wallet_share_percent: Annotated[float, Field(ge=0, le=100)] | None = told(
        "顧客内シェア（%）", "Our share of what the account spends in this category", None
    )
    rival_share_percent: Annotated[float, Field(ge=0, le=100)] | None = told(
        "最有力競合のシェア（%）", "Share of the strongest competitor", None
    )
    visits: Annotated[int, Field(ge=0)] | None = told("訪問回数", "Visits in that year", None)


class Account(Record):
    """The account in figures, year by year."""

    category: str = told("対象カテゴリ", "Category of spending in which shares are counted", "")
    figures: tuple[AccountFigure, ...] = told("年度別", "Figures by year", ())


class CaseFile(Record):
    """case.yml"""

    title: Text = told("題名", "Title of the case as a reader would remember it")
    type: CaseType = told("種別", "Why this customer was chosen")
    silent: bool = told("サイレント失注", "Nobody saw the loss coming", False)
    language: Language | None = told("言語", "Language of the case, when not that of the knowledge base", None)
    customer: Customer = told("顧客", "The customer company")
    products: tuple[ProductId, ...] = told("製品", "Products it is about, from casebook.yml", ())
    competitors: tuple[CompetitorId, ...] = told("競合", "Competitors that were compared, from casebook.yml", ())
    segment: Segment | None = told("セグメント", "Place on the segment map", None)
    dates: CaseDates = told("日付", "Dates")
    people: tuple[Stakeholder, ...] = told("関係者", "People of the story", ())
    consent: Consent | None = told("同意", "What the customer agreed to; without it nothing is published", None)
    limits: Limits | None = told("部分ごとの閲覧対象", "Parts that only some audiences may see", None)
    redact: tuple[Text, ...] = told("伏せる語", "Terms that must not be shown anywhere", ())
    core: Core | None = told("核心", "The core of the case", None)
    template: MiniTemplate | None = told("ミニテンプレート", "The case on one card", None)
    recording: tuple[Text, ...] = told(
        "録音",
        "Recording's parts in order; audio.* of the folder when left out",
        (),
        examples=[["audio-1.m4a", "audio-2.m4a"]],
    )
    lead: tuple[HandOver, ...] = told("リードの経過", "From marketing's lead to the deal", ())
    account: Account | None = told("取引", "The account in figures", None)
    tags: tuple[TagId, ...] = told("タグ", "Tags from casebook.yml", ())
    related: tuple[CaseId, ...] = told("関連事例", "Folder names of cases to read next", ())
