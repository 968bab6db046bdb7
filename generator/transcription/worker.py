"""What runs in a process that listens for another one. The engine is opened once, and stays for the windows to come."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import numpy as np

from generator.processes import end_with_parent
from generator.transcription.engines import opened
from generator.transcription.values import EngineSettings, Heard, Samples


def begin() -> None:
    """Make this process end when it should: by its parent's word, or with its parent, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes; the parent tells what follows
    end_with_parent()
    with suppress(ImportError):
        # The engines' progress bars share a lock among processes, which would be left behind when this one is ended.
        import_module("tqdm").tqdm.set_lock(threading.RLock())


def listen_to_file(settings: EngineSettings, file: Path, threads: int | None = None) -> Heard:
    """The same as `listen` for samples in a .npy file, which is removed. Reads and removes the file."""
    samples: Samples = np.load(file, allow_pickle=False)
    file.unlink(missing_ok=True)
    return listen(settings, samples, threads)


def listen(settings: EngineSettings, samples: Samples, threads: int | None = None) -> Heard:
    """What the engine of `settings` hears in one window, on `threads` cores or all of them.

    Raises TranscriptionError when it cannot be opened, and whatever the engine's library raises.
    """
    return opened(settings, threads=threads).hear(samples)
