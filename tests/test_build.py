"""From a folder of cases to pages, without a site generator."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.build import (
    NotBuildableError,
    ProblemsFoundError,
    build_day,
    forget_sounds,
    make_pages,
    read_cases,
    unknown_word,
    write_sounds,
)
from generator.texts import load_texts
from tests.support.small_casebook import write_casebook

DAY = dt.date(2026, 1, 15)


def test_sounds_lie_beside_their_pages(tmp_path: Path) -> None:
    """A case's recording is at `cases/<slug>/audio.m4a`, and its page knows how long it is."""
    reading = read_cases(write_casebook(tmp_path / "cases"), language="ja", on=DAY)
    sounds = write_sounds(reading.public, tmp_path / "site", tmp_path / "cache")
    assert [sound.address for sound in sounds.values()] == ["cases/a-case/audio.m4a"]
    assert (tmp_path / "site" / "cases/a-case/audio.m4a").stat().st_size > 0
    assert sounds["a-case"].duration_s == pytest.approx(2.0, abs=0.1)


def test_same_cases_give_the_same_pages(tmp_path: Path) -> None:
    """Nothing of the clock or the machine gets into a page."""
    cases = write_casebook(tmp_path / "cases", a_case="", b_case="")
    sites = tmp_path / "first", tmp_path / "second"
    made = [
        list(make_pages(read_cases(cases, language="ja", on=DAY).public, {}, load_texts("ja"), site)) for site in sites
    ]
    assert made[0] == made[1]
    exported = [{path.name: path.read_bytes() for path in (site / "data").iterdir()} for site in sites]
    assert exported[0] == exported[1]
    assert {"casebook.json", "lines.csv"} <= set(exported[0])
    assert {"cases/a-case/", "cases/b-case/"} <= {page.address for page in made[0]}


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """An editor sees every mistake of every file in one run, each at its place."""
    cases = write_casebook(tmp_path / "cases", a_case="titel: x\n", b_case="tags: [nope]\n")
    with pytest.raises(ProblemsFoundError) as caught:
        read_cases(cases, language="en", on=DAY)
    text = str(caught.value)
    assert "a-case/case.yml:6:1 unknown-key" in text
    assert "b-case/case.yml:6:8 unknown-term" in text


def test_unknown_audience_names_the_nearest(tmp_path: Path) -> None:
    """A site for an audience that does not exist would be a site for everybody: it is not built."""
    cases = write_casebook(tmp_path / "cases")
    with pytest.raises(NotBuildableError, match="did you mean 'sales-team'"):
        read_cases(cases, language="ja", audience="sales-taem", on=DAY)


def test_day_decides_what_is_shown(tmp_path: Path) -> None:
    """Consent that has ended withholds the case, and the editor is told so."""
    ended = "consent: {recorded: true, given_by: x, given_on: 2025-07-18, until: 2025-12-31}"
    cases = write_casebook(tmp_path / "cases", a_case="", b_case="")
    case = cases / "b-case/case.yml"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace(text[text.index("consent:") :], ended), encoding="utf-8")
    reading = read_cases(cases, language="ja", on=DAY)
    assert [case.slug for case in reading.public.cases] == ["a-case"]
    assert [(item.slug, item.reason.value) for item in reading.withheld] == [("b-case", "expired")]
    assert len(read_cases(cases, language="ja", on=dt.date(2025, 12, 31)).public.cases) == 2


def test_source_date_epoch_sets_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build can be made again as of an earlier day, by the variable that reproducible builds use."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768435200")
    assert build_day() == dt.date(2026, 1, 15)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(build_day() - dt.date.today()) <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("word", "known", "told"),
    [
        ("seach", ["search", "cases"], "no 'seach' - did you mean 'search'?"),
        ("zzz", ["search", "cases"], "no 'zzz' - known are: search, cases"),
        ("zzz", [], "no 'zzz' - it names none"),
    ],
)
def test_wrong_words_are_answered_with_right_ones(word: str, known: list[str], told: str) -> None:
    """Whoever mistypes sees what to type."""
    assert unknown_word(f"no {word!r}", word, known) == told


def test_the_cache_forgets_what_no_audience_may_hear(tmp_path: Path) -> None:
    """Sound for another audience stays between builds; a withdrawn voice does not."""
    limited = "consent: {recorded: true, given_by: x, given_on: 2025-07-18, listen: [sales-team]"
    cases = write_casebook(tmp_path / "cases")
    case = cases / "a-case/case.yml"
    facts = case.read_text(encoding="utf-8").partition("consent:")[0]

    def build(consent: str, audience: str | None) -> int:
        case.write_text(f"{facts}{consent}}}\n", encoding="utf-8")
        reading = read_cases(cases, language="ja", audience=audience, on=DAY)
        write_sounds(reading.public, tmp_path / "site", tmp_path / "cache")
        assert forget_sounds(reading, tmp_path / "cache") == ()
        return len(list((tmp_path / "cache").rglob("*.m4a")))

    assert build(limited, "sales-team") == 1
    assert build(limited, None) == 1
    assert build(f"{limited}, withdrawn: 2026-01-15", None) == 0
