"""What changed because of a customer."""

from __future__ import annotations

import re

from generator.model.vocabulary import ActionState
from tests.pages.knowledge import CORPUS, TODAY, assert_matches_snapshot, changed, texts_in, whole_site

ALL = [(insight, action) for case in CORPUS.cases for insight in case.insights for action in insight.actions]


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
    assert texts_in(body, "cb-share-figure") == [f"{round(100 * len(done) / len(insights))}%"]
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
    table = whole_site()["actions/"].body.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = re.findall(r'href="\?department=([\w-]+)&amp;state=(\w+)"[^>]*>(\d+)<', table)
    assert sum(int(count) for _, _, count in cells) == len(ALL)
    assert ("sales", "open", "2") in cells
    assert ("product", "overdue", "1") in cells


def test_an_action_of_a_department_outside_the_vocabulary_is_not_lost():
    """A department that casebook.yml no longer names still stands in the table, by its identifier."""
    departments = tuple(item for item in CORPUS.casebook.departments if item.id != "se")
    corpus = changed(casebook=CORPUS.casebook.model_copy(update={"departments": departments}))
    assert "?department=se&amp;state=dropped" in whole_site(corpus)["actions/"].body
