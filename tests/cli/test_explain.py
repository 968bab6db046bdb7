"""`casebook explain`, and the endings that `casebook check` tells: why something is missing, and what will be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.support.small_casebook import write_casebook

CONSENT = """\
people:
  - {id: chief, name: 鈴木, role: 部長, voice: 部長, consent: {listen: [], until: 2026-02-28}}
lead:
  - {stage: MQL, on: 2024-05-01}
limits:
  lead: [sales-team]
related: [gone]
"""
INSIGHTS = """\
insights:
  - id: i1
    claim: 手袋のまま使えることが前提
    kind: need
    topic: why_us
    lens: {when: 2025年, scene: deciding}
    evidence:
      - {cues: q001, quote: 手袋のまま使えない}
      - {cues: q001, case: gone}
  - id: i2
    only: [sales-team]
    claim: 値引きは要らない
    kind: need
    topic: why_us
    lens: {when: 2025年, scene: deciding}
    evidence: [{cues: q001}]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with limited parts, and one that was withdrawn."""
    write_casebook(tmp_path / "cases", a_case=CONSENT, gone="")
    gone = tmp_path / "cases/gone/case.yml"
    text = gone.read_text(encoding="utf-8").replace(
        "given_on: 2025-07-18", "given_on: 2025-07-18, withdrawn: 2026-01-01"
    )
    gone.write_text(text, encoding="utf-8")
    (tmp_path / "cases/a-case/insights.yml").write_text(INSIGHTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> str:
    """What the command prints; it ends without a traceback."""
    return CliRunner().invoke(main, (*words, "--cases", "cases"), catch_exceptions=False).output


def test_every_decision_is_told_with_its_reason_and_its_place() -> None:
    """What readers see, what they do not, why, and the line to change; then what will be gone."""
    assert (
        run("explain", "a-case", "--on", "2026-01-15", "--lang", "en")
        == """\
a-case: 冬の鉄塔
For everybody on 2026-01-15

Shown:
  2 lines
  1 insight
  the recording, silent in 1 place

Withheld:
  the voice of chief - Meant for other readers - cases/a-case/case.yml:7 people.chief.consent.listen
  the lead's way - Meant for other readers (sales-team) - cases/a-case/case.yml:11 limits.lead
  insight i2 - Meant for other readers (sales-team) - cases/a-case/insights.yml:11 insights.i2.only
  words quoted in: insight i1 - Rests on something that is not shown (gone q001) - \
cases/a-case/insights.yml:9 insights.i1.evidence.1
  a related case - Rests on something that is not shown (gone) - cases/a-case/case.yml:12 related

Will be gone:
  2026-03-01: the voice of chief (2026-02-28) - cases/a-case/case.yml:7 people.chief.consent.until
  2026-03-01: what chief said (2026-02-28) - cases/a-case/case.yml:7 people.chief.consent.until
"""
    )


def test_japanese_editors_are_answered_in_japanese() -> None:
    """The site's language, or the one that is asked for."""
    told = run("explain", "a-case", "--on", "2026-01-15", "--lang", "ja")
    assert "読み手：全員　日付：2026-01-15" in told
    assert (
        "  インサイト i2 - 別の読み手に限って公開 (sales-team) - cases/a-case/insights.yml:11 insights.i2.only" in told
    )


def test_another_audience_gets_another_answer() -> None:
    """What is limited to it is not withheld from it."""
    told = run("explain", "a-case", "--audience", "sales-team", "--on", "2026-01-15", "--lang", "en")
    assert "For 営業部 on 2026-01-15" in told
    assert "2 insights" in told
    assert "the lead's way" not in told


def test_a_withheld_case_is_explained_too() -> None:
    """It is shown to nobody, and the editor learns by which line."""
    told = run("explain", "cases/gone/", "--on", "2026-01-15", "--lang", "en")
    assert "Not shown." in told
    assert "  the whole case - Consent was withdrawn (2026-01-01) - cases/gone/case.yml:5 consent.withdrawn" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explain", "a-cas"), "did you mean 'a-case'"),
        (("explain", "a-case", "--audience", "sales"), "did you mean 'sales-team'"),
        (("explain", "a-case", "--on", "tomorrow"), "Invalid value for '--on'"),
    ],
)
def test_mistakes_are_answered_in_words(words: tuple[str, ...], told: str) -> None:
    """With the nearest name."""
    assert told in run(*words)


def test_a_case_that_cannot_be_read_is_told_with_its_problems(home: Path) -> None:
    """Not as one that does not exist."""
    (home / "cases/a-case/case.yml").write_text("titel: x\n", encoding="utf-8")
    assert "cases/a-case/case.yml:1:1 unknown-key" in run("explain", "a-case")


def test_check_tells_what_has_ended_and_what_ends_soon() -> None:
    """Up to that day, and in the sixty days after it, in the order of the days."""
    told = run("check", "--on", "2026-01-15", "--lang", "en")
    assert "withheld: gone (withdrawn)\nwithheld in part: 5 parts of 1 case" in told
    assert told.endswith("""\
Gone by 2026-01-15:
  gone: 2026-01-01: the whole case (2026-01-01) - cases/gone/case.yml:5 consent.withdrawn
Will be gone by 2026-03-16:
  a-case: 2026-03-01: the voice of chief (2026-02-28) - cases/a-case/case.yml:7 people.chief.consent.until
  a-case: 2026-03-01: what chief said (2026-02-28) - cases/a-case/case.yml:7 people.chief.consent.until
""")
    assert "Will be gone" not in run("check", "--on", "2025-11-01", "--lang", "en")
    assert "Gone by" not in run("check", "--on", "2025-12-31", "--lang", "en")


def test_the_end_of_the_calendar_is_a_day_like_any_other() -> None:
    """No day is too late to be asked for."""
    assert "Gone by 9999-12-31:" in run("check", "--on", "9999-12-31", "--lang", "en")
