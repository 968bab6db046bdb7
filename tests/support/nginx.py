"""nginx for the tests of deploy/: the one that is there, or one that gets installed. Run as a module, it installs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.programs import install_package

DEPLOY = Path(__file__).parents[2] / "deploy"
AT_MOST_S = 30


def find() -> str | None:
    """The program that CASEBOOK_NGINX names, or the system's; None without. Debian keeps it off most people's PATH."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])
    return os.environ.get("CASEBOOK_NGINX") or shutil.which("nginx", path=path)


def install() -> str | None:
    """Install nginx from the system's packages; the program, or None."""
    install_package("nginx-light")
    return find()


@contextmanager
def serving(folder: Path, sites: Path, changes: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run nginx with a copy of deploy/ in `folder`, for the sites below `sites`; the port on the loopback interface.

    Only what a machine without root needs is changed: ports, folders and the user; and `changes`, old text -> new.
    """
    program = find()
    assert program is not None, "no nginx was found: run `make browser`"
    shutil.copytree(DEPLOY, folder, dirs_exist_ok=True)
    (folder / "logs").mkdir()
    port = free_port()
    for file in folder.rglob("*.conf"):
        text = file.read_text(encoding="utf-8")
        for old, new in {
            "listen 80": f"listen 127.0.0.1:{port}",
            "/srv/casebook": str(sites),
            "/run/nginx.pid": str(folder / "nginx.pid"),
            "/var/log/nginx": str(folder / "logs"),
            # Tests' folders are closed to others: nginx's workers are who the tests are.
            "user www-data;\n": "user root;\n" if os.geteuid() == 0 else "",
            "    access_log": _temporary(folder) + "    access_log",
            **(changes or {}),
        }.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "logs/start.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    server = subprocess.Popen([*command, "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.communicate(timeout=AT_MOST_S)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"    {kind}_temp_path {folder / kind};\n" for kind in kinds)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end_s = time.monotonic() + AT_MOST_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert server.poll() is None, server.stderr and server.stderr.read()
            assert time.monotonic() < end_s
            time.sleep(0.02)


if __name__ == "__main__":
    program = find() or install()
    if program is None:
        sys.exit(
            "No nginx was found, and none could be installed. Install one (Debian: apt-get install nginx-light), "
            "or name its program in CASEBOOK_NGINX."
        )
    sys.stdout.write(f"nginx: {program}\n")
