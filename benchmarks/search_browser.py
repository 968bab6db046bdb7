"""What a reader waits for and downloads: the search page in Chromium, behind a plain web server that packs nothing."""

from __future__ import annotations

import gzip
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from benchmarks.memory import PeakMemory
from tests.support.chromium import find

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
FIELD = "[data-cb-search-input]"
DONE = "html[data-search-state=done]"
PACKED_BY_SERVERS = (".html", ".css", ".js", ".json", ".svg")
WATCH = """() => {
  addEventListener("keydown", (event) => { if (event.key === "Enter") window.askedAt = performance.now(); }, true);
  new MutationObserver(() => {
    if (document.documentElement.dataset.searchState === "done") window.answeredAt = performance.now();
  }).observe(document.documentElement, { attributeFilter: ["data-search-state"] });
}"""
MATERIAL_INDEX = "/search/search_index.json"
ASK_MATERIAL = """(query) => {
  const field = document.querySelector(".md-search__input");
  const meta = document.querySelector(".md-search-result__meta");
  meta.textContent = "";
  window.answeredAt = undefined;
  const told = new MutationObserver(() => {
    if (!meta.textContent) return;
    window.answeredAt = performance.now();
    told.disconnect();
  });
  told.observe(meta, { childList: true });
  field.value = query;
  window.askedAt = performance.now();
  field.focus();
  field.dispatchEvent(new KeyboardEvent("keyup"));
}"""
"""Material reads its field when a key comes up, and only then."""
PEER_TIMEOUT_MS = 600_000


@dataclass(slots=True)
class Sent:
    """What a server has sent since it was last asked."""

    answers: list[tuple[str, int]] = field(default_factory=list)
    """Path and size of the content, in bytes."""

    def take(self) -> list[tuple[str, int]]:
        """What was sent, and forget it."""
        taken, self.answers[:] = list(self.answers), []
        return taken


