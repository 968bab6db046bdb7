"""Pages for measuring search: case pages of a made knowledge base, or of lines drawn from real texts."""

from __future__ import annotations

import datetime as dt
import html
import pickle
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.make_corpus import make
from generator.pages.in_parallel import render_in_parallel
from generator.pages.library import Library
from generator.pages.page import Page, Passage, SearchFacts
from generator.publication.gate import publish
from generator.texts import load_texts
from generator.validate import load_corpus

ON = dt.date(2026, 11, 21)
BATCH = 1000
"""Cases that are made at once: more do not fit into memory beside what they are made of."""
FIRST_DAY = dt.date(2022, 1, 1)
DAYS = 1700
SECONDS_PER_LINE = 8.0


def made_pages(scratch: Path, cases: int, cues: int) -> Iterator[Page]:
    """Case pages of knowledge bases from `make_corpus`, in batches, each with words of its own."""
    for batch, first in enumerate(range(0, cases, BATCH)):
        folder = scratch / f"corpus-{batch}"
        make(folder, min(BATCH, cases - first), cues, seed=1 + batch)
        corpus = load_corpus(folder).corpus
        assert corpus is not None
        library = Library(publish(corpus, on=ON)[0], load_texts("ja"))
        for pages in render_in_parallel(library, (), {}):
            for page in pages:
                yield replace(page, address=page.address.replace("cases/", f"cases/b{batch}-"))
        if batch:
            shutil.rmtree(folder)


def drawn_pages(lines: Sequence[str], cases: int, cues: int) -> Iterator[Page]:
    """Case pages whose lines are drawn from `lines`, the same each time."""
    for number in range(cases):
        chance = random.Random(number)
        day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
        passages = tuple(
            Passage(f"q{at:03}", "cue", chance.choice(lines), "", SECONDS_PER_LINE * at, side, {"side": (side,)})
            for at, side in enumerate(chance.choices(("customer", "own"), (3, 1), k=cues), start=1)
        )
        body = "".join(f'<p id="{line.anchor}">{html.escape(line.text)}</p>' for line in passages)
        filters = {"year": (str(day.year),), "type": (chance.choice(("受注", "失注", "離脱", "継続")),)}
        facts = SearchFacts("case", "ja", passages, filters, sort_date=day.isoformat())
        title = f"事例 {number}"
        yield Page(f"cases/case-{number:05}/", title, f"<h1>{title}</h1>{body}", "case", search=facts)


def write_plain(page: Page, folder: Path) -> None:
    """The article as a page of HTML, as any site generator might have written it."""
    file = folder / page.address / "index.html"
    file.parent.mkdir(parents=True)
    head = f'<!doctype html><html lang="ja"><head><title>{html.escape(page.title)}</title></head>'
    file.write_text(f"{head}<body><main>{page.body}</main></body></html>", encoding="utf-8")


def keep(pages: Sequence[Page], file: Path) -> None:
    """Write pages to a file, to be read by another process; their bodies are left out, as a build lets go of them."""
    with file.open("wb") as kept:
        for page in pages:
            pickle.dump(replace(page, body=""), kept, protocol=pickle.HIGHEST_PROTOCOL)


def kept_pages(file: Path) -> list[Page]:
    """The pages in a file."""
    pages: list[Page] = []
    with file.open("rb") as kept:
        while True:
            try:
                pages.append(pickle.load(kept))  # noqa: S301 - written by `keep` just now
            except EOFError:
                return pages
