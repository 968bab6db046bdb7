"""A small knowledge base that has something for every page across cases, and what tests read from those pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import posixpath
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from generator.interchange import exports
from generator.model.case import CaseFile
from generator.model.casebook import Casebook, Challenge, GlossaryEntry, GuidedPath
from generator.model.corpus import Recording
from generator.model.insight import Insight
from generator.pages.library import Library
from generator.pages.page import Page, SiteFile
from generator.pages.render import render_site
from generator.publication import PublicCase, PublicCorpus
from generator.publication.public import WithholdingReason
from generator.texts import load_texts
from tests.pages import sample
from tests.support.cases import a_transcript

SNAPSHOTS = Path(__file__).parent / "snapshots"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&{{ 7*7 }}"
TODAY = dt.date(2025, 11, 21)

CASEBOOK = Casebook.model_validate(
    {
        **sample.CASEBOOK.model_dump(mode="json"),
        "departments": [
            {"id": "sales", "name": "営業", "hue": 18, "lead_purpose": "次の商談で使える言葉を知りたい"},
            {"id": "marketing", "name": "マーケティング", "hue": 330},
            {"id": "product", "name": "開発", "hue": 215},
            {"id": "se", "name": "SE", "hue": 165},
        ],
        "industries": [{"id": "port", "name": "港湾・物流"}, {"id": "construction", "name": "建設"}],
        "tags": [
            {"id": "weight", "name": "重さ"},
            {"id": "choosers-users", "name": "選ぶ人と使う人"},
            {"id": "rain", "name": "雨"},
        ],
        "retention": {"months": 60},
        "guide": [
            {"topic": "decision", "question": "誰が決めましたか。"},
            {"topic": "why_us", "question": "なぜこれでしたか。"},
        ],
    }
)

FOREST = PublicCase(
    slug="2024-05-forest-survey",
    facts=CaseFile.model_validate(
        {
            "title": "山を下りる前に、もう書き終えている",
            "type": "switched_to_us",
            "customer": {"name": "森林の測量会社", "alias": "森林の測量会社", "industry": "construction"},
            "products": ["tf14"],
            "segment": {"kind": "general", "preference": "positive"},
            "dates": {"decision": "2023-11-01", "interview": "2024-05-20"},
            "people": [{"id": "lead", "role": "測量班長", "voice": "部長"}],
            "tags": ["rain"],
        }
    ),
    language="ja",
    transcript=a_transcript("雨でも書けるから、山で終わります。", "帰りの車では、もう寝ているだけです。"),
    insights=(
        Insight.model_validate(
            {
                "id": "i1",
                "claim": "重さは、持つ時間の長さで決まる。",
                "kind": "pain",
                "topic": "value",
                "lens": {"when": "山の測量", "scene": "after"},
                "evidence": [{"cues": "q001", "quote": "山で終わります"}],
                "supports": ["2025-09-harbour-cargo#i2"],
                "departments": ["product"],
                "tags": ["weight", "rain"],
                "actions": [
                    {
                        "id": "a1",
                        "department": "se",
                        "artefact": "talk",
                        "change": "雨の日に見せる",
                        "state": "dropped",
                    },
                    {
                        "id": "a2",
                        "department": "sales",
                        "artefact": "talk",
                        "change": "山の話を先にする",
                        "due": "2026-02-01",
                        "state": "planned",
                    },
                ],
            }
        ),
    ),
    recording=Recording(parts=()),
)

PATH = GuidedPath.model_validate(
    {
        "title": "最初の三十分",
        "audience": "新しい営業",
        "description": "夕方の岸壁に立てるようになる",
        "stops": [
            {
                "case": "2025-09-harbour-cargo",
                "insight": "i1",
                "cues": "q006..q007",
                "title": "言い出せなかった理由",
                "look_for": "声が小さくなるところ",
                "question": "担当先で同じことは起きていないか",
                "minutes": 20,
            },
            {"case": "2024-05-forest-survey", "title": "山で終わる仕事", "minutes": 10},
        ],
    }
)

GLOSSARY = (
    GlossaryEntry(
        term="サイレント失注", reading="さいれんとしっちゅう", also=("サイレントロス",), meaning="気づかれない離脱"
    ),
    GlossaryEntry(term="N1分析", reading="えぬわんぶんせき", meaning="一人を深く知ること"),
)

CORPUS = PublicCorpus(
    casebook=CASEBOOK,
    cases=(sample.CASE, sample.OTHER, FOREST),
    challenges=(*sample.CHALLENGES, Challenge(id="beyond-price", title="価格のほかに、何で選ばれるか")),
    glossary=GLOSSARY,
    paths={"first-half-hour": PATH},
    withheld={WithholdingReason.WITHDRAWN: 2, WithholdingReason.NO_CONSENT: 1},
    built_on=TODAY,
)
"""Four insights: one holds and is contradicted, one agrees with another, two have actions that are done, open, late."""

ADDRESSES = [
    "",
    "across/",
    "search/",
    "cases/",
    "insights/",
    "actions/",
    "gaps/",
    "gaps/needs/",
    "gaps/offers/",
    "journeys/",
    "journeys/falls/",
    "journeys/measures/",
    "decisions/",
    "decisions/people/",
    "voices/",
    "tags/",
    "tags/weight/",
    "tags/choosers-users/",
    "tags/rain/",
    "challenges/",
    "challenges/why-silent/",
    "challenges/beyond-price/",
    "products/",
    "products/tf14/",
    "competitors/",
    "competitors/orban/",
    "competitors/in-house/",
    "industries/",
    "industries/port/",
    "industries/construction/",
    "success/",
    "success/product-tf14/",
    "success/industry-port/",
    "success/industry-construction/",
    "segments/",
    "accounts/",
    "leads/",
    "whom-next/",
    "paths/",
    "paths/first-half-hour/",
    "glossary/",
    "about/",
    "patterns/",
    "data/",
    *(f"cases/{case.slug}/" for case in CORPUS.cases),
]
"""Of the pages of this knowledge base, in the site's order: bookmarks and links in chats last."""
ACROSS = [address for address in ADDRESSES if not address.startswith("cases/2")]
"""The pages across cases."""

