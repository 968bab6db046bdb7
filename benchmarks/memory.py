"""Memory of a process and of all that it starts, while it runs. Linux only: it reads /proc."""

from __future__ import annotations

import threading
import time
from pathlib import Path

EVERY_S = 0.05


def memory_mb(process_id: int) -> float:
    """Memory of the process and its descendants in megabytes; what several of them share counts once."""
    return sum(_proportional_kb(each) for each in _tree(process_id)) / 1024


class PeakMemory(threading.Thread):
    """Samples the memory of a process tree until it is told to stop."""

    def __init__(self, process_id: int) -> None:
        """Begin to look at the process."""
        super().__init__(daemon=True)
        self._process_id = process_id
        self._over = threading.Event()
        self.start_mb = memory_mb(process_id)
        """When it was first looked at."""
        self.peak_mb = self.start_mb
        self.start()

    def run(self) -> None:
        """Look again and again."""
        while not self._over.is_set():
            self.peak_mb = max(self.peak_mb, memory_mb(self._process_id))
            time.sleep(EVERY_S)

    def stop(self) -> float:
        """The most that was seen, in megabytes."""
        self._over.set()
        self.join()
        return self.peak_mb


def _tree(process_id: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process_id}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [process_id, *(each for child in children for each in _tree(child))]


def _proportional_kb(process_id: int) -> int:
    try:
        told = Path(f"/proc/{process_id}/smaps_rollup").read_text()
    except OSError:
        return 0  # it has ended
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
