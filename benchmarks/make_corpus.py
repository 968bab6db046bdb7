"""Make a knowledge base of any size: deterministic, natural Japanese, every kind of file that an editor writes.

    python benchmarks/make_corpus.py FOLDER --cases 1000 --cues 300

The same arguments give the same bytes. Sentences are put together from the parts below; about one cue in forty is
reviewed, and every case has insights with evidence, a value map and a journey, in the proportions of the samples.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

OPENINGS = (
    "そうですね、",
    "正直に言うと、",
    "いや、",
    "えーと、",
    "たしか",
    "あのときは",
    "今になって思うと、",
    "",
    "",
    "",
)
SUBJECTS = (
    "現場の班長が", "購買の担当者が", "夜勤のリーダーが", "新しく来た課長が", "若手のエンジニアが", "工場長が",
    "情報システムの人たちが", "うちの社長が", "保全のベテランが", "協力会社の人が", "前の担当者が", "本社の企画が",
)  # fmt: skip
SCENES = (
    "冬の鉄塔の上で", "検収の前の週に", "ラインが止まった夜に", "更新の見積もりを見て", "引き継ぎの初日に", "雨の日の点検で",
    "倉庫の棚卸しのあとに", "定例会議の終わりに", "展示会の帰りに", "監査の準備のときに", "マイナス25度の冷凍庫で", "繁忙期の朝礼で",
)  # fmt: skip
OBJECTS = (
    "手袋のまま押せる画面を", "交換用のバッテリーを", "作業手順の写真を", "止まっていた時間の記録を", "代替機の手配を",
    "夜間の問い合わせ窓口を", "レンタルの契約書を", "稟議の添付資料を", "デプスインタビューの議事録を", "カスタマージャーニーマップを",
    "ナレッジマネジメントの仕組みを", "見える化のダッシュボードを", "失注企業の一覧を", "導入後の教育計画を",
)  # fmt: skip
VERBS = (
    "最初に確かめていました", "何度も見せてくれました", "ずっと気にしていたんです", "自分で作り直していました",
    "上司に説明していました", "最後まで譲りませんでした", "黙って外してしまいました", "一日で使いこなしていました",
    "もう一度比べてみたんです", "現場に持ち込んで試しました",
)  # fmt: skip
ENDINGS = (
    "。",
    "。",
    "。それが決め手でした。",
    "。値段の話はそのあとです。",
    "。こちらは誰も気づいていませんでした。",
    "、というのが本音です。",
)
QUESTIONS = (
    "それは、どうしてそう思われたのですか。", "そのとき、ほかにどなたがいらっしゃいましたか。", "もう少し詳しく教えていただけますか。",
    "選んでよかったと感じたのは、どんな場面でしたか。", "最後に残った候補は、どことどこでしたか。", "反対した方はいましたか。",
)  # fmt: skip
INDUSTRIES = ("電力", "ガス", "物流", "自動車部品", "食品", "建設", "航空", "電子機器")
REGIONS = ("北海道", "東北", "北関東", "首都圏", "中部", "近畿", "中国", "九州")
DEPARTMENTS = (
    ("sales", "営業"),
    ("marketing", "マーケティング"),
    ("product", "開発"),
    ("se", "SE"),
    ("support", "サポート"),
)
TYPES = ("loyal", "switched_to_us", "lost", "switched_away")
SEGMENTS = ("loyal", "general", "lapsed", "aware", "unaware")
TAGS = ("gloves", "battery", "support-hours", "total-cost", "procurement", "newcomers")
NEEDS = ("never-stop", "explain-upward", "night-support", "one-contract", "day-one")


@dataclass(frozen=True)
class MadeCue:
    """One utterance of a made case."""

    id: str
    start_s: float
    end_s: float
    voice: str
    text: str


def sentence(rng: random.Random) -> str:
    """One utterance of a customer, 25 to 60 characters."""
    body = rng.choice(OPENINGS) + rng.choice(SUBJECTS) + rng.choice(SCENES) + rng.choice(OBJECTS)
    return body + rng.choice(VERBS) + rng.choice(ENDINGS)


def made_cues(rng: random.Random, cues: int) -> list[MadeCue]:
    """A talk of `cues` utterances, about 8 seconds each; every fourth is a question."""
    made, clock_s = [], 1.0
    for number in range(1, cues + 1):
        question = number % 4 == 1
        text = rng.choice(QUESTIONS) if question else sentence(rng)
        length_s = round(1.5 + len(text) / 7, 3)
        made.append(MadeCue(f"q{number:03}", clock_s, clock_s + length_s, "聞き手" if question else "保全部長", text))
        clock_s = round(clock_s + length_s + 0.4, 3)
    return made


def clock(seconds: float) -> str:
    """`01:02:03.456`"""
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def webvtt(cues: Sequence[MadeCue]) -> str:
    """The transcript file."""
    blocks = [f"{c.id}\n{clock(c.start_s)} --> {clock(c.end_s)}\n<v {c.voice}>{c.text}\n" for c in cues]
    return "WEBVTT\n\n" + "\n".join(blocks)


def evidence(rng: random.Random, cues: Sequence[MadeCue]) -> dict[str, str]:
    """A quote that really stands in a customer's cue."""
    cue = rng.choice([cue for cue in cues if cue.voice != "聞き手"] or list(cues))
    return {"cues": cue.id, "quote": cue.text[: rng.randint(10, 25)]}


