"""An editor sees how far a run is, and how long it will still take."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from generator.texts import load_texts
from generator.transcription.plan import Task
from generator.transcription.progress import Progress, length
from generator.transcription.values import EngineSettings

ROOT = Path(__file__).parents[2]
SETTINGS = EngineSettings("faster-whisper", "/models/base", "d01c3014", "ja")
RUN = """
from tests.transcription.test_progress import run_in_japanese
run_in_japanese()
"""


def task(slug: str, duration_s: float) -> Task:
    """A recording to be heard."""
    return Task(slug, Path("cases") / slug / "transcript.vtt", (), duration_s, SETTINGS, "auto")


def run_in_japanese() -> None:
    """Two recordings, the second with a name that is wider than the terminal."""
    tasks = [task("2025-04-construction-lost", 100.0), task("訪問記録" * 30, 100.0)]
    progress = Progress(tasks, load_texts("ja"))
    progress.begin(tasks[0])
    progress.reach(0.5)
    with progress.aside():
        sys.stdout.write("aside\n")
        sys.stdout.flush()
    progress.begin(tasks[1])
    progress.reach(1.0)
    progress.end()


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (3490, "58:10"), (3723, "1:02:03")])
def test_times_read_as_on_a_recorder(seconds: float, shown: str) -> None:
    """Minutes and seconds, hours only where there are some."""
    assert length(seconds) == shown


def test_speed_and_time_left_come_from_what_was_heard() -> None:
    """Over all recordings; what the cache knew counts as done, but says nothing about the speed."""
    tasks = [task("first", 600.0), task("second", 600.0)]
    progress = Progress(tasks, load_texts("en"))
    progress.begin(tasks[0])
    progress.reach(0.5, was_known=True)
    assert progress.line(200, elapsed_s=1.0) == "[######------------------]  5:00 / 20:00  first"
    progress.reach(1.0)
    progress.begin(tasks[1])
    progress.reach(0.25)
    line = progress.line(200, elapsed_s=90.0)
    assert line == "[###############---------]  12:30 / 20:00  5.0 times as fast as speech  1:30 left  second"


def test_progress_never_goes_back() -> None:
    """Of several processes one may be done with a later window first."""
    one = task("first", 600.0)
    progress = Progress([one], load_texts("en"))
    progress.begin(one)
    progress.reach(0.5)
    before = progress.line(200, elapsed_s=10.0)
    progress.reach(0.25)
    assert progress.line(200, elapsed_s=10.0) == before


def test_a_recording_that_failed_is_over() -> None:
    """The time left is that of the recordings to come."""
    tasks = [task("broken", 600.0), task("second", 600.0)]
    progress = Progress(tasks, load_texts("en"))
    progress.begin(tasks[0])
    progress.begin(tasks[1])
    assert "10:00 / 20:00" in progress.line(200, elapsed_s=1.0)


@pytest.mark.parametrize("columns", [0, 10, 40, 79])
def test_a_line_fits_its_terminal(columns: int) -> None:
    """Japanese letters take two columns; a line that is too long would scroll at every step."""
    one = task("訪問記録" * 20, 600.0)
    progress = Progress([one], load_texts("ja"))
    progress.begin(one)
    progress.reach(0.5)
    line = progress.line(columns, elapsed_s=10.0)
    assert len(line) + sum(letter > "\u2fff" for letter in line) <= columns


def test_a_log_gets_a_line_a_recording() -> None:
    """Without a terminal nothing is drawn over."""
    run = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "aside\n"
    first, second = run.stderr.splitlines()
    assert first == "1/2 2025-04-construction-lost（1:40）"
    assert second.startswith("2/2 訪問記録")


def test_a_terminal_shows_one_line_that_is_wiped_at_the_end() -> None:
    """What the command reports stands on lines of its own, and nothing of the bar stays."""
    master, terminal = pty.openpty()
    environment = {**os.environ, "COLUMNS": "60"}
    process = subprocess.Popen(
        [sys.executable, "-c", RUN], cwd=ROOT, stdout=terminal, stderr=terminal, env=environment, close_fds=True
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            shown += os.read(master, 1024)
        except OSError:  # how Linux says that the other end is closed
            break
    os.close(master)
    assert process.wait() == 0
    rows = shown.decode().replace("\r\n", "\n").split("\n")
    assert [row.split("\r")[-1].rstrip() for row in rows] == ["aside", ""]
    assert "[############------------]" in rows[1]
    assert rows[1].split("\r")[-2].strip() == ""
