"""Which recordings are to be transcribed, with which settings; what cannot be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NoReturn, TypeAlias

from generator.model.casebook import Casebook
from generator.model.corpus import Case
from generator.sources.audio import MAX_DURATION_S, AudioError, AudioReason, read_audio_facts
from generator.sources.storage import StorageError, is_remote, local_copy
from generator.transcription.engines import engine_settings
from generator.transcription.engines.prompt import case_prompt
from generator.transcription.values import Device, EngineName, EngineSettings, TranscriptionError
from generator.validate import Checked
from generator.validate.nearest import nearest

TRANSCRIPT: Final = "transcript.vtt"
How: TypeAlias = Literal["auto", "channels", "voices", "none"]
"""By what speakers are told apart."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the editor asked for; None is what the case or the machine suggests."""

    engine: EngineName | Literal["auto"] = "auto"
    model: str | None = None
    language: str | None = None
    device: Device = "auto"
    beam_size: int | None = None
    speakers: How = "auto"
    sounds: tuple[str, ...] = ()
    """Addresses or paths of the parts of one case's recording, instead of those in its folder."""


@dataclass(frozen=True, slots=True)
class Task:
    """One recording to be transcribed."""

    slug: str
    target: Path
    """`cases/<slug>/transcript.vtt`, as it is shown."""
    parts: tuple[Path, ...]
    duration_s: float
    settings: EngineSettings
    speakers: How


@dataclass(frozen=True, slots=True)
class Refusal:
    """A case that cannot be transcribed."""

    slug: str
    reason: TranscriptionError


def plan(
    checked: Checked, cases: Path, slugs: Sequence[str], wish: Wish, *, copies: Path
) -> tuple[tuple[Task, ...], tuple[Refusal, ...]]:
    """The recordings of the cases `slugs`; without any, of every case that has a recording and no transcript.

    Recordings in object storage are copied into the folder `copies` once. Reads files. Raises TranscriptionError when
    nothing at all can be done: no usable casebook.yml, no engine, no weights.
    """
    corpus = checked.corpus
    if corpus is None:
        raise TranscriptionError(
            "{folder}/casebook.yml cannot be used - language and vocabulary are not known - run: casebook check",
            folder=cases.as_posix(),
        )
    if wish.sounds and len(slugs) != 1:
        raise TranscriptionError(
            "--audio names the recording of one case - nothing was transcribed - name that case, and only that one"
        )
    known = {case.slug: case for case in corpus.cases}
    wanted = list(dict.fromkeys(slugs)) or [case.slug for case in corpus.cases if _is_waiting(case, cases)]
    tasks: list[Task] = []
    refusals: list[Refusal] = []
    for slug in wanted:
        try:
            case = known.get(slug) or _refuse(slug, cases, known)
            tasks.append(_task(case, corpus.casebook, cases, wish, copies))
        except TranscriptionError as error:
            refusals.append(Refusal(slug, error))
    return tuple(tasks), tuple(refusals)


def _is_waiting(case: Case, cases: Path) -> bool:
    """Whether a case has a recording and no transcript, not even one that cannot be read."""
    return case.recording is not None and not (cases / case.slug / TRANSCRIPT).exists()


def _refuse(slug: str, cases: Path, known: Iterable[str]) -> NoReturn:
    if (cases / slug).is_dir():
        raise TranscriptionError(
            "{folder}: case.yml has errors - language and vocabulary are not known - run: casebook check",
            folder=(cases / slug).as_posix(),
        )
    near = nearest(slug, known)
    if near:
        raise TranscriptionError(
            "{folder} holds no case {slug} - nothing to transcribe - did you mean {near}?",
            folder=cases.as_posix(),
            slug=slug,
            near=near,
        )
    raise TranscriptionError(
        "{folder} holds no case {slug} - nothing to transcribe - begin it with: casebook new {slug}",
        folder=cases.as_posix(),
        slug=slug,
    )


def _task(case: Case, casebook: Casebook, cases: Path, wish: Wish, copies: Path) -> Task:
    folder = cases / case.slug
    parts = tuple(_sound(name, copies) for name in wish.sounds)
    if not parts and case.recording is not None:
        parts = tuple(part.path for part in case.recording.parts)
    if not parts:
        raise TranscriptionError(
            "{folder} has no recording that can be played - nothing to transcribe - put it there as audio.m4a; "
            "casebook check says what is wrong with one that is there",
            folder=folder.as_posix(),
        )
    language = wish.language or case.facts.language or casebook.language
    settings = engine_settings(
        wish.engine,
        wish.model,
        language=language,
        prompt=case_prompt(casebook, case.facts, language),
        beam_size=wish.beam_size,
        device=wish.device,
    )
    return Task(case.slug, folder / TRANSCRIPT, parts, sum(map(_duration_s, parts)), settings, wish.speakers)


def _sound(name: str, copies: Path) -> Path:
    """A part of a recording as a file here."""
    try:
        return local_copy(name, copies) if is_remote(name) else Path(name)
    except StorageError as error:
        raise TranscriptionError(error.message, **error.values) from error


def _duration_s(part: Path) -> float:
    try:
        return read_audio_facts(part).duration_s
    except AudioError as error:
        raise unplayable(error) from error


def unplayable(error: AudioError) -> TranscriptionError:
    """A recording's fault as an editor reads it."""
    file = _shown(error.path)
    match error.reason:
        case AudioReason.LFS_POINTER:
            return TranscriptionError(
                "{file} is not there yet, only Git LFS's note of it - it was not transcribed - run: git lfs pull",
                file=file,
            )
        case AudioReason.EMPTY_FILE | AudioReason.ZERO_LENGTH:
            return TranscriptionError(
                "{file} holds no sound - it was not transcribed - copy it from the recorder again", file=file
            )
        case AudioReason.NO_AUDIO:
            return TranscriptionError(
                "{file} has no sound track - it was not transcribed - export the call again, with its sound", file=file
            )
        case AudioReason.TOO_LONG:
            return TranscriptionError(
                "{file} is longer than {hours} hours - it was not transcribed - cut the interview out of it",
                file=file,
                hours=round(MAX_DURATION_S / 3600),
            )
        case _:
            return TranscriptionError(
                "{file} cannot be played ({reason}) - it was not transcribed - "
                "export the recording anew, as M4A or WAV",
                file=file,
                reason=error.detail or error.reason.value,
            )


def _shown(path: Path) -> str:
    """The path as people at this prompt would write it."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