def casebook() -> dict[str, object]:
    """casebook.yml"""
    return {
        "title": "計測用ナレッジベース",
        "own_company": {"name": "計測用の会社"},
        "departments": [{"id": key, "name": name, "hue": 40 + 60 * n} for n, (key, name) in enumerate(DEPARTMENTS)],
        "products": [{"id": "tf14", "name": "フィールドノート"}, {"id": "line-navi", "name": "ラインナビ"}],
        "competitors": [{"id": "orban", "name": "オルバン"}, {"id": "in-house", "name": "内製"}],
        "industries": [{"id": f"industry-{n}", "name": name} for n, name in enumerate(INDUSTRIES)],
        "tags": [{"id": tag, "name": tag} for tag in TAGS],
        "needs": [{"id": need, "name": need} for need in NEEDS],
    }


def case(rng: random.Random, number: int) -> dict[str, object]:
    """case.yml"""
    interview = dt.date(2021, 1, 4) + dt.timedelta(days=rng.randint(0, 1_900))
    industry = rng.randrange(len(INDUSTRIES))
    alias = f"{rng.choice(REGIONS)}の{INDUSTRIES[industry]}会社{number}"
    return {
        "title": f"{rng.choice(SCENES)}{rng.choice(OBJECTS)[:-1]}に迷った会社",
        "type": rng.choice(TYPES),
        "customer": {
            "name": f"仮称企業{number:05}号",
            "alias": alias,
            "industry": f"industry-{industry}",
            "employees": rng.choice((80, 300, 1200, 5400)),
        },
        "products": [rng.choice(("tf14", "line-navi"))],
        "competitors": [rng.choice(("orban", "in-house"))],
        "segment": {"kind": rng.choice(SEGMENTS), "preference": rng.choice(("positive", "negative"))},
        "dates": {"decision": interview - dt.timedelta(days=rng.randint(150, 220)), "interview": interview},
        "people": [
            {"id": "manager", "role": "保全部長", "part": ["decider"], "influence": 5, "stance": "supporter", "voice": "保全部長"},
            {"id": "buyer", "role": "購買課長", "part": ["buyer"], "influence": 3, "stance": "sceptic"},
        ],
        "consent": {"recorded": True, "given_by": "保全部長", "given_on": interview},
        "core": {"line": sentence(rng), "situation": rng.choice(SCENES), "emotion": "不安", "purpose": "現場を止めない"},
        "tags": sorted(rng.sample(TAGS, 2)),
    }  # fmt: skip


