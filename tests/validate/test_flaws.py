"""Every problem's wording, as an editor sees it: whole texts, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Code, Problem
from generator.report import format_problems
from tests.support.flaws import FLAWS, Flaw, lay_out, read_flaw, say

PAIRS = {path.stem: path for path in sorted(FLAWS.glob("*.txt"))}


def test_every_code_has_its_pair() -> None:
    """No code without a text that was read in context; BAD_VALUE stands for rules the model may get and has no file."""
    assert set(PAIRS) == {code.value for code in Code} - {Code.BAD_VALUE.value}


def test_the_base_has_no_problem(tmp_path: Path) -> None:
    """Silence is the rule: what is in order is not talked about."""
    lay_out(Flaw((), {}), tmp_path)
    assert say(tmp_path, "ja") == ""


@pytest.mark.parametrize("code", PAIRS)
def test_the_check_says_this_and_nothing_else(code: str, tmp_path: Path) -> None:
    """What is wrong, what follows and what to write, at its place, in Japanese and in English."""
    flaw = read_flaw(PAIRS[code])
    lay_out(flaw, tmp_path)
    assert set(flaw.expected) == {"ja", "en"}
    for language, expected in flaw.expected.items():
        assert f" {code} " in expected
        assert say(tmp_path, language) == expected


def test_a_rule_without_a_code_of_its_own_is_told_in_its_words() -> None:
    """A rule that the model gets later is reported before it has a code."""
    values = {"key": "weight", "written": "3", "reason": "must be odd"}
    problem = Problem("cases/a/value-map.yml", 4, 9, Code.BAD_VALUE, values)
    assert format_problems([problem], "text", "ja") == (
        "cases/a/value-map.yml:4:9 bad-value 「weight」の値「3」は使えません（must be odd） - "
        "この項目は読み込まれません - "
        "書式リファレンス（docs/reference/formats.ja.md）を見て、値を直してください。"
    )
