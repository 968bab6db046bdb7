"""Problems: every code is worded in full, in both languages."""

from __future__ import annotations

import pytest

from generator.problems import Code, Problem, Severity, in_order
from generator.texts import LANGUAGES, load_texts
from generator.validate.reference import EXAMPLE_VALUES, placeholders

PARTS = ("title", "what", "follows", "write")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_code_is_worded(code: Code, language: str) -> None:
    """A title, what is wrong, what follows, what to write: none missing, and no sentence the same as another part."""
    texts = load_texts(language)
    worded = [texts.gettext(f"Code.{code.value}.{part}") for part in PARTS]
    assert all(worded)
    assert not any(text.startswith("Code.") for text in worded)
    assert len({*worded[1:]}) == 3


@pytest.mark.parametrize("code", Code)
def test_both_languages_name_the_same_values(code: Code) -> None:
    """A reader of either language is told the same; the reference page has an example for each value."""
    named = [
        placeholders("".join(load_texts(language).gettext(f"Code.{code.value}.{part}") for part in PARTS))
        for language in LANGUAGES
    ]
    assert named[0] == named[1]
    assert named[0] <= set(EXAMPLE_VALUES)


def test_severities_are_used_with_care() -> None:
    """What keeps a site from being built is an error; the rest is listed here by name, so that a change is noticed."""
    by_severity = {severity: {code.value for code in Code if code.severity is severity} for severity in Severity}
    assert by_severity[Severity.WARNING] == {
        "consent-missing", "copy-not-allowed", "decision-after-interview", "cue-out-of-order", "vtt-lost-text",
        "mojibake", "empty-cue", "personal-data", "invisible-in-name", "system-name",
    }  # fmt: skip
    assert by_severity[Severity.HINT] == {
        "unknown-file", "unknown-column", "vtt-markup", "cue-without-voice", "verify-by-ear", "voice-unconfirmed",
        "audio-without-transcript", "action-without-outcome",
    }  # fmt: skip


def test_problems_are_told_by_place_and_once() -> None:
    """An editor goes through a file from top to bottom."""
    late, early, other = (
        Problem("b.yml", 12, 1, Code.YAML_TAB),
        Problem("b.yml", 2, 9, Code.YAML_TAB),
        Problem("a.yml", 30, 1, Code.YAML_TAB),
    )
    assert in_order([late, early, other, early]) == (other, early, late)
