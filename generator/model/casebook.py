"""casebook.yml: the knowledge base as a whole - whose it is, and the words its cases may use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import (
    AudienceId,
    CaseId,
    DepartmentId,
    Only,
    Record,
    RefersTo,
    Slug,
    Target,
    Text,
    told,
)
from generator.model.evidence import CueRange
from generator.model.vocabulary import Phase, Topic

Language = Literal["ja", "en"]


class Term(Record):
    """A word of the controlled vocabulary: its identifier in files and addresses, its name for readers."""

    id: Slug = told("ID", "Identifier used in files and addresses", examples=["field-work"])
    name: Text = told("表示名", "Name shown to readers", examples=["屋外作業"])
    description: str = told("説明", "What the word covers, in a sentence", "")


class Department(Term):
    """A department of the own company. Notes, insights and actions belong to departments; readers look through one."""

    hue: Annotated[int, Field(ge=0, le=360)] = told(
        "色相", "Hue of its chip in degrees on the colour wheel", 210, examples=[210]
    )
    lead_purpose: Text | None = told("知りたいこと", "What this department looks for in a case, in one line", None)


class Product(Term):
    """A product or service of the own company."""

    line: str = told("製品群", "Product family", "", examples=["堅牢ノートPC"])


class Competitor(Term):
    """A company, or a way of doing without (own development, doing nothing), that customers compare us with."""


class OwnCompany(Record):
    """The company whose knowledge base this is."""

    name: Text = told("会社名", "Company name")
    description: str = told("説明", "What it makes and for whom, in a sentence or two", "")


class PhaseName(Record):
    """The company's own name for one of the fixed journey phases."""

    id: Phase = told("段階", "Phase")
    name: Text = told("表示名", "Name shown to readers", examples=["比較検討"])


class GuideQuestion(Record):
    """A question of the interview guide and what it digs for."""

    topic: Topic = told("話題", "Topic the question digs for")
    question: Text = told("問い", "The question, as it would be asked")


class Audience(Term):
    """A group of readers for whom a site of its own can be built.

    It sees what is open to all, what is limited to it, and what is limited to the audiences that it includes. A site
    that is built for no audience shows the least: only what is open to all.
    """

    includes: tuple[AudienceId, ...] = told(
        "含む対象", "Audiences whose rights it has too, directly or by way of others", ()
    )


class Retention(Record):
    """How long cases are kept, counted from the interview."""

    months: Annotated[int, Field(ge=1, le=600)] = told(
        "保存期間（月）", "Months after the interview until a case leaves the site", examples=[60]
    )


class Interviews(Record):
    """When customers are asked for an interview, and who may see the closed deals that call for one."""

    after_months: Annotated[int, Field(ge=1, le=36)] = told(
        "決定から何か月後に聞くか", "Months after the decision at which people say what they think", 6
    )
    until_months: Annotated[int, Field(ge=1, le=60)] = told(
        "決定から何か月後まで候補にするか", "Months after the decision until which a closed deal is shown", 12
    )
    stale_after_months: Annotated[int, Field(ge=1, le=600)] = told(
        "何か月で古い事例とみなすか", "Months after the interview from which a case is called stale", 24
    )
    deals: Only = told(
        "取引の閲覧対象", "Audiences that may see the closed deals of deals.csv; all readers when left out", None
    )


class Synonyms(Record):
    """Words that mean the same to a searcher."""

    words: Annotated[tuple[Text, ...], Field(min_length=2)] = told(
        "同義語", "Two or more words", examples=[["堅牢", "頑丈", "タフ"]]
    )


class Casebook(Record):
    """The knowledge base: settings and controlled vocabulary."""

    title: Text = told("サイト名", "Title of the knowledge base")
    language: Language = told("言語", "Language in which content is written unless a case says otherwise", "ja")
    own_company: OwnCompany = told("自社", "The company whose knowledge base this is")
    departments: Annotated[tuple[Department, ...], Field(min_length=1)] = told("部門", "Departments")
    products: tuple[Product, ...] = told("製品", "Products and services", ())
    competitors: tuple[Competitor, ...] = told("競合", "Competitors", ())
    industries: tuple[Term, ...] = told("業種", "Industries of customers", ())
    tags: tuple[Term, ...] = told("タグ", "Controlled tags", ())
    needs: tuple[Term, ...] = told(
        "共通ニーズ", "Needs shared by several customers, to which needs on value maps are mapped", ()
    )
    phases: tuple[PhaseName, ...] = told("段階の呼び方", "Own names of the journey's phases", ())
    guide: tuple[GuideQuestion, ...] = told("インタビューガイド", "Questions that every interview asks", ())
    audiences: tuple[Audience, ...] = told(
        "閲覧対象", "Groups of readers for whom a site of its own can be built; their order means nothing", ()
    )
    retention: Retention | None = told("保存期間", "How long cases are kept", None)
    interviews: Interviews | None = told(
        "インタビューの計画", "When customers are asked, and how old a case may be", None
    )
    redact: tuple[Text, ...] = told("伏せる語", "Terms that no page may show", ())
    synonyms: tuple[Synonyms, ...] = told("同義語", "Words that search treats as the same", ())

    @property
    def interviewing(self) -> Interviews:
        """When customers are asked: as the company decided, or as is usual."""
        return self.interviews or Interviews()


class Challenge(Record):
    """A business challenge. Insights answer challenges: it comes first, before anyone is interviewed."""

    id: Slug = told("ID", "Identifier used in files and addresses")
    title: Text = told("課題", "The challenge as a question or a sentence")
    description: str = told("説明", "Why it matters, what would change if it were answered", "")
    department: DepartmentId | None = told("担当部門", "Department that owns it", None)


class Challenges(Record):
    """challenges.yml"""

    challenges: tuple[Challenge, ...] = told("自社の課題", "Business challenges", ())


class GlossaryEntry(Record):
    """A word explained."""

    term: Text = told("用語", "The word")
    reading: str = told("よみ", "Reading in hiragana, by which it is sorted", "")
    also: tuple[Text, ...] = told("別表記", "Other spellings that mean the same", ())
    meaning: Text = told("意味", "What it means here, in a sentence or two")


class Glossary(Record):
    """glossary.yml"""

    terms: tuple[GlossaryEntry, ...] = told("用語", "Words explained", ())


class Stop(Record):
    """One stop of a guided path: something to read or hear, and a question to think about."""

    case: CaseId = told("事例", "Folder name of the case")
    insight: Annotated[Slug, RefersTo(Target.INSIGHT_OF_CASE)] | None = told(
        "インサイト", "Insight of that case to read", None
    )
    cues: CueRange | None = told("聴く発言", "Moment to listen to: cue or first..last", None, examples=["q042..q045"])
    title: Text = told("見出し", "What this stop shows")
    look_for: str = told("着眼点", "What to listen for", "")
    question: str = told("問い", "A question to think about before going on", "")
    minutes: Annotated[int, Field(ge=1, le=240)] = told("所要時間（分）", "Minutes this stop takes", 5)


class GuidedPath(Record):
    """paths/<name>.yml: an ordered walk through cases, for people who are new."""

    title: Text = told("題名", "Title of the path")
    language: Language | None = told("言語", "Language it is written in", None)
    audience: str = told("対象者", "For whom it is, in a few words", "")
    description: str = told("説明", "What the reader can do after it", "")
    stops: Annotated[tuple[Stop, ...], Field(min_length=1)] = told("立ち寄り先", "Stops in order")
