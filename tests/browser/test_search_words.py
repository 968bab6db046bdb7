"""What a query means: ways of writing, exact words, exclusion, the nearest words, and input of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from generator.pages.page import Page, Passage, SearchFacts
from generator.pages.search import search_page
from generator.site.engine import build_site
from generator.site.source import FinishedPages
from generator.texts import load_texts
from tests.browser.conftest import Meet
from tests.support.tiny_site import CONFIG, page

pytestmark = pytest.mark.browser

DONE = "html[data-search-state=done]"
SAID = {
    "server-room": "サーバールームの空調が先でした。",
    "server-hut": "サーバルームには誰も入れません。",
    "server": "サーバーを入れ替えました。",
    "building": "本社のビルは古いです。",
    "beer": "アサヒビールさんも同じ機種です。",
    "follow": "フォロワーが増えました。",
    "computer": "コンピューター教育を始めました。",
    "violin": "ﾊﾞｲｵﾘﾝ教室の受付で使います。",
    "film": "富士フイルムの担当者です。",
    "old-kanji": "齋藤さんと髙橋さんに聞きました。",
    "compatible": "神\ufa19戸の倉庫です。",
    "people": "人々の声を我我は聞いた。",
    "months": "三ヶ月かかりました。",
    "figures": "㍻の終わりに①番線で１，２００台。",
    "things": "ものづくりの話をしました。",
    "things-katakana": "モノとして見ています。",
    "mixed": "PC版のTF-14を、iPadと比べました。",
    "quoted": "彼は「はい」と言って帰りました。",
    "english": "Buyers don't compare e-mail tools; the KPI decided it.",
    "long": "あ" * 400 + "最後に手袋の話をしました。" + "い" * 400,
    "twice": "Anything to add to this?",
    "once": "We want to add one. To add is easy, and to add is cheap.",
    "emoji": "助かりました😀本当に𠮷野家で。",
}
OTHERS = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one-line cases; not to be written to."""
    folder = tmp_path_factory.mktemp("words") / "site"
    others = {f"other-{number}": "雨の日は人が足りません。" for number in range(OTHERS)}
    cases = [
        Page(
            f"cases/{slug}/",
            slug.upper(),
            f"<p>{words}</p>",
            "case",
            search=SearchFacts("case", "ja", (Passage("q001", "cue", words, "現場", 1.0, "customer"),)),
        )
        for slug, words in {**SAID, **others}.items()
    ]
    pages = (page("", "入口", "home"), page("cases/", "事例", "cases"), search_page(load_texts("ja")), *cases)
    build_site(CONFIG, site=folder, search=True, source=FinishedPages(pages))
    return folder


def ask(page: BrowserPage, query: str) -> list[str]:
    """The cases that a typed query finds, best first."""
    page.locator("[data-cb-search-input]").fill(query)
    page.locator("[data-cb-search-input]").press("Enter")
    page.wait_for_selector(DONE)
    found: list[str] = page.eval_on_selector_all(
        "h2[data-search-result]", "all => all.map((each) => each.dataset.case)"
    )
    return found


@pytest.mark.parametrize(
    ("queries", "found"),
    [
        (("サーバールーム", "サーバルーム", "さーばーるーむ", "ｻｰﾊﾞﾙｰﾑ"), {"server-room", "server-hut"}),
        (("サーバー", "サーバ", "さーばー"), {"server", "server-room", "server-hut"}),
        (("コンピュータ教育", "コンピューター教育", "こんぴゅーたー教育"), {"computer"}),
        (("ヴァイオリン", "バイオリン", "ばいおりん"), {"violin"}),
        (("フィルム", "フイルム"), {"film"}),
        (("斎藤", "斉藤", "齋藤", "高橋", "髙橋"), {"old-kanji"}),
        (("神神戸", "神\ufa19戸"), {"compatible"}),
        (("人々", "人人", "我々", "我我"), {"people"}),
        (("三ヶ月", "三か月", "三ケ月", "ヶ月かか"), {"months"}),
        (("平成の終わり", "1番線", "1200台", "１，２００台"), {"figures"}),
        (("pc版", "ＰＣ版", "tf14", "TF-14", "IPAD"), {"mixed"}),
        (("e-mail", "E-Mail", "Don’t compare", "buyer", "BUYERS"), {"english"}),
        (("「はい」と言", "彼は「はい」と言っ", "はい と言って"), {"quoted"}),
        (("𠮷野家", "吉野家"), {"emoji"}),
    ],
)
def test_usual_ways_of_writing_find_the_same(meet: Meet, site: Path, queries: tuple[str, ...], found: set[str]) -> None:
    """Width, case, kana, long vowels also inside compounds, older kanji, marks that repeat, figures."""
    page = meet(site).open("search/")
    assert {query: set(ask(page, query)) for query in queries} == dict.fromkeys(queries, found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ビル", {"building"}),
        ("ビール", {"beer"}),
        ("フォロー", set()),
        ("mail", {"english"}),
        ("ail", set()),
        ('"buyer"', set()),
        ('"サーバルーム"', {"server-hut"}),
        ("ルーム -サーバルーム", set()),
        ('ルーム -"サーバルーム"', {"server-room"}),
        ("ルーム　－空調", {"server-hut"}),
        ("ルーム −空調", {"server-hut"}),
        ("ルーム ー空調", {"server-hut"}),
        ("空調 入れない", set()),
        ('"ルーム', {"server-room", "server-hut"}),
    ],
)
def test_other_words_stay_other_words(meet: Meet, site: Path, query: str, found: set[str]) -> None:
    """A long vowel in a short word tells, quotes mean this form only, a minus leaves out, all of several are wanted."""
    page = meet(site).open("search/")
    shown = set(ask(page, query))
    is_near_only = page.locator("[data-cb-search-notices] .cb-notice").count() > 0
    assert (set() if is_near_only else shown) == found


