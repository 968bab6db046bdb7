"""One case folder becomes a `Case`, with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from generator.model.base import Record
from generator.model.case import CaseFile
from generator.model.corpus import Case, Recording
from generator.model.insight import Insights
from generator.model.journey import Journey
from generator.model.review import Review
from generator.model.value_map import ValueMap
from generator.problems import Code, Problem
from generator.sources.markdown import read_markdown
from generator.sources.places import Mark
from generator.validate.folders import (
    ATTACHMENTS_FOLDER,
    CASE_FILES,
    Listing,
    case_name_problem,
    list_folder,
    read_text,
    unknown_files,
)
from generator.validate.identifiers import hidden_terms, says, telling_alias, telling_cues, telling_identifiers
from generator.validate.leaving import leaving, marked_against_consent
from generator.validate.personal_data import personal_data_in_file, personal_data_in_talk
from generator.validate.recording import is_recording, read_recording
from generator.validate.records import Sheet, read_record, record_of, top_value
from generator.validate.references import OtherCase, References, Speech, Vocabulary
from generator.validate.rules import case_rules, insight_rules, review_rules
from generator.validate.transcript import beyond_the_sound, read_transcript

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Successor:
    """An insight that names the one that replaced it."""

    insight: str
    """`2025-07-rugged-laptop#i1`"""
    by: str
    file: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class CheckedCase:
    """What came of a case folder."""

    slug: str
    case: Case | None
    """None when case.yml is wrong; of the other files, those that are wrong are left out."""
    problems: tuple[Problem, ...]
    elsewhere: tuple[OtherCase, ...]
    """References into other cases, still to be looked up."""
    insight_ids: tuple[str, ...] | None
    """Also of an insights.yml with errors, for those who refer to it are not to blame; None when it cannot be read."""
    successors: tuple[Successor, ...]
    speech: Speech


def read_case(folder: Path, shown: str, words: Vocabulary) -> CheckedCase:
    """Read and check a case folder, `shown` as problems name it. Reads files; never raises on content."""
    slug = folder.name
    listing = list_folder(folder, shown)
    problems = [*listing.problems, *filter(None, [case_name_problem(slug, shown)])]
    if not listing.is_read:
        return CheckedCase(slug, None, tuple(problems), (), None, (), Speech(is_broken=True))
    texts = _texts(folder, shown, listing, problems)

    def sheet(name: str, record: type[R]) -> Sheet[R] | None:
        return read_record(texts[name], f"{shown}/{name}", record) if name in texts else None

    facts, insights = sheet("case.yml", CaseFile), sheet("insights.yml", Insights)
    review, value_map, journey = (
        sheet("review.yml", Review),
        sheet("value-map.yml", ValueMap),
        sheet("journey.yml", Journey),
    )
    sound = read_recording(folder, shown, listing.files, facts)
    speech = _speech(texts, shown, listing, sound.recording, problems)
    notes = read_markdown(texts.get("notes.md", b""))
    if notes.flaw:
        problems.append(Problem(f"{shown}/notes.md", *notes.flaw.mark, notes.flaw.code, notes.flaw.values))

    references = References(words, slug, speech)
    for read in (facts, review, insights, value_map, journey):
        if read:
            problems += read.problems
            references.check(read)
    problems += [
        *sound.problems,
        *references.problems,
        *_rules(facts, insights, review),
        *_copying((facts, insights, value_map, journey), facts, speech),
        *_strays(listing, shown, facts),
        *_telling(slug, shown, (facts, review, insights, value_map, journey), speech, words.redact),
        *_personal_data(texts, shown, facts, speech, words.redact),
    ]
    if "case.yml" not in listing.files:
        problems.append(Problem(f"{shown}/case.yml", 1, 1, Code.MISSING_CASE_FILE))
    ids, successors = _insight_identities(slug, insights)
    if "insights.yml" in listing.files and (insights is None or insights.document.data is None):
        ids = None
    case = None
    if facts and facts.record:
        claims = record_of(insights)
        case = Case(
            slug=slug,
            facts=facts.record,
            transcript=speech.transcript,
            review=record_of(review),
            insights=claims.insights if claims else (),
            value_map=record_of(value_map),
            journey=record_of(journey),
            recording=sound.recording,
            notes_markdown=notes.text,
        )
    return CheckedCase(slug, case, tuple(problems), tuple(references.elsewhere), ids, successors, speech)


def _texts(folder: Path, shown: str, listing: Listing, problems: list[Problem]) -> dict[str, bytes]:
    """The text files of the case by name; adds what cannot be read to `problems`."""
    texts: dict[str, bytes] = {}
    for name in CASE_FILES:
        if name in listing.files:
            content = read_text(folder / name, f"{shown}/{name}")
            if isinstance(content, Problem):
                problems.append(content)
            else:
                texts[name] = content
    return texts


def _speech(
    texts: Mapping[str, bytes], shown: str, listing: Listing, recording: Recording | None, problems: list[Problem]
) -> Speech:
    """What was said, held against the recording's length; adds what is wrong with it to `problems`."""
    file = f"{shown}/transcript.vtt"
    if "transcript.vtt" not in listing.files:
        if recording:
            problems.append(Problem(f"{shown}/{recording.parts[0].path.name}", 1, 1, Code.AUDIO_WITHOUT_TRANSCRIPT))
        return Speech()
    if "transcript.vtt" not in texts:
        return Speech(is_broken=True)
    read = read_transcript(texts["transcript.vtt"], file)
    problems += read.problems
    if read.transcript and recording:
        problems += beyond_the_sound(read.transcript.cues, file, recording.duration_s)
    return Speech(read.transcript, is_broken=read.transcript is None)


