"""Recordings and what was heard may lie elsewhere: a real server on loopback serves them, goes away and comes back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from generator.sources.storage import StorageError, is_remote, local_copy, open_store, shown
from generator.transcription.cache import HearingCache
from generator.transcription.values import EngineSettings, Heard, Segment, TranscriptionError

SETTINGS = EngineSettings("faster-whisper", "/models/base", "d01c3014", "ja")
HEARD = Heard((Segment(0.1, 0.7, "手袋です", (), -0.21, 0.02, 1.1),))
DIGEST = "ab" * 32

PASSWORD = "secret"  # noqa: S105 - of a server that lives for a second

SERVER = """
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

class Handler(FTPHandler):
    authorizer = DummyAuthorizer()
    authorizer.add_user("editor", "secret", sys.argv[1], perm="elradfmwMT")
    authorizer.add_user("reader", "secret", sys.argv[1], perm="elr")

server = FTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
print(server.address[1], flush=True)
server.serve_forever()
"""


class Ftp:
    """An FTP server in a process of its own, which can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.start()

    def start(self) -> None:
        """Serve `folder`, at the same port as before."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(self.folder), str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        """End it, as a network does that goes down."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def url(self, path: str, *, user: str = "editor", password: str = PASSWORD) -> str:
        """The address of a file or folder."""
        return f"ftp://{user}:{password}@127.0.0.1:{self.port}/{path}"


@pytest.fixture
def ftp(tmp_path: Path) -> Iterator[Ftp]:
    """A server of the folder `served`."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = Ftp(folder)
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("name", "remote"),
    [
        ("s3://bucket/audio.m4a", True),
        ("https://host/a.wav", True),
        ("cases/a.m4a", False),
        ("C:\\cases\\a.m4a", False),
    ],
)
def test_addresses_are_told_from_paths(name: str, remote: bool) -> None:
    """A path stays a path, on every system."""
    assert is_remote(name) is remote


def test_words_are_kept_on_a_server(ftp: Ftp) -> None:
    """What one machine heard another one finds, folders being made as they are needed."""
    HearingCache(ftp.url("team/hearing")).keep_window(SETTINGS, DIGEST, HEARD)
    HearingCache(ftp.url("team/hearing")).keep_recording(DIGEST, HEARD.segments)
    elsewhere = HearingCache(ftp.url("team/hearing"))
    assert elsewhere.window(SETTINGS, DIGEST) == HEARD
    assert elsewhere.recording(DIGEST) == HEARD.segments
    assert elsewhere.window(SETTINGS, "cd" * 32) is None


def test_what_another_run_keeps_is_seen_at_once(ftp: Ftp) -> None:
    """Two runs at once share what they hear: a listing that is remembered would hide it."""
    first, second = (HearingCache(ftp.url("hearing")) for _ in range(2))
    assert first.window(SETTINGS, DIGEST) is None
    second.keep_window(SETTINGS, DIGEST, HEARD)
    assert first.window(SETTINGS, DIGEST) == HEARD


def test_what_is_torn_on_a_server_counts_as_missing(ftp: Ftp) -> None:
    """A connection that broke off in the middle leaves half a file; it is written once more."""
    cache = HearingCache(ftp.url("hearing"))
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    (file,) = ftp.folder.rglob("*.json")
    file.write_bytes(file.read_bytes()[:50])
    assert cache.window(SETTINGS, DIGEST) is None
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    assert cache.window(SETTINGS, DIGEST) == HEARD


def test_a_lost_connection_is_opened_again(ftp: Ftp) -> None:
    """Servers drop those who are silent for minutes, as listening takes."""
    cache = HearingCache(ftp.url("hearing"))
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    ftp.stop()
    ftp.start()
    assert cache.window(SETTINGS, DIGEST) == HEARD
    ftp.stop()
    ftp.start()
    cache.keep_window(SETTINGS, "cd" * 32, HEARD)
    assert cache.window(SETTINGS, "cd" * 32) == HEARD


def test_a_server_that_is_gone_is_told_without_its_password(ftp: Ftp) -> None:
    """One line that may be copied into a chat: no traceback, no secret."""
    cache = HearingCache(ftp.url("hearing"))
    ftp.stop()
    for step in (
        lambda: cache.window(SETTINGS, DIGEST),
        lambda: cache.keep_window(SETTINGS, DIGEST, HEARD),
        lambda: HearingCache(ftp.url("hearing")),
    ):
        with pytest.raises(TranscriptionError) as caught:
            step()
        assert f"ftp://127.0.0.1:{ftp.port}/hearing cannot be used (" in str(caught.value)
        assert "secret" not in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("user", "password"), [("editor", "wrong"), ("reader", "secret")])
def test_missing_rights_are_told(ftp: Ftp, user: str, password: str) -> None:
    """Who may not come in, or not write, hears of it before hours of listening are lost."""
    with pytest.raises(TranscriptionError, match=r"cannot be used \(.+\) - .+ - check address, rights and network"):
        HearingCache(ftp.url("hearing", user=user, password=password)).keep_window(SETTINGS, DIGEST, HEARD)


def test_a_recording_is_copied_once_a_version(ftp: Ftp, tmp_path: Path) -> None:
    """A recording in storage is heard from a copy under its own name, which is renewed when the recording changes."""
    (ftp.folder / "2026").mkdir()
    recording = ftp.folder / "2026" / "audio 1.m4a"
    recording.write_bytes(b"first take")
    url, copies = ftp.url("2026/audio 1.m4a"), tmp_path / "copies"
    copy = local_copy(url, copies)
    assert (copy.name, copy.read_bytes()) == ("audio 1.m4a", b"first take")
    copy.write_bytes(b"not copied again")
    assert local_copy(url, copies).read_bytes() == b"not copied again"
    recording.write_bytes(b"second, longer take")
    assert local_copy(url, copies).read_bytes() == b"second, longer take"
    assert [path.name for path in copies.rglob("*") if path.is_file()] == ["audio 1.m4a"] * 2


@pytest.mark.parametrize("path", ["2026/none.m4a", "folder"])
def test_a_recording_that_is_not_there_is_told(ftp: Ftp, path: str, tmp_path: Path) -> None:
    """A wrong address, or that of a folder, leaves nothing behind."""
    (ftp.folder / "folder").mkdir()
    with pytest.raises(StorageError, match=rf"ftp://127.0.0.1:{ftp.port}/{path} is not there - .+ - .+"):
        local_copy(ftp.url(path), tmp_path / "copies")
    assert not (tmp_path / "copies").exists()


def test_a_full_or_foreign_folder_for_copies_is_told(ftp: Ftp, tmp_path: Path) -> None:
    """The copy's place is named, not the server."""
    (ftp.folder / "audio.m4a").write_bytes(b"sound")
    (tmp_path / "copies").write_text("a file")
    with pytest.raises(StorageError, match=r"copies.* cannot be written"):
        local_copy(ftp.url("audio.m4a"), tmp_path / "copies")


