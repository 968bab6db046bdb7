"""A small published corpus in Japanese, written as a real case would be: what the pages' tests render and look at."""

from __future__ import annotations

import datetime as dt
import math

from generator.model.case import CaseFile
from generator.model.casebook import Casebook, Challenge
from generator.model.corpus import Recording
from generator.model.insight import Insight
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.transcript import Cue, Transcript
from generator.model.value_map import ValueMap
from generator.pages.page import Sound
from generator.publication import PublicCase, PublicCorpus

CASEBOOK = Casebook.model_validate(
    {
        "title": "お客様の声ノート",
        "own_company": {"name": "トウガ機器", "description": "堅牢ノートPCをつくる架空のメーカー"},
        "departments": [
            {"id": "sales", "name": "営業", "hue": 18},
            {"id": "marketing", "name": "マーケティング", "hue": 330},
            {"id": "product", "name": "開発", "hue": 215},
            {"id": "se", "name": "SE", "hue": 165},
        ],
        "products": [{"id": "tf14", "name": "フィールドノート TF14", "line": "堅牢ノートPC"}],
        "competitors": [{"id": "orban", "name": "オルバン"}, {"id": "in-house", "name": "内製・紙"}],
        "industries": [{"id": "port", "name": "港湾・物流"}],
        "tags": [{"id": "weight", "name": "重さ"}, {"id": "choosers-users", "name": "選ぶ人と使う人"}],
        "needs": [{"id": "light-enough", "name": "一日持ち歩ける軽さ"}],
        "phases": [{"id": "use", "name": "使いはじめ"}],
    }
)

CHALLENGES = (Challenge(id="why-silent", title="なぜ、相談のないまま離れていくのか"),)

_LINES: tuple[tuple[str, str], ...] = (
    ("聞き手", "きょうは岸壁のそばまで来てしまいました。風が強いですね。"),
    ("荷役課長", "十一月から三月までは、ずっとこれです。書類はまず飛びます。"),
    ("聞き手", "端末を入れ替えられたのが去年の春でしたね。うちには、ご相談がありませんでした。"),
    ("荷役課長", "そうなんです。申し訳ないとは思っていたんですけど、言い出しにくくて。"),
    ("聞き手", "言い出しにくい、というのは。"),
    (
        "荷役課長",
        "おたくの機械は、本当に丈夫でした。五年で一台も壊れていない。だから、やめる理由を聞かれたら困るなと思って。",
    ),
    ("荷役課長", "壊れないのに替えたい、とは言えないでしょう。"),
    ("聞き手", "それでも、替えたかった。"),
    ("荷役課長", "重いんです。夕方になると、みんな台車の上に置きっぱなしにする。首から下げてるのは朝だけ。"),
    ("聞き手", "置きっぱなしだと、どうなりますか。"),
    ("荷役課長", "コンテナの番号を、手の甲に書くんですよ。油性ペンで。で、事務所に戻ってから打ち込む。"),
    ("荷役課長", "去年の二月に、汗で消えましてね。一本、違う船に乗りました。"),
    ("聞き手", "そのあと、どなたが動かれたんですか。"),
    ("荷役課長", "安全担当の副長です。あの人が、軽いのを三つ借りてきて、班に一週間ずつ持たせた。"),
    ("聞き手", "うちの営業には、声がかからなかった。"),
    ("荷役課長", "前の担当の方なら、かけたと思います。替わってから、一度もお会いしてないんです。"),
    ("聞き手", "オルバンの端末にして、夕方はどうなりましたか。"),
    ("荷役課長", "最後まで首にかかってます。それだけで、もう、値段の話はしなくなりました。"),
    ("聞き手", "足りないところは、ありますか。"),
    (
        "荷役課長",
        "雨の日の画面ですね。あれは、おたくのほうがよく見えた。あと、伝票との照合は、どこの端末でも手作業です。",
    ),
    ("聞き手", "最後に、もし半年前に戻れたら、うちに何と言いますか。"),
    ("荷役課長", "夕方の岸壁に、一回来てください。それだけです。"),
)


def transcript() -> Transcript:
    """The talk: a cue about every eight seconds, the way people speak."""
    cues, start_s = [], 0.4
    for number, (voice, text) in enumerate(_LINES, start=1):
        end_s = start_s + 1.2 + len(text) * 0.14
        cues.append(Cue(f"q{number:03}", round(start_s, 3), round(end_s, 3), voice, text, number * 4, number == 20))
        start_s = end_s + 0.5
    return Transcript(tuple(cues))


