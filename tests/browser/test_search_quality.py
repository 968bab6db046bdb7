"""The benchmark of search in small: floors under recall, precision and the first hit, by class of query."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.search_quality import DONE, Score, build, draw, judge, mean, texts_in
from tests.support.server import serving
from tests.support.tiny_site import CONFIG

pytestmark = pytest.mark.browser

TALKS = {
    "japanese": CONFIG.parent / "cases",
    "english": Path(__file__).parents[1] / "data" / "real-interview",
}
CLASSES = {
    "japanese": {"katakana", "kanji", "mixed", "verbs", "latin", "names", "stretch", "otherwise"},
    "english": {"verbs", "latin", "stretch", "otherwise"},
}
LINES_PER_CASE = 12
QUERIES = 6


@pytest.mark.parametrize("language", TALKS)
def test_search_finds_what_it_should(chromium: Browser, tmp_path: Path, language: str) -> None:
    """Wherever the words stand they are found, nothing else is, and the first result holds them as they were typed."""
    texts = texts_in(TALKS[language], lines_per_case=LINES_PER_CASE)
    queries = draw(texts, QUERIES, seed=11)
    assert {query.kind for query in queries} >= CLASSES[language]
    build(texts, tmp_path / "site")
    with serving(tmp_path / "site") as home:
        page = chromium.new_page()
        page.goto(f"{home}search/")
        page.wait_for_selector(DONE)
        scores = judge(page, texts, queries)
        page.close()
    missed = [line for score in scores.values() for line in score.missed]
    for kind, score in scores.items():
        assert floors(score) == (True, True, True, 0), (kind, missed)


def floors(score: Score) -> tuple[bool, bool, bool, int]:
    """Whether recall, precision and first hits are high enough, and how many answers were empty."""
    recall, precision, first_hit = (mean(values) for values in (score.recalls, score.precisions, score.first_hits))
    return (
        recall is None or recall >= 0.99,
        precision is None or precision >= 0.9,
        first_hit is None or first_hit >= 0.99,
        score.empty,
    )
