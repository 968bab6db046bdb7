"""On a guided path in a real browser: hear the moment, answer for yourself, go on where you stopped."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Meet
from tests.pages.knowledge import CORPUS, PATH, whole_site
from tests.support.tiny_site import build_tiny_site
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.audio]

ADDRESS = "paths/first-half-hour/"
RECORDING = Path(__file__).parents[2] / "cases" / "2025-07-power-line-maintenance" / "audio.m4a"
"""Any recording that is longer than the moment will do."""
SOUND = "document.querySelector('.cb-clip-sound')"
WITHOUT_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("switched off", "SecurityError"); } });
"""


@pytest.fixture(scope="module")
def paths_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base of the pages' tests, framed, with something to hear."""
    site = tmp_path_factory.mktemp("paths") / "site"
    build_tiny_site(site, pages=tuple(whole_site().values()))
    folder = site / "cases" / CORPUS.cases[0].slug
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(RECORDING, folder / "audio.m4a")
    return site


def moment() -> tuple[float, float]:
    """Start and end of the first stop's moment, in seconds."""
    transcript = CORPUS.cases[0].transcript
    assert transcript is not None
    first, last = transcript.cue("q006"), transcript.cue("q007")
    assert first is not None and last is not None
    return first.start_s, last.end_s


def hear_out(page: Page) -> float:
    """Hurry the sound to where it stops by itself; the place where that was, in seconds."""
    wait_until(page, f"{SOUND}.currentTime >= {moment()[0]} && !{SOUND}.paused")
    page.evaluate(f"{SOUND}.playbackRate = 8")
    wait_until(page, f"{SOUND}.paused && !{SOUND}.seeking")
    return float(page.evaluate(f"{SOUND}.currentTime"))


def test_a_clip_plays_exactly_its_moment_again_and_again(meet: Meet, paths_site: Path) -> None:
    """From its first word to its last; pressed once more it begins anew. Nothing is loaded before."""
    page = meet(paths_site).open(ADDRESS)
    start, end = moment()
    assert page.evaluate(f"{SOUND}.readyState") == 0
    button = page.get_by_role("button", name=re.compile("を聴く"))
    for _ in range(2):
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert abs(hear_out(page) - end) < 0.01
        expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    wait_until(page, f"!{SOUND}.paused && {SOUND}.currentTime < {end}")
    assert page.evaluate(f"{SOUND}.currentTime") >= start - 0.1


def test_a_clip_pauses_and_goes_on(meet: Meet, paths_site: Path) -> None:
    """By the keyboard as well: the space bar stops the sound where it is, and lets it go on from there."""
    page = meet(paths_site).open(ADDRESS)
    button = page.get_by_role("button", name=re.compile("を聴く"))
    button.focus()
    page.keyboard.press("Space")
    wait_until(page, f"{SOUND}.currentTime > {moment()[0]} + 0.2")
    page.keyboard.press("Space")
    wait_until(page, f"{SOUND}.paused")
    held = page.evaluate(f"{SOUND}.currentTime")
    page.keyboard.press("Space")
    wait_until(page, f"{SOUND}.currentTime > {held}")
    assert page.evaluate(f"{SOUND}.currentTime") >= held


def test_a_recording_that_is_not_there_leaves_the_lines(meet: Meet, paths_site: Path, tmp_path: Path) -> None:
    """No button that does nothing: the moment can still be read."""
    site = tmp_path / "site"
    shutil.copytree(paths_site, site, ignore=shutil.ignore_patterns("audio.m4a"))
    reader = meet(site)
    reader.forgive("404")
    page = reader.open(ADDRESS)
    page.get_by_role("button", name=re.compile("を聴く")).click()
    expect(page.get_by_role("button", name=re.compile("を聴く"))).to_be_hidden()
    expect(page.get_by_role("link", name="発言を読む").first).to_be_visible()


def test_readers_go_on_where_they_stopped(meet: Meet, paths_site: Path) -> None:
    """What was done is ticked on return; the path, the page of all paths and the home page lead to the next stop."""
    reader = meet(paths_site)
    page = reader.open(ADDRESS)
    left = PATH.stops[1]
    page.get_by_role("checkbox").first.check()
    told = f"2か所中 1か所を聴きました。残り{left.minutes}分"
    expect(page.get_by_role("status")).to_have_text(told)
    page.reload()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    for address in (ADDRESS, "paths/", ""):
        reader.open(address)
        expect(page.get_by_text(told)).to_be_visible()
        page.get_by_role("link", name=f"続きから：{left.title}").click()
        page.wait_for_url(re.compile(rf"{ADDRESS}#stop-2$"))
        expect(page.locator("#stop-2")).to_be_in_viewport()