FACTS = CaseFile.model_validate(
    {
        "title": "壊れないのに、夕方には置かれていた",
        "type": "switched_away",
        "silent": True,
        "customer": {
            "name": "北陸の港湾荷役会社",
            "alias": "北陸の港湾荷役会社",
            "industry": "port",
            "employees": 1240,
            "region": "北陸",
            "note": "岸壁で一日中コンテナの積み降ろしを記録する。",
        },
        "products": ["tf14"],
        "competitors": ["orban", "in-house"],
        "segment": {"kind": "lapsed", "preference": "negative"},
        "dates": {"decision": "2025-03-14", "interview": "2025-09-19"},
        "people": [
            {
                "id": "cargo-manager",
                "role": "荷役課長",
                "part": ["user", "influencer"],
                "influence": 3,
                "stance": "supporter",
                "voice": "荷役課長",
                "note": "壊れない機械をやめる理由を、自分の口からは言えなかった。",
                "evidence": [{"cues": "q006", "quote": "やめる理由を聞かれたら困るな"}],
            },
            {
                "id": "safety-deputy",
                "role": "安全担当の副長",
                "part": ["initiator", "decider"],
                "influence": 5,
                "stance": "neutral",
                "note": "誤出荷のあと、軽い端末を三つ借りてきた。",
            },
            {
                "id": "harbour-director",
                "role": "港湾事業部長",
                "part": ["approver", "gatekeeper"],
                "influence": 4,
                "stance": "sceptic",
                "note": "価格表だけを見る。",
            },
            {
                "id": "buyer",
                "role": "本社購買",
                "part": ["buyer"],
                "influence": 2,
                "stance": "neutral",
            },
            {"id": "crew-chief", "role": "班長", "part": ["user"], "influence": 2, "stance": "opponent"},
            {"id": "interviewer", "role": "聞き手", "side": "own", "department": "marketing", "voice": "聞き手"},
        ],
        "core": {
            "line": "丈夫さをほめる言葉が、やめたいという相談の口をふさいでいた。",
            "situation": "一日の終わり、腕も首も疲れた岸壁で",
            "emotion": "世話になった機械を裏切るようで言い出せない",
            "purpose": "仲間に手の甲へ番号を書かせたくない",
        },
        "template": {
            "scene": {
                "when": "冬の夕方、最終便の前",
                "where": "風の強い岸壁",
                "with_whom": "班の六人",
                "constraint": "両手がふさがっている",
            },
            "conflict": {"torn_between": "壊れない安心と、持ち歩ける軽さ", "afraid_of": "やめる理由を聞かれること"},
            "words": [
                {
                    "cues": "q007",
                    "quote": "壊れないのに替えたい、とは言えないでしょう。",
                    "moment": "on_leaving",
                    "copy_allowed": True,
                },
                {"cues": "q006", "quote": "おたくの機械は、本当に丈夫でした"},
            ],
            "success": "最後の一本まで、端末が首にかかっている",
            "verification": [
                {
                    "trial": "肩掛け用の軽い背板を見せた",
                    "verdict": "not_quite",
                    "note": "「重さより、首に残る感じ」",
                    "on": "2025-10-02",
                },
                {"trial": "夕方の岸壁で半日持ってもらった", "verdict": "yes", "note": "置いた人はいなかった"},
            ],
        },
        "lead": [
            {
                "stage": "MQL",
                "on": "2024-11-05",
                "from_department": "marketing",
                "to_department": "sales",
                "what": "展示会の名刺。担当交代の週で、返事が三週間遅れた",
            },
            {"stage": "失注", "on": "2025-03-14", "from_department": "sales", "what": "更新の案内だけを送っていた"},
        ],
        "account": {
            "category": "現場端末",
            "figures": [
                {
                    "year": 2023,
                    "sales_k_yen": 18400,
                    "wallet_share_percent": 82,
                    "rival_share_percent": 10,
                    "visits": 9,
                },
                {
                    "year": 2024,
                    "sales_k_yen": 3200,
                    "wallet_share_percent": 21.5,
                    "rival_share_percent": 70,
                    "visits": 1,
                },
            ],
        },
        "tags": ["weight", "choosers-users"],
        "related": ["2025-03-tunnel-survey"],
    }
)

