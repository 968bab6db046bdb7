"""Real speech in short windows, and a run over them that a test can kill: `python -m tests.transcription.hearing`."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO

import click
import numpy as np

from generator.sources.sound import decode_part
from generator.transcription.cache import HearingCache
from generator.transcription.engines import engine_settings
from generator.transcription.values import RATE_HZ, EngineSettings, Heard, Samples, Window
from generator.transcription.windows import windows
from generator.transcription.work import OnHeard, hear_with, open_listeners
from generator.transcription.worker import listen
from tests.support.weights import faster_whisper_weights

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cases" / "2025-04-construction-lost" / "audio.m4a"
CLIP = 4 * RATE_HZ


@cache
def settings() -> EngineSettings:
    """The fastest there is: what is heard does not matter, only that it is the same."""
    return engine_settings("faster-whisper", str(faster_whisper_weights()), language="ja", beam_size=1, device="cpu")


@cache
def clips(count: int) -> tuple[Window, ...]:
    """Stretches of a sample's speech, each as a window of its own that is heard in a second or two."""
    sound = np.concatenate(list(decode_part(SAMPLE, RATE_HZ)))
    stretches = [sound[number * CLIP : (number + 1) * CLIP] for number in range(count)]
    return tuple(window for stretch in stretches for window in windows([stretch], all_of_it))


def all_of_it(samples: Samples) -> tuple[tuple[float, float], ...]:
    """Speech from beginning to end."""
    return ((0.0, len(samples) / RATE_HZ),)


def nothing(_: Window, __: Heard) -> None:
    """For those who only want the words."""


def hear(
    windows: Iterable[Window],
    settings: EngineSettings,
    cache: HearingCache,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    on_heard: OnHeard = nothing,
    on_known: OnHeard | None = None,
) -> Iterator[Heard]:
    """The words of each window, heard by listeners of their own."""
    with open_listeners(jobs, scheduler) as listeners:
        for _, heard in hear_with(listeners, windows, settings, cache=cache, on_heard=on_heard, on_known=on_known):
            yield heard


def words(count: int) -> list[Heard]:
    """What is heard in the clips here, one after another, without anything between engine and test."""
    return [_words_of(number) for number in range(count)]


@cache
def _words_of(number: int) -> Heard:
    return listen(settings(), clips(number + 1)[number].samples)


def start(count: int, jobs: int, place: Path) -> subprocess.Popen[str]:
    """The same run in a process of its own; each event is a line of its output."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "tests.transcription.hearing", str(count), str(jobs), str(place)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """Its output as it comes."""
    output: IO[str] | None = process.stdout
    assert output is not None
    for line in output:
        yield line.strip()


def run(count: int, jobs: int, place: Path) -> None:
    """Tell what is drawn, known and heard, and at the end how often each window was sent to be heard."""
    names = {window.digest: number for number, window in enumerate(clips(count))}
    settings()

    def drawn() -> Iterator[Window]:
        for number, window in enumerate(clips(count)):
            click.echo(f"drawn {number}")
            yield window

    def heard(window: Window, _: Heard) -> None:
        children = [child.pid for child in multiprocessing.active_children()]
        click.echo(f"heard {names[window.digest]} {' '.join(map(str, children))}")

    def known(window: Window, _: Heard) -> None:
        click.echo(f"known {names[window.digest]}")

    click.echo(f"ready {os.getpid()}")
    cache = HearingCache(place)
    try:
        list(hear(drawn(), settings(), cache, jobs=jobs, on_heard=heard, on_known=known))
    except KeyboardInterrupt:
        click.echo("stopped")
        sys.exit(130)
    click.echo("done")


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