def test_any_system_of_fsspec_will_do(tmp_path: Path) -> None:
    """Addresses are given to fsspec as they are."""
    fsspec.filesystem("memory").pipe_file("/test_storage/audio.wav", b"sound")
    assert local_copy("memory://test_storage/audio.wav", tmp_path).read_bytes() == b"sound"
    cache = HearingCache("memory://test_storage/hearing")
    cache.keep_window(SETTINGS, DIGEST, HEARD)
    assert cache.window(SETTINGS, DIGEST) == HEARD
    by_path = HearingCache(f"file://{tmp_path}/hearing")
    by_path.keep_window(SETTINGS, DIGEST, HEARD)
    assert HearingCache(tmp_path / "hearing").window(SETTINGS, DIGEST) == HEARD


@pytest.mark.parametrize("url", ["carrier-pigeon://loft/hearing", "s3://bucket/hearing", "gs://bucket/hearing"])
def test_a_protocol_that_cannot_be_spoken_is_told(url: str) -> None:
    """Each protocol has a package of its own; which one, says fsspec."""
    with pytest.raises(StorageError, match=rf"^{url} (needs a package|cannot be used)"):
        open_store(url)


def test_without_fsspec_only_addresses_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is an extra: who keeps everything here needs nothing, who wants more is told what to install."""
    for name in ("fsspec", "fsspec.core"):
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not installed
    HearingCache(tmp_path).keep_window(SETTINGS, DIGEST, HEARD)
    with pytest.raises(TranscriptionError, match=r"needs the package fsspec .* pip install 'casebook\[storage\]'"):
        HearingCache("memory://hearing")


def test_addresses_are_shown_without_secrets() -> None:
    """Passwords and signatures open doors."""
    assert shown("ftp://editor:p@ss@host:21/a/b.m4a") == "ftp://host:21/a/b.m4a"
    assert shown("https://host/a.m4a?X-Amz-Signature=abc#x") == "https://host/a.m4a"