REVIEW = Review.model_validate(
    {
        "meetings": [
            {
                "on": "2025-10-07",
                "minutes": 95,
                "note": "夕方の場面を一行ずつ読んだ",
                "participants": [
                    {"department": "sales", "people": 3},
                    {"department": "product", "people": 2},
                    {"department": "se", "people": 2},
                    {"department": "marketing", "people": 2},
                ],
            }
        ],
        "topics": [
            {"cues": "q003..q008", "topic": "decision"},
            {"cues": "q009..q012", "topic": "value"},
            {"cues": "q013..q016", "topic": "decision"},
            {"cues": "q017..q020", "topic": "why_us"},
        ],
        "notes": [
            {
                "id": "n01",
                "cues": "q004",
                "department": "sales",
                "kind": "reading",
                "text": "「申し訳ない」が先に出る。怒りではなく、遠慮で離れた。",
            },
            {
                "id": "n02",
                "cues": "q006",
                "department": "se",
                "kind": "recall",
                "text": "そういえば三年目の点検で、首ひもだけ全部新品だった。使っていなかったのかもしれない。",
            },
            {
                "id": "n03",
                "cues": "q006",
                "department": "product",
                "kind": "question",
                "text": "首ひもの交換記録は残っていますか。",
                "reply_to": "n02",
            },
            {
                "id": "n04",
                "cues": "q006",
                "department": "se",
                "kind": "recall",
                "text": "点検票に写真があります。次回持ってきます。",
                "reply_to": "n03",
            },
            {
                "id": "n05",
                "cues": "q007",
                "department": "marketing",
                "kind": "idea",
                "text": "「壊れない」を一番に言うのをやめて、「夕方まで持てる」を先に言ってみる。",
            },
            {
                "id": "n06",
                "cues": "q009",
                "department": "product",
                "kind": "objection",
                "text": "重さではなく、首の一点にかかることが問題では。背負えば同じ重さでも置かれない。",
            },
            {
                "id": "n07",
                "cues": "q011..q012",
                "department": "sales",
                "kind": "question",
                "text": "誤出荷の損失はいくらだったのか。稟議ではその数字が効いたはず。",
            },
            {
                "id": "n08",
                "cues": "q016",
                "department": "sales",
                "kind": "reading",
                "text": "担当交代の引き継ぎに「会いに行く理由」がなかった。",
            },
            {
                "id": "n09",
                "cues": "q020",
                "department": "marketing",
                "kind": "reading",
                "text": "雨の画面は、負けたあとでも覚えていてくださった。",
            },
        ],
    }
)

