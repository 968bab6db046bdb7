"""What changed because of a customer."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from statistics import median
from typing import Any

import pytest

from generator.model.vocabulary import ActionState
from generator.pages.actions import actions_pages
from generator.pages.page import Page
from tests.pages.figures import DAY, plain_cases, plain_insights, samples
from tests.pages.knowledge import (
    CORPUS,
    HOSTILE,
    TODAY,
    assert_matches_snapshot,
    changed,
    library,
    many,
    texts_in,
    whole_site,
)
from tests.pages.rendering import Outline

ALL = [(insight, action) for case in CORPUS.cases for insight in case.insights for action in insight.actions]


@cache
def sample_page() -> Page:
    """What changed because of the sample cases."""
    return next(page for page in actions_pages(library(samples())) if isinstance(page, Page))


def plain_actions() -> list[tuple[str, dict[str, Any]]]:
    """Every action of the samples with its case's folder, from their YAML."""
    return [(slug, action) for slug, insight in plain_insights() for action in insight.get("actions", [])]


def group(action: dict[str, Any]) -> str:
    """How far an action has come, late ones apart."""
    is_open = action["state"] in ("planned", "doing")
    return "overdue" if is_open and action.get("due", DAY) < DAY else "open" if is_open else action["state"]


def table(css: str) -> list[list[str]]:
    """The rows of a table of the samples' page, as texts."""
    body = sample_page().body
    inside = body[body.index(f'<table class="cb-table {css}"') :].partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in inside.split("</tr>")]
    return [[" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in row] for row in rows if row]


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["actions/"])


def test_overdue_comes_first():
    """What is late stands on top, then what is open, what is done, what was dropped."""
    groups = re.findall(r'data-cb-group="(\w+)"', whole_site()["actions/"].body)
    assert groups == ["overdue", "open", "done", "dropped"]
    overdue = whole_site()["actions/"].body.partition('data-cb-group="open"')[0]
    late = [
        action.change
        for _, action in ALL
        if action.state in (ActionState.PLANNED, ActionState.DOING) and action.due and action.due < TODAY
    ]
    assert texts_in(overdue, "cb-change-text") == late


def test_every_action_stands_there_once():
    """None is lost between the groups."""
    shown = texts_in(whole_site()["actions/"].body, "cb-change-text")
    assert sorted(shown) == sorted(action.change for _, action in ALL)


def test_share_of_insights_that_changed_something():
    """The answer to “nothing ever changes”, counted from the cases: insights with an action that is done."""
    insights = [insight for case in CORPUS.cases for insight in case.insights]
    done = [insight for insight in insights if any(action.state == "done" for action in insight.actions)]
    body = whole_site()["actions/"].body
    assert texts_in(body, "cb-share-figure")[0] == f"{round(100 * len(done) / len(insights))}%"
    assert f"インサイト {len(done)}件" in body
    assert f"全{len(insights)}件" in body


def test_a_change_is_told_from_the_words_to_the_outcome():
    """The customer's words, the claim, the change, who saw to it, and what came of it."""
    body = whole_site()["actions/"].body
    change = next(text for text in texts_in(body, "cb-change") if "夕方まで、首にかかっている" in text)
    for said in (
        "「やめる理由を聞かれたら困るな」",
        "「壊れない」という評判が、不満を言う口をふさぐ。",
        "マーケティング 担当",
        "2025年10月28日 完了",
        "問い合わせのうち、持ち運びの相談が2件から9件になった",
    ):
        assert said in change


def test_table_of_departments_adds_up():
    """Every action is in one cell, and each figure leads to the list narrowed down to it."""
    table = whole_site()["actions/"].body.partition("cb-department-table")[2].partition("</tbody>")[0]
    cells = re.findall(r'href="\?department=([\w-]+)&amp;state=(\w+)" [^>]*>(\d+)<', table)
    assert sum(int(count) for _, _, count in cells) == len(ALL)
    assert ("sales", "open", "2") in cells
    assert ("product", "overdue", "1") in cells


def test_an_action_of_a_department_outside_the_vocabulary_is_not_lost():
    """A department that casebook.yml no longer names still stands in the table, by its identifier."""
    departments = tuple(item for item in CORPUS.casebook.departments if item.id != "se")
    corpus = changed(casebook=CORPUS.casebook.model_copy(update={"departments": departments}))
    assert "?department=se&amp;state=dropped" in whole_site(corpus)["actions/"].body


def test_table_of_departments_counts_the_samples():
    """Each cell is counted from the YAML, the overdue on the samples' day, and those with an outcome."""
    names = {department.id: department.name for department in samples().casebook.departments}
    counts = Counter((action["department"], group(action)) for _, action in plain_actions())
    told = Counter(
        action["department"] for _, action in plain_actions() if action["state"] == "done" and action["outcome"]
    )
    for name, *cells in table("cb-department-table"):
        identifier = next(id_ for id_, known in names.items() if known == name)
        expected = [counts[identifier, state] for state in ("overdue", "open", "done", "dropped")]
        assert [int(cell.removeprefix("·")) for cell in cells] == [*expected, told[identifier]]
    assert len(table("cb-department-table")) == len({action["department"] for _, action in plain_actions()})


def test_what_is_late_says_by_how_many_days():
    """Counted from the due date to the day of the build."""
    late = [(DAY - action["due"]).days for _, action in plain_actions() if group(action) == "overdue"]
    shown = [int(days) for days in re.findall(r'<strong class="cb-late">(\d+)日遅れ', sample_page().body)]
    assert sorted(shown, reverse=True) == shown == sorted(late, reverse=True)
    assert late


def test_share_over_time_as_a_table():
    """At the end of each quarter: what was new, what was known, and what had changed, counted from the YAML."""
    rows = table("cb-standing-table")
    assert [row[0] for row in rows] == [
        f"{year}年 {months}月" for year in (2025, 2026) for months in ("1〜3", "4〜6", "7〜9", "10〜12")
    ]
    heard = {slug: facts["dates"]["interview"] for slug, facts in plain_cases().items()}
    firsts = [
        min((action["done_on"] for action in insight.get("actions", []) if action["state"] == "done"), default=None)
        for _, insight in plain_insights()
    ]
    for place, row in enumerate(rows):
        year, quarter = 2025 + place // 4, place % 4 + 1
        known = [
            heard[slug] for slug, _ in plain_insights() if (heard[slug].year, heard[slug].month) <= (year, 3 * quarter)
        ]
        done = [day for day in firsts if day and (day.year, day.month) <= (year, 3 * quarter)]
        new = [day for day in known if (day.year, (day.month + 2) // 3) == (year, quarter)]
        new_done = [day for day in done if (day.year, (day.month + 2) // 3) == (year, quarter)]
        share = round(100 * len(done) / len(known))
        assert row[1:] == [*map(str, (len(new), len(known), len(new_done), len(done))), f"{share}%"]


def test_share_over_time_is_drawn_for_desk_and_phone():
    """Each column is as full as its share, says all in words, and both drawings show the same columns."""
    body = sample_page().body
    shares = [row[-1] for row in table("cb-standing-table")]
    for css in ("cb-d-for-wide", "cb-d-for-narrow"):
        drawn = body[body.index(f'class="cb-drawing cb-share-columns {css}"') :].partition("</svg>")[0]
        assert [f"{title}%" for title in re.findall(r"（(\d+)%）</title>", drawn)] == shares
        heights = [float(found) for found in re.findall(r'class="cb-d-changed"[^>]*height="([\d.]+)"', drawn)]
        assert [f"{height / 1.5:.0f}%" for height in heights] == shares


def test_days_until_something_was_done():
    """Number, fastest, median and slowest of all and of each department, counted from the YAML."""
    names = {department.id: department.name for department in samples().casebook.departments}
    days: dict[str, list[int]] = {"すべての部門": []}
    for slug, action in plain_actions():
        if action["state"] == "done":
            passed = (action["done_on"] - plain_cases()[slug]["dates"]["interview"]).days
            days["すべての部門"].append(passed)
            days.setdefault(names[action["department"]], []).append(passed)
    assert {row[0]: row[1:] for row in table("cb-speed-table")} == {
        name: [str(len(those)), f"{min(those)}日", f"{round(median(those))}日", f"{max(those)}日"]
        for name, those in days.items()
    }
    assert texts_in(sample_page().body, "cb-share-figure")[1] == f"{round(median(days['すべての部門']))}日"


@pytest.mark.parametrize("name", ["heard", "since"])
def test_figures_over_time_lead_to_the_claims_behind_them(name: str):
    """Every new insight and every first change is one of those that the list shows for the period."""
    links = re.findall(rf'href="../insights/\?{name}=([\w-]+)"[^>]*>(\d+)<', sample_page().body)
    field = whole_site(samples())["insights/"].body.partition(f'<select name="{name}">')[2].partition("</select>")[0]
    assert dict(links) == dict(re.findall(r'value="([\w-]+)" data-label="[^"]*">[^<]*\((\d+)\)', field))


def test_a_change_is_one_line_from_the_claim_to_what_came_of_it():
    """For every action of the samples: the claim, then the change, then the outcome."""
    rows = [html.unescape(text) for text in texts_in(sample_page().body, "cb-change")]
    assert len(rows) == len(plain_actions())
    for _, insight in plain_insights():
        for action in insight.get("actions", []):
            row = next(text for text in rows if " ".join(action["change"].split()) in text)
            told = [insight["claim"], action["change"], action.get("outcome", "")]
            places = [row.index(" ".join(part.split())) for part in told if part]
            assert places == sorted(places)


def test_figures_stand_on_the_first_page_only():
    """Later pages are for reading on; each group says how many it has in the whole list."""
    pages = [page for address, page in whole_site(many(100)).items() if address.startswith("actions/")]
    assert len(pages) == 4
    assert ["cb-share-columns" in page.body for page in pages] == [True, False, False, False]
    assert sum(page.body.count('<li class="cb-change"') for page in pages) == 300
    assert max(len(page.body.encode()) for page in pages) < 280_000
    heads = [
        found for page in pages for found in re.findall(r'data-cb-group="(\w+)".*?group-count>(\d+)<', page.body, re.S)
    ]
    assert dict(heads) == {"overdue": "100", "open": "100", "done": "100"}


def test_hostile_names_stay_words():
    """What a company calls a department is text in drawings and tables, never markup."""
    departments = [{"id": item.id, "name": HOSTILE, "hue": item.hue} for item in CORPUS.casebook.departments]
    casebook = type(CORPUS.casebook).model_validate({**CORPUS.casebook.model_dump(), "departments": departments})
    outline = Outline(whole_site(changed(casebook=casebook))["actions/"].body)
    assert (outline.unclosed, outline.misplaced) == ([], [])
    assert not {"script", "img", "onerror"} & {*outline.tags, *outline.attributes}
