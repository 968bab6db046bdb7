"""Journeys across cases, as readers see them."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np

from generator.model.vocabulary import Phase
from generator.pages.cases import cases_pages
from generator.pages.drawings.journeys import NARROW, WIDE, Point, median_curve, nearest
from generator.pages.environment import Words
from generator.pages.journeys import journeys_pages
from generator.pages.journeys.told import signed
from generator.pages.journeys.view import CASES_ON_A_PAGE, FALLS_SHOWN
from generator.pages.page import Page
from generator.texts import load_texts
from tests.pages.figures import plain_cases, plain_file, samples
from tests.pages.knowledge import CORPUS, EMPTY, HOSTILE, assert_matches_snapshot, library, many, texts_in, whole_site
from tests.pages.ledgers import figures_of, only_pages, rows_behind
from tests.pages.rendering import Outline, words_of


@cache
def pages(language: str = "ja") -> dict[str, Page]:
    """The samples' pages."""
    return only_pages(journeys_pages(library(samples(), language)))


def body() -> str:
    """The samples' main page."""
    return pages()["journeys/"].body


def with_journeys(count: int) -> dict[str, Page]:
    """The pages of many cases with the journey of the first."""
    corpus = many(count)
    cases = tuple(
        type(case)(case.slug, case.facts, case.language, journey=CORPUS.cases[0].journey) for case in corpus.cases
    )
    return only_pages(journeys_pages(library(type(corpus)(corpus.casebook, cases))))


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["journeys/"])


def test_every_figure_leads_to_what_it_counts():
    """A number opens the list with as many rows as it says."""
    everywhere = pages() | only_pages(cases_pages(library(samples())))
    found = list(figures_of(pages()["journeys/"]))
    assert len(found) > 20
    for href, number in found:
        assert rows_behind(pages()["journeys/"], href, everywhere) == number, href


def test_every_step_of_every_case_has_its_face():
    """In the column of its phase, in the order of the journey, and it leads to the step."""
    for slug, facts in plain_cases().items():
        alias = html.escape(facts["customer"]["alias"], quote=False)
        row = next(row for row in re.findall(r"<tr>.*?</tr>", body(), re.DOTALL) if f"cases/{slug}/#journey" in row)
        assert alias in html.unescape(row)
        cells = re.findall(r"<td.*?</td>", row, re.DOTALL)
        for phase, cell in zip(Phase, cells, strict=True):
            steps = [step for step in plain_file(slug, "journey.yml")["steps"] if step["phase"] == phase.value]
            assert re.findall(r"#step-([\w-]+)", cell) == [step["id"] for step in steps]
            assert re.findall(r"#cb-face(-?\d)", cell) == [str(step.get("feeling", 0)) for step in steps]
            middle = float(np.median([step.get("feeling", 0) for step in steps]))
            assert f"cb-heat-{nearest(middle)}" in cell


def test_the_row_of_medians_is_over_all_cases():
    """On every page of the map, however few cases stand on it."""
    words = Words(load_texts("ja"))
    medians = []
    for phase in Phase:
        values = [
            np.median([step.get("feeling", 0) for step in steps])
            for slug in plain_cases()
            if (steps := [s for s in plain_file(slug, "journey.yml")["steps"] if s["phase"] == phase.value])
        ]
        medians.append(signed(words, float(np.median(values))))
    row = re.search(r'<tr class="cb-heat-median">.*?</tr>', body(), re.DOTALL)
    assert row
    assert re.findall(r"<b>(.*?)</b>", row[0]) == medians


def test_a_long_map_has_pages_with_the_same_medians():
    """Newest cases first; the curve and the medians do not change from page to page."""
    made = with_journeys(2 * CASES_ON_A_PAGE + 1)
    maps = [made["journeys/"], made["journeys/page-2/"], made["journeys/page-3/"]]
    rows = [re.search(r'<tr class="cb-heat-median">.*?</tr>', page.body, re.DOTALL) for page in maps]
    assert len({row[0].replace("../", "") for row in rows if row}) == 1
    assert [page.body.count('#journey"') for page in maps] == [CASES_ON_A_PAGE, CASES_ON_A_PAGE, 1]
    assert 'href="../#phase-use"' in maps[1].body


def test_long_pages_stay_light():
    """Of four hundred journeys none is over 300 KB."""
    assert all(len(page.body.encode()) <= 300_000 for page in with_journeys(400).values())


def test_falls_come_deepest_first_with_touchpoints_and_words():
    """What the customer said there, and the way to hear it."""
    falls = re.findall(r'<li class="cb-fall">.*?</li>\s*(?=<li class="cb-fall"|</ol>)', body(), re.DOTALL)
    assert len(falls) == FALLS_SHOWN
    drops = [int(re.search(r"<b>−(\d)</b>", fall)[1]) for fall in falls]  # type: ignore[index]
    assert drops == sorted(drops, reverse=True)
    assert all("cb-tag" in fall and "cb-quote-words" in fall and "cb-play" in fall for fall in falls)
    assert "サポート窓口の録音" in falls[0]


