"""Files outside this machine, by the addresses that fsspec knows: `s3://bucket/x`, `ftp://host/x`, `https://...`.

fsspec and the package of each protocol are extras. Whatever goes wrong on the way - no package, no network, no right to
read - is a `StorageError`; a file that is simply not there is None, or said so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from generator.sources.whole import write_safely, written_whole

OF_A_VERSION: Final = (
    "ETag", "etag", "checksum", "mtime", "modify", "LastModified", "Last-Modified", "last_modified", "created", "size",
)  # fmt: skip
"""Facts by which protocols tell one version of a file from the next; each gives some of them."""


class StorageError(Exception):
    """Storage that cannot be used. Its text is one line: what is wrong - what follows - what to do.

    `message` is English and a msgid of the area `transcribe`, with `{names}` for what `values` hold.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format_map(self.values)


def is_remote(name: str) -> bool:
    """Whether `name` is an address for fsspec rather than a path here: `s3://bucket/audio.m4a`."""
    return "://" in name


def shown(url: str) -> str:
    """An address without what opens doors: `ftp://user:password@host/x?signature=y` is `ftp://host/x`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def local_copy(url: str, folder: Path) -> Path:
    """The file at `url`, copied into `folder` unless this version of it is there already; under its own name.

    Reads from the network and writes into `folder`. Raises StorageError.
    """
    remote = _Remote(url)
    facts = remote.facts("")
    if facts is None or facts.get("type") == "directory":
        raise StorageError("{url} is not there - nothing was transcribed - check the address", url=shown(url))
    version = {key: str(facts[key]) for key in OF_A_VERSION if facts.get(key) is not None}
    shelf = hashlib.sha256(repr((url, sorted(version.items()))).encode()).hexdigest()[:16]
    copy = folder / shelf / (PurePosixPath(urlsplit(url).path).name or "audio")
    if not copy.is_file():
        try:
            with written_whole(copy) as unfinished:
                remote.fetch(unfinished)
                size = facts.get("size")
                if size is not None and unfinished.stat().st_size != size:
                    raise StorageError(
                        "{url} broke off while it was copied - nothing was transcribed - run the same command again",
                        url=shown(url),
                    )
        except OSError as error:
            raise StorageError(
                "{file} cannot be written ({reason}) - the recording was not copied - "
                "make room there, or see to its rights",
                file=copy,
                reason=error.strerror or error,
            ) from error
    return copy


class Store(Protocol):
    """Small files by name, such as `windows/ab/abcd.json`, wherever they lie."""

    def read(self, name: str) -> bytes | None:
        """What the file holds; None when there is none. Raises StorageError."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, in place of what was there. Raises StorageError."""
        ...


def open_store(place: str | Path) -> Store:
    """The files below a folder or an address. Raises StorageError when the address cannot be used."""
    if not is_remote(str(place)):
        return _Folder(Path(place))
    scheme, _, path = str(place).partition("://")
    return _Folder(Path(path)) if scheme == "file" else _Remote(str(place))


class _Folder:
    """Files here, each written whole: another process sees the old content or the new, and a crash leaves either."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(
                "{file} cannot be read ({reason}) - what was heard before cannot be used - make it readable, or name "
                "another place with --cache",
                file=self._folder / name,
                reason=error.strerror or error,
            ) from error

    def write(self, name: str, content: bytes) -> None:
        try:
            write_safely(self._folder / name, content)
        except OSError as error:
            raise StorageError(
                "{file} cannot be written ({reason}) - what is heard could not be kept - "
                "make room there, or name another place with --cache",
                file=self._folder / name,
                reason=error.strerror or error,
            ) from error


class _Remote:
    """Files below an address of fsspec. A connection that was lost is opened anew once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connect()

    def read(self, name: str) -> bytes | None:
        content: bytes | None = self._twice(lambda: self._system.cat_file(self._at(name)))
        return content

    def write(self, name: str, content: bytes) -> None:
        self._twice(lambda: self._put(name, content))

    def facts(self, name: str) -> Mapping[str, Any] | None:
        """What the storage tells about a file; None when there is none."""
        found: Mapping[str, Any] | None = self._twice(lambda: self._system.info(self._at(name)))
        return found

    def fetch(self, target: Path) -> None:
        """Copy the file at the address itself to `target`."""
        self._twice(lambda: self._system.get_file(self._root, str(target)))

    def _put(self, name: str, content: bytes) -> None:
        path = self._at(name)
        try:
            self._system.pipe_file(path, content)
        except Exception:  # each protocol has its own error for a folder that is not there yet
            self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._system.pipe_file(path, content)

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}" if name else self._root

    def _twice(self, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except FileNotFoundError:
            return None
        except Exception:  # fsspec passes on whatever a protocol's package raises
            self._connect()
        try:
            return step()
        except FileNotFoundError:
            return None
        except Exception as error:
            raise _unreachable(self._url, error) from error

    def _connect(self) -> None:
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra; files here need nothing of it
        except ImportError as error:
            raise StorageError(
                "{url} needs the package fsspec - it cannot be read - run: pip install 'casebook[storage]'",
                url=shown(self._url),
            ) from error
        try:
            # What another run has written meanwhile is to be seen, and a lost connection is not to be met again.
            self._system, self._root = url_to_fs(self._url, use_listings_cache=False, skip_instance_cache=True)
        except ImportError as error:
            raise StorageError(
                "{url} needs a package that is not installed - it cannot be read - {reason}",
                url=shown(self._url),
                reason=_in_a_line(error, self._url),
            ) from error
        except Exception as error:
            raise _unreachable(self._url, error) from error


def _unreachable(url: str, error: Exception) -> StorageError:
    return StorageError(
        "{url} cannot be used ({reason}) - nothing can be read or kept there - check address, rights and network",
        url=shown(url),
        reason=_in_a_line(error, url),
    )


def _in_a_line(error: BaseException, url: str) -> str:
    return " ".join(str(error).replace(url, shown(url)).split()) or type(error).__name__
