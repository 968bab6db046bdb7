"""Programs of the system that the tests need: whether one works, and how it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess

AT_MOST_S = 900


def runs(command: list[str]) -> bool:
    """Whether the command can be started and ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=AT_MOST_S).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_package(name: str) -> None:
    """Install one of the system's packages, where the system is Debian or its like and lets us."""
    apt = shutil.which("apt-get")
    if apt:
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        if runs([*as_root, apt, "update", "-q"]):
            runs([*as_root, apt, "install", "-y", "-q", "--no-install-recommends", name])