def test_the_very_spelling_comes_first(meet: Meet, site: Path) -> None:
    """モノ before もの, although both are found; and a phrase before its words, a word that comes twice included."""
    page = meet(site).open("search/")
    assert ask(page, "モノ") == ["things-katakana", "things"]
    assert ask(page, "もの") == ["things", "things-katakana"]
    assert ask(page, "to add to") == ["twice", "once"]


def test_a_long_line_is_shortened_around_what_was_found(meet: Meet, site: Path) -> None:
    """The words are in view, wherever they stand in what was said."""
    page = meet(site).open("search/")
    assert ask(page, "手袋の話") == ["long"]
    shown = page.locator(".cb-hit-words").inner_text()
    assert "手袋の話" in shown
    assert shown.startswith("…")
    assert len(shown) < 200


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("サーバルムー", "サーバルーム"),
        ("コンピュタ教育", "コンピューター教育"),
        ("conpare", "compare"),
        ("火星移住", None),
    ],
)
def test_the_nearest_words_that_exist_are_offered(meet: Meet, site: Path, typed: str, meant: str | None) -> None:
    """Letters swapped, left out or wrong: the word is a link that searches for it; nothing is made up for others."""
    page = meet(site).open("search/")
    ask(page, typed)
    links = page.locator(".cb-near a")
    if meant is None:
        expect(links).to_have_count(0)
    else:
        links.get_by_text(meant, exact=True).click()
        page.wait_for_selector(DONE)
        expect(page.locator("[data-cb-search-input]")).to_have_value(meant)
        assert page.locator("[data-search-result]").count() > 0


@pytest.mark.parametrize(
    "typed",
    [
        "-雨",
        "- - -",
        '"""',
        "「」『』",
        ".*+?^${}()|[]\\",
        "%00%0a\u0000\u0001",
        "\u202eمرحبا\u202c",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "javascript:alert(1) __proto__ constructor toString",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        "ー" * 50,
        "々々々",
        "ゝゝ ヾヾ",
        "1 2 3 ① Ⅳ ㌔",
        "　　　",
    ],
)
def test_any_input_has_an_answer(meet: Meet, site: Path, typed: str) -> None:
    """Results or a word about them, nothing executed, nothing in the console; the address leads to the same again."""
    reader = meet(site)
    page = reader.open("search/")
    found = ask(page, typed)
    answer = page.locator("[data-cb-search-count]").inner_text()
    assert answer == f"{len(SAID) + OTHERS if not typed.strip() else answer.removesuffix('件')}件"
    assert page.locator(".cb-search-page :is(img, script)").count() == 0
    page.reload()
    page.wait_for_selector(DONE)
    again = page.eval_on_selector_all("h2[data-search-result]", "all => all.map((each) => each.dataset.case)")
    assert again == found


def test_half_letters_do_no_harm(meet: Meet, site: Path) -> None:
    """What a broken clipboard or another program leaves: halves of letters, in the field and in the address."""
    page = meet(site).open("search/")
    page.evaluate(
        """() => {
          const field = document.querySelector("[data-cb-search-input]");
          field.value = "\\ud83d 手袋 \\udc00";
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          field.form.requestSubmit();
        }"""
    )
    page.wait_for_selector(DONE)
    assert page.locator("h2[data-search-result]").count() == 1
    page = meet(site).open("search/?q=%ED%A0%BD%20%E6%89%8B%E8%A2%8B%FF")
    page.wait_for_selector(DONE)
    expect(page.locator("[data-cb-search-count]")).to_have_text("1件")


def test_a_word_left_out_alone_lists_all_others(meet: Meet, site: Path) -> None:
    """`-雨` is a question too: everything in which it does not rain."""
    page = meet(site).open("search/")
    ask(page, "-雨")
    expect(page.locator("[data-cb-search-count]")).to_have_text(f"{len(SAID)}件")
