"""The whole folder of cases becomes a `Corpus`, with everything that is wrong in it, found in one run.

Each case is read on its own, on several processes when there are many; what leads from case to case is looked up
afterwards. The outcome does not depend on the number of processes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.model.base import Record
from generator.model.casebook import Casebook, Challenges, Glossary, GuidedPath
from generator.model.corpus import Case, Corpus
from generator.model.deals import Deal
from generator.problems import Code, Problem, Severity, in_order
from generator.processes import spread, without_collector
from generator.sources.git import last_changed
from generator.validate.case import CheckedCase, read_case
from generator.validate.deals import read_deals
from generator.validate.folders import (
    DEALS_FILE,
    MAX_CASES,
    PATHS_FOLDER,
    SHARED_FILES,
    Listing,
    list_folder,
    name_problem,
    read_text,
    unknown_files,
)
from generator.validate.identifiers import hidden_terms, telling_identifiers
from generator.validate.personal_data import personal_data_in_file
from generator.validate.records import Sheet, read_record
from generator.validate.references import References, Vocabulary, check_elsewhere, vocabulary
from generator.validate.rules import cycles

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder, how problems name it, and what lies in it."""

    folder: Path
    shown: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of reading and checking a folder of cases."""

    corpus: Corpus | None
    """Everything that is in order: a file with errors is left out, and a case with it when that file is case.yml. None
    when there is no usable casebook.yml."""
    problems: tuple[Problem, ...] = ()
    """By file, line and column."""

    @property
    def has_errors(self) -> bool:
        """Whether the check fails: warnings and hints do not make it fail."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def load_corpus(cases_dir: Path, *, jobs: int | None = None) -> Checked:
    """Read and check everything under `cases_dir`, on `jobs` processes (as many as there are cores when None).

    Problems name files by the folder as it is given here: a relative one keeps them short, and lets CI services place
    them. Reads files and the git repository around them; never raises on what it finds.
    """
    with _without_collector():
        return _load(cases_dir, jobs)


def _load(cases_dir: Path, jobs: int | None) -> Checked:
    shown = cases_dir.as_posix()
    if not cases_dir.is_dir():
        return Checked(None, (Problem(shown, 1, 1, Code.NO_CASES_FOLDER),))
    listing = list_folder(cases_dir, shown, limit=MAX_CASES)
    place = _Place(cases_dir, shown, listing)
    problems = list(listing.problems)
    problems += unknown_files(listing.files, SHARED_FILES, shown)
    slugs = [name for name in listing.folders if name != PATHS_FOLDER]

    casebook = _sheet(place, "casebook.yml", Casebook, problems)
    challenges = _sheet(place, "challenges.yml", Challenges, problems)
    glossary = _sheet(place, "glossary.yml", Glossary, problems)
    if listing.is_read and "casebook.yml" not in listing.files:
        problems.append(Problem(f"{shown}/casebook.yml", 1, 1, Code.MISSING_CASEBOOK))
    words = vocabulary(
        casebook.record if casebook else None,
        # Without the file there are no challenges; when it cannot be read, nobody knows which there are.
        challenges.record if challenges else Challenges() if "challenges.yml" not in listing.files else None,
        slugs,
    )
    references = References(words)
    if casebook:
        references.check(casebook)
    if challenges:
        references.check(challenges)
    problems += telling_identifiers((casebook, challenges), hidden_terms(None, words.redact))
    deals = _read_deals(place, casebook.record if casebook else None, slugs, problems)
    paths = _read_paths(cases_dir / PATHS_FOLDER, f"{shown}/{PATHS_FOLDER}", listing, references)

    checked = _read_cases(cases_dir, shown, slugs, words, jobs)
    speeches = {case.slug: case.speech for case in checked}
    insight_ids = {case.slug: case.insight_ids for case in checked}
    elsewhere = [*references.elsewhere, *(reference for case in checked for reference in case.elsewhere)]
    problems += references.problems
    problems += (problem for case in checked for problem in case.problems)
    problems += check_elsewhere(elsewhere, speeches, insight_ids)
    problems += _successor_cycles(checked)
    if casebook is None or casebook.record is None:
        return Checked(None, in_order(problems))
    corpus = Corpus(
        casebook=casebook.record,
        deals=deals,
        cases=_newest_first(cases_dir, [case.case for case in checked if case.case]),
        challenges=challenges.record.challenges if challenges and challenges.record else (),
        glossary=glossary.record.terms if glossary and glossary.record else (),
        paths=paths,
    )
    return Checked(corpus, in_order(problems))


