"""The list of cases."""

from __future__ import annotations

import re

from generator.pages.cases import cases_pages
from generator.pages.page import Page
from tests.pages.figures import samples
from tests.pages.knowledge import CORPUS, assert_matches_snapshot, library, many, texts_in, whole_site


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["cases/"])


def test_a_row_says_who_why_when_and_what_about():
    """The ledger's line answers before the page is opened."""
    row = texts_in(whole_site()["cases/"].body, "cb-entry")[0]
    for said in (
        "2025年9月19日",
        "決定の6か月後",
        "他社へ乗り換え",
        "サイレント",
        "北陸の港湾荷役会社",
        "港湾・物流",
        "TF14",
    ):
        assert said in row
    assert "丈夫さをほめる言葉が" in row
    assert "3 件のインサイト" in row


def test_newest_interview_comes_first():
    """The order of the corpus is the order of the list."""
    body = whole_site()["cases/"].body
    assert re.findall(r'data-date="([^"]*)"', body) == ["2025-09-19", "2025-03-02", "2024-05-20"]


def test_marks_carry_what_the_list_is_narrowed_by():
    """Scripts and the links of other pages find a case by its facts and by the tags of its insights."""
    first = re.search(r"<li class=\"cb-entry\"[^>]*>", whole_site()["cases/"].body)
    assert first is not None
    for mark in (
        'data-type="switched_away silent"',
        'data-industry="port"',
        'data-segment="lapsed lapsed-negative"',
        'data-tag="weight choosers-users"',
        'data-year="2025"',
    ):
        assert mark in first[0]


def test_options_count_the_whole_list():
    """The figure beside an option is how many cases it leaves, counted here from the cases."""
    body = whole_site()["cases/"].body
    for year in ("2025", "2024"):
        count = sum(str(case.facts.dates.interview.year) == year for case in CORPUS.cases)
        assert f">{year} ({count})</option>" in body


def test_a_long_list_is_cut_and_names_every_case_once():
    """Beyond a bound further pages follow; none lacks a case, none repeats one."""
    pages = [page for address, page in whole_site(many(400)).items() if re.fullmatch(r"cases/(page-\d+/)?", address)]
    assert len(pages) == 3
    slugs = [slug for page in pages for slug in re.findall(r'<h3[^>]*><a href="[./]*cases/([^/"]*)/"', page.body)]
    assert slugs == [f"case-{number:04}" for number in range(400)]
    assert all('data-total="400"' in page.body for page in pages)


def test_cases_are_found_by_the_challenge_they_speak_of():
    """Where an insight answers it, or an issue of the journey names it: the figures of a challenge's page lead here."""
    page = next(page for page in cases_pages(library(samples())) if isinstance(page, Page))
    carried = re.findall(r'<li class="cb-entry"[^>]*data-challenge="([^"]*)"', page.body)
    for challenge in samples().challenges:
        count = 0
        for case in samples().cases:
            issues = [issue for step in (case.journey.steps if case.journey else ()) for issue in step.issues]
            answered = any(challenge.id in insight.challenges for insight in case.insights)
            count += answered or any(issue.challenge == challenge.id for issue in issues)
        assert count
        assert sum(challenge.id in marks.split() for marks in carried) == count
        assert f'<option value="{challenge.id}" data-label="{challenge.title}">{challenge.title} ({count})' in page.body
