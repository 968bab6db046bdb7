"""Leads: every figure is counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from generator.pages.leads import STUCK_SHOWN, WAYS_ON_A_PAGE, WAYS_SHOWN, leads_pages
from generator.pages.page import Page
from tests.pages.figures import plain_cases, samples
from tests.pages.knowledge import CORPUS, EMPTY, HOSTILE, assert_matches_snapshot, library, texts_in, whole_site
from tests.pages.rendering import Outline, words_of
from tests.support.cases import a_case, published

ENDS = {"受注", "失注", "Won", "Lost"}
SAME = {"Won": "受注", "Lost": "失注", "Trial": "試用"}
USUAL = ("MQL", "SQL", "商談", "試用", "見積もり", "受注", "失注")


@cache
def page() -> Page:
    """The samples' page."""
    return next(iter(leads_pages(library(samples()))))


def plain_waits() -> list[tuple[str, dict[str, Any], dict[str, Any], int]]:
    """Alias, step, next step and days between, up to the first decision of each case."""
    found = []
    for facts in plain_cases().values():
        for step, then in pairwise(facts["lead"]):
            if step["stage"] in ENDS:
                break
            found.append((facts["customer"]["alias"], step, then, (then["on"] - step["on"]).days))
    return found


def test_snapshot() -> None:
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["leads/"])


def test_days_from_marketing_to_sales() -> None:
    """The median over the samples, and whose took longest."""
    days = {}
    for facts in plain_cases().values():
        on = {step["stage"]: step["on"] for step in reversed(facts["lead"])}
        days[facts["customer"]["alias"]] = (on["SQL"] - on["MQL"]).days
    said = texts_in(page().body, "cb-share")[0]
    assert said.startswith(f"{median(days.values()):g} 日が中央値")
    longest = max(days, key=lambda alias: days[alias])
    assert f"最長は{days[longest]}日: {longest}" in said
    assert f"リード{len(days)}件" in said


def test_whole_ways_by_outcome() -> None:
    """From the first step to the order or the loss."""
    ways: dict[str, list[int]] = defaultdict(list)
    for facts in plain_cases().values():
        end = next(step for step in facts["lead"] if step["stage"] in ENDS)
        ways[SAME.get(end["stage"], end["stage"])].append((end["on"] - facts["lead"][0]["on"]).days)
    body = words_of(page().body)
    for outcome, days in ways.items():
        assert f"{outcome}までの中央値は{median(days):g}日（{len(days)}件）" in body


def test_stages_take_as_long_as_the_files_say() -> None:
    """Each row: median, count and longest of all waits between two usual stages."""
    spans: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for alias, step, then, days in plain_waits():
        pair = (SAME.get(step["stage"], step["stage"]), SAME.get(then["stage"], then["stage"]))
        if set(pair) <= set(USUAL):
            spans[pair].append((days, alias))
    table = re.search(r'<table class="cb-table cb-spans-table">.*?<tbody>(.*?)</tbody>', page().body, re.S)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.S)
    assert len(rows) == len(spans)
    for row in rows:
        words = " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", row).split())
        first, then = re.match(r"(\S+) → (\S+)", words).groups()  # type: ignore[union-attr]
        waits = [days for days, _ in spans[first, then]]
        assert words.startswith(f"{first} → {then} {median(waits):g}日 {len(waits)} {max(waits)}日")


def test_discs_lead_to_the_cases_behind_them() -> None:
    """In the drawing of the hand-over each lead is named with its days."""
    figure = re.search(r'<figure class="cb-figure cb-hand-over">(.*?)</figure>', page().body, re.S)
    assert figure
    titles = "; ".join(re.findall(r'<a href="../cases/[\w-]+/#lead" aria-label="(.*?)">', figure[1]))
    for facts in plain_cases().values():
        on = {step["stage"]: step["on"] for step in reversed(facts["lead"])}
        assert f"{facts['customer']['alias']}: {(on['SQL'] - on['MQL']).days}日" in titles


def test_longest_waits_come_first_with_their_words() -> None:
    """Days and departments as the files have them, and what was written at both ends."""
    expected = sorted(plain_waits(), key=lambda wait: -wait[3])[:STUCK_SHOWN]
    items = texts_in(page().body, "cb-stuck-item")
    assert [int(item.split()[0]) for item in items] == [days for *_, days in expected]
    for item in items:
        days = int(item.split()[0])
        about = [wait for wait in expected if wait[3] == days and wait[0] in item and wait[1]["what"] in item]
        assert len(about) == 1
        assert about[0][2]["what"] in item


