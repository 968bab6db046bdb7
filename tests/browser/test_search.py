"""What search finds, and where a result leads, in a real browser below a sub-path under a strict policy."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.search.letters import RUNS, fold, spellings, tokens
from generator.search.postings import places_in
from generator.search.word_files import words_in
from generator.spellings.kanji import todays_forms
from tests.browser.conftest import Meet
from tests.support.searchable_site import LINES, TITLES, build_searchable_site, searchable_pages
from tests.support.sound import WAV, write_recording

pytestmark = pytest.mark.browser

HITS = "[data-search-result] a"
READ = """links => links.map((link) =>
  [link.dataset.case, link.dataset.kind, [...link.querySelectorAll("mark")].map((m) => m.textContent).join("|")])"""
WIDENED = ("katakana", "latin")
"""Classes in which other ways of writing are found besides: サーバ for サーバー, interview for interviews."""
DONE = "html[data-search-state=done]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The searchable site with a recording; not to be written to."""
    folder = tmp_path_factory.mktemp("searchable")
    build_searchable_site(folder / "site", write_recording(folder, WAV, duration_s=6.0))
    return folder / "site"


def ask(page: Page, query: str) -> list[tuple[str, str, str]]:
    """Type `query` on the search page; case, kind and marked words of each result, in order."""
    page.locator("[data-cb-search-input]").fill(query)
    page.locator("[data-cb-search-input]").press("Enter")
    page.wait_for_selector(DONE)
    found = page.eval_on_selector_all(HITS, READ)
    return [tuple(hit) for hit in found]


def cases(hits: list[tuple[str, str, str]]) -> list[str]:
    """The cases in the order of the results, each once."""
    return list(dict.fromkeys(case for case, _, _ in hits))


@pytest.mark.parametrize(
    ("query", "found", "marked"),
    [
        pytest.param("失注企業", ["laptop"], "失注企業", id="compound"),
        pytest.param("注企", ["laptop"], "注企", id="from any letter to any other"),
        pytest.param("デプスインタビュー", ["laptop"], "デプスインタビュー", id="katakana compound"),
        pytest.param("ナレッジマネジメント", ["assembly"], "ナレッジマネジメント", id="two katakana words"),
        pytest.param(
            "カスタマージャーニーマップ", ["assembly"], "カスタマージャーニーマップ", id="three katakana words"
        ),
        pytest.param("でぷす", ["laptop"], "デプス", id="hiragana for katakana"),
        pytest.param("サーバー", ["laptop", "assembly"], "サーバー", id="long vowel, half width"),
        pytest.param("サーバ", ["assembly", "laptop"], "ｻｰﾊﾞ", id="no long vowel"),
        pytest.param("のまま使えな", ["laptop"], "のまま使えな", id="verb phrase typed in part"),
        pytest.param("声", ["assembly"], "声", id="one letter"),
        pytest.param("髙橋", ["assembly"], "髙橋", id="name"),
        pytest.param("pc版", ["laptop"], "PC版", id="Latin and kanji"),
        pytest.param("ＲＢ１５", ["laptop"], "RB-15", id="model name, full width"),
        pytest.param("1200万円", ["laptop"], "1,200万円", id="figure"),
        pytest.param("CAFE", ["english"], "café", id="accent and case"),
        pytest.param("interviews", ["english"], "interview", id="another form of an English word"),
        pytest.param("glov", ["english"], "glov", id="beginning of an English word"),
        pytest.param("手袋 見積", ["laptop"], "手袋", id="both words"),
        pytest.param("手袋 -価格", ["laptop"], "手袋", id="without a word"),
        pytest.param("「そのまま開発に」", ["assembly"], "そのまま開発に", id="exact phrase in Japanese quotes"),
        pytest.param("rate", [], "", id="not inside an English word"),
        pytest.param('"interviews"', [], "", id="exact means this form only"),
    ],
)
def test_words_of_every_class_are_found_at_their_line(
    meet: Meet, site: Path, query: str, found: list[str], marked: str
) -> None:
    """Whatever stands in a line is found, in any usual way of writing it, and nothing else; the words are marked."""
    hits = ask(meet(site).open("search/"), query)
    assert cases(hits) == found
    assert marked == next((words for _, kind, words in hits if kind != "case"), "").split("|")[0]