def _sheet(place: _Place, name: str, kind: type[R], problems: list[Problem]) -> Sheet[R] | None:
    """A file beside the cases; None when it is not there or cannot be read."""
    if name not in place.listing.files:
        return None
    content = read_text(place.folder / name, f"{place.shown}/{name}")
    if isinstance(content, Problem):
        problems.append(content)
        return None
    sheet = read_record(content, f"{place.shown}/{name}", kind)
    problems += sheet.problems
    problems += personal_data_in_file(content, f"{place.shown}/{name}", getattr(sheet.record, "redact", ()))
    return sheet


def _read_deals(
    place: _Place, casebook: Casebook | None, slugs: Sequence[str], problems: list[Problem]
) -> tuple[Deal, ...]:
    """The closed deals; none when there is no file of them."""
    if DEALS_FILE not in place.listing.files:
        return ()
    content = read_text(place.folder / DEALS_FILE, f"{place.shown}/{DEALS_FILE}")
    if isinstance(content, Problem):
        problems.append(content)
        return ()
    deals, found = read_deals(content, f"{place.shown}/{DEALS_FILE}", casebook, slugs)
    problems += found
    return deals


def _read_cases(
    folder: Path, shown: str, slugs: Sequence[str], words: Vocabulary, jobs: int | None
) -> list[CheckedCase]:
    read = partial(_read_one, folder, shown, words)
    return list(spread(read, slugs, jobs=jobs))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's collector of cycles would walk over all cues again and again, and find nothing: a third of the time.

    What was read is kept out of its sight afterwards too; it holds no cycles, and goes when nobody needs it.
    """
    with without_collector():
        try:
            yield
        finally:
            gc.freeze()


def _read_one(folder: Path, shown: str, words: Vocabulary, slug: str) -> CheckedCase:
    return read_case(folder / slug, f"{shown}/{slug}", words)


def _read_paths(folder: Path, shown: str, cases: Listing, references: References) -> dict[str, GuidedPath]:
    """The guided paths by name; adds what is wrong with them to the problems of `references`."""
    paths: dict[str, GuidedPath] = {}
    listing = list_folder(folder, shown) if PATHS_FOLDER in cases.folders else Listing()
    place = _Place(folder, shown, listing)
    references.problems += listing.problems
    for file_name in listing.files:
        name = Path(file_name).stem
        if Path(file_name).suffix != ".yml":
            references.problems += unknown_files((file_name,), (f"{name}.yml",), shown)
            continue
        if problem := name_problem(name, f"{shown}/{file_name}"):
            references.problems.append(problem)
        sheet = _sheet(place, file_name, GuidedPath, references.problems)
        if sheet:
            references.check(sheet)
            if sheet.record:
                paths[name] = sheet.record
    return paths


def _successor_cycles(checked: Sequence[CheckedCase]) -> Iterator[Problem]:
    """Insights that replace each other in a ring, so that none of them holds."""
    successors = {successor.insight: successor for case in checked for successor in case.successors}
    for cycle in cycles({name: successor.by for name, successor in successors.items()}):
        first = successors[cycle[0]]
        if len(cycle) > 1:  # An insight that names itself is reported as that.
            yield Problem(first.file, *first.mark, Code.REFERENCE_CYCLE, {"chain": " → ".join((*cycle, cycle[0]))})


def _newest_first(folder: Path, cases: Sequence[Case]) -> tuple[Case, ...]:
    days = last_changed(folder, [case.slug for case in cases])
    dated = [replace(case, changed_on=days.get(case.slug)) for case in cases]
    return tuple(sorted(dated, key=lambda case: (-case.facts.dates.interview.toordinal(), case.slug)))
