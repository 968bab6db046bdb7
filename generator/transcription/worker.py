"""What runs in a process that listens for another one. The engine is opened once, and stays for the windows to come."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

from generator.transcription.engines import opened
from generator.transcription.values import EngineSettings, Heard, Samples


def begin() -> None:
    """Make this process end when it should: by its parent's word, or with its parent, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes; the parent tells what follows
    threading.Thread(target=_end_with_parent, daemon=True).start()


def listen(settings: EngineSettings, samples: Samples, threads: int | None = None) -> Heard:
    """What the engine of `settings` hears in one window, on `threads` cores or all of them.

    Raises TranscriptionError when it cannot be opened, and whatever the engine's library raises.
    """
    return opened(settings, threads=threads).hear(samples)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to take what this process hears
