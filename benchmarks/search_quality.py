"""What search finds of what it should: recall, precision, the first hit and empty answers, on the real search page.

    python -m benchmarks.search_quality FOLDER [--lines 25] [--queries 40] [--seed 5] [--show]

FOLDER holds texts of any kind, in it or below: `.txt` and `.md` (a paragraph is a line of a talk), `.vtt` (a cue is) and
`.json` as programs for transcribing write it (each entry of a list is that has a `text` or a `transcript`).
Each file becomes a case, or several of `--lines` lines each, and a site is built from them whose search page is asked in
Chromium: typed into its field, answered in its list, "next" pressed until all results are there.

Queries are drawn from the texts without any dictionary, so that no dictionary of ours can flatter the result:

- katakana, kanji: runs of one script; mixed: what is written in one go across scripts (`PC版`, `20人`);
- verbs: kanji and the hiragana after them, cut off after two to five, as somebody types the beginning of a phrase; in
  English two or three words in a row;
- Latin: words in a-z; names: what stands before さん, 様, 氏 ..., and words with a capital inside an English sentence;
- stretch: any three to eight letters in a row, from any letter to any other;
- otherwise: a katakana word in half width, in hiragana, with or without its long vowel, or a Latin word in capitals or in
  full width.

Recall: of the cases that hold the query (in NFKC, lower case, katakana as hiragana; Latin words from their beginning),
those that were found. Precision: of the cases found, those that hold it, long vowels and English endings aside. First hit:
of the queries that stand literally in some case, those whose first result is such a case. Empty: answers without a result
although a case holds the query.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright

from generator.pages.page import Page, Passage, SearchFacts
from generator.pages.search import search_page
from generator.site.engine import build_site
from generator.site.source import FinishedPages
from generator.sources.webvtt import parse, spoken
from generator.texts import load_texts
from tests.support.chromium import find
from tests.support.server import serving
from tests.support.tiny_site import CONFIG

SUFFIXES = (".txt", ".md", ".vtt", ".json")
SECONDS_PER_LINE = 5.0
WORDLESS_TITLE = "☆"
"""Of every case: what is found is found in its lines."""
FIELD = "[data-cb-search-input]"
DONE = "html[data-search-state=done]"
NEXT = "[data-cb-search-more] button"
CASES_FOUND = "links => [...new Set(links.map((link) => link.dataset.case))]"

KANJI = "\u4e00-\u9fff\u3005"
KATAKANA = "\u30a1-\u30fa\u30fc"
HIRAGANA = "\u3041-\u3096"
LETTER = f"[{KANJI}{KATAKANA}{HIRAGANA}A-Za-z0-9]"
PATTERNS = {
    "katakana": rf"[{KATAKANA}]{{2,}}",
    "kanji": rf"[{KANJI}]{{2,}}",
    "mixed": rf"[{KANJI}{KATAKANA}A-Za-z0-9]{{2,12}}",
    "verbs": rf"[{KANJI}]{{1,2}}[{HIRAGANA}]{{2,6}}|\b[a-z]+ [a-z]+(?: [a-z]+)?\b",
    "latin": r"(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z])",
    "names": rf"(?:[{KANJI}]{{1,4}}|[{KATAKANA}]{{2,}})(?=さん|様|氏|君|社長|部長|課長)"
    r"|(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?",
    "stretch": rf"{LETTER}{{3,}}",
}
"""Class of query -> what it is drawn from. `otherwise` is drawn from katakana and Latin words, and rewritten."""
STEM = re.compile(r"(?:ies|es|s|ed|ing)$")
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Text:
    """A case to be: its folder name and its lines."""

    slug: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the word it stands for (the same, but for queries written otherwise)."""

    kind: str
    typed: str
    meant: str


@dataclass(slots=True)
class Score:
    """What came of one class of queries."""

    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)
    first_hits: list[bool] = field(default_factory=list)
    """Of the queries that stand literally in some case."""
    empty: int = 0
    missed: list[str] = field(default_factory=list)
    """What went wrong, to be looked at."""


def texts_in(folder: Path, *, lines_per_case: int | None = None) -> list[Text]:
    """The texts below `folder`, in a fixed order, cut into cases of `lines_per_case` lines."""
    found: list[Text] = []
    for file in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()):
        lines = [line for line in _lines_of(file) if line]
        size = lines_per_case or max(1, len(lines))
        for start in range(0, len(lines), size):
            found.append(Text(f"case-{len(found):04}", tuple(lines[start : start + size])))
    return found


def _lines_of(file: Path) -> Iterator[str]:
    content = file.read_bytes()
    if file.suffix.lower() == ".vtt":
        for cue in parse(content).cues:
            yield from (" ".join(text.split()) for _, text in spoken(cue))
    elif file.suffix.lower() == ".json":
        yield from (" ".join(text.split()) for text in _said_in(json.loads(content)))
    else:
        yield from (" ".join(line.split()) for line in content.decode("utf-8", "replace").splitlines())