def _rules(
    facts: Sheet[CaseFile] | None, insights: Sheet[Insights] | None, review: Sheet[Review] | None
) -> Iterator[Problem]:
    if facts:
        yield from case_rules(facts)
    if insights:
        yield from insight_rules(insights)
    if review:
        yield from review_rules(review)


def _copying(sheets: Iterable[Sheet[Any] | None], facts: Sheet[CaseFile] | None, speech: Speech) -> Iterator[Problem]:
    """Words that are marked as free for use outside, and are not; told when it is known what may leave."""
    if facts and facts.record and speech.transcript:
        allowed = leaving(facts.record, speech.transcript)
        for sheet in filter(None, sheets):
            yield from marked_against_consent(sheet, allowed)


def _telling(
    slug: str, shown: str, sheets: tuple[Sheet[Any] | None, ...], speech: Speech, redact: tuple[str, ...]
) -> Iterator[Problem]:
    """Identifiers and an alias that say what is to be hidden."""
    facts: Sheet[CaseFile] | None = sheets[0]
    terms = hidden_terms(record_of(facts), redact)
    if says(slug, terms):
        yield Problem(shown, 1, 1, Code.REDACTED_IN_ADDRESS, {"written": slug})
    yield from telling_identifiers(sheets, terms)
    yield from telling_cues(speech.transcript, f"{shown}/transcript.vtt", terms)
    if facts:
        yield from telling_alias(facts)


def _personal_data(
    texts: Mapping[str, bytes], shown: str, facts: Sheet[CaseFile] | None, speech: Speech, redact: tuple[str, ...]
) -> Iterator[Problem]:
    """Likely personal data in the texts of a case that nobody listed."""
    record = record_of(facts)
    hidden = (*redact, *(record.redact if record else ()))
    for name, content in texts.items():
        if name != "transcript.vtt":
            yield from personal_data_in_file(content, f"{shown}/{name}", hidden)
        elif speech.transcript:
            yield from personal_data_in_talk(speech.transcript, content, f"{shown}/{name}", hidden)


def _strays(listing: Listing, shown: str, facts: Sheet[CaseFile] | None) -> Iterator[Problem]:
    """Files and folders that nothing reads, other than the recording's parts that case.yml names."""
    parts = top_value(facts, "recording")
    listed = [part.strip() for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    files = [name for name in listing.files if name not in listed and not is_recording(name)]
    folders = [name for name in listing.folders if not any(part.startswith(f"{name}/") for part in listed)]
    yield from unknown_files(files, CASE_FILES, shown)
    yield from unknown_files(folders, (ATTACHMENTS_FOLDER,), shown)


def _insight_identities(
    slug: str, sheet: Sheet[Insights] | None
) -> tuple[tuple[str, ...] | None, tuple[Successor, ...]]:
    """The insights' identifiers, and which of them name a successor."""
    listed = top_value(sheet, "insights")
    ids: list[str] = []
    successors: list[Successor] = []
    for position, insight in enumerate(listed if isinstance(listed, list) else ()):
        own_id = insight.get("id") if isinstance(insight, dict) else None
        if sheet is None or not isinstance(own_id, str):
            continue
        ids.append(own_id)
        by = insight.get("superseded_by")
        if isinstance(by, str):
            mark = sheet.document.value_mark(("insights", position, "superseded_by"))
            successors.append(Successor(f"{slug}#{own_id}", by.strip(), sheet.file, mark))
    return tuple(ids), tuple(successors)
