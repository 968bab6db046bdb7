"""A site made for searching: a few cases whose lines hold one word of each class, and many that hold none of them."""

from __future__ import annotations

import html
from pathlib import Path

from generator.pages.page import Page, Passage, SearchFacts
from generator.pages.search import search_page
from generator.site.engine import build_site
from generator.site.source import FinishedPages
from generator.texts import load_texts
from tests.support.tiny_site import CONFIG, page

LINES = {
    "laptop": (
        ("営業", "失注企業へのデプスインタビューを、三社で行いました。"),
        ("現場責任者", "手袋のまま使えないと、現場では使えません。"),
        ("情シス", "サーバーの入れ替えより、PC版を先に見たかったんです。"),
        ("情シス", "見積は1,200万円で、RB-15を300台という話でした。"),
    ),
    "assembly": (
        ("企画", "ナレッジマネジメントの基盤として、カスタマージャーニーマップを作りました。"),
        ("工場長", "ｻｰﾊﾞの置き場所がない。タブレットで作業手順が見られればよかった。"),
        ("工場長", "髙橋さんが抜けると誰にも分からなくなる。"),
        ("企画", "お客様の声を、そのまま開発に届けたい。"),
    ),
    "english": (
        ("Field lead", "We interviewed three crews, and the gloves were the problem."),
        ("Buyer", "Nobody compares café tablets; the separate battery decided it."),
        ("Buyer", "Nobody needs another dashboard."),
    ),
    "quiet": (
        ("購買", "価格の話ばかりで、理由は聞けませんでした。"),
        ("購買", "手袋の在庫だけは、いつも足りませんでした。"),
        ("企画", "検査の写真は、どこに残していますか。"),
        ("購買", "検査の写真は、紙に貼っています。"),
    ),
}
OWN = ("営業", "企画")
"""Voices of those who ask."""
INSIGHT = "手袋のままの操作は、現場の合否条件である。"
FACETS = {
    "laptop": {
        "type": ("失注",),
        "industry": ("建設",),
        "product": ("頑丈ノート",),
        "department": ("営業", "開発"),
        "year": ("2025",),
    },
    "assembly": {
        "type": ("受注",),
        "industry": ("製造",),
        "product": ("組立支援",),
        "department": ("開発",),
        "year": ("2024",),
    },
    "english": {"type": ("失注",), "industry": ("通信",), "product": ("頑丈ノート",), "year": ("2025",)},
    "quiet": {"type": ("失注",), "industry": ("製造",), "product": ("組立支援",), "year": ("2023",)},
}
DATES = {"laptop": "2025-07-18", "assembly": "2024-11-05", "english": "2025-02-01", "quiet": "2023-05-30"}
TITLES = {
    "laptop": "片手で持てる重さ",
    "assembly": "紙の手順書をやめた日",
    "english": "What the crews carried",
    "quiet": "静かに離れた顧客 <b>&",
}
OTHERS = 12
SECONDS_PER_LINE = 1.0


def searchable_pages(audio: str = "") -> tuple[Page, ...]:
    """The search page, cases, and a list. `audio` is the address of the recording of the case `laptop`."""
    cases = [_case(name, audio if name == "laptop" else "") for name in LINES]
    others = [_other(number) for number in range(OTHERS)]
    return (
        page("", "お客様の声", "home"),
        page("cases/", "事例の一覧", "cases"),
        search_page(load_texts("ja")),
        *cases,
        *others,
        page("patterns/", "手袋の部品", "patterns", listed=False, search=_facts((("", "失注企業"),))),
    )


def build_searchable_site(site: Path, audio: Path | None = None) -> None:
    """Build it into the folder `site`, with the recording `audio` in the case `laptop`."""
    address = "cases/laptop/audio.wav" if audio else ""
    build_site(CONFIG, site=site, search=True, source=FinishedPages(searchable_pages(address)))
    if audio:
        (site / address).write_bytes(audio.read_bytes())


def _case(name: str, audio: str) -> Page:
    lines = LINES[name]
    body = "".join(f'<p id="q{number:03}">{html.escape(words)}</p>' for number, (_, words) in enumerate(lines, 1))
    insight = f'<p id="insight-a">{INSIGHT}</p>' if name == "laptop" else ""
    far = "<p>…</p>" * 60
    facts = _facts(lines, insight=bool(insight), audio=audio, filters=FACETS[name], date=DATES[name])
    whole = f'<div class="cb-page"><h1>{html.escape(TITLES[name])}</h1>{insight}{far}{body}{far}</div>'
    return Page(f"cases/{name}/", TITLES[name], whole, "case", search=facts)


def _facts(
    lines: tuple[tuple[str, str], ...],
    *,
    insight: bool = False,
    audio: str = "",
    filters: dict[str, tuple[str, ...]] | None = None,
    date: str = "",
) -> SearchFacts:
    passages = [
        Passage(
            f"q{number:03}",
            "cue",
            words,
            voice,
            SECONDS_PER_LINE * (number - 1),
            "own" if voice in OWN else "customer",
        )
        for number, (voice, words) in enumerate(lines, 1)
    ]
    if insight:
        passages.insert(0, Passage("insight-a", "insight", INSIGHT))
    return SearchFacts("case", "ja", tuple(passages), filters or {}, date, audio)


def _other(number: int) -> Page:
    lines = (("店長", f"{number}番目の店舗では、朝の荷受けが忙しいです。"), ("店長", "雨の日は人が足りません。"))
    filters = {"type": ("継続",), "industry": ("小売",), "year": (str(2010 + number),)}
    facts = _facts(lines, filters=filters, date=f"{2010 + number}-04-01")
    return page(f"cases/other-{number:02}/", f"店舗の一日 {number}", "case", body="<p>…</p>", search=facts)
