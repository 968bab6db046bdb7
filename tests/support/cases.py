"""Small cases for tests: whole by default, so that a test says only what matters to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from generator.model.case import CaseFile
from generator.model.casebook import Casebook
from generator.model.corpus import Case, Corpus
from generator.model.insight import Insight
from generator.model.transcript import Cue, Transcript
from generator.publication import PublicCorpus, publish

DAY = dt.date(2026, 1, 15)
"""The day on which test corpora are published unless a test says otherwise."""


def a_casebook(**changes: Any) -> Casebook:
    """A knowledge base with two departments and a little vocabulary."""
    return Casebook.model_validate(
        {
            "title": "お客様の声ノート",
            "own_company": {"name": "自社"},
            "departments": [{"id": "sales", "name": "営業"}, {"id": "product", "name": "開発", "hue": 215}],
            "products": [{"id": "tf14", "name": "フィールドノート"}],
            "industries": [{"id": "power", "name": "電力"}],
            **changes,
        }
    )


def some_facts(**changes: Any) -> CaseFile:
    """The facts of a lost deal, with consent."""
    return CaseFile.model_validate(
        {
            "title": "冬の鉄塔",
            "type": "lost",
            "customer": {"name": "北辰電設", "alias": "中部の保守会社", "industry": "power"},
            "dates": {"decision": "2025-01-20", "interview": "2025-07-18"},
            "consent": {"recorded": True, "given_by": "保全部 部長", "given_on": "2025-07-18"},
            **changes,
        }
    )


def an_insight(**changes: Any) -> Insight:
    """A hypothesis that leans on the first cue."""
    return Insight.model_validate(
        {
            "id": "i1",
            "claim": "手袋のまま使えることが前提になっている",
            "kind": "need",
            "topic": "why_us",
            "lens": {"when": "2025年", "scene": "deciding"},
            "evidence": [{"cues": "q001", "quote": "手袋のまま"}],
            **changes,
        }
    )


def a_transcript(*texts: str) -> Transcript:
    """One cue of four seconds for each text, five seconds apart: q001, q002 ... by two voices in turn."""
    return Transcript(
        tuple(
            Cue(f"q{n:03}", 5.0 * n, 5.0 * n + 4, ("聞き手", "部長")[n % 2], text, 3 * n)
            for n, text in enumerate(texts or ("手袋のまま使えないと困ります。",), start=1)
        )
    )


def a_case(slug: str = "2025-07-tower", *, facts: dict[str, Any] | None = None, **changes: Any) -> Case:
    """A case with a transcript and one insight; `facts` change case.yml, `changes` the case."""
    whole: dict[str, Any] = {"transcript": a_transcript(), "insights": (an_insight(),), **changes}
    return Case(slug=slug, facts=some_facts(**(facts or {})), **whole)


def a_corpus(*cases: Case, **changes: Any) -> Corpus:
    """A corpus of these cases, or of one."""
    casebook = changes.pop("casebook", None) or a_casebook()
    return Corpus(casebook=casebook, cases=cases or (a_case(),), **changes)


def published(*cases: Case, on: dt.date = DAY, **changes: Any) -> PublicCorpus:
    """What everybody may see of these cases on `DAY`."""
    return publish(a_corpus(*cases, **changes), on=on)[0]