EMPTY = PublicCorpus(
    casebook=Casebook.model_validate(
        {"title": "声", "own_company": {"name": "自社"}, "departments": [{"id": "sales", "name": "営業"}]}
    ),
    cases=(),
    built_on=TODAY,
)
"""A knowledge base before its first case."""


def library(corpus: PublicCorpus = CORPUS, language: str = "ja") -> Library:
    """`corpus` opened in a language."""
    return Library(corpus, load_texts(language))


def changed(**changes: Any) -> PublicCorpus:
    """The knowledge base with something else in it."""
    return dataclasses.replace(CORPUS, **changes)


def many(count: int) -> PublicCorpus:
    """A knowledge base of `count` cases like the first, newest first."""
    cases = tuple(
        dataclasses.replace(sample.CASE, slug=f"case-{number:04}", transcript=None, review=None, journey=None)
        for number in range(count)
    )
    return changed(cases=cases)


def whole_site(corpus: PublicCorpus = CORPUS, language: str = "ja") -> Mapping[str, Page]:
    """Address -> page, in the site's order. The standard knowledge base is rendered once a language."""
    return _standard_site(language) if corpus is CORPUS else rendered(corpus, language)


@cache
def _standard_site(language: str) -> Mapping[str, Page]:
    return rendered(CORPUS, language)


def rendered(corpus: PublicCorpus, language: str = "ja") -> dict[str, Page]:
    """Address -> page, in the site's order, rendered anew."""
    with TemporaryDirectory() as folder:
        beside = partial(exports, site=Path(folder))
        pages = list(render_site(corpus, {sample.CASE.slug: sample.sound()}, load_texts(language), beside=(beside,)))
    by_address = {page.address: page for page in pages}
    assert len(by_address) == len(pages), "two pages have one address"
    return by_address


def files_of(corpus: PublicCorpus, language: str = "ja") -> tuple[SiteFile, ...]:
    """What stands beside the pages of a knowledge base, exports that are written at once among it."""
    with TemporaryDirectory() as folder:
        handed_over = render_site(corpus, {}, load_texts(language), beside=(partial(exports, site=Path(folder)),)).files
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return (*handed_over, *(SiteFile(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths))


def files_beside(corpus: PublicCorpus = CORPUS, language: str = "ja") -> frozenset[str]:
    """Addresses of the files that come with the pages."""
    return frozenset(file.address for file in files_of(corpus, language))


def texts_in(body: str, css: str) -> list[str]:
    """The text of each element of the class `css`, in order, white space folded."""
    opening = re.compile(rf'<(\w+)[^>]*class="[^"]*(?<![\w-]){re.escape(css)}(?![\w-])[^"]*"[^>]*>')
    found = []
    for match in opening.finditer(body):
        tag, depth, end = match[1], 1, match.end()
        for inner in re.compile(rf"<(/?){tag}\b[^>]*>").finditer(body, match.end()):
            depth += -1 if inner[1] else 1
            if not depth:
                end = inner.start()
                break
        found.append(" ".join(re.sub(r"<[^>]*>", "", body[match.end() : end]).split()))
    return found


def target_of(page: Page, href: str) -> tuple[str, str]:
    """Address and anchor that a relative link on `page` leads to."""
    path, _, anchor = href.partition("#")
    path = path.partition("?")[0]
    if not path:
        return page.address, unquote(anchor)
    address = posixpath.normpath(posixpath.join("/" + page.address, path)).strip("/")
    return (f"{address}/" if address else ""), unquote(anchor)


def assert_matches_snapshot(page: Page) -> None:
    """The page changes only on purpose. Renew with UPDATE_SNAPSHOTS=1 and read the difference."""
    file = SNAPSHOTS / f"{page.kind}.html"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(page.body, encoding="utf-8")
    assert page.body == file.read_text(encoding="utf-8")