def test_the_home_page_leads_back_at_once(meet: Meet, paths_site: Path) -> None:
    """Nothing for who has not begun; for who has, the way back stands above everything else."""
    reader = meet(paths_site)
    page = reader.open()
    resume = page.locator("[data-cb-resume]")
    expect(resume).to_be_hidden()
    reader.open(ADDRESS).get_by_role("checkbox").first.check()
    reader.open()
    expect(resume.get_by_role("link", name=PATH.title)).to_be_in_viewport()
    resume.get_by_role("link").click()
    page.wait_for_url(re.compile(rf"{ADDRESS}#stop-2$"))


def test_the_end_of_a_path_is_told(meet: Meet, paths_site: Path) -> None:
    """All stops made: nothing to go on with, and a word to take along. Who begins again has a clean slate."""
    page = meet(paths_site).open(ADDRESS)
    for box in page.get_by_role("checkbox").all():
        box.check()
    expect(page.get_by_role("status")).to_have_text("すべて聴き終えました")
    expect(page.get_by_text("これで最後です。")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("続きから"))).to_be_hidden()
    page.get_by_role("button", name="最初からやり直す").click()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
    expect(page.get_by_text("これで最後です。")).to_be_hidden()
    expect(page.get_by_role("heading", name=PATH.stops[0].title)).to_be_focused()


def test_answers_stay_in_this_browser(meet: Meet, paths_site: Path) -> None:
    """What was written is there on return, also after beginning again; nothing of it leaves the browser."""
    reader = meet(paths_site)
    page = reader.open(ADDRESS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.get_by_role("textbox", name="自分の答え").first
    answer.fill("点検のたびに、首ひもを見る")
    assert [url for url in asked if not url.endswith("favicon.svg")] == []
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="最初からやり直す").click()
    page.reload()
    expect(answer).to_have_value("点検のたびに、首ひもを見る")


def test_the_answer_is_behind_the_question(meet: Meet, paths_site: Path) -> None:
    """Folded until the reader asks for it, by mouse or keyboard."""
    page = meet(paths_site).open(ADDRESS)
    claim = page.get_by_role("link", name="「壊れない」という評判が、不満を言う口をふさぐ。")
    expect(claim).to_be_hidden()
    page.get_by_text("社内での読み解きを見る").first.focus()
    page.keyboard.press("Enter")
    expect(claim).to_be_visible()


def test_a_path_works_without_scripts(meet: Meet, paths_site: Path) -> None:
    """The browser's own controls play the moment; nothing is offered that would keep nothing."""
    page = meet(paths_site, java_script_enabled=False).open(ADDRESS)
    expect(page.locator(".cb-clip-sound")).to_be_visible()
    for role in ("button", "checkbox", "textbox"):
        shown = page.locator(".cb-path-page").get_by_role(role).filter(visible=True)  # type: ignore[arg-type]
        expect(shown).to_have_count(0)
    expect(page.get_by_text(PATH.stops[0].question)).to_be_visible()


def test_a_path_works_without_storage(meet: Meet, paths_site: Path) -> None:
    """Where a company switched it off there is nothing to tick, and everything to hear and read."""
    reader = meet(paths_site)
    reader.page.add_init_script(WITHOUT_STORAGE)
    page = reader.open(ADDRESS)
    expect(page.get_by_role("button", name=re.compile("を聴く"))).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.locator(".cb-path-page").get_by_role("textbox")).to_have_count(0)
    for address in ("paths/", ""):
        expect(reader.open(address).get_by_role("link", name=PATH.title)).to_be_visible()


def test_what_storage_holds_may_be_anything(meet: Meet, paths_site: Path) -> None:
    """A value that another program or an older edition left does not stop the page."""
    reader = meet(paths_site)
    page = reader.open(ADDRESS)
    for value in ("{", "7", "null", '{"a":1}', '["2025-09-harbour-cargo:q006..q007"]'):
        page.evaluate(
            """(value) => {
              for (const key of ["casebook.path", "casebook.path-notes"]) {
                localStorage.setItem(`/kb/${key}.first-half-hour`, value);
              }
            }""",
            value,
        )
        page.reload()
        expect(page.get_by_role("checkbox").first).to_be_visible()
    expect(page.get_by_role("checkbox").first).to_be_checked()


def test_a_path_prints_as_a_sheet_to_write_on(meet: Meet, paths_site: Path) -> None:
    """The question with lines beneath it; what was written already; no controls, and no answer given away."""
    page = meet(paths_site, width=794).open(ADDRESS)
    page.get_by_role("textbox", name="自分の答え").first.fill("もう書いた答え")
    page.emulate_media(media="print")
    for part in ("button", "audio", "summary", ".cb-clip-track", ".cb-stop-answer", ".cb-path-actions"):
        expect(page.locator(f".cb-path-page {part}").filter(visible=True)).to_have_count(0)
    expect(page.locator(".cb-stop-lines").filter(visible=True)).to_have_count(len(PATH.stops))
    expect(page.locator("textarea").filter(visible=True)).to_have_count(1)
    expect(page.get_by_text(PATH.stops[0].question)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