def _said_in(told: object) -> Iterator[str]:
    if isinstance(told, list):
        for entry in told:
            said = isinstance(entry, dict) and (entry.get("text") or entry.get("transcript"))
            yield from (said,) if isinstance(said, str) else _said_in(entry)
    elif isinstance(told, dict):
        for value in told.values():
            yield from _said_in(value)


def build(texts: Sequence[Text], site: Path, *, language: str = "ja") -> None:
    """Build a site of `texts`, a case page each, with its search page, into the folder `site`."""
    home = Page("", "Texts", "<h1>Texts</h1>", "home")
    pages = (home, search_page(load_texts(language)), *map(_case_page, texts))
    build_site(CONFIG, site=site, search=True, source=FinishedPages(pages))


def _case_page(text: Text) -> Page:
    passages = tuple(
        Passage(f"q{number:03}", "cue", line, "", SECONDS_PER_LINE * number, "customer")
        for number, line in enumerate(text.lines, start=1)
    )
    body = "".join(f'<p id="q{number:03}">{html.escape(line)}</p>' for number, line in enumerate(text.lines, start=1))
    facts = SearchFacts("case", "ja", passages)
    return Page(f"cases/{text.slug}/", WORDLESS_TITLE, f"<h1>{WORDLESS_TITLE}</h1>{body}", "case", search=facts)


def draw(texts: Iterable[Text], count: int, seed: int) -> list[Query]:
    """Up to `count` queries of each class, the same for the same seed."""
    chance = random.Random(seed)
    lines = [line for text in texts for line in text.lines]
    queries: list[Query] = []
    words = {
        kind: sorted({_cut(kind, found[0], chance) for line in lines for found in re.finditer(pattern, line)} - {""})
        for kind, pattern in PATTERNS.items()
    }
    for kind, found in words.items():
        queries += (Query(kind, word, word) for word in chance.sample(found, min(count, len(found))))
    rewritable = [word for word in (*words["katakana"], *words["latin"]) if _otherwise(word)]
    for word in chance.sample(rewritable, min(count, len(rewritable))):
        queries.append(Query("otherwise", chance.choice(_otherwise(word)), word))
    return queries


def _cut(kind: str, word: str, chance: random.Random) -> str:
    """The part of what was found that is typed; empty when it is not of the class after all."""
    if kind == "mixed":
        scripts = sum(bool(re.search(f"[{script}]", word)) for script in (KANJI, KATAKANA, "A-Za-z0-9"))
        return word if scripts > 1 else ""
    if kind == "verbs" and not word.isascii():
        stem = re.match(f"[{KANJI}]+", word)
        return word[: (stem.end() if stem else 0) + chance.randint(2, 5)]
    if kind == "stretch":
        length = min(len(word), chance.randint(3, 8))
        start = chance.randint(0, len(word) - length)
        part = word[start : start + length]
        # A word in a-z is found from its beginning; a stretch that begins or ends within one is no query of anybody's.
        torn = re.search(r"^[A-Za-z]", part) and re.search(r"[A-Za-z]$", word[:start])
        return "" if torn else part
    return word


def _otherwise(word: str) -> list[str]:
    """Other ways of writing a word that must find the same."""
    if word.isascii():
        return [word.upper(), "".join(chr(ord(letter) + 0xFEE0) for letter in word)]
    if not re.fullmatch(f"[{KATAKANA}]{{3,}}", word):
        return []
    ways = [hiragana(word)]
    if re.search("[ァカガサザタダナハバパマヤャラワィジリギキ]ー$", word) and len(word) > len("サーバ"):
        ways.append(word[:-1])
    half = "".join(HALF_WIDTH.get(letter, letter) for letter in word)
    return [*ways, half] if half != word else ways


HALF_WIDTH = {
    unicodedata.normalize("NFKC", half): half
    for code in range(0xFF66, 0xFF9E)
    for half in (chr(code), chr(code) + "\uff9e", chr(code) + "\uff9f")
    if len(unicodedata.normalize("NFKC", half)) == 1
}


def hiragana(text: str) -> str:
    """`text` with its katakana as hiragana."""
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in text)


def plain(text: str) -> str:
    """`text` as it is compared: this file's own rule, apart from the one that search goes by."""
    return hiragana(unicodedata.normalize("NFKC", text).lower())


def holds(line: str, word: str) -> bool:
    """Whether the line holds the word; a word in a-z from its beginning."""
    given, wanted = plain(line), plain(word)
    begins = r"(?<![a-z])" if "a" <= wanted[0] <= "z" else ""
    return re.search(begins + re.escape(wanted), given) is not None


