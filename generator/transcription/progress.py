"""How far a run is: sound heard of all, how many times faster than it was spoken, how long it will still take.

On a terminal one line that is drawn over and over; anywhere else, as in a log, a line when a recording begins.
"""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from generator.pages.clock import clock
from generator.texts import Texts
from generator.transcription.plan import Task

BAR = 24
"""Characters of the bar itself."""
LEAST_HEARD_S = 20.0
"""Of sound: with less, the time that opening the engine took would be taken for its speed."""


class Progress:
    """Tells on standard error, so that what the command reports can go elsewhere."""

    def __init__(self, tasks: Sequence[Task], texts: Texts) -> None:
        self._texts = texts
        self._all_s = sum(task.duration_s for task in tasks)
        self._recordings = len(tasks)
        self._begun = 0
        self._before_s = 0.0
        self._task: Task | None = None
        self._share = 0.0
        self._heard_s = 0.0
        self._started_s = time.monotonic()
        self._drawn = 0

    def begin(self, task: Task) -> None:
        """A recording comes next; the one before is over, heard or not."""
        self._end_task()
        self._begun += 1
        self._task, self._share = task, 0.0
        if not _is_terminal():
            click.echo(self._beginning(task), err=True)
        self._draw()

    def reach(self, share: float, *, was_known: bool = False) -> None:
        """So much of the recording, 0 to 1, is heard. What the cache knew says nothing about the speed."""
        if self._task is None or share <= self._share:
            return  # of several processes, one that began later was done first
        if not was_known:
            self._heard_s += (share - self._share) * self._task.duration_s
        self._share = share
        self._draw()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Room for other lines, in the terminal too."""
        self._wipe()
        yield
        self._draw()

    def end(self) -> None:
        """The run is over, or broken off."""
        self._end_task()
        self._wipe()

    def line(self, columns: int, *, elapsed_s: float) -> str:
        """What a terminal of so many columns shows after so long."""
        done_s = self._before_s + self._share * (self._task.duration_s if self._task else 0.0)
        share = done_s / self._all_s if self._all_s else 1.0
        full = int(share * BAR)
        parts = [f"[{'#' * full}{'-' * (BAR - full)}]", f"{length(done_s)} / {length(self._all_s)}"]
        if self._heard_s >= LEAST_HEARD_S and elapsed_s > 0:
            speed = self._heard_s / elapsed_s
            parts.append(self._texts.gettext("{speed} times as fast as speech").format(speed=f"{speed:.1f}"))
            left_s = (self._all_s - done_s) / speed
            parts.append(self._texts.gettext("{left} left").format(left=length(left_s)))
        if self._task is not None:
            parts.append(self._task.slug)
        return _cut("  ".join(parts), columns)

    def _beginning(self, task: Task) -> str:
        message = self._texts.gettext("{number} of {count}: {slug}, {duration}")
        return message.format(
            number=self._begun, count=self._recordings, slug=task.slug, duration=length(task.duration_s)
        )

    def _end_task(self) -> None:
        if self._task is not None:
            self._before_s += self._task.duration_s
        self._task, self._share = None, 0.0

    def _draw(self) -> None:
        if not _is_terminal():
            return
        columns = shutil.get_terminal_size().columns - 1  # a full line would scroll
        line = self.line(columns, elapsed_s=time.monotonic() - self._started_s)
        width = _width(line)
        click.echo(f"\r{line}{' ' * (self._drawn - width)}", nl=False, err=True)
        self._drawn = width

    def _wipe(self) -> None:
        if self._drawn:
            click.echo(f"\r{' ' * self._drawn}\r", nl=False, err=True)
            self._drawn = 0


def length(seconds: float) -> str:
    """`58:10`: to the nearest second, as one says how long something is."""
    return clock(round(seconds))


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def _width(text: str) -> int:
    """Columns on a terminal: Japanese letters take two (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cut(text: str, columns: int) -> str:
    while _width(text) > columns:
        text = text[:-1]
    return text
