"""Problems told to people: as lines for a terminal, as annotations for GitHub, as a Code Quality report for GitLab.

One line a problem, `file:line:column code what is wrong - what follows from it - what to write`; warnings and hints say
so after the code.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from generator.problems import Code, Problem, Severity, in_order
from generator.texts import Texts, load_texts

Format: TypeAlias = Literal["text", "github", "gitlab"]

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
"""Control characters, line ends and changes of direction: an editor's words must not disturb a terminal or a log."""
_NO_TEXT = re.compile("[\ud800-\udfff]")
"""How Python keeps the bytes of a file name that are no UTF-8; no stream takes them."""
_GITHUB_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_GITLAB_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}
_UNSTABLE_VALUES: Final = frozenset(("line", "known", "nearest"))
"""Values that change when something else in the files does."""


def format_problems(problems: Sequence[Problem], format: Format, language: str) -> str:  # as on the command line
    """All problems in the order of their places, in `language` (`ja` or `en`); no line end after the last."""
    ordered = in_order(problems)
    texts = load_texts(language)
    if format == "gitlab":
        return _gitlab(ordered, texts)
    one = _github if format == "github" else _line
    return "\n".join(one(problem, texts) for problem in ordered)


def message(problem: Problem, texts: Texts) -> str:
    """What is wrong, what follows from it and what to write, without the place."""
    values = {key: _printable(value) for key, value in problem.values.items()}
    if "reason" in values:
        values["reason"] = _reason(values["reason"], texts)
    if values.get("known") == "":
        values["known"] = texts.gettext("Problem.none")
    what, follows, write = (_text(problem.code, part, texts, values) for part in ("what", "follows", "write"))
    if "nearest" in values:
        write = texts.gettext("Problem.nearest").format_map({**values, "write": write})
    return f"{what} - {follows} - {write}"


def title(code: Code, texts: Texts) -> str:
    """The problem in a few words."""
    return texts.gettext(f"Code.{code.value}.title")


def summary(problems: Sequence[Problem], texts: Texts) -> str:
    """How many problems of which severity, for the last line of a check: `errors: 2, hints: 1`."""
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(f"{texts.label(severity)}: {counts[severity]}" for severity in Severity)


def _text(code: Code, part: str, texts: Texts, values: Mapping[str, str]) -> str:
    return texts.gettext(f"Code.{code.value}.{part}").format_map(values)


def _reason(reason: str, texts: Texts) -> str:
    """What a library or the system said, in the editor's words where the catalogues have them."""
    key = f"Problem.reason.{reason}"
    told = texts.gettext(key)
    return reason if told == key else told


def _line(problem: Problem, texts: Texts) -> str:
    severity = "" if problem.severity is Severity.ERROR else f"{texts.label(problem.severity)}: "
    place = f"{_printable(problem.file)}:{problem.line}:{problem.column}"
    return f"{place} {problem.code.value} {severity}{message(problem, texts)}"


def _github(problem: Problem, texts: Texts) -> str:
    """A workflow command (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)."""
    places = {
        "file": _NO_TEXT.sub("\ufffd", problem.file),
        "line": str(problem.line),
        "col": str(problem.column),
        "title": f"{problem.code.value}: {title(problem.code, texts)}",
    }
    properties = ",".join(f"{key}={_github_escaped(value, ':,')}" for key, value in places.items())
    return f"::{_GITHUB_COMMANDS[problem.severity]} {properties}::{_github_escaped(message(problem, texts))}"


def _github_escaped(text: str, more: str = "") -> str:
    """Text with the characters escaped that end a command or, with `more`, one of its properties."""
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in text)


def _gitlab(problems: Sequence[Problem], texts: Texts) -> str:
    """A Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""
    seen: Counter[str] = Counter()
    entries = []
    for problem in problems:
        print_ = _fingerprint(problem)
        seen[print_] += 1
        unique = hashlib.sha256(f"{print_} {seen[print_]}".encode()).hexdigest()
        entries.append(
            {
                "description": message(problem, texts),
                "check_name": problem.code.value,
                "fingerprint": unique,
                "severity": _GITLAB_SEVERITIES[problem.severity],
                "location": {"path": _printable(problem.file), "lines": {"begin": problem.line}},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2)


def _fingerprint(problem: Problem) -> str:
    """The same for the same problem when lines above it come or go."""
    values = sorted((key, _printable(text)) for key, text in problem.values.items() if key not in _UNSTABLE_VALUES)
    return json.dumps([_printable(problem.file), problem.code.value, values])


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text)
