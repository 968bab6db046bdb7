"""Accounts: every figure is counted here another way, from the YAML of the sample cases."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from generator.knowledge.regression import fitted
from generator.pages.accounts import ACCOUNTS_ON_A_PAGE, ACCOUNTS_SHOWN, accounts_pages, target_row
from generator.pages.page import Page
from tests.pages.figures import plain_cases, samples
from tests.pages.knowledge import CORPUS, EMPTY, HOSTILE, assert_matches_snapshot, library, texts_in, whole_site
from tests.pages.rendering import Outline, words_of
from tests.support.cases import a_case, published

LIMITED = "2025-06-warehouse-switch"
"""Its account is for sales and marketing."""


@cache
def page(audience: str | None = None) -> Page:
    """The samples' page."""
    return next(iter(accounts_pages(library(samples(audience)))))


def plain_accounts(audience: str | None = None) -> dict[str, dict[str, Any]]:
    """Alias -> account of the cases that `audience` may see."""
    return {
        facts["customer"]["alias"]: facts["account"]
        for slug, facts in plain_cases().items()
        if "account" in facts and (audience or slug != LIMITED)
    }


def points(audience: str | None = None) -> list[tuple[int, int]]:
    """Visits and sales of every year that tells both."""
    return [(y["visits"], y["sales_k_yen"]) for a in plain_accounts(audience).values() for y in a["figures"]]


def test_snapshot() -> None:
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["accounts/"])


@pytest.mark.parametrize("audience", [None, "sales-marketing"])
def test_accounts_stand_on_their_step_of_the_ladder(audience: str | None) -> None:
    """Each level's accounts, by the last share of each file; limited accounts are not counted for others."""
    least = [73.9, 41.7, 26.1, 19.3, 10.9, 6.8, 2.8, 0]
    expected: list[set[str]] = [set() for _ in least]
    for alias, account in plain_accounts(audience).items():
        share = account["figures"][-1]["wallet_share_percent"]
        expected[[share >= bound for bound in least].index(True)].add(alias)
    cells = re.findall(r'<td class="cb-level-accounts">(.*?)</td>', page(audience).body, re.S)
    assert [set(re.findall(r"<a [^>]*>(.*?)</a>", cell)) for cell in cells] == expected
    counts = [re.search(r'cb-figures">(\d+)<', cell) for cell in cells]
    assert [int(count[1]) if count else 0 for count in counts] == [len(found) for found in expected]


def test_share_and_its_change_are_those_of_the_file() -> None:
    """The last year's share, and by how much it differs from the year before."""
    for item in texts_in(page().body, "cb-account"):
        alias = next(alias for alias in plain_accounts() if item.startswith(alias))
        before, last = plain_accounts()[alias]["figures"][-2:]
        assert f"{last['wallet_share_percent']}%" in item
        change = last["wallet_share_percent"] - before["wallet_share_percent"]
        assert (f"{abs(change)}ポイント{'増' if change > 0 else '減'}" in item) == (change != 0)


def test_ratio_to_the_next_rival_says_who_is_in_reach() -> None:
    """1.73 and 3: each sentence of the samples, by division."""
    for item in texts_in(page().body, "cb-account"):
        alias = next(alias for alias in plain_accounts() if item.startswith(alias))
        last = plain_accounts()[alias]["figures"][-1]
        ours, theirs = last["wallet_share_percent"], last["rival_share_percent"]
        if not ours:
            assert "自社のシェアはまだ0です。" in item
            continue
        ratio = max(ours, theirs) / min(ours, theirs)
        assert f"{ratio:.2f}".rstrip("0").rstrip(".") + "倍" in item
        assert ("広い市場なら" in item or "届く差" in item) == (math.sqrt(3) <= ratio < 3)
        assert ("一騎打ちでも射程圏外" in item) == (ratio >= 3)
        assert ("射程内で、" in item) == (ratio < math.sqrt(3))


def test_every_year_stands_in_the_table_of_its_account() -> None:
    """Beneath each chart all figures are there in words."""
    for item in texts_in(page().body, "cb-account-years"):
        assert re.match(r"\d+年分の数字", item)
    years = sum(len(account["figures"]) for account in plain_accounts().values())
    assert sum(int(text.split("年分")[0]) for text in texts_in(page().body, "cb-account-years")) == years


@pytest.mark.parametrize("audience", [None, "sales-marketing"])
def test_correlation_and_slope_are_those_of_numpy(audience: str | None) -> None:
    """r, n and what one more visit goes with, fitted here by another library."""
    x, y = np.array(points(audience), float).T
    slope, _ = np.polyfit(x, y, 1)
    said = texts_in(page(audience).body, "cb-correlation")[0]
    assert f"r = {np.corrcoef(x, y)[0, 1]:.2f}" in said
    assert f"n = {len(x)}" in said
    assert f"売上はおよそ{round(slope):,}千円多い" in words_of(page(audience).body)


