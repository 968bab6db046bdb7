"""Problems as a terminal, GitHub and GitLab take them."""

from __future__ import annotations

import json

from generator.problems import Code, Problem
from generator.report import format_problems, summary
from generator.texts import load_texts

KEY = Problem(
    "cases/a,b/case.yml", 3, 1, Code.UNKNOWN_KEY, {"key": "titel\n::error::", "nearest": "title", "known": "title"}
)
HINT = Problem("cases/a/transcript.vtt", 9, 1, Code.CUE_WITHOUT_VOICE, {"count": "100%"})
NOTHING_KNOWN = Problem("cases/a/value-map.yml", 4, 9, Code.UNKNOWN_NEED, {"written": "n9", "known": ""})


def test_text_is_one_line_a_problem() -> None:
    """Whatever an editor's file holds, it cannot break out of its line or change a terminal's colours."""
    red = Problem("cases/\x1b[31m/case.yml", 1, 1, Code.BAD_FOLDER_NAME, {"written": "\x1b[31m\u202e"})
    assert format_problems([HINT, KEY, red], "text", "en").split("\n") == [
        'cases/ [31m/case.yml:1:1 bad-folder-name " [31m " cannot be part of an address - no page can be made for it - '
        "Rename it, using lower-case letters and digits joined by single hyphens, 80 at most, such as "
        "2025-07-rugged-laptop.",
        'cases/a,b/case.yml:3:1 unknown-key there is no key "titel ::error::" - the file is not read, so that nothing '
        'you wrote gets lost - Did you mean "title"? Keys that may stand here: title.',
        "cases/a/transcript.vtt:9:1 cue-without-voice hint: there are cues that name no speaker (in all 100%, "
        "the first one here) - nobody knows whose words they are - Begin each with `<v name>`.",
    ]


def test_an_empty_list_of_choices_is_said_in_words() -> None:
    """Not a colon with nothing behind it."""
    assert format_problems([NOTHING_KNOWN], "text", "ja").endswith(
        "`needs` にある ID を書いてください: （まだありません）"
    )


def test_github_commands_are_escaped() -> None:
    """As GitHub's own toolkit escapes them: % and line ends everywhere, : and , in properties as well."""
    assert format_problems([HINT, KEY], "github", "en").split("\n") == [
        "::error file=cases/a%2Cb/case.yml,line=3,col=1,title=unknown-key%3A Unknown key::"
        'there is no key "titel ::error::" - the file is not read, so that nothing you wrote gets lost - '
        'Did you mean "title"? Keys that may stand here: title.',
        "::notice file=cases/a/transcript.vtt,line=9,col=1,title=cue-without-voice%3A Cue without speaker::"
        "there are cues that name no speaker (in all 100%25, the first one here) - nobody knows whose words they are - "
        "Begin each with `<v name>`.",
    ]


def test_gitlab_reports_hold_what_gitlab_asks_for() -> None:
    """Description, check name, fingerprint, severity and place of every problem; an empty list when there is none."""
    first, second = json.loads(format_problems([HINT, KEY], "gitlab", "ja"))
    assert first.pop("fingerprint") != second.pop("fingerprint")
    assert first == {
        "description": "「titel ::error::」というキーはありません - "
        "書いた内容が失われないよう、このファイルは読み込みません - "
        "もしかして「title」ですか。使えるキー: title",
        "check_name": "unknown-key",
        "severity": "major",
        "location": {"path": "cases/a,b/case.yml", "lines": {"begin": 3}},
    }
    assert second["severity"] == "info"
    assert json.loads(format_problems([], "gitlab", "ja")) == []


def test_gitlab_fingerprints_outlive_a_change_of_lines_and_language() -> None:
    """GitLab must not call an old problem new because a line was added above it; two alike are still told apart."""

    def fingerprints(language: str, *lines: int) -> list[str]:
        problems = [
            Problem("a.yml", line, 1, Code.DUPLICATE_KEY, {"key": "a", "line": str(line - 1)}) for line in lines
        ]
        return [entry["fingerprint"] for entry in json.loads(format_problems(problems, "gitlab", language))]

    assert fingerprints("ja", 3, 8) == fingerprints("en", 5, 10)
    assert len(set(fingerprints("ja", 3, 8))) == 2


def test_no_problem_is_no_output() -> None:
    """Silence when all is well."""
    assert format_problems([], "text", "ja") == format_problems([], "github", "en") == ""


def test_the_summary_counts_by_severity() -> None:
    """The last line of a check tells at a glance whether it failed."""
    assert summary([KEY, HINT, HINT], load_texts("ja")) == "エラー: 1, 注意: 0, ヒント: 2"
