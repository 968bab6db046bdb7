"""`casebook transcribe`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from generator.cli.shared import cases_option, config_option, kept_between_builds, places

if TYPE_CHECKING:
    from generator.transcription.plan import How
    from generator.transcription.values import Device, EngineName


@click.command()
@click.argument("slugs", metavar="[CASE]...", nargs=-1)
@cases_option
@config_option
@click.option(
    "--engine",
    type=click.Choice(["auto", "faster-whisper", "openai-whisper"]),
    default="auto",
    show_default=True,
    help="What listens; auto is the fastest that is installed.",
)
@click.option("--model", metavar="NAME|PATH", help="Weights: a name in CASEBOOK_MODELS, or a folder or file.")
@click.option("--language", metavar="CODE", help="Language spoken, such as ja. [default: of the case]")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True)
@click.option("--beam", type=click.IntRange(1, 20), help="Beams of the search: more is slower and often better.")
@click.option(
    "--speakers",
    type=click.Choice(["auto", "channels", "voices", "none"]),
    default="auto",
    show_default=True,
    help="By what speakers are told apart.",
)
@click.option("--audio", "sounds", multiple=True, metavar="URL|PATH", help="Recording of one case, part by part.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes on this machine.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers listen, such as tcp://gpu-box:8786.")
@click.option("--cache", metavar="URL|PATH", help="Where results are kept. [default: below `cache` of mkdocs.yml]")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the messages. [default: as in mkdocs.yml]")
def transcribe(  # noqa: PLR0913, PLR0917 - click hands over one parameter an option, by name
    slugs: tuple[str, ...],
    cases: Path | None,
    config_file: Path,
    engine: EngineName | Literal["auto"],
    model: str | None,
    language: str | None,
    device: Device,
    beam: int | None,
    speakers: How,
    sounds: tuple[str, ...],
    jobs: int,
    scheduler: str | None,
    cache: str | None,
    dry_run: bool,
    lang: str | None,
) -> None:
    """Turn recordings into transcripts to be checked by ear.

    Without CASE, every case with a recording and no transcript. A case that has one keeps the lines that were corrected
    by hand or are cited. Interrupted, the same command goes on where it was.
    """
    from generator.texts import load_texts
    from generator.transcription.plan import Wish, plan
    from generator.transcription.progress import Progress
    from generator.transcription.telling import Teller
    from generator.transcription.transcribe import Way, prospects, transcribe_all
    from generator.transcription.values import TranscriptionError
    from generator.validate import load_corpus

    folder, site_language = places(cases, config_file)
    kept = kept_between_builds(config_file)
    texts = load_texts(lang or site_language)
    teller = Teller(texts)
    wish = Wish(engine, model, language, device, beam, speakers, sounds)
    way = Way(cache or str(kept / "hearing"), jobs, scheduler)
    failed = 0
    try:
        tasks, refusals = plan(load_corpus(folder), folder, slugs, wish, copies=kept / "recordings")
        for refusal in refusals:
            click.echo(teller.refusal(refusal), err=True)
        failed = len(refusals)
        if not tasks and not refusals:
            click.echo(teller.nothing_to_do())
        if dry_run:
            for prospect in prospects(tasks, folder, way):
                failed += prospect.error is not None
                _echo(teller.prospect(prospect), err=prospect.error is not None)
        else:
            progress = Progress(tasks, texts)
            try:
                for outcome in transcribe_all(tasks, folder, way, progress):
                    failed += outcome.error is not None
                    with progress.aside():
                        _echo(teller.outcome(outcome), err=outcome.error is not None)
            finally:
                progress.end()
            if len(tasks) + len(refusals) > 1:
                click.echo(teller.summary(len(tasks) + len(refusals), failed))
    except TranscriptionError as error:
        click.echo(teller.error(error), err=True)
        failed += 1
    sys.exit(1 if failed else 0)


def _echo(lines: Iterable[str], *, err: bool = False) -> None:
    for line in lines:
        click.echo(line, err=err)