def test_both_sides_cut_alike(meet: Meet, site: Path) -> None:
    """The browser asks for the very tokens that were indexed."""
    naughty = ["", "ｶﾞｷﾞ㍻①Ⅳ", "İstanbul ΣΑΣ ß ﬁ", "𠮷野家で叱る", "한국어 ไทย हिन्दी عربي", "👩‍💻は RB-15,000 1,2", "ー々〆ヶヴゝヾ", "ｳﾞｧいすゞヴュゔ", "手袋 の　まま PC 版 a b", "".join(todays_forms()), "a\u0301が\u200b", "３月1日PC2台"]  # fmt: skip  # noqa: E501
    texts = [*naughty, *(words for lines in LINES.values() for _, words in lines)]
    page = meet(site).open("search/")
    cut = page.evaluate(
        """async ([texts, home]) => {
          const { tokens } = await import(`${home}assets/casebook/scripts/search/letters.js`);
          return texts.map(tokens);
        }""",
        [texts, page.url.removesuffix("search/")],
    )
    assert cut == [tokens(text) for text in texts]
    words = ["モノ", "KPI", "GitHub", "サーバー", "サーバールーム", "もの", "kpi", "失注", "Café", "ヷヸ"]
    spelled = page.evaluate(
        """async ([words, home]) => {
          const { spelling } = await import(`${home}assets/casebook/scripts/search/letters.js`);
          return words.map(spelling);
        }""",
        [words, page.url.removesuffix("search/")],
    )
    assert spelled == [next(iter(spellings(word)), "") for word in words]


def test_both_sides_read_the_same_places(meet: Meet, site: Path) -> None:
    """The browser unpacks what was packed."""
    page = meet(site).open("search/")
    files = sorted(site.glob("pagefind/*/index/*.bin"))
    assert files
    for file in files:
        read = page.evaluate(
            """async ([address, home]) => {
              const { WordFile } = await import(`${home}assets/casebook/scripts/search/postings.js`);
              const content = new Uint8Array(await (await fetch(home + address)).arrayBuffer());
              const words = await WordFile.read(content);
              return words.words.map((word) => [word, Array.from(words.places(word, 0))]);
            }""",
            [file.relative_to(site).as_posix(), page.url.removesuffix("search/")],
        )
        assert read == [[word.token, places_in(word.places[0])] for word in words_in(file.read_bytes())]


def test_recall_and_first_hit_on_queries_drawn_from_the_pages(meet: Meet, site: Path) -> None:
    """A floor under recall, precision and the first result, per class of query, on the search page itself."""
    said = {
        page.address: [line.text for line in page.search.passages]
        for page in searchable_pages()
        if page.search and page.listed
    }
    classes = {
        "katakana": r"[ァ-ヺー]{3,}",
        "kanji": r"[一-龠]{2,}",
        "verb": r"[一-龠][ぁ-ん]{2,5}",
        "kana": r"[ぁ-んー]{2,5}",
        "mixed": r"[一-龠ァ-ヺぁ-ん]{3,8}",
        "latin": r"[A-Za-z]{3,}",
    }
    draw = random.Random(5)  # noqa: S311 - nothing is kept secret by it
    page = meet(site).open("search/")
    for name, pattern in classes.items():
        words = sorted({word for lines in said.values() for line in lines for word in re.findall(pattern, line)})
        for query in draw.sample(words, min(12, len(words))):
            holding = {
                address.split("/")[1] for address, lines in said.items() if any(_holds(line, query) for line in lines)
            }
            found = cases(ask(page, query))
            assert found[0] in holding, (name, query)
            assert set(found) >= holding or len(holding) > 10, (name, query)
            assert name in WIDENED or set(found) <= holding, (name, query)


