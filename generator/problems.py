"""Everything that can be wrong with what an editor wrote: one code each, and a value that says where it was found.

The wording of a code, in Japanese and English, is in the catalogues `generator/texts/<language>/problems.po`, four
texts each: `Code.<code>.title`, `.what` (is wrong), `.follows` (from it), `.write` (instead). `generator.report` puts
them together; `docs/reference/problems.md` is made from this enum and those texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """The check fails with exit status 1, and no site is built until it is put right."""
    WARNING = "warning"
    """The site is built, but something does not appear on it or contradicts itself."""
    HINT = "hint"
    """Nothing is lost; the knowledge base would be better for it."""


class Code(StrEnum):
    """What can be wrong. The value is what an editor reads and looks up."""

    # Files
    NO_CASES_FOLDER = "no-cases-folder"
    MISSING_CASEBOOK = "missing-casebook"
    MISSING_CASE_FILE = "missing-case-file"
    BAD_FOLDER_NAME = "bad-folder-name"
    RESERVED_FOLDER_NAME = "reserved-folder-name"
    UNKNOWN_FILE = "unknown-file"
    UNREADABLE_FILE = "unreadable-file"
    PATH_OUTSIDE = "path-outside"
    NAMES_COLLIDE = "names-collide"
    INVISIBLE_IN_NAME = "invisible-in-name"
    SYSTEM_NAME = "system-name"
    TOO_MANY_FILES = "too-many-files"
    FILE_TOO_LARGE = "file-too-large"
    NOT_UTF_8 = "not-utf-8"
    LFS_POINTER = "lfs-pointer"

    # YAML
    YAML_SYNTAX = "yaml-syntax"
    YAML_TAB = "yaml-tab"
    YAML_COLON = "yaml-colon"
    YAML_FULL_WIDTH = "yaml-full-width"
    YAML_SPECIAL_START = "yaml-special-start"
    YAML_UNCLOSED = "yaml-unclosed"
    YAML_INDENT = "yaml-indent"
    YAML_ANCHOR = "yaml-anchor"
    YAML_TAG = "yaml-tag"
    YAML_MERGE = "yaml-merge"
    YAML_SEVERAL = "yaml-several"
    YAML_TOO_DEEP = "yaml-too-deep"
    YAML_TOO_MANY = "yaml-too-many"
    YAML_ODD_KEY = "yaml-odd-key"
    CONTROL_CHARACTER = "control-character"
    DUPLICATE_KEY = "duplicate-key"
    NOT_A_MAPPING = "not-a-mapping"

    # CSV
    CSV_ENCODING = "csv-encoding"
    CSV_QUOTES = "csv-quotes"
    CSV_CELLS = "csv-cells"
    MISSING_COLUMN = "missing-column"
    DUPLICATE_COLUMN = "duplicate-column"
    UNKNOWN_COLUMN = "unknown-column"

    # Keys and values
    MISSING_KEY = "missing-key"
    UNKNOWN_KEY = "unknown-key"
    EMPTY_VALUE = "empty-value"
    UNKNOWN_WORD = "unknown-word"
    TEXT_EXPECTED = "text-expected"
    NUMBER_EXPECTED = "number-expected"
    WHOLE_NUMBER_EXPECTED = "whole-number-expected"
    TRUTH_EXPECTED = "truth-expected"
    LIST_EXPECTED = "list-expected"
    MAPPING_EXPECTED = "mapping-expected"
    BAD_DATE = "bad-date"
    OUT_OF_RANGE = "out-of-range"
    NUMBER_TOO_LARGE = "number-too-large"
    BAD_SLUG = "bad-slug"
    TEXT_TOO_LONG = "text-too-long"
    BAD_CUE_RANGE = "bad-cue-range"
    BAD_INSIGHT_REFERENCE = "bad-insight-reference"
    TOO_FEW_ITEMS = "too-few-items"
    TOO_MANY_ITEMS = "too-many-items"
    BAD_VALUE = "bad-value"

    # What refers to what
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_TERM = "unknown-term"
    UNKNOWN_NEED = "unknown-need"
    UNKNOWN_NOTE = "unknown-note"
    UNKNOWN_CASE = "unknown-case"
    UNKNOWN_INSIGHT = "unknown-insight"
    UNKNOWN_VOICE = "unknown-voice"
    SELF_REFERENCE = "self-reference"
    REFERENCE_CYCLE = "reference-cycle"
    SUCCESSOR_MISSING = "successor-missing"
    SUCCESSOR_UNEXPECTED = "successor-unexpected"

    # What must not be seen
    REDACTED_IN_ADDRESS = "redacted-in-address"
    NAME_IN_ALIAS = "name-in-alias"
    PERSONAL_DATA = "personal-data"

    # Evidence
    NO_TRANSCRIPT = "no-transcript"
    UNKNOWN_CUE = "unknown-cue"
    CUE_RANGE_BACKWARDS = "cue-range-backwards"
    QUOTE_NOT_FOUND = "quote-not-found"
    QUOTE_ELSEWHERE = "quote-elsewhere"

    # Notes
    PARAGRAPH_TOO_LONG = "paragraph-too-long"
    MARKDOWN_TOO_DEEP = "markdown-too-deep"

    # Transcript
    VTT_SIGNATURE = "vtt-signature"
    TRANSCRIPT_EMPTY = "transcript-empty"
    TOO_MANY_CUES = "too-many-cues"
    CUE_TOO_LONG = "cue-too-long"
    CUE_WITHOUT_ID = "cue-without-id"
    DUPLICATE_CUE_ID = "duplicate-cue-id"
    BAD_CUE_ID = "bad-cue-id"
    CUE_ID_TAKEN = "cue-id-taken"
    BAD_TIMINGS = "bad-timings"
    CUE_ENDS_BEFORE_START = "cue-ends-before-start"
    CUE_OUT_OF_ORDER = "cue-out-of-order"
    CUE_BEYOND_AUDIO = "cue-beyond-audio"
    VTT_LOST_TEXT = "vtt-lost-text"
    VTT_MARKUP = "vtt-markup"
    MOJIBAKE = "mojibake"
    EMPTY_CUE = "empty-cue"
    CUE_WITHOUT_VOICE = "cue-without-voice"
    VERIFY_BY_EAR = "verify-by-ear"
    VOICE_UNCONFIRMED = "voice-unconfirmed"

    # Recording
    AUDIO_EMPTY = "audio-empty"
    AUDIO_UNREADABLE = "audio-unreadable"
    AUDIO_NO_SOUND_TRACK = "audio-no-sound-track"
    AUDIO_ZERO_LENGTH = "audio-zero-length"
    AUDIO_TOO_LONG = "audio-too-long"
    AUDIO_PART_MISSING = "audio-part-missing"
    AUDIO_WITHOUT_TRANSCRIPT = "audio-without-transcript"

    # What a case should have
    CONSENT_MISSING = "consent-missing"
    CONSENT_WITHOUT_VOICE = "consent-without-voice"
    COPY_NOT_ALLOWED = "copy-not-allowed"
    DECISION_AFTER_INTERVIEW = "decision-after-interview"
    ACTION_WITHOUT_OUTCOME = "action-without-outcome"

    @property
    def severity(self) -> Severity:
        """How much it matters: the same for every place where it is found."""
        if self in _WARNINGS:
            return Severity.WARNING
        return Severity.HINT if self in _HINTS else Severity.ERROR


_WARNINGS = frozenset(
    (
        Code.INVISIBLE_IN_NAME,
        Code.SYSTEM_NAME,
        Code.CONSENT_MISSING,
        Code.PERSONAL_DATA,
        Code.COPY_NOT_ALLOWED,
        Code.DECISION_AFTER_INTERVIEW,
        Code.CUE_OUT_OF_ORDER,
        Code.VTT_LOST_TEXT,
        Code.MOJIBAKE,
        Code.EMPTY_CUE,
    )
)
_HINTS = frozenset(
    (
        Code.UNKNOWN_FILE,
        Code.UNKNOWN_COLUMN,
        Code.VTT_MARKUP,
        Code.CUE_WITHOUT_VOICE,
        Code.VERIFY_BY_EAR,
        Code.VOICE_UNCONFIRMED,
        Code.AUDIO_WITHOUT_TRANSCRIPT,
        Code.ACTION_WITHOUT_OUTCOME,
    )
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at its place."""

    file: str
    """Path with slashes, as the folder of cases was named: `cases/2025-07-rugged-laptop/insights.yml`."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    code: Code
    """`Code.UNKNOWN_KEY`"""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the texts of the code name, in the editor's own words: `{"key": "titel", "nearest": "title"}`."""

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.code.severity


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, line and column, and each only once."""
    ordered = sorted(
        problems,
        key=lambda problem: (problem.file, problem.line, problem.column, problem.code, sorted(problem.values.items())),
    )
    return tuple(problem for place, problem in enumerate(ordered) if place == 0 or problem != ordered[place - 1])
