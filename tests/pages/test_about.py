"""About the knowledge base."""

from __future__ import annotations

import dataclasses
import re

from generator.publication.public import WithholdingReason
from tests.pages.knowledge import CORPUS, assert_matches_snapshot, changed, texts_in, whole_site


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["about/"])


def test_freshness_names_the_newest_interview_and_every_year():
    """A year without an interview is seen too."""
    old = dataclasses.replace(
        CORPUS.cases[2],
        slug="2021-old",
        facts=CORPUS.cases[2].facts.model_copy(
            update={
                "dates": CORPUS.cases[2].facts.dates.model_copy(
                    update={"interview": CORPUS.cases[2].facts.dates.interview.replace(year=2021)}
                )
            }
        ),
    )
    body = whole_site(changed(cases=(*CORPUS.cases, old)))["about/"].body
    assert "2025年9月19日" in texts_in(body, "cb-fresh-newest")[0]
    rows = re.findall(r'<th scope="row">(\d+)</th>.*?>(\d+)</', body)
    assert rows == [("2025", "2"), ("2024", "1"), ("2023", "0"), ("2022", "0"), ("2021", "1")]


def test_what_is_withheld_is_told_by_reason_and_number_alone():
    """Readers learn that something is missing and why, and nothing that would say what."""
    assert texts_in(whole_site()["about/"].body, "cb-withheld") == [
        "公開の同意がない 事例 1件 同意が取り消された 事例 2件"
    ]


def test_nothing_withheld_is_said_too():
    """No empty list where there is nothing to say."""
    assert "いま、伏せている事例はありません。" in whole_site(changed(withheld={}))["about/"].body


def test_questions_stand_in_the_order_of_the_topics():
    """Why us comes before how it was decided, whatever the order of the file."""
    body = whole_site()["about/"].body
    assert body.index("なぜこれでしたか。") < body.index("誰が決めましたか。")


def test_parts_that_are_withheld_are_counted_apart():
    """Of a case that is here readers learn how much is missing, and not what."""
    parts = {WithholdingReason.AUDIENCE: 3}
    body = whole_site(changed(withheld={}, withheld_parts=parts))["about/"].body
    assert texts_in(body, "cb-withheld") == ["別の読み手に限って公開 3か所"]
