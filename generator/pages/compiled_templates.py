"""Compiled templates, kept between runs as Python keeps its modules.

Compiling all templates takes half a second, in every process that renders pages; reading them back a fiftieth of that.
They lie where Python's own compiled modules lie and not in the build's cache: what is read here is run, so whoever may
write here must be trusted as much as the program itself, and a build's cache may be passed from branch to branch.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from generator.sources.whole import written_whole


def makers(room: Path) -> str:
    """A digest of what makes code of a template: Python, the engine, and all modules in `room` (in three milliseconds).

    All of them and not a few, so that nobody has to keep a list: icons are drawn while a template is compiled.
    """
    made_by = hashlib.blake2b(repr((sys.version, version("jinja2"), version("markupsafe"))).encode())
    for path in sorted(room.rglob("*.py")):
        made_by.update(path.relative_to(room).as_posix().encode())
        made_by.update(hashlib.blake2b(path.read_bytes()).digest())
    return made_by.hexdigest()


MAKERS = makers(Path(__file__).parent)
"""Read when the program is, not when it is needed: by then a file may say something else than what is running."""


def beside_modules(path: str) -> Path | None:
    """The folder in which Python keeps the module at `path` compiled; None for a Python that keeps none."""
    try:
        return Path(cache_from_source(path)).parent
    except NotImplementedError:
        return None


class CompiledTemplates(BytecodeCache):
    """The templates of one environment in a folder, one file for each template and language.

    A file is a seal of `SEAL_BYTES` bytes and what was marshalled: the texts that the code holds, and the code. The
    seal covers that, the template's source and all that makes code of it, so that a file that is damaged or made from
    something else is never opened. Texts are looked up again. What cannot be read is compiled, and what cannot be
    written is not kept; neither is worth a word. Nothing is written when Python was told to write no compiled modules.
    """

    SEAL_BYTES = 32

    def __init__(self, folder: Path, language: str, look_up: Callable[[str], str], makers: str = MAKERS) -> None:
        """Keep templates in `folder`, which need not be there, that hold texts of `look_up` in `language`."""
        self.folder = folder
        self._language = language
        self._look_up = look_up
        self._makers = makers
        self._texts: dict[str, dict[str, str]] = {}

    def texts_of(self, name: str) -> dict[str, str]:
        """To note in, by message, each text that becomes part of the code of the template `name`."""
        return self._texts.setdefault(name, {})

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The template's code if it is there, or the place for it. Its name and file stand in the code too."""
        parts = (self._makers, self._language, name, filename, source)
        bucket = Bucket(environment, name, hashlib.blake2b(repr(parts).encode()).hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with what is kept, if compiling would give the same now."""
        try:
            kept = self._file(bucket).read_bytes()
        except OSError:
            return
        seal, content = kept[: self.SEAL_BYTES], kept[self.SEAL_BYTES :]
        if seal == self._seal(bucket, content):
            texts, code = marshal.loads(content)  # noqa: S302 - sealed, and trusted as this module's own code is
            if all(self._look_up(message) == text for message, text in texts.items()):
                bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, in place of what was kept of the template before."""
        if sys.dont_write_bytecode:
            return
        content = marshal.dumps((self.texts_of(bucket.key), bucket.code))
        with suppress(OSError), written_whole(self._file(bucket)) as file:
            file.write_bytes(self._seal(bucket, content) + content)

    def _file(self, bucket: Bucket) -> Path:
        name = bucket.key.replace("/", "-")
        return self.folder / f"{name}.{self._language}.{sys.implementation.cache_tag}.compiled"

    def _seal(self, bucket: Bucket, content: bytes) -> bytes:
        return hashlib.blake2b(content, key=bytes.fromhex(bucket.checksum), digest_size=self.SEAL_BYTES).digest()
