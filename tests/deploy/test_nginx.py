"""deploy/ in a real nginx: what is served, with which headers, and what is not served."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.site.headers import CACHE_CONTENT, CACHE_MARKED, HEADERS, headers_file, policy
from tests.support.nginx import DEPLOY, serving
from tests.support.tiny_site import CONFIG, build_tiny_site

PART = "pagefind/0123456789abcdef01234567"
"""A part of the search index, whose name is a digest."""
SOUND = bytes(range(256)) * 1_000
HOSTS = {"casebook.example": "/sales/", "sales.casebook.example": "/"}
"""Host -> where the site of the audience `sales` lies on it."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


Ask = Callable[..., Answer]
"""`ask(path, host="casebook.example", method="GET", **headers)`"""


def asker(port: int) -> Ask:
    """Ask nginx, which listens on `port`."""

    def ask(path: str, host: str = "casebook.example", method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": host, **named})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    return ask


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sites of two audiences, with a recording, files that are nobody's business, and links that lead out."""
    home = tmp_path_factory.mktemp("sites")
    for audience in ("everyone", "sales"):
        config = home / f"{audience}-config"
        config.mkdir()
        for name in ("overrides", "generator"):
            (config / name).symlink_to(CONFIG.parent / name)
        text = CONFIG.read_text(encoding="utf-8")
        address = f"site_url: https://casebook.example/{audience}/"
        (config / "mkdocs.yml").write_text(
            text.replace("# site_url: (address of the intranet page)", address), encoding="utf-8"
        )
        (config / "cases").mkdir()
        build_tiny_site(home / "srv" / audience, config=config / "mkdocs.yml")
    sales = home / "srv" / "sales"
    (sales / "cases/talk").mkdir()
    (sales / "cases/talk/audio.m4a").write_bytes(SOUND)
    for kind in (
        "pagefind/parts.json", f"{PART}/index/0.bin", f"{PART}/catalogue.json.gz",
        "data/atom.xml", "data/cases.csv", "whom-next/interviews.ics",
    ):  # fmt: skip
        (sales / kind).parent.mkdir(parents=True, exist_ok=True)
        (sales / kind).write_bytes(b"{}" * 400)
    (sales / ".git").mkdir()
    (sales / ".git/config").write_text("secret", encoding="utf-8")
    (home / "secret.html").write_text("secret", encoding="utf-8")
    (sales / "linked.html").symlink_to(home / "secret.html")
    (sales / "linked").symlink_to(home)
    return home / "srv"


@pytest.fixture(scope="module")
def ask(sites: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Nginx with the configuration as it is delivered."""
    with serving(tmp_path_factory.mktemp("nginx"), sites) as port:
        yield asker(port)


@pytest.mark.parametrize(("host", "root"), HOSTS.items())
def test_a_site_is_served_at_its_path_and_at_its_host(ask: Ask, sites: Path, host: str, root: str) -> None:
    """Pages, styles and scripts are there; a folder's address without its slash leads to the one with it."""
    home = ask(root, host)
    assert (home.status, home.body) == (200, (sites / "sales/index.html").read_bytes())
    assert home.headers["content-type"] == "text/html; charset=utf-8"
    assert ask(f"{root}cases/", host).status == 200
    moved = ask(f"{root}cases", host)
    assert (moved.status, moved.headers["location"]) == (301, f"{root}cases/")
    for address in re.findall(r'(?:src|href)="(assets/[^"]+)"', home.body.decode()):
        assert ask(root + address, host).status == 200, address


def test_audiences_are_apart(ask: Ask, sites: Path) -> None:
    """Each path and host shows its own site, a name that nobody gave shows none, nor does a folder beside the sites."""
    assert ask("/everyone/cases/talk/audio.m4a").status == 404
    assert ask("/everyone/", "sales.casebook.example").status == 404
    assert ask("/sales-config/").status == 404
    assert ask("/").headers["location"] == "/everyone/"
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        ask("/sales/", "other.example")


@pytest.mark.parametrize(("host", "root"), HOSTS.items())
def test_a_missing_address_gets_the_page_for_it(ask: Ask, sites: Path, host: str, root: str) -> None:
    """With status 404, whether it is a page, a file, or a folder without a page."""
    page = (sites / "sales/404.html").read_bytes()
    for path in ("no/such/page/", "cases/nothing.m4a", "assets/", "assets/casebook/styles/", "%00", "a%0d%0ab"):
        answer = ask(root + path, host)
        assert answer.status in (400, 404), path
        assert answer.body == page or answer.status == 400, path


def test_page_for_missing_addresses_finds_its_styles(ask: Ask) -> None:
    """Below a sub-path, whatever address was asked for: its links begin at the root of the site."""
    page = ask("/sales/no/such/page").body.decode()
    addresses = re.findall(r'(?:src|href)="([^"#][^"]*)"', page)
    assert len(addresses) > 4
    for address in addresses:
        assert address.startswith("/sales/"), address
        assert ask(address).status in (200, 301) or address.endswith(("/search/", "/about/")), address


@pytest.mark.parametrize("path", [".git/config", ".git/", ".htaccess", "_headers", "linked.html", "linked/secret.html"])
def test_what_is_nobodys_business_is_not_served(ask: Ask, path: str) -> None:
    """Files that begin with a dot, the headers of other servers, and whatever links in a site lead to."""
    for host, root in HOSTS.items():
        answer = ask(root + path, host)
        assert answer.status == 404
        assert b"secret" not in answer.body


@pytest.mark.parametrize(
    "path", ["/sales/../secret.html", "/sales/%2e%2e/secret.html", "/sales../secret.html", "/sales/..%2fsecret.html"]
)
def test_no_path_climbs_out(ask: Ask, path: str) -> None:
    """Dots, encoded or not, lead nowhere."""
    answer = ask(path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body


def test_other_methods_do_nothing(ask: Ask) -> None:
    """A site is only read."""
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        assert ask("/sales/", method=method).status in (403, 404, 405), method
    assert ask("/sales/", method="HEAD").body == b""


@pytest.mark.parametrize(
    ("wanted", "part"),
    [("bytes=0-99", (0, 100)), ("bytes=1000-", (1000, 256_000)), ("bytes=-10", (255_990, 256_000)),
     ("bytes=255000-999999", (255_000, 256_000))],
)  # fmt: skip
def test_recordings_are_sent_in_parts(ask: Ask, wanted: str, part: tuple[int, int]) -> None:
    """A player that moves about in an hour's talk loads only what it plays: the very bytes it asked for."""
    answer = ask("/sales/cases/talk/audio.m4a", Range=wanted)
    assert (answer.status, answer.body) == (206, SOUND[part[0] : part[1]])
    assert answer.headers["content-range"] == f"bytes {part[0]}-{part[1] - 1}/{len(SOUND)}"
    assert answer.headers["content-type"] == "audio/mp4"


def test_a_part_beyond_the_end_is_refused(ask: Ask) -> None:
    """With the length, so that a player knows better; a whole recording says that parts can be had."""
    answer = ask("/sales/cases/talk/audio.m4a", Range="bytes=999999-")
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{len(SOUND)}")
    whole = ask("/sales/cases/talk/audio.m4a", Accept_Encoding="gzip")
    assert (whole.status, whole.body, whole.headers["accept-ranges"]) == (200, SOUND, "bytes")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("pagefind/parts.json", "application/json; charset=utf-8"),
        (f"{PART}/index/0.bin", "application/octet-stream"),
        (f"{PART}/catalogue.json.gz", "application/octet-stream"),
        ("data/atom.xml", "application/atom+xml; charset=utf-8"),
        ("data/cases.csv", "text/csv; charset=utf-8"),
        ("whom-next/interviews.ics", "text/calendar; charset=utf-8"),
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
        ("assets/casebook/styles/casebook.css", "text/css; charset=utf-8"),
        ("assets/casebook/scripts/frame.js", "text/javascript; charset=utf-8"),
    ],
)
def test_every_kind_of_file_has_its_name(ask: Ask, path: str, kind: str) -> None:
    """Browsers are told not to guess (`nosniff`), so that the server must know."""
    assert ask(f"/sales/{path}").headers["content-type"] == kind


def test_every_suffix_of_a_site_is_known(sites: Path) -> None:
    """No file of a site goes out as a download because its kind was forgotten."""
    known = set(re.findall(r"^    \S+\s+([a-z0-9_ ]+);$", (DEPLOY / "casebook/http.conf").read_text(), re.M))
    names = {name for names in known for name in names.split()}
    site = {path.suffix[1:] for path in (sites / "everyone").rglob("*") if path.is_file()} - {""}
    assert site <= names
    assert {"bin", "gz", "m4a"} <= names


def test_content_is_asked_for_again_and_marked_files_are_kept(ask: Ask, sites: Path) -> None:
    """What is withdrawn is gone with the next request; what has not changed is not sent twice."""
    page = ask("/sales/")
    assert page.headers["cache-control"] == CACHE_CONTENT
    again = ask("/sales/", If_None_Match=page.headers["etag"])
    assert (again.status, again.body, again.headers["cache-control"]) == (304, b"", CACHE_CONTENT)
    assert ask("/sales/cases/talk/audio.m4a").headers["cache-control"] == CACHE_CONTENT
    assert ask("/sales/no/such/page").headers["cache-control"] == CACHE_CONTENT
    marked = re.findall(r'"(assets/[^"]+\?v=[^"]+)"', page.body.decode())
    assert len(marked) > 2
    for address in marked:
        assert ask(f"/sales/{address}").headers["cache-control"] == CACHE_MARKED
        assert ask(f"/sales/{address.partition('?')[0]}").headers["cache-control"] == CACHE_CONTENT
    for name in ("index/0.bin", "catalogue.json.gz"):
        assert ask(f"/sales/{PART}/{name}").headers["cache-control"] == CACHE_MARKED
    assert ask(f"/sales/{PART}/no-such-file").headers["cache-control"] == CACHE_CONTENT
    assert ask("/sales/pagefind/parts.json").headers["cache-control"] == CACHE_CONTENT
    assert ask("/sales/?v=12345678").headers["cache-control"] == CACHE_CONTENT
    assert ask("/sales/assets/no.css?v=12345678").headers["cache-control"] == CACHE_CONTENT


def test_texts_are_compressed_and_sounds_are_not(ask: Ask, sites: Path) -> None:
    """An hour's talk is 143 KB of HTML, of which a sixth goes over the wire."""
    page = ask("/sales/", Accept_Encoding="gzip")
    assert (page.headers["content-encoding"], page.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(page.body) == (sites / "sales/index.html").read_bytes()
    for path in ("cases/talk/audio.m4a", f"{PART}/index/0.bin"):
        assert "content-encoding" not in ask(f"/sales/{path}", Accept_Encoding="gzip").headers


@pytest.mark.parametrize(
    ("path", "status", "headers"),
    [
        ("/sales/", 200, {}),
        ("/sales/cases", 301, {}),
        ("/", 302, {}),
        ("/nowhere", 404, {}),
        ("/sales/no/such/page", 404, {}),
        ("/sales/.git/config", 404, {}),
        ("/sales/cases/talk/audio.m4a", 206, {"Range": "bytes=0-9"}),
        ("/sales/cases/talk/audio.m4a", 416, {"Range": "bytes=999999-"}),
        ("/sales/assets/casebook/scripts/frame.js", 200, {}),
    ],
)
def test_every_answer_carries_the_headers(ask: Ask, path: str, status: int, headers: dict[str, str]) -> None:
    """Those of errors and redirections too, each once, and nothing tells which nginx it is."""
    answer = ask(path, **headers)
    assert answer.status == status
    assert {name: answer.headers.get(name.lower()) for name in HEADERS} == dict(HEADERS)
    assert answer.headers["server"] == "nginx"
    assert "strict-transport-security" not in answer.headers, "only a reader who came by TLS is told"


def test_a_broken_request_says_nothing_of_the_server(ask: Ask, sites: Path, tmp_path: Path) -> None:
    """What is no HTTP at all gets a plain refusal."""
    with serving(tmp_path, sites) as port, socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        said = connection.recv(10_000)
    assert b"nginx/" not in said


def test_page_file_and_server_say_the_same(sites: Path) -> None:
    """One policy, written at one place: in every page, in `_headers`, and in nginx's headers."""
    text = (DEPLOY / "casebook/headers.conf").read_text(encoding="utf-8")
    told = dict(re.findall(r'^add_header (\S+) "([^"]*)" always;$', text, re.M))
    assert told == dict(HEADERS)
    assert text.count("\nadd_header") == len(HEADERS) + 2, "Cache-Control and TLS besides"
    assert (sites / "sales/_headers").read_text(encoding="utf-8") == headers_file()
    assert all(f"  {name}: {value}\n" in headers_file() for name, value in HEADERS.items())
    pages = list((sites / "sales").rglob("*.html"))
    for page in pages:
        if not page.is_symlink() and "linked" not in page.parts:
            head = page.read_text(encoding="utf-8").partition("</head>")[0]
            assert f'<meta http-equiv="Content-Security-Policy" content="{policy(in_page=True)}">' in head, page
            assert head.index("Content-Security-Policy") < head.index("<script"), "before anything that it governs"


class _Authority(BaseHTTPRequestHandler):
    """What oauth2-proxy answers: 202, 401 or 403, and a way to the identity provider."""

    def do_GET(self) -> None:
        """Look at the cookie `groups`."""
        address = urlsplit(self.path)
        cookies = dict(part.strip().split("=", 1) for part in self.headers.get("Cookie", "").split(";") if "=" in part)
        status, place = 404, ""
        if address.path == "/oauth2/auth":
            groups = set(parse_qs(address.query)["allowed_groups"][0].split(","))
            status = 401 if "groups" not in cookies else 202 if groups & set(cookies["groups"].split("+")) else 403
        elif address.path == "/oauth2/sign_in":
            status, place = 302, f"https://login.example/?then={self.headers.get('X-Auth-Request-Redirect', '')}"
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def guarded(sites: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Nginx with single sign-on in front, as casebook/single-sign-on.conf and the guide say."""
    authority = ThreadingHTTPServer(("127.0.0.1", 0), _Authority)
    thread = threading.Thread(target=authority.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    changes = {"127.0.0.1:4180": f"127.0.0.1:{authority.server_port}"}
    conf = (DEPLOY / "casebook/single-sign-on.conf").read_text(encoding="utf-8")
    shown = re.search(r"#   location \^~ /sales/ \{\n(?:#.*\n)+?#   \}\n", conf)
    assert shown is not None
    rules = [line.removeprefix("#").strip() for line in shown[0].splitlines()[2:-2]]  # but alias and include
    for audience in ("sales", "everyone"):
        plain = f"            error_page 403 404 =404 /{audience}/404.html;\n"
        changes[plain] = "".join(f"            {line}\n" for line in rules).replace("sales", audience)
    changes["        location = / {\n"] = "        include casebook/single-sign-on.conf;\n        location = / {\n"
    try:
        with serving(tmp_path_factory.mktemp("guarded"), sites, changes) as port:
            yield asker(port)
    finally:
        authority.shutdown()
        authority.server_close()
        thread.join()


@pytest.mark.parametrize(
    "path", ["/sales/", "/sales/cases/talk/audio.m4a", f"/sales/{PART}/index/0.bin", "/sales/nothing"]
)
def test_who_is_not_signed_in_is_sent_to_sign_in(guarded: Ask, path: str) -> None:
    """Whatever was asked for, and back to it afterwards; nothing of the site is told before."""
    answer = guarded(f"{path}?q=a&b=c")
    assert (answer.status, answer.body) == (302, b"")
    assert answer.headers["location"] == f"https://login.example/?then={path}?q=a&b=c"


def test_groups_decide_which_site_is_shown(guarded: Ask, sites: Path) -> None:
    """A member of the audience reads; to others the site does not exist."""
    sales = guarded("/sales/", Cookie="groups=casebook-sales")
    assert (sales.status, sales.body) == (200, (sites / "sales/index.html").read_bytes())
    assert guarded("/sales/cases/talk/audio.m4a", Cookie="groups=casebook-sales", Range="bytes=0-3").status == 206
    assert guarded("/everyone/", Cookie="groups=casebook-sales").status == 200
    assert guarded("/everyone/", Cookie="groups=casebook-everyone").status == 200
    for path in ("/sales/", "/sales/cases/talk/audio.m4a", "/sales/404.html", "/sales/nothing"):
        answer = guarded(path, Cookie="groups=casebook-everyone")
        assert answer.status == 404, path
        assert "お客様".encode() not in answer.body, path
        assert answer.headers["content-security-policy"] == policy()


def test_nobody_asks_the_authority_directly(guarded: Ask) -> None:
    """The questions that nginx asks cannot be asked from outside."""
    assert guarded("/casebook-may-read-sales", Cookie="groups=casebook-sales").status == 404