INSIGHTS = (
    Insight.model_validate(
        {
            "id": "i1",
            "claim": "「壊れない」という評判が、不満を言う口をふさぐ。",
            "kind": "barrier",
            "topic": "decision",
            "lens": {"when": "2025年春の入れ替え時", "scene": "deciding", "purpose": ["next_deal", "direction"]},
            "situation": "一台も壊れていない機械を使い続けている",
            "emotion": "言い出したら恩知らずだと思われそう",
            "purpose": "波風を立てずに現場を楽にしたい",
            "whys": [
                "やめる理由を聞かれると困るから",
                "丈夫さをほめてきたのは自分たちだから",
                "良い機械を使いこなせない自分を認めたくないから",
            ],
            "evidence": [
                {"cues": "q006", "quote": "やめる理由を聞かれたら困るな", "moment": "on_leaving"},
                {"cues": "q007", "quote": "壊れないのに替えたい、とは言えないでしょう", "copy_allowed": True},
            ],
            "against": [{"cues": "q016", "quote": "前の担当の方なら、かけたと思います"}],
            "state": "holds",
            "contradicts": ["2025-03-tunnel-survey#i1"],
            "departments": ["sales", "marketing"],
            "tags": ["choosers-users"],
            "challenges": ["why-silent"],
            "actions": [
                {
                    "id": "a1",
                    "department": "sales",
                    "artefact": "talk",
                    "change": "更新の一年前に「置きっぱなしの端末はありませんか」と聞く",
                    "owner": "営業二課 主任",
                    "due": "2025-12-20",
                    "state": "doing",
                },
                {
                    "id": "a2",
                    "department": "marketing",
                    "artefact": "landing_page",
                    "change": "一番上の言葉を「壊れない」から「夕方まで、首にかかっている」に変える",
                    "owner": "マーケティング 担当",
                    "due": "2025-10-31",
                    "done_on": "2025-10-28",
                    "state": "done",
                    "outcome": "問い合わせのうち、持ち運びの相談が2件から9件になった",
                },
            ],
        }
    ),
    Insight.model_validate(
        {
            "id": "i2",
            "claim": "重さは仕様の数字ではなく、夕方に置かれるかどうかで測られている。",
            "kind": "pain",
            "topic": "value",
            "lens": {"when": "一日の終わり", "scene": "after", "purpose": ["direction"]},
            "whys": ["首の一点に重さが残るから", "両手を使う仕事の合間に触る機械だから"],
            "evidence": [
                {"cues": "q009", "quote": "夕方になると、みんな台車の上に置きっぱなしにする"},
                {"cues": "q011..q012", "quote": "コンテナの番号を、手の甲に書くんですよ"},
            ],
            "departments": ["product", "sales"],
            "tags": ["weight"],
            "actions": [
                {
                    "id": "a3",
                    "department": "product",
                    "artefact": "product",
                    "change": "首ひもを肩と背中に分ける背板を試作する",
                    "due": "2025-11-01",
                    "state": "doing",
                }
            ],
        }
    ),
    Insight.model_validate(
        {
            "id": "i3",
            "claim": "担当が替わった一度の空白で、相談先の名簿から消える。",
            "kind": "trigger",
            "topic": "decision",
            "lens": {"when": "担当交代から半年", "scene": "before", "purpose": ["next_deal"]},
            "evidence": [{"cues": "q016", "quote": "替わってから、一度もお会いしてないんです"}],
            "state": "refuted",
            "departments": ["sales"],
        }
    ),
)

VALUE_MAP = ValueMap.model_validate(
    {
        "needs": [
            {
                "id": "n1",
                "text": "夕方まで身につけていられる",
                "shared": "light-enough",
                "weight": 5,
                "evidence": [{"cues": "q018", "quote": "最後まで首にかかってます"}],
            },
            {"id": "n2", "text": "落としても壊れない", "weight": 3, "evidence": [{"cues": "q006"}]},
            {
                "id": "n3",
                "text": "雨の日でも画面が読める",
                "weight": 3,
                "evidence": [{"cues": "q020", "quote": "おたくのほうがよく見えた"}],
            },
            {
                "id": "n4",
                "text": "伝票との照合を手でやらずに済む",
                "weight": 4,
                "evidence": [{"cues": "q020", "quote": "どこの端末でも手作業です"}],
            },
            {
                "id": "n5",
                "text": "替えたいと言い出すきっかけがある",
                "weight": 4,
                "evidence": [{"cues": "q007"}],
            },
        ],
        "offers": [
            {"id": "o1", "text": "五年で故障ゼロの堅牢性", "meets": ["n2"], "evidence": [{"cues": "q006"}]},
            {"id": "o2", "text": "雨滴で誤作動しない高輝度画面", "meets": ["n3"]},
            {"id": "o3", "text": "拡張ドックと光学ドライブ"},
        ],
        "rivals": [
            {
                "competitor": "orban",
                "offers": [
                    {"id": "r1", "text": "780gの本体と肩掛け", "meets": ["n1"]},
                    {"id": "r2", "text": "1.5m落下試験済み", "meets": ["n2"]},
                    {"id": "r3", "text": "24時間の海外窓口"},
                ],
            }
        ],
        "reading": "堅牢性はもう入場料。勝負は夕方の重さと、言い出すきっかけで決まっていた。",
    }
)