def review(rng: random.Random, cues: Sequence[MadeCue]) -> dict[str, object]:
    """review.yml: a note for every fortieth cue."""
    count = max(1, len(cues) // 40)
    return {
        "meetings": [
            {"on": dt.date(2025, 8, 1), "minutes": 300, "participants": [{"department": "sales", "people": 3}]}
        ],
        "notes": [
            {
                "id": f"n{n:02}",
                "cues": rng.choice(cues).id,
                "department": rng.choice(DEPARTMENTS)[0],
                "kind": rng.choice(("recall", "reading", "question", "objection", "idea")),
                "text": sentence(rng),
            }
            for n in range(1, count + 1)
        ],
    }


def insights(rng: random.Random, cues: Sequence[MadeCue]) -> dict[str, object]:
    """insights.yml: three claims, one action each."""
    return {
        "insights": [
            {
                "id": f"i{n}",
                "claim": sentence(rng),
                "kind": rng.choice(("need", "pain", "value", "barrier", "decision")),
                "topic": rng.choice(("why_us", "value", "decision")),
                "lens": {
                    "when": "更新の検討時",
                    "scene": rng.choice(("before", "deciding", "after")),
                    "purpose": ["next_deal"],
                },
                "whys": [sentence(rng) for _ in range(3)],
                "evidence": [evidence(rng, cues) for _ in range(2)],
                "state": rng.choice(("hypothesis", "holds")),
                "departments": [rng.choice(DEPARTMENTS)[0]],
                "tags": [rng.choice(TAGS)],
                "actions": [
                    {
                        "id": f"a{n}",
                        "department": rng.choice(DEPARTMENTS)[0],
                        "artefact": "talk",
                        "change": sentence(rng),
                        "state": rng.choice(("planned", "doing")),
                        "due": dt.date(2027, 1, 15),
                    }
                ],
            }
            for n in range(1, 4)
        ]
    }


def value_map(rng: random.Random, cues: Sequence[MadeCue]) -> dict[str, object]:
    """value-map.yml: five needs, three offers of ours, two of a rival."""
    return {
        "needs": [
            {"id": f"n{n}", "text": rng.choice(OBJECTS)[:-1], "shared": need, "weight": rng.randint(1, 5), "evidence": [evidence(rng, cues)]}
            for n, need in enumerate(NEEDS, start=1)
        ],
        "offers": [{"id": f"o{n}", "text": rng.choice(OBJECTS)[:-1], "meets": [f"n{n}"]} for n in range(1, 4)],
        "rivals": [
            {
                "competitor": "orban",
                "offers": [{"id": f"r{n}", "text": rng.choice(OBJECTS)[:-1], "meets": [f"n{n + 2}"]} for n in range(1, 3)],
            }
        ],
    }  # fmt: skip


def journey(rng: random.Random, cues: Sequence[MadeCue]) -> dict[str, object]:
    """journey.yml: one step a phase."""
    return {
        "steps": [
            {
                "id": f"j{n}",
                "phase": phase,
                "title": rng.choice(SCENES),
                "touchpoints": [rng.choice(("展示会", "営業の訪問", "現場の試用", "電話窓口"))],
                "actions": [sentence(rng)],
                "thoughts": [sentence(rng)],
                "feeling": rng.randint(-2, 2),
                "evidence": [evidence(rng, cues)],
                "issues": [{"text": sentence(rng)}],
                "measures": [{"text": sentence(rng), "department": "sales"}],
            }
            for n, phase in enumerate(("awareness", "interest", "comparison", "purchase", "use"), start=1)
        ]
    }


def business(rng: random.Random, decision: dt.date) -> dict[str, object]:
    """The lead's way up to the decision, and five years of the account, as case.yml has them."""
    departments = [key for key, _ in DEPARTMENTS]
    on = decision - dt.timedelta(days=rng.randint(90, 400))
    lead: list[dict[str, object]] = []
    for stage in ("MQL", "SQL", "試用", "見積もり"):
        giver, taker = rng.sample(departments, 2)
        lead.append({"stage": stage, "on": on, "from_department": giver, "to_department": taker, "what": sentence(rng)})
        on += dt.timedelta(days=rng.randint(5, max(6, (decision - on).days // 2)))
    end = {"stage": rng.choice(("受注", "失注")), "on": max(on, decision), "from_department": "sales"}
    visits, ours = rng.randint(0, 12), rng.randint(0, 70)
    figures: list[dict[str, object]] = []
    for year in range(decision.year - 4, decision.year + 1):
        visits, ours = max(0, visits + rng.randint(-3, 4)), min(90, max(0, ours + rng.randint(-12, 14)))
        sales = max(0, 400 * visits + rng.randint(-1_500, 4_000))
        theirs = rng.randint(0, 100 - ours)
        figures.append(
            {
                "year": year,
                "sales_k_yen": sales,
                "wallet_share_percent": ours,
                "rival_share_percent": theirs,
                "visits": visits,
            }
        )
    return {"lead": [*lead, end], "account": {"category": "現場で使う端末", "figures": figures}}


def deals(rng: random.Random, count: int) -> str:
    """deals.csv: closed deals of the two years up to the end of the newest interviews."""
    rows = ["取引ID,決定日,結果,社名,仮名,業種,製品,競合"]
    for number in range(1, count + 1):
        industry = rng.choice(INDUSTRIES)
        alias = f"{rng.choice(REGIONS)}の{industry}会社 第{number}" if rng.random() < 0.7 else ""
        on = dt.date(2026, 3, 19) - dt.timedelta(days=rng.randint(0, 730))
        rows.append(
            f"D-{number:05},{on},{rng.choice(('失注', '失注', '他社へ乗り換え', '受注'))},商談先企業{number:05}号,{alias},"
            f"{industry},{rng.choice(('フィールドノート', 'ラインナビ'))},{rng.choice(('オルバン', '内製'))}"
        )
    return "\n".join(rows) + "\n"


def make(folder: Path, cases: int, cues: int, seed: int = 1) -> None:
    """Write the knowledge base into `folder`, which must not exist or be empty. Raises FileExistsError otherwise."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "casebook.yml", casebook())
    (folder / "deals.csv").write_text(deals(random.Random(seed), cases), encoding="utf-8")
    for number in range(1, cases + 1):
        rng = random.Random(seed * 1_000_003 + number)
        spoken = made_cues(rng, cues)
        home = folder / f"case-{number:05}"
        home.mkdir()
        (home / "transcript.vtt").write_text(webvtt(spoken), encoding="utf-8")
        facts = case(rng, number)
        # Of another generator, so that the words of the talks stay as they are.
        facts |= business(random.Random(seed * 2_000_003 + number), facts["dates"]["decision"])  # type: ignore[index]
        _write(home / "case.yml", facts)
        _write(home / "review.yml", review(rng, spoken))
        _write(home / "insights.yml", insights(rng, spoken))
        _write(home / "value-map.yml", value_map(rng, spoken))
        _write(home / "journey.yml", journey(rng, spoken))


class _PlainDumper(yaml.CSafeDumper):
    """Writes equal values out twice: Casebook refuses YAML aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Never an alias."""
        return True


def _write(path: Path, content: dict[str, object]) -> None:
    dumped = yaml.dump(content, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=200)
    path.write_text(dumped, encoding="utf-8")


def main() -> None:
    """Read the command line and make the knowledge base."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--cues", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.cases, arguments.cues, arguments.seed)


if __name__ == "__main__":
    main()