def test_falls_are_counted_by_phase():
    """Counted here step by step."""
    expected: Counter[str] = Counter()
    for slug in plain_cases():
        steps = plain_file(slug, "journey.yml")["steps"]
        expected.update(
            now["phase"] for before, now in pairwise(steps) if now.get("feeling", 0) < before.get("feeling", 0)
        )
    found = dict(re.findall(r'href="falls/\?phase=(\w+)">[^<]*<span class="cb-chip-count">(\d+)', body()))
    assert {phase: int(count) for phase, count in found.items()} == expected


def test_measures_say_honestly_what_stands_behind_them():
    """How many cases before, how many after; and the page says that it is no proof."""
    trends = texts_in(pages()["journeys/measures/"].body, "cb-measure-trend")
    assert any(re.fullmatch(r"[+−\d.]+（\d+件）から [+−\d.]+（後の\d+件）へ", text) for text in trends)
    assert "比べられる後の事例は、まだありません" in trends
    assert "打ち手のおかげとは言いきれません" in body()


def test_measures_are_counted_by_what_came_after():
    """The four figures add up to the measures that were taken."""
    counts = [int(text.split()[0]) for text in texts_in(body(), "cb-trend")]
    taken = sum(
        measure.get("state", "planned") in {"doing", "done"}
        for slug in plain_cases()
        for step in plain_file(slug, "journey.yml")["steps"]
        for measure in step.get("measures", [])
    )
    assert sum(counts) == taken


def test_phases_name_who_acts():
    """Departments with the number of their measures in the phase."""
    for phase in Phase:
        expected: Counter[str] = Counter()
        for slug in plain_cases():
            for step in plain_file(slug, "journey.yml")["steps"]:
                if step["phase"] == phase.value:
                    expected.update(item["department"] for item in step.get("measures", []) if "department" in item)
        found = re.findall(
            rf'href="measures/\?phase={phase.value}&amp;kind=measure&amp;department=(\w+)"[^>]*>.*?cb-chip-count">(\d+)',
            body(),
        )
        assert {department: int(count) for department, count in found} == expected


def test_the_curve_skips_a_phase_that_nobody_tells_of():
    """It is no nought: the others are joined."""
    points = [
        Point("認知", "#a", 1.0, 0.0, 2.0, "+1"),
        Point("興味", "#b", None, 0, 0, "–"),
        Point("購入", "#c", -1.0, -1.0, 0.0, "−1"),
    ]
    for sheet in (WIDE, NARROW):
        drawing = str(median_curve(points, sheet, "曲線"))
        assert drawing.count("cb-median-span") == 2
        assert len(re.findall(r'<path class="cb-d-curve" d="M[^"]*C[^"]*"', drawing)) == 1


def test_feelings_are_written_with_their_sign():
    """A true minus, as wide as the plus; nought has none."""
    words = Words(load_texts("ja"))
    assert [signed(words, value) for value in (-2, -0.25, 0, 1, 1.5)] == ["−2", "−0.25", "0", "+1", "+1.5"]
    assert [nearest(value) for value in (-1.5, -0.5, -0.4, 0, 0.25, 0.5, 1.5)] == [-2, -1, 0, 0, 0, 1, 2]


def test_texts_of_editors_are_text():
    """Titles, touchpoints, issues and measures never become markup."""
    case = CORPUS.cases[0]
    assert case.journey is not None
    steps = tuple(
        step.model_copy(
            update={
                "title": step.title + HOSTILE,
                "touchpoints": (HOSTILE,),
                "issues": tuple(item.model_copy(update={"text": HOSTILE}) for item in step.issues),
                "measures": tuple(
                    item.model_copy(update={"text": HOSTILE, "outcome": HOSTILE}) for item in step.measures
                ),
            }
        )
        for step in case.journey.steps
    )
    hostile = type(case)(case.slug, case.facts, case.language, journey=case.journey.model_copy(update={"steps": steps}))
    for page in only_pages(journeys_pages(library(type(CORPUS)(CORPUS.casebook, (hostile,))))).values():
        outline = Outline(page.body)
        assert (outline.unclosed, outline.misplaced) == ([], [])
        assert "script" not in outline.tags and "onerror" not in outline.attributes
        assert "&lt;script&gt;" in page.body


def test_before_the_first_journey_the_pages_teach():
    """Which file makes them."""
    for page in only_pages(journeys_pages(library(EMPTY))).values():
        assert "cb-teach" in page.body and "journey.yml" in page.body
    assert words_of(body())