def test_targets_need_the_visits_at_which_the_line_reaches_them() -> None:
    """Each row of the table: the least whole number of visits by the line, and the interval found by walking."""
    line = fitted(points())
    assert line is not None
    rows = re.findall(
        r'<th scope="row" class="cb-number">([\d,]+)</th><td class="cb-number">(\d+).*?</td>'
        r'<td class="cb-number">(\d+) – (\d+)</td>',
        page().body,
    )
    assert len(rows) == 4
    for target, visits, low, high in ((int(cell.replace(",", "")) for cell in row) for row in rows):
        assert line.at(visits) >= target > line.at(visits - 1)
        within = [x / 100 for x in range(20_000) if abs(line.at(x / 100) - target) <= line.mean_within(x / 100)]
        assert (low, high) == (math.floor(within[0]), math.ceil(within[-1]))


def test_more_visits_than_ever_seen_are_marked() -> None:
    """A line says nothing about where no point is."""
    line = fitted([(1, 10), (2, 21), (3, 29), (4, 41)])
    assert line is not None
    inside, beyond = target_row(line, 35, 4), target_row(line, 60, 4)
    assert inside and beyond
    assert (inside.beyond, beyond.beyond) == (False, True)


def test_dots_lead_to_the_cases_behind_them() -> None:
    """As many links in the drawing as points, each to the account on a case's page, and the same in the table."""
    found = re.findall(r'<a href="\.\./cases/([\w-]+)/#account" aria-label="[^"]*"><title>', page().body)
    expected = [slug for slug, facts in plain_cases().items() if slug != LIMITED for _ in facts["account"]["figures"]]
    assert sorted(found) == sorted(expected)
    assert page().body.count('<tr><th scope="row"><a href="../cases/') == len(expected)


def test_three_cautions_stand_beside_the_line() -> None:
    """No figure without them."""
    assert len(re.findall(r"<li><strong>", page().body)) == 3


def test_too_few_points_are_said_so() -> None:
    """Two years make no line: the page says what it would take."""
    body = whole_site(CORPUS)["accounts/"].body
    assert "2年分では直線を引けません。値の異なる3年分以上が必要です。" in words_of(body)
    assert "cb-visits-fit" not in body
    assert "data-cb-target" not in body


def test_a_line_that_may_as_well_fall_gives_no_answer() -> None:
    """Honest where the records do not tell."""
    figures = [{"year": 2020 + n, "sales_k_yen": s, "visits": n} for n, s in enumerate((5, 1, 6, 2, 5))]
    corpus = published(a_case(facts={"account": {"figures": figures}}))
    body = next(iter(accounts_pages(library(corpus)))).body
    assert "必要な訪問回数は示せません" in body
    assert "data-cb-target" not in body


def test_sources_are_named() -> None:
    """Whose theory it is, and how far it goes."""
    body = words_of(page().body)
    for name in ("Lanchester", "Koopman", "斧田大公望", "田岡信夫", "Fieller"):
        assert name in body


def test_empty_page_teaches() -> None:
    """What belongs here, and which keys add it."""
    body = whole_site(EMPTY)["accounts/"].body
    assert "wallet_share_percent" in body
    assert "<svg" not in body


def test_many_accounts_go_on_pages_and_stay_light() -> None:
    """Three hundred accounts: no page above 300 KB, those that fell deepest on them, all of them on the ladder."""
    cases = [
        a_case(
            f"case-{number:03}",
            facts={
                "customer": {"name": f"第{number}機械株式会社", "alias": f"{number}番目の会社", "industry": "power"},
                "account": {
                    "figures": [
                        {
                            "year": year,
                            "sales_k_yen": number * year,
                            "wallet_share_percent": number % 100,
                            "rival_share_percent": 50,
                            "visits": (number + year) % 17,
                        }
                        for year in range(2020, 2026)
                    ]
                },
            },
        )
        for number in range(300)
    ]
    pages = list(accounts_pages(library(published(*cases))))
    assert len(pages) == ACCOUNTS_SHOWN // ACCOUNTS_ON_A_PAGE
    assert max(len(made.body.encode()) for made in pages) < 300_000
    assert sum(len(texts_in(made.body, "cb-account")) for made in pages) == ACCOUNTS_SHOWN
    assert all(f"ほか{300 - ACCOUNTS_SHOWN}社の数字は" in made.body for made in pages)
    counted = re.findall(r'cb-level-accounts"><b class="cb-figures">(\d+)<', pages[0].body)
    assert sum(map(int, counted)) == 300


def test_text_is_escaped_everywhere() -> None:
    """An alias may hold any character, in drawings too."""
    facts = plain_cases()["2025-03-electronics-ems-away"]
    hostile = published(
        a_case(
            facts={
                "customer": {"name": "a", "alias": HOSTILE, "industry": "power"},
                "account": {**facts["account"], "category": HOSTILE},
            }
        )
    )
    outline = Outline(next(iter(accounts_pages(library(hostile)))).body)
    assert "script" not in outline.tags
    assert "img" not in outline.tags

    assert not outline.unclosed
    assert not outline.misplaced