def test_hand_overs_between_departments_are_counted() -> None:
    """Who gave to whom, how often, and how long it lay with the taker."""
    names = {one.id: one.name for one in samples().casebook.departments}
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for _, step, _, days in plain_waits():
        pairs[names[step["from_department"]], names[step["to_department"]]].append(days)
    section = page().body[page().body.index('id="passings"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", section[: section.index("</tbody>")].split("<tbody>")[1], re.S)
    assert len(rows) == len(pairs)
    for row in rows:
        cells = [words_of(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
        waits = pairs[cells[0], cells[1]]
        assert cells[2:4] == [str(len(waits)), f"{median(waits):g}日"]
        assert cells[4].startswith(f"{max(waits)}日")


def test_each_lead_has_its_band_and_its_table() -> None:
    """Widths are days on one scale; the bar marks the longest; the table says it all in words."""
    ways: dict[str, list[int]] = defaultdict(list)
    for alias, _, _, days in plain_waits():
        ways[alias].append(days)
    longest_way = max(map(sum, ways.values()))
    items = re.findall(r'<li class="cb-way-item".*?</li>\n', page().body, re.S)
    assert len(items) == len(ways)
    for item in items:
        alias = next(alias for alias in ways if alias in item)
        widths = [float(width) for width in re.findall(r'cb-way-part"[^>]*?width="([\d.]+)"', item)]
        expected = [1000 * days / longest_way for days in ways[alias]]
        assert all(abs(width - want) <= 0.6 for width, want in zip(widths, expected, strict=True))
        stuck = re.search(r'cb-way-stuck" x="[\d.]+" y="2" width="([\d.]+)"', item)
        assert stuck and abs(float(stuck[1]) - max(expected)) <= 2
        assert f"最長: {max(ways[alias])}日" in " ".join(words_of(item).split())
        assert item.count("<tr>") == len(ways[alias]) + 2


def test_empty_page_teaches() -> None:
    """What belongs here, and which keys add it."""
    body = whole_site(EMPTY)["leads/"].body
    assert "from_department" in body
    assert "<svg" not in body


def test_one_lead_is_enough() -> None:
    """The small knowledge base has a single way."""
    body = whole_site(CORPUS)["leads/"].body
    assert len(texts_in(body, "cb-way-item")) == 1


def test_many_leads_go_on_pages_and_stay_light() -> None:
    """Three hundred leads: no page above 300 KB, the newest on them, all of them counted."""
    stages = ("MQL", "SQL", "商談", "試用", "受注")
    cases = [
        a_case(
            f"case-{number:03}",
            facts={
                "customer": {"name": f"第{number}機械株式会社", "alias": f"{number}番目の会社", "industry": "power"},
                "lead": [
                    {
                        "stage": stage,
                        "on": dt.date(2024, 1, 1) + dt.timedelta(days=place * (number % 40 + 3)),
                        "from_department": "sales",
                        "to_department": "product",
                        "what": "現場の困りごとは書かれていたが、誰が決めるのかは書かれていなかった。" * 2,
                    }
                    for place, stage in enumerate(stages)
                ],
            },
        )
        for number in range(300)
    ]
    pages = list(leads_pages(library(published(*cases))))
    assert len(pages) == WAYS_SHOWN // WAYS_ON_A_PAGE
    assert max(len(made.body.encode()) for made in pages) < 300_000
    assert sum(len(texts_in(made.body, "cb-way-item")) for made in pages) == WAYS_SHOWN
    assert all(f"ほか{300 - WAYS_SHOWN}件の経過は" in made.body for made in pages)
    assert "リード300件" in words_of(pages[0].body)


def test_text_is_escaped_everywhere() -> None:
    """Stages and words may hold any character, in drawings too."""
    steps = [{"stage": HOSTILE, "on": day, "what": HOSTILE} for day in ("2024-01-01", "2024-02-01")]
    customer = {"name": "a", "alias": HOSTILE, "industry": "power"}
    outline = Outline(
        next(iter(leads_pages(library(published(a_case(facts={"lead": steps, "customer": customer})))))).body
    )
    assert not {"script", "img"} & set(outline.tags)
    assert not outline.unclosed
    assert not outline.misplaced
