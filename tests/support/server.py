"""A web server on the loopback interface that serves a built site as a careful intranet does.

The site lies below a sub-path, its policy forbids inline scripts and other hosts, and files are sent in ranges, without
which no browser seeks in a recording.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from generator.site.headers import HEADERS

MOUNT = "/kb/"


class _Intranet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".m4a": "audio/mp4",
        ".wasm": "application/wasm",
        ".vtt": "text/vtt",
    }

    def do_GET(self) -> None:
        """Answer with a file, a part of it, or the page for missing addresses."""
        path = urlsplit(self.path).path
        if not path.startswith(MOUNT):
            return self.send_error(HTTPStatus.NOT_FOUND)  # whatever else the intranet has there
        file = Path(self.directory, unquote(path[len(MOUNT) :]))
        if file.is_dir() and not path.endswith("/"):
            return self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", {"Location": f"{path}/"})
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            return self._send(HTTPStatus.NOT_FOUND, Path(self.directory, "404.html").read_bytes(), "text/html")
        return self._send_file(file)

    def _send_file(self, file: Path) -> None:
        content, kind = file.read_bytes(), self.guess_type(str(file))
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted is None:
            return self._send(HTTPStatus.OK, content, kind, {"Accept-Ranges": "bytes"})
        start, end = int(wanted[1]), min(int(wanted[2] or len(content) - 1), len(content) - 1)
        place = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {start}-{end}/{len(content)}"}
        return self._send(HTTPStatus.PARTIAL_CONTENT, content[start : end + 1], kind, place)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        text = kind.startswith("text/") or kind.endswith(("json", "javascript"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in {**HEADERS, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def handle(self) -> None:
        """Answer one connection; a browser that seeks drops the answers that it no longer needs."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *args: Any) -> None:
        """Silence: what matters is what the browser says."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve the folder `site`; the address of its home page, ending in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Intranet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{MOUNT}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