def comes_near(line: str, word: str) -> bool:
    """Whether the line holds the word in any of its usual ways of writing."""
    given, wanted = (re.sub("[ー,]", "", plain(text)) for text in (line, word))
    if wanted.isascii() and wanted.isalpha() and len(STEM.sub("", wanted)) >= SHORTEST_STEM:
        wanted = STEM.sub("", wanted)
    return all(part in given for part in wanted.split()) if " " in wanted else wanted in given


def ask(page: BrowserPage, typed: str) -> list[str]:
    """Type a query on the search page; the cases of all results, in order."""
    page.locator(FIELD).fill(typed)
    page.locator(FIELD).press("Enter")
    page.wait_for_selector(DONE)
    while (more := page.locator(NEXT)).count():
        shown = page.locator(".cb-hits").count()
        more.click()
        page.locator(".cb-hits").nth(shown).wait_for()
    found: list[str] = page.eval_on_selector_all("[data-search-result] a", CASES_FOUND)
    if page.locator("[data-cb-search-notices] .cb-notice").count():
        return []  # what comes near is offered, and is no answer
    return found


def judge(page: BrowserPage, texts: Sequence[Text], queries: Iterable[Query]) -> dict[str, Score]:
    """Ask `page` each query and compare its answers with the texts, by class."""
    scores: dict[str, Score] = {}
    for query in queries:
        score = scores.setdefault(query.kind, Score())
        right = {text.slug for text in texts if any(holds(line, query.meant) for line in text.lines)}
        near = {text.slug for text in texts if any(comes_near(line, query.meant) for line in text.lines)}
        if " " in query.meant:  # several words may stand apart
            words = query.meant.split()
            near = {
                text.slug for text in texts if all(any(comes_near(line, word) for line in text.lines) for word in words)
            }
        literal = {text.slug for text in texts if any(query.typed in line for line in text.lines)}
        found = ask(page, query.typed)
        score.recalls.append(len(right & set(found)) / len(right) if right else 1.0)
        if found:
            score.precisions.append(len(near & set(found)) / len(found))
        if literal:
            score.first_hits.append(bool(found) and found[0] in literal)
        score.empty += not found and bool(right)
        wrong = [
            *(["recall"] if score.recalls[-1] < 1 else []),
            *(["precision"] if found and score.precisions[-1] < 1 else []),
            *(["first hit"] if literal and not score.first_hits[-1] else []),
        ]
        if wrong:
            score.missed.append(f"{query.kind}: {query.typed} ({query.meant}): {', '.join(wrong)}")
    return scores


def measure(texts: Sequence[Text], queries: Sequence[Query], *, language: str = "ja") -> dict[str, Score]:
    """Build the site of `texts`, open its search page in Chromium, and ask it."""
    with tempfile.TemporaryDirectory(prefix="casebook-quality-") as scratch:
        site = Path(scratch, "site")
        build(texts, site, language=language)
        with serving(site) as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(f"{home}search/")
            page.wait_for_selector(DONE)
            scores = judge(page, texts, queries)
            browser.close()
    return scores


def table(scores: dict[str, Score]) -> str:
    """The scores as a table in Markdown."""
    rows = ["| class | queries | recall | precision | first hit | empty |", "| --- | --- | --- | --- | --- | --- |"]
    for kind, score in scores.items():
        figures = (mean(score.recalls), mean(score.precisions), mean(score.first_hits))
        shown = " | ".join("-" if figure is None else f"{figure:.3f}" for figure in figures)
        rows.append(f"| {kind} | {len(score.recalls)} | {shown} | {score.empty} |")
    return "\n".join(rows)


def mean(values: Sequence[float]) -> float | None:
    """The mean of figures; None when there are none."""
    return statistics.mean(values) if values else None


def main() -> None:
    """Read the command line, build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=25, help="lines of a case; 0 makes each file one case")
    parser.add_argument("--queries", type=int, default=40, help="of each class")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--language", choices=("ja", "en"), default="ja", help="of the search page")
    parser.add_argument("--show", action="store_true", help="name each query that went wrong")
    arguments = parser.parse_args()
    texts = texts_in(arguments.folder, lines_per_case=arguments.lines or None)
    if not texts:
        parser.error(f"there is no {', '.join(SUFFIXES)} in {arguments.folder}")
    queries = draw(texts, arguments.queries, arguments.seed)
    started_s = time.monotonic()
    scores = measure(texts, queries, language=arguments.language)
    print(f"{len(texts)} cases, {sum(len(text.lines) for text in texts)} lines, {len(queries)} queries")
    print(table(scores))
    print(f"{time.monotonic() - started_s:.0f} s")
    if arguments.show:
        print("\n".join(line for score in scores.values() for line in score.missed))


if __name__ == "__main__":
    main()