class _Plain(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, sent: Sent, **options: Any) -> None:
        self._sent = sent
        super().__init__(*args, **options)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        content = source.read()
        self._sent.answers.append((unquote(urlsplit(self.path).path), len(content)))
        outputfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def plain_server(site: Path) -> Iterator[tuple[str, Sent]]:
    """Serve the folder `site` as it is; its address and what it sends."""
    sent = Sent()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Plain, directory=str(site), sent=sent))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query took."""

    query: str
    ms: float
    bytes: int
    requests: int
    results: int


def measure_ours(site: Path, queries: Sequence[str]) -> None:
    """Ask each query on a search page that was just opened by a new reader, and print what it took."""
    with plain_server(site) as (home, sent), chromium() as browser:
        answers: list[Answer] = []
        for number, query in enumerate(queries):
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{home}search/")
            page.wait_for_selector(DONE)
            page.wait_for_load_state("networkidle")
            opening = sent.take()
            if number == 0:
                _print_opening(site, opening)
            page.evaluate(WATCH)
            answers.append(_asked(page, sent, query))
            context.close()
        _print_answers("by a new reader", answers)
        page = browser.new_page()
        page.goto(f"{home}search/")
        page.wait_for_selector(DONE)
        page.evaluate(WATCH)
        sent.take()
        _print_answers("one after the other on one page", [_asked(page, sent, query) for query in queries])


def _asked(page: Page, sent: Sent, query: str) -> Answer:
    page.locator(FIELD).fill(query)
    page.locator(FIELD).press("Enter")
    page.wait_for_selector(DONE)
    ms = page.evaluate("window.answeredAt - window.askedAt")
    results = page.locator("[data-search-result]").count()
    taken = sent.take()
    return Answer(query, ms, sum(size for _, size in taken), len(taken), results)


def _print_opening(site: Path, opening: Sequence[tuple[str, int]]) -> None:
    plain = sum(size for _, size in opening)
    packed = sum(_packed(site / path.strip("/"), size) for path, size in opening)
    index = sum(size for path, size in opening if "/pagefind/" in path)
    print(
        f"opening the search page: {plain / 1000:.0f} KB in {len(opening)} answers, {index / 1000:.0f} KB of them index; "
        f"{packed / 1000:.0f} KB behind a server that packs"
    )


def _packed(file: Path, size: int) -> int:
    file = file / "index.html" if file.is_dir() else file
    return len(gzip.compress(file.read_bytes())) if file.suffix in PACKED_BY_SERVERS else size


def _print_answers(how: str, answers: Sequence[Answer]) -> None:
    for name, values, unit in (
        ("ms", [answer.ms for answer in answers], 1),
        ("KB", [answer.bytes for answer in answers], 1000),
        ("requests", [answer.requests for answer in answers], 1),
    ):
        ordered = sorted(value / unit for value in values)
        at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95)]
        print(f"{len(answers)} queries {how}: {name} half {at[0]:.0f}, 95 % {at[1]:.0f}, most {ordered[-1]:.0f}")
    good = statistics.mean(answer.ms <= 300 and answer.bytes <= 400_000 for answer in answers)
    slowest = sorted(answers, key=lambda answer: -answer.ms)[:3]
    print(f"{good:.1%} within 300 ms and 400 KB; {sum(answer.results == 0 for answer in answers)} without a result")
    print("slowest: " + ", ".join(f"{one.query} {one.ms:.0f} ms {one.bytes / 1000:.0f} KB" for one in slowest))


@dataclass(frozen=True, slots=True)
class MaterialAnswers:
    """What Material's search costs a reader who types as soon as a page is there, and goes on typing."""

    page_bytes: int
    """The page with its scripts and styles, without the index."""
    index_bytes: int
    first_s: float | None
    """From typing to the first answer: the index is fetched and built in a worker. None where none came in time."""
    found_ms: tuple[float, ...]
    """From typing to the answer, for each later query that found something: to find nothing takes no time."""
    without_result: int
    """How many of the later queries found nothing."""
    growth_mb: float
    """What all of Chromium's processes took beside an empty tab, at most."""

    def __str__(self) -> str:
        """`opening a page 340 KB and 117,181 KB of index; first answer after 73.1 s; …`"""
        opening = f"opening a page {self.page_bytes / 1000:,.0f} KB and {self.index_bytes / 1000:,.0f} KB of index"
        memory = f"{self.growth_mb:,.0f} MB of memory"
        if self.first_s is None:
            return f"{opening}; no answer within {PEER_TIMEOUT_MS / 1000:.0f} s; {memory}"
        ordered = sorted(self.found_ms)
        at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95)] if ordered else []
        found = f" half after {at[0]:,.0f} ms, 95 % {at[1]:,.0f} ms, most {ordered[-1]:,.0f} ms" if ordered else ""
        later = f"then {len(ordered)} queries found something,{found}; {self.without_result} found nothing"
        return f"{opening}; first answer after {self.first_s:.1f} s; {later}; {memory}"


def measure_material(site: Path, queries: Sequence[str]) -> None:
    """Ask Material's search the queries, and print what it took."""
    print(f"Material: {ask_material(site, queries)}")


def ask_material(site: Path, queries: Sequence[str]) -> MaterialAnswers:
    """Open a site of Material's with its search, type the first query at once, then the others one after the other.

    Material fetches the index on each page that is opened, whether or not somebody searches.
    """
    with plain_server(site) as (home, sent), chromium() as browser:
        page = browser.new_page()
        memory = PeakMemory(_process_of(browser))
        page.goto(home)
        try:
            asked = [_asked_of_material(page, query) for query in queries]
        except TimeoutError:
            asked = []
        fetched = sent.take()
        index = sum(size for path, size in fetched if path == MATERIAL_INDEX)
        return MaterialAnswers(
            page_bytes=sum(size for _, size in fetched) - index,
            index_bytes=index,
            first_s=asked[0][0] / 1000 if asked else None,
            found_ms=tuple(ms for ms, found in asked[1:] if found),
            without_result=sum(not found for _, found in asked[1:]),
            growth_mb=memory.stop() - memory.start_mb,
        )


def _process_of(browser: Browser) -> int:
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    process_id: int = next(process["id"] for process in processes if process["type"] == "browser")
    return process_id


def _asked_of_material(page: Page, query: str) -> tuple[float, bool]:
    """Milliseconds until the list says how many pages it found or that there are none, and whether there are some."""
    page.evaluate(ASK_MATERIAL, query)
    page.wait_for_function("window.answeredAt !== undefined", timeout=PEER_TIMEOUT_MS)
    waited_ms: float = page.evaluate("window.answeredAt - window.askedAt")
    return waited_ms, page.locator(".md-search-result__item").count() > 0