def _holds(line: str, query: str) -> bool:
    return "".join(run[0] for run in RUNS.finditer(fold(query))) in "".join(run[0] for run in RUNS.finditer(fold(line)))


def test_what_stands_as_typed_comes_before_other_ways_of_writing(meet: Meet, site: Path) -> None:
    """サーバー before ｻｰﾊﾞ for who typed the one, and the other way round."""
    page = meet(site).open("search/")
    assert cases(ask(page, "サーバー"))[0] == "laptop"
    assert cases(ask(page, "nobody needs"))[0] == "english"


def test_what_was_said_comes_before_what_was_concluded(meet: Meet, site: Path) -> None:
    """The customer's sentence is the first line of its case."""
    hits = ask(meet(site).open("search/"), "手袋のまま")
    assert [kind for _, kind, _ in hits] == ["case", "cue", "insight"]


def test_what_the_customer_said_comes_before_the_question(meet: Meet, site: Path) -> None:
    """Who searches wants the answer: of two lines with the words, the customer's is first."""
    page = meet(site).open("search/")
    ask(page, "検査の写真")
    assert page.locator(".cb-hit-words").all_inner_texts() == [
        "検査の写真は、紙に貼っています。",
        "検査の写真は、どこに残していますか。",
    ]


def test_a_result_leads_to_its_line_and_marks_the_words_there(meet: Meet, site: Path) -> None:
    """No searching twice: the page opens at the line, with the words marked."""
    reader = meet(site)
    page = reader.open("search/")
    ask(page, "合否条件 手袋")
    page.locator('[data-kind="insight"] a, a[data-kind="insight"]').first.click()
    page.wait_for_url(re.compile(r"cases/laptop/\?highlight=.*#insight-a$"))
    ask(reader.open("search/"), "PC版")
    page.locator('a[data-kind="cue"]').click()
    expect(page.locator("#q003")).to_be_in_viewport()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...CSS.highlights.get('cb-search')].map(String)") == ["PC版"]


def test_a_line_is_heard_in_the_list_and_stops_at_its_end(meet: Meet, site: Path) -> None:
    """Listening to a sentence does not take the reader away from the results."""
    page = meet(site).open("search/")
    ask(page, "手袋のまま使えない")
    play = page.get_by_role("button", name="0:01 から聴く")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(play).to_have_attribute("aria-pressed", "false")
    assert 1.9 < page.evaluate("document.querySelector('audio').currentTime") < 3.5


def test_a_case_without_a_recording_shows_the_time_only(meet: Meet, site: Path) -> None:
    """No button that would do nothing."""
    page = meet(site).open("search/")
    ask(page, "ナレッジマネジメント")
    expect(page.locator("[data-cb-search-results] .cb-play")).to_have_count(0)
    expect(page.locator(".cb-hit-from time")).to_have_text("0:00")


def test_titles_are_found_and_markup_in_them_is_text(meet: Meet, site: Path) -> None:
    """A title is shown as it was written, whatever characters it has."""
    page = meet(site).open("search/")
    assert cases(ask(page, "静かに離れた"))[0] == "quiet"
    expect(page.locator(".cb-hits-title a").first).to_have_text(TITLES["quiet"])


def test_what_is_not_listed_is_not_found(meet: Meet, site: Path) -> None:
    """The patterns page says 失注企業 too."""
    page = meet(site).open("search/")
    ask(page, "失注企業")
    expect(page.locator("[data-cb-search-results] > li")).to_have_count(1)
    listed = json.loads((site / "pagefind" / "parts.json").read_text())["parts"]
    assert sum(part["records"] for part in listed) == sum(
        page.listed and page.search is not None for page in searchable_pages()
    )
