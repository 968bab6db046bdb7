"""Invented content for the patterns page: one small case that has something for every component."""

from __future__ import annotations

import datetime as dt

from generator.model.case import CaseFile, Stakeholder
from generator.model.casebook import Casebook
from generator.model.evidence import Evidence
from generator.model.insight import Insight
from generator.model.review import Note
from generator.model.transcript import Cue, Transcript
from generator.model.value_map import ValueMap
from generator.pages.drawings.emotion_curve import Moment
from generator.publication import PublicCase, PublicCorpus

CASEBOOK = Casebook.model_validate(
    {
        "title": "見本",
        "own_company": {"name": "見本"},
        "departments": [
            {"id": "sales", "name": "営業", "hue": 18, "lead_purpose": "次の商談で使える言葉を知りたい"},
            {"id": "marketing", "name": "マーケティング", "hue": 330},
            {"id": "product", "name": "開発", "hue": 215},
            {"id": "se", "name": "SE", "hue": 165},
        ],
        "products": [{"id": "sample", "name": "見本の製品"}],
        "competitors": [{"id": "rival", "name": "競合A"}],
        "industries": [{"id": "sample", "name": "見本の業種"}],
        "tags": [{"id": "sample", "name": "見本のタグ"}],
    }
)

TRANSCRIPT = Transcript(
    (
        Cue("q001", 0.5, 4.0, "聞き手", "使い始めて、変わったことはありましたか。", 3),
        Cue("q002", 4.5, 12.0, "現場の責任者", "朝の点検が、立ち話で済むようになりました。", 6),
        Cue("q003", 12.5, 20.0, "現場の責任者", "前は、紙を取りに戻るだけで十五分です。", 9, unsure=True),
    )
)

NOTES = (
    Note.model_validate(
        {"id": "n1", "cues": "q002", "department": "se", "kind": "recall", "text": "そういえば、紙の束がもう無かった。"}
    ),
    Note.model_validate(
        {
            "id": "n2",
            "cues": "q002",
            "department": "product",
            "kind": "question",
            "text": "いつ頃のことですか。",
            "reply_to": "n1",
        }
    ),
    Note.model_validate(
        {"id": "n3", "cues": "q003", "department": "sales", "kind": "idea", "text": "十五分を、提案書の最初に書く。"}
    ),
)

FACTS = CaseFile.model_validate(
    {
        "title": "朝の点検が、立ち話で済むようになった",
        "type": "switched_away",
        "silent": True,
        "customer": {"name": "見本の会社", "alias": "見本の会社", "industry": "sample"},
        "products": ["sample"],
        "dates": {"decision": "2025-01-10", "interview": "2025-07-18"},
        "core": {
            "line": "紙を取りに戻らなくてよい朝が、一日の機嫌を決めていた。",
            "situation": "朝礼の前",
            "emotion": "待たせたくない",
            "purpose": "全員で始めたい",
        },
    }
)

INSIGHT = Insight.model_validate(
    {
        "id": "i1",
        "claim": "減らしたかったのは作業ではなく、仲間を待たせる時間だった。",
        "kind": "value",
        "topic": "value",
        "lens": {"when": "導入から三か月", "scene": "after"},
        "evidence": [{"cues": "q002", "quote": "立ち話で済むようになりました", "copy_allowed": True}],
        "state": "holds",
        "departments": ["sales", "product"],
        "tags": ["sample"],
    }
)
OTHER_INSIGHT = INSIGHT.model_copy(
    update={
        "id": "i2",
        "claim": "待たせることより、書き間違いが怖かった。",
        "evidence": (Evidence(cues="q001", case="another"),),
    }
)

ACTIONS = tuple(
    {
        "id": f"a{number}",
        "department": "sales",
        "artefact": "talk",
        "change": "商談の最初に、朝の待ち時間を聞く",
        "owner": "営業の主任",
        "due": "2025-12-20",
        "state": state,
        **more,
    }
    for number, (state, more) in enumerate(
        (
            ("done", {"done_on": "2025-12-01", "outcome": "二回目の商談に進む割合が三割から五割に"}),
            ("doing", {}),
            ("planned", {"due": "2026-03-31"}),
            ("dropped", {}),
        ),
        start=1,
    )
)

VALUE_MAP = ValueMap.model_validate(
    {
        "needs": [
            {"id": "n1", "text": "仲間を待たせない", "weight": 5},
            {"id": "n2", "text": "落としても壊れない", "weight": 3},
            {"id": "n3", "text": "夜でも相談できる", "weight": 4},
            {"id": "n4", "text": "伝票と照らし合わせなくてよい", "weight": 2},
        ],
        "offers": [
            {"id": "o1", "text": "立ったまま使える画面", "meets": ["n1", "n2"]},
            {"id": "o2", "text": "会議の映像を残す機能"},
        ],
        "rivals": [
            {
                "competitor": "rival",
                "offers": [
                    {"id": "o3", "text": "丈夫な本体", "meets": ["n2"]},
                    {"id": "o4", "text": "夜間窓口", "meets": ["n3"]},
                ],
            }
        ],
    }
)

PEOPLE = tuple(
    Stakeholder.model_validate(person)
    for person in (
        {"id": "user", "role": "現場の責任者", "part": ["user"], "influence": 3, "stance": "champion"},
        {"id": "head", "role": "部長", "part": ["decider"], "influence": 5, "stance": "neutral"},
        {"id": "buyer", "role": "購買", "part": ["buyer", "gatekeeper"], "influence": 4, "stance": "sceptic"},
        {"id": "rep", "role": "営業", "side": "own", "influence": 2, "stance": "supporter"},
    )
)

MOMENTS = tuple(
    Moment(feeling, title, words, "#q002" if words else "")
    for feeling, title, words in (
        (1, "展示会で触る", ""),
        (-2, "紙を探す朝", "紙を取りに戻るだけで十五分です"),
        (0, "比べる", ""),
        (-1, "稟議", ""),
        (2, "立ち話の点検", "立ち話で済むようになりました"),
    )
)

PEAKS = tuple((number * 37 % 61) + (number * 13 % 38) for number in range(400))
"""Anything that looks like loudness, 0 to 97."""

ON = dt.date(2026, 1, 15)


def sample_case() -> PublicCase:
    """The case as readers would see it."""
    insight = Insight.model_validate({**INSIGHT.model_dump(mode="json"), "actions": ACTIONS})
    return PublicCase(
        slug="sample",
        facts=FACTS,
        language="ja",
        transcript=TRANSCRIPT,
        insights=(insight, OTHER_INSIGHT),
        value_map=VALUE_MAP,
    )


def sample_corpus() -> PublicCorpus:
    """A knowledge base of that case alone."""
    return PublicCorpus(casebook=CASEBOOK, cases=(sample_case(),), built_on=ON)