JOURNEY = Journey.model_validate(
    {
        "steps": [
            {
                "id": "j1",
                "phase": "awareness",
                "title": "五年前の展示会",
                "touchpoints": ["展示会"],
                "actions": ["水槽に沈む実演を見た"],
                "thoughts": ["これなら海に落としても叱られない"],
                "feeling": 2,
                "evidence": [{"cues": "q006", "quote": "五年で一台も壊れていない"}],
            },
            {
                "id": "j2",
                "phase": "use",
                "title": "置きっぱなしの夕方",
                "touchpoints": ["現場"],
                "actions": ["台車に端末を置く", "手の甲に番号を書く"],
                "thoughts": ["重いとは言いにくい"],
                "feeling": -1,
                "evidence": [{"cues": "q009", "quote": "首から下げてるのは朝だけ"}],
                "issues": [{"text": "使われ方を年一回の点検でしか見ていない", "challenge": "why-silent"}],
                "measures": [
                    {
                        "text": "夕方の岸壁を訪ねる日を決める",
                        "department": "sales",
                        "state": "done",
                        "outcome": "三社を訪問",
                    }
                ],
            },
            {
                "id": "j3",
                "phase": "interest",
                "title": "番号が消えた日",
                "actions": ["一本が違う船に乗った"],
                "thoughts": ["もう手書きはさせられない"],
                "feeling": -2,
                "evidence": [{"cues": "q012", "quote": "汗で消えましてね。一本、違う船に乗りました"}],
            },
            {
                "id": "j4",
                "phase": "comparison",
                "title": "三つ借りて一週間ずつ",
                "touchpoints": ["オルバンの代理店", "貸出機"],
                "actions": ["班ごとに一週間持たせた"],
                "thoughts": ["おたくにも声をかけるべきか"],
                "feeling": 0,
                "evidence": [{"cues": "q014", "quote": "軽いのを三つ借りてきて"}],
                "issues": [{"text": "比較に呼ばれていない"}],
                "measures": [{"text": "担当交代から十日以内に訪問する", "department": "sales", "state": "doing"}],
            },
            {
                "id": "j5",
                "phase": "purchase",
                "title": "入れ替えの決裁",
                "touchpoints": ["社内稟議"],
                "actions": ["誤出荷の報告書を添えた"],
                "feeling": -1,
            },
            {
                "id": "j6",
                "phase": "use",
                "title": "最後まで首にかかっている",
                "touchpoints": ["現場"],
                "thoughts": ["値段の話はもういい"],
                "feeling": 2,
                "evidence": [{"cues": "q018", "quote": "最後まで首にかかってます"}],
            },
        ]
    }
)

OTHER = PublicCase(
    slug="2025-03-tunnel-survey",
    facts=CaseFile.model_validate(
        {
            "title": "重くても、落ちないほうがいい",
            "type": "loyal",
            "customer": {"name": "トンネル測量会社", "alias": "トンネル測量会社", "industry": "construction"},
            "products": ["tf14"],
            "dates": {"decision": "2024-08-01", "interview": "2025-03-02"},
            "core": {
                "line": "重さは、足もとの安心だった。",
                "situation": "暗い坑内で",
                "emotion": "落とすのが怖い",
                "purpose": "測り直さずに帰りたい",
            },
            "tags": ["weight"],
        }
    ),
    language="ja",
    insights=(
        Insight.model_validate(
            {
                "id": "i1",
                "claim": "重い機械ほど、現場では信用される。",
                "kind": "perception",
                "topic": "why_us",
                "lens": {"when": "坑内測量", "scene": "after"},
                "evidence": [{"cues": "q001"}],
                "departments": ["product"],
            }
        ),
    ),
)

NOTES = """## 訪問の前に

- 岸壁は**安全靴**が必要
- 風の強い日は録音機に風よけを付ける

> 次は副長にも話を聞く
"""

CASE = PublicCase(
    slug="2025-09-harbour-cargo",
    facts=FACTS,
    language="ja",
    transcript=transcript(),
    review=REVIEW,
    insights=INSIGHTS,
    value_map=VALUE_MAP,
    journey=JOURNEY,
    recording=Recording(parts=()),
    notes_markdown=NOTES,
    changed_on=dt.date(2025, 11, 4),
)

CORPUS = PublicCorpus(casebook=CASEBOOK, cases=(CASE, OTHER), challenges=CHALLENGES, built_on=dt.date(2025, 11, 21))


def sound(case: PublicCase = CASE) -> Sound:
    """A recording whose loudness rises with each utterance, as the media room would have measured it."""
    duration_s = (case.transcript or Transcript(())).end_s + 1
    peaks = tuple(
        max(4, round(60 + 38 * math.sin(place * 1.7) * math.cos(place * 0.23)) if place % 17 > 2 else 6)
        for place in range(600)
    )
    return Sound(f"cases/{case.slug}/audio.m4a", duration_s, peaks)
