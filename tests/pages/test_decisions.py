"""Decisions across cases, as readers see them."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from generator.model.vocabulary import DecisionPart, Stance
from generator.pages.cases import cases_pages
from generator.pages.decisions import decisions_pages
from generator.pages.decisions.view import PAIRS_SHOWN
from generator.pages.drawings.decisions import LEVELS, STANCES
from generator.pages.page import Page
from tests.pages.figures import plain_cases, samples
from tests.pages.knowledge import CORPUS, EMPTY, HOSTILE, assert_matches_snapshot, library, many, texts_in, whole_site
from tests.pages.ledgers import figures_of, only_pages, rows_behind
from tests.pages.rendering import Outline

BOUNDS = {"up_to_100": (1, 100), "up_to_300": (101, 300), "up_to_999": (301, 999), "from_1000": (1000, 10**9)}


@cache
def pages(language: str = "ja") -> dict[str, Page]:
    """The samples' pages."""
    return only_pages(decisions_pages(library(samples(), language)))


def body() -> str:
    """The samples' main page."""
    return pages()["decisions/"].body


def everybody() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Case and person of all who took part in a decision, read from the files."""
    return [
        (facts, person)
        for facts in plain_cases().values()
        for person in facts["people"]
        if person.get("side", "customer") != "own" and person.get("part")
    ]


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["decisions/"])


def test_every_figure_leads_to_what_it_counts():
    """A number opens the list with as many rows as it says; that of pairs opens the people of those cases."""
    everywhere = pages() | only_pages(cases_pages(library(samples())))
    found = [(href, number) for href, number in figures_of(pages()["decisions/"]) if "apart=apart" not in href]
    assert len(found) > 60
    for href, number in found:
        assert rows_behind(pages()["decisions/"], href, everywhere) == number, href


@pytest.mark.parametrize("influence", LEVELS)
def test_people_are_counted_by_influence_and_stance(influence: int):
    """The drawing and its table say the same, counted here person by person."""
    expected = [
        sum(p.get("influence") == influence and p.get("stance") == stance.value for _, p in everybody())
        for stance in STANCES
    ]
    table = body()[body().index("表で見る") :]
    row = re.search(rf'<tr><th scope="row">{influence}</th>.*?</tr>', table, re.DOTALL)
    assert row
    assert [int(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<td.*?</td>", row[0])] == expected
    drawing = body()[: body().index("表で見る")]
    for stance, count in zip(STANCES, expected, strict=True):
        links = re.findall(rf'href="people/\?influence={influence}&amp;stance={stance.value}">(.*?)</a>', drawing)
        assert len(links) == (2 if count else 0)
        assert all(f">{count}</text>" in link for link in links)


def table_after(identifier: str) -> dict[str, list[str]]:
    """Row head -> cells of the first table below a heading."""
    part = body()[body().index(f'id="{identifier}"') :]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', part[: part.index("</table>")], re.DOTALL)
    return {
        html.unescape(name): [
            " ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", rest)
        ]
        for name, rest in rows
    }


def told(people: list[dict[str, Any]], part: DecisionPart) -> str:
    """A cell of the tables of parts: how many play it, and their mean influence."""
    playing = [person for person in people if part.value in person["part"]]
    known = [person["influence"] for person in playing if "influence" in person]
    mean = f" 影響力 {round(sum(known) / len(known), 1):g}" if known else ""
    return f"{len(playing)}{mean}" if playing else "–"


def test_parts_are_counted_by_industry():
    """With the mean influence of those who play them."""
    names = {term.id: term.name for term in samples().casebook.industries}
    rows = table_after("industries")
    assert set(rows) == {names[facts["customer"]["industry"]] for facts in plain_cases().values()}
    for identifier, name in names.items():
        people = [person for facts, person in everybody() if facts["customer"]["industry"] == identifier]
        if people:
            assert rows[name][1:8] == [told(people, part) for part in DecisionPart]


def test_parts_are_counted_by_size():
    """By the number of employees, in classes that the page explains."""
    rows = list(table_after("sizes").values())
    for low, high in BOUNDS.values():
        cases = [facts for facts in plain_cases().values() if low <= facts["customer"]["employees"] <= high]
        people = [person for facts, person in everybody() if low <= facts["customer"]["employees"] <= high]
        if cases:
            assert [str(len(cases)), *(told(people, part) for part in DecisionPart)] in [row[:8] for row in rows]
    assert "中小企業基本法" in body()


def test_the_last_word_stands_lost_against_won():
    """For each stance, to the left the lost decisions and to the right the won ones."""
    mirror = re.search(r'<table class="cb-mirror">.*?</table>', body(), re.DOTALL)
    assert mirror
    rows = re.findall(r'cb-mirror-lost">(.*?)</td><th scope="row">(.*?)</th>(.*?)</td>', mirror[0], re.DOTALL)
    words = library(samples()).words
    for lost, name, won in rows:
        stance = next(stance for stance in Stance if words.label(stance) == name)
        counts = {True: 0, False: 0}
        for facts in plain_cases().values():
            people = [person for case, person in everybody() if case is facts]
            last = [person for person in people if "decider" in person["part"]]
            assert last, "each sample names who decided"
            counts[facts["type"] in {"loyal", "switched_to_us"}] += sum(
                person.get("stance") == stance.value for person in last
            )
        found = [int(re.sub(r"<[^>]*>", "", cell)) for cell in (won, lost)]
        assert found == [counts[True], counts[False]]


def test_choosers_and_users_stand_side_by_side_with_their_words():
    """Every case in which they are different people, with the evidence of both sides."""
    apart = []
    for facts in plain_cases().values():
        people = [person for case, person in everybody() if case is facts]
        choosers = [person for person in people if {"decider", "approver", "buyer"} & set(person["part"])]
        users = [person for person in people if "user" in person["part"]]
        if choosers and users and not any("user" in person["part"] for person in choosers):
            apart.append((facts, choosers, users))
    pairs = re.findall(r'<article class="cb-pair">.*?</article>', body(), re.DOTALL)
    assert len(pairs) == len(apart) <= PAIRS_SHOWN
    for pair, (facts, choosers, users) in zip(pairs, apart, strict=True):
        assert facts["title"] in html.unescape(pair)
        chose, used = pair.split('<div class="cb-pair-side">')[1:]
        for side, people in ((chose, choosers), (used, users)):
            assert all(person["role"] in html.unescape(side) for person in people)
            quoted = [person for person in people if person.get("evidence")]
            assert side.count("cb-quote-words") == len(quoted)
            assert side.count('class="cb-play"') == len(quoted)
    assert texts_in(body(), "cb-apart-figure")[0].startswith(f"{len(apart)} ")


def test_months_are_told_by_type_of_case():
    """Median, quartiles and ends, as numpy computes them; the figure opens the cases."""
    rows = table_after("months")
    for kind in ("loyal", "switched_to_us", "lost", "switched_away"):
        months = [
            (facts["dates"]["decision"] - min(step["on"] for step in facts["lead"])).days / (365.2425 / 12)
            for facts in plain_cases().values()
            if facts["type"] == kind
        ]
        low, middle, high = np.percentile(months, (25, 50, 75))
        expected = [f"{value:g}か月" for value in (round(float(v), 1) for v in (middle, min(months), max(months)))]
        cells = next(cells for cells in rows.values() if cells[1] == expected[0] and cells[3] == expected[1])
        assert cells[0] == str(len(months))
        assert cells[2] == f"{round(float(low), 1):g}か月〜{round(float(high), 1):g}か月"
        assert cells[4] == expected[2]


def test_long_pages_stay_light():
    """Of four hundred cases none is over 300 KB, and the list has pages."""
    made = only_pages(decisions_pages(library(many(400))))
    assert all(len(page.body.encode()) <= 300_000 for page in made.values())
    assert "decisions/people/page-2/" in made


def test_texts_of_editors_are_text():
    """Roles and titles never become markup, in drawings neither."""
    case = CORPUS.cases[0]
    people = tuple(person.model_copy(update={"role": HOSTILE}) for person in case.facts.people)
    facts = case.facts.model_copy(update={"people": people, "title": HOSTILE})
    hostile = type(case)(case.slug, facts, case.language, transcript=case.transcript)
    for page in only_pages(decisions_pages(library(type(CORPUS)(CORPUS.casebook, (hostile,))))).values():
        outline = Outline(page.body)
        assert (outline.unclosed, outline.misplaced) == ([], [])
        assert "script" not in outline.tags and "onerror" not in outline.attributes
        assert "&lt;script&gt;" in page.body


def test_before_the_first_decision_the_pages_teach():
    """Which file makes them."""
    for page in only_pages(decisions_pages(library(EMPTY))).values():
        assert "cb-teach" in page.body and "case.yml" in page.body
