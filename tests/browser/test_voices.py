"""Words for use outside the company, in a real browser: copied as they are, heard, narrowed down."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from generator.knowledge.voices import voices
from generator.pages.page import Page as SitePage
from generator.pages.voices import voices_pages
from tests.browser.conftest import Meet
from tests.pages.figures import samples
from tests.pages.knowledge import library
from tests.support.tiny_site import build_tiny_site

pytestmark = pytest.mark.browser

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module")
def voices_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The voices of the samples, framed."""
    site = tmp_path_factory.mktemp("voices") / "site"
    pages = tuple(item for item in voices_pages(library(samples())) if isinstance(item, SitePage))
    build_tiny_site(site, pages=pages)
    return site


def test_one_press_copies_words_and_whose_they_are(meet: Meet, voices_site: Path) -> None:
    """The clipboard holds the sentence and the attribution; eyes and screen readers are told."""
    page = meet(voices_site, permissions=CLIPBOARD).open("voices/")
    row = page.locator(".cb-voice", has_text="落とした次の朝に登るのが、いちばん大事なんです。")
    row.get_by_role("button", name="コピー").click()
    expect(row.get_by_role("button", name="コピーしました")).to_be_visible()
    expect(page.locator(".cb-unseen[role=status]")).to_have_text("コピーしました")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "「落とした次の朝に登るのが、いちばん大事なんです。」 中部の電力設備保守会社 保守部長"
    expect(row.get_by_role("button", name="コピー", exact=True)).to_be_visible()


def test_words_are_copied_where_the_intranet_speaks_plain_http(meet: Meet, voices_site: Path) -> None:
    """Browsers lock the newer way to the clipboard there; the older one does."""
    reader = meet(voices_site, permissions=CLIPBOARD)
    reader.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page = reader.open("voices/")
    page.get_by_role("button", name="コピー").first.click()
    expect(page.get_by_role("button", name="コピーしました")).to_be_visible()
    first = page.locator("[data-cb-copy]").first.get_attribute("data-cb-copy")
    assert page.evaluate("navigator.clipboard.readText()") == first


def test_voices_are_narrowed_down_by_moment_product_and_industry(meet: Meet, voices_site: Path) -> None:
    """Moments without a voice step aside, and the address can be sent on."""
    reader = meet(voices_site)
    page = reader.open("voices/")
    page.get_by_label("時点").select_option("on_leaving")
    page.get_by_label("業種").select_option("electronics")
    page.get_by_label("製品").select_option("line-watch")
    expected = [
        voice
        for voice in voices(samples()).allowed
        if voice.moment.value == "on_leaving"
        and voice.case.facts.customer.industry == "electronics"
        and "line-watch" in voice.case.facts.products
    ]
    assert expected
    expect(page.locator(".cb-voice:visible")).to_have_count(len(expected))
    expect(page.locator(".cb-voices-group:visible")).to_have_count(1)
    expect(page).to_have_url(f"{reader.home}voices/?moment=on_leaving&product=line-watch&industry=electronics")


def test_without_scripts_words_can_be_read_and_nothing_is_offered_that_fails(meet: Meet, voices_site: Path) -> None:
    """All voices stand there with their attribution; there is no button to copy."""
    page = meet(voices_site, java_script_enabled=False).open("voices/")
    expect(page.locator(".cb-voice:visible")).to_have_count(len(voices(samples()).allowed))
    expect(page.get_by_role("button", name="コピー")).to_have_count(0)
    expect(page.get_by_text("中部の電力設備保守会社 保守部長").first).to_be_visible()
