"""The case page in a real browser: it is heard, followed, filtered, worked by keyboard and linked to."""

from __future__ import annotations

import math
import struct
import wave
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.pages.case import render_case
from generator.pages.library import Library
from generator.pages.page import Sound
from generator.texts import load_texts
from tests.browser.conftest import Meet
from tests.pages.sample import CASE, CORPUS, sound
from tests.support.tiny_site import CONFIG, build_tiny_site, page
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.audio]

ADDRESS = f"cases/{CASE.slug}/"
RATE_HZ = 8000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case with a real recording as long as its talk, in the site's frame."""
    folder = tmp_path_factory.mktemp("case") / "site"
    drawn = sound()
    heard = Sound(f"{ADDRESS}audio.wav", drawn.duration_s, drawn.peaks)
    pages = (page("", "ホーム", "home"), render_case(Library(CORPUS, load_texts("ja")), CASE, heard))
    build_tiny_site(folder, pages=pages)
    with wave.open(str(folder / ADDRESS / "audio.wav"), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        cycle = b"".join(struct.pack("<h", round(900 * math.sin(2 * math.pi * step / 40))) for step in range(40))
        file.writeframes(cycle * math.ceil(drawn.duration_s * RATE_HZ / 40))
    return folder


def start_s(cue: str) -> float:
    """When a line begins, in seconds."""
    found = CASE.transcript.cue(cue) if CASE.transcript else None
    assert found is not None
    return found.start_s


def now_s(page: Page) -> float:
    """Where the recording stands, in seconds."""
    return float(page.locator(".cb-player audio").first.evaluate("audio => audio.currentTime"))


def playing(page: Page) -> bool:
    """True while it sounds."""
    return bool(page.locator(".cb-player audio").first.evaluate("audio => !audio.paused"))


def running(page: Page) -> str | None:
    """Identifier of the line that is marked as heard."""
    line = page.locator(".cb-running")
    return line.get_attribute("id") if line.count() else None


def test_clicking_a_lines_time_plays_it(meet: Meet, site: Path) -> None:
    """A line is heard where it is read; it is marked, its address is shown, and the next line follows by itself."""
    shown = meet(site).open(ADDRESS)
    shown.locator("#q004 > a").first.click()
    expect(shown.locator("#q004")).to_have_class("cb-running")
    expect(shown.locator(".cb-player")).to_have_class("cb-player cb-playing")
    assert shown.url.endswith("#q004")
    assert start_s("q004") - 0.1 <= now_s(shown) < start_s("q005")
    shown.locator(".cb-player audio").first.evaluate("(audio, at) => audio.currentTime = at", start_s("q005") - 0.2)
    expect(shown.locator("#q005")).to_have_class("cb-running")


def test_mark_of_an_unverified_line_is_seen_and_not_copied(meet: Meet, site: Path) -> None:
    """On screen and on paper the line says so; who copies its words gets the words alone."""
    shown = meet(site).open(ADDRESS)
    mark = shown.locator("#q020 .cb-unsure")
    expect(mark).to_be_visible()
    copied = shown.locator("#q020").evaluate(
        "line => { getSelection().selectAllChildren(line); return getSelection().toString() }"
    )
    assert "手作業です" in copied
    assert "聞き取り未確認" not in copied
    shown.emulate_media(media="print")
    expect(mark).to_be_visible()


def test_address_opens_at_its_line(meet: Meet, site: Path) -> None:
    """A link in a chat opens at the sentence, ready to be heard, and silent until asked."""
    shown = meet(site).open(f"{ADDRESS}#q018")
    expect(shown.locator("#q018")).to_be_in_viewport()
    assert running(shown) == "q018"
    assert not playing(shown)
    expect(shown.locator("[data-now]")).to_have_text("1:39")


@pytest.mark.parametrize(("place", "cue"), [("?play=1#q010", "q010"), ("#q012&play", "q012"), ("#t=61&play", "q011")])
def test_address_plays_on_request(meet: Meet, site: Path, place: str, cue: str) -> None:
    """An address may ask to be heard at once: by line or by second."""
    shown = meet(site).open(ADDRESS + place)
    expect(shown.locator(f"#{cue}")).to_have_class("cb-running")
    expect(shown.locator(".cb-player")).to_have_class("cb-player cb-playing")
    expect(shown.locator(f"#{cue}")).to_be_in_viewport()


def test_quote_plays_in_place_and_stops_at_its_end(meet: Meet, site: Path) -> None:
    """A quote is heard without leaving the claim that it carries, and no further than it goes."""
    shown = meet(site).open(ADDRESS)
    quote = shown.locator("#insight-i1 [data-play=q007]")
    quote.scroll_into_view_if_needed()
    before = shown.evaluate("scrollY")
    quote.click()
    expect(shown.locator(".cb-player")).to_have_class("cb-player cb-playing")
    shown.locator(".cb-player audio").first.evaluate(
        "(audio, at) => audio.currentTime = at", float(quote.get_attribute("data-until") or 0) - 0.3
    )
    expect(shown.locator(".cb-player")).to_have_class("cb-player")
    assert now_s(shown) < start_s("q008") + 0.5
    assert abs(shown.evaluate("scrollY") - before) < 2


def test_keyboard_plays_seeks_and_steps_from_note_to_note(meet: Meet, site: Path) -> None:
    """Hands stay on the keys: k, j, l, brackets, n and p; but letters typed into the search are letters."""
    reader = meet(site)
    reader.forgive("404")  # the search of this small site has no index
    shown = reader.open(f"{ADDRESS}#q003")
    shown.keyboard.press("k")
    expect(shown.locator(".cb-player")).to_have_class("cb-player cb-playing")
    shown.keyboard.press("k")
    expect(shown.locator(".cb-player")).to_have_class("cb-player")
    here = now_s(shown)
    shown.keyboard.press("l")
    assert now_s(shown) == pytest.approx(here + 5, abs=0.2)
    shown.keyboard.press("]")
    expect(shown.locator(".cb-player select")).to_have_value("1.25")
    shown.reload()
    expect(shown.locator(".cb-player select")).to_have_value("1.25")
    shown.keyboard.press("n")
    assert running(shown) == "q004"
    shown.keyboard.press("n")
    assert running(shown) == "q006"
    shown.keyboard.press("p")
    assert running(shown) == "q004"
    search = shown.locator("[data-cb-search] input")
    search.fill("")
    search.press("k")
    expect(search).to_have_value("k")
    assert not playing(shown)


def test_keys_are_told_by_a_button_and_by_a_key(meet: Meet, site: Path) -> None:
    """Nobody has to guess the keys: `?` shows them, and so does a button; Escape puts them away."""
    shown = meet(site).open(ADDRESS)
    told = shown.locator(".cb-key-help")
    shown.keyboard.press("?")
    expect(told).to_be_visible()
    shown.keyboard.press("Escape")
    expect(told).not_to_be_visible()
    shown.locator(".cb-player").get_by_role("button", name="キーボード操作").click()
    expect(told).to_contain_text("再生と一時停止")


def test_words_take_the_face_of_their_language(meet: Meet, english_site: Path) -> None:
    """Around a Japanese case the interface speaks English, each in its own face, and the page's language is English."""
    shown = meet(english_site).open(f"cases/{SAMPLES[4]}/")
    faces = "name => getComputedStyle(document.querySelector(name)).fontFamily"
    japanese = [shown.evaluate(faces, name) for name in (".cb-core-title", ".cb-claim", ".cb-talk p[id]")]
    english = [shown.evaluate(faces, name) for name in ("#insights h2", ".cb-insight dt", ".cb-case")]
    assert len(set(japanese)) == len(set(english)) == 1
    assert japanese[0].startswith('"Hiragino Sans"')
    assert "Segoe UI" in english[0].partition("Hiragino")[0]


def test_talk_follows_only_who_reads_it(meet: Meet, site: Path) -> None:
    """The running line comes into view, unless the reader has scrolled away or switched following off."""
    shown = meet(site, reduced_motion="reduce").open(f"{ADDRESS}?play=1#q002")
    expect(shown.locator(".cb-player")).to_have_class("cb-player cb-playing")
    shown.locator(".cb-player audio").first.evaluate("(audio, at) => audio.currentTime = at", start_s("q020"))
    expect(shown.locator("#q020")).to_be_in_viewport()
    shown.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    shown.locator(".cb-player audio").first.evaluate("(audio, at) => audio.currentTime = at", start_s("q008"))
    expect(shown.locator("#q008")).to_have_class("cb-running")
    assert shown.evaluate("scrollY") == 0


def test_notes_stand_beside_their_line_and_apart(meet: Meet, site: Path) -> None:
    """On a wide screen every note is in the margin, none covers another, and the pointed line's stands beside it."""
    shown = meet(site).open(f"{ADDRESS}#q006")
    boxes = [box for fold in shown.locator(".cb-notes").all() if (box := fold.bounding_box())]
    assert len(boxes) == 7
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
    line, note = shown.locator("#q006").bounding_box(), shown.locator("#note-n02").bounding_box()
    assert line is not None
    assert note is not None
    assert note["x"] > line["x"] + line["width"]
    assert abs(note["y"] - line["y"]) < 24


def test_notes_fold_under_their_line_on_a_phone(meet: Meet, site: Path) -> None:
    """Where there is no margin a line says how many notes it has, and opens them."""
    shown = meet(site, width=390).open(ADDRESS)
    fold = shown.locator("#q006 + .cb-notes")
    expect(shown.locator("#note-n02")).not_to_be_visible()
    fold.locator("summary").click()
    expect(shown.locator("#note-n02")).to_be_visible()


def test_address_of_a_note_unfolds_it(meet: Meet, site: Path) -> None:
    """Nothing that is linked to stays hidden: a note on a phone, a need in its table."""
    reader = meet(site, width=390)
    expect(reader.open(f"{ADDRESS}#note-n05").locator("#note-n05")).to_be_in_viewport()
    reader.open("")
    expect(reader.open(f"{ADDRESS}#need-n4").locator("#need-n4")).to_be_in_viewport()


SAMPLES = sorted(folder.name for folder in (CONFIG.parent / "cases").iterdir() if (folder / "case.yml").exists())


@pytest.mark.parametrize("width", [320, 390])
def test_every_sample_case_fits_a_phone(meet: Meet, sample_site: Path, width: int) -> None:
    """No real case is wider than a phone, with everything that can be folded laid open."""
    reader = meet(sample_site, width=width)
    wide = {}
    for slug in SAMPLES:
        shown = reader.open(f"cases/{slug}/")
        shown.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        wide[slug] = shown.evaluate("document.documentElement.scrollWidth")
    assert wide == dict.fromkeys(SAMPLES, width)


def test_journey_of_eight_steps_fits_a_desk(meet: Meet, sample_site: Path) -> None:
    """On a desk the whole way is seen at once; on a phone it scrolls, also by keyboard."""
    address = f"cases/{SAMPLES[0]}/"
    fits = "map => map.scrollWidth === map.clientWidth"
    assert meet(sample_site).open(address).locator(".cb-journey-scroll").evaluate(fits)
    phone = meet(sample_site, width=390).open(address).locator(".cb-journey-scroll")
    assert not phone.evaluate(fits)
    expect(phone).to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("anchor", ["value-map", "insight-i4", "action-a3", "note-n10", "q042", "q052", "related"])
def test_landing_from_another_page_is_instant_and_exact(meet: Meet, sample_site: Path, width: int, anchor: str) -> None:
    """A link opens where it leads to: at once, below the header, above the player, and it stays there."""
    reader = meet(sample_site, width=width)
    reader.open("about/")
    shown = reader.open(f"cases/{SAMPLES[0]}/#{anchor}")
    place = "document.getElementById(location.hash.slice(1)).getBoundingClientRect().top"
    landed = shown.evaluate(place)
    header = shown.evaluate("document.querySelector('.cb-header').getBoundingClientRect().bottom")
    player = shown.evaluate("document.querySelector('.cb-player-desk').getBoundingClientRect().top")
    assert header <= landed < player - 24
    if not anchor.startswith("q"):
        assert landed < header + 48
    still = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    shown.evaluate(still)
    assert abs(shown.evaluate(place) - landed) < 1


@pytest.mark.parametrize("width", [390, 768, 1024, 1280, 1440])
def test_no_width_makes_the_page_scroll_sideways(meet: Meet, site: Path, width: int) -> None:
    """Drawings and tables keep to the page, from a phone to a desk."""
    shown = meet(site, width=width).open(ADDRESS)
    assert shown.evaluate("document.documentElement.scrollWidth") == width


def test_notes_are_filtered_by_department(meet: Meet, site: Path) -> None:
    """A reader looks through one department; lines that lose all notes lose their place among the noted."""
    shown = meet(site).open(ADDRESS)
    for department in ("se", "product", "marketing"):
        shown.locator(f".cb-talk-filter input[value={department}]").uncheck(force=True)
    expect(shown.locator("#note-n01")).to_be_visible()
    expect(shown.locator("#note-n05")).not_to_be_visible()
    shown.get_by_label("メモのある発言だけ").check()
    assert [line.get_attribute("id") for line in shown.locator(".cb-talk p[id]").all() if line.is_visible()] == [
        "q004",
        "q011",
        "q016",
    ]


def test_departments_door_shows_its_insights_and_the_way_back(meet: Meet, site: Path) -> None:
    """From the first screen to what concerns one department, and to all again."""
    shown = meet(site).open(ADDRESS)
    shown.locator(".cb-doors [data-department=product]").click()
    expect(shown.locator("#insight-i2")).to_be_visible()
    expect(shown.locator("#insight-i1")).not_to_be_visible()
    shown.get_by_role("button", name="すべて表示").click()
    expect(shown.locator("#insight-i1")).to_be_visible()


def test_link_to_a_line_is_copied(meet: Meet, site: Path) -> None:
    """One click puts the address of a sentence on the clipboard."""
    reader = meet(site, permissions=["clipboard-read", "clipboard-write"])
    shown = reader.open(ADDRESS)
    shown.locator("#q009").hover()
    shown.get_by_role("button", name="この発言へのリンクをコピー").click()
    expect(shown.locator(".cb-copy")).to_have_attribute("data-done", "コピーしました")
    assert shown.evaluate("navigator.clipboard.readText()") == f"{reader.home}{ADDRESS}#q009"


def test_without_script_the_page_reads_and_sounds(meet: Meet, site: Path) -> None:
    """Scripts switched off: the browser's own player, notes folded under their lines, links that lead to lines."""
    shown = meet(site, java_script_enabled=False).open(ADDRESS)
    expect(shown.locator(".cb-player audio[controls]")).to_be_visible()
    expect(shown.locator(".cb-player-desk")).not_to_be_visible()
    expect(shown.locator("#q006 + .cb-notes summary")).to_be_visible()


def test_the_chosen_speed_plays_and_is_remembered(meet: Meet, site: Path):
    """Who listens at one and a half times does so on the next page too; [ and ] go one step."""
    reader = meet(site)
    page = reader.open(ADDRESS)
    rate = "document.querySelector('audio').playbackRate"
    page.get_by_label("再生速度").select_option("1.5")
    assert page.evaluate(rate) == 1.5
    page.locator("body").press("]")
    assert page.evaluate(rate) == 1.75
    page.locator("body").press("[")
    assert page.evaluate(rate) == 1.5
    reader.open("")
    page = reader.open(ADDRESS)
    wait_until(page, f"{rate} === 1.5")
    assert page.get_by_label("再生速度").input_value() == "1.5"
