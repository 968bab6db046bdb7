"""Value gaps across cases, as readers see them."""

from __future__ import annotations

import html
import json
import math
import re
from functools import cache
from itertools import pairwise

import pytest

from generator.knowledge.gaps import WANTED_ZONES, gaps
from generator.model.vocabulary import Zone
from generator.pages.cases import cases_pages
from generator.pages.drawings.gaps import NARROW, WIDE, Mark, Sheet, label_height, placed
from generator.pages.gaps import gaps_pages
from generator.pages.gaps.view import DRAWN, OFFERS_SHOWN
from generator.pages.page import Page, SiteFile
from tests.pages.figures import plain_cases, plain_file, samples
from tests.pages.knowledge import CORPUS, EMPTY, HOSTILE, assert_matches_snapshot, library, many, texts_in, whole_site
from tests.pages.ledgers import figures_of, only_pages, rows_behind
from tests.pages.rendering import Outline


@cache
def pages(language: str = "ja") -> dict[str, Page]:
    """The samples' pages."""
    return only_pages(gaps_pages(library(samples(), language)))


def body(language: str = "ja") -> str:
    """The samples' main page."""
    return pages(language)["gaps/"].body


@cache
def slices() -> dict:
    """What the scripts read."""
    file = next(made for made in gaps_pages(library(samples())) if isinstance(made, SiteFile))
    assert file.address == "gaps/slices.json"
    return json.loads(file.content)


def test_snapshot():
    """The page changes only on purpose."""
    assert_matches_snapshot(whole_site()["gaps/"])


def test_every_figure_leads_to_what_it_counts():
    """A number opens the list with as many rows as it says."""
    everywhere = pages() | only_pages(cases_pages(library(samples())))
    found = list(figures_of(pages()["gaps/"]))
    assert len(found) > 30
    for href, number in found:
        assert rows_behind(pages()["gaps/"], href, everywhere) == number, href


def test_the_table_says_what_the_files_say():
    """Heard, weight in all and mean weight of each shared need, counted from the YAML."""
    weights: dict[str, list[int]] = {}
    for slug in plain_cases():
        for need in plain_file(slug, "value-map.yml")["needs"]:
            if "shared" in need:
                weights.setdefault(need["shared"], []).append(need.get("weight", 3))
    for shared, found in weights.items():
        row = re.search(rf'<tr id="need-{shared}".*?</tr>', body(), re.DOTALL)
        assert row, shared
        cells = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", row[0], re.DOTALL)]
        mean = math.floor(sum(found) / len(found) * 10 + 0.5) / 10
        assert cells[0] == f"{mean:g}"
        assert cells[1:3] == [str(sum(found)), str(len(found))]
        assert sum(int(cell) for cell in cells[3:7]) == len(found)


def test_each_need_stands_in_the_list_of_what_follows():
    """Defend, win, open up or keep up: one of them, by the zone that weighs most."""
    for zone in WANTED_ZONES:
        section = re.search(rf'<ol class="cb-gap-list" data-cb-lead="{zone.value}">(.*?)</ol>', body(), re.DOTALL)
        assert section
        names = [library(samples()).shared_need(need.id).name for need in gaps(samples()).led_by(zone)]
        assert [html.unescape(text) for text in re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", section[1])] == names


def test_a_reason_names_the_competitor_that_wins():
    """`2件のうち2件で、応えたのは...だけ`: who, and how often of how many."""
    need = next(need for need in gaps(samples()).led_by(Zone.THEIRS_ALONE) if need.id == "night-support")
    assert [rival for rival, _ in need.winners] == ["orban"]
    assert f"{len(need.heard)}件のうち{len(need.zone(Zone.THEIRS_ALONE))}件で、応えたのはオルバンだけ。" in body()


def test_words_stand_beside_every_need():
    """What the customer said, and the way to hear it."""
    for zone in WANTED_ZONES:
        section = re.search(rf'data-cb-lead="{zone.value}">(.*?)</ol>', body(), re.DOTALL)
        assert section
        for entry in section[1].split("data-cb-entry=")[1:]:
            assert "cb-quote-words" in entry
            assert re.search(r'class="cb-play" href="\.\./cases/[^"]+\?play=1#', entry)


def test_what_to_stop_is_what_nobody_wanted():
    """Each offer of ours that met no need, with the words; competitors' offers apart."""
    ours = [
        (slug, offer["text"])
        for slug in plain_cases()
        for offer in plain_file(slug, "value-map.yml")["offers"]
        if not offer.get("meets")
    ]
    assert 0 < len(ours) <= OFFERS_SHOWN
    listed = re.search(r"data-cb-offers>(.*?)</ol>", body(), re.DOTALL)
    assert listed
    assert sorted(html.unescape(text) for text in re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a>", listed[1])) == sorted(
        text for _, text in ours
    )
    assert texts_in(body(), "cb-gap-lead-not_wanted")[0].startswith(f"やめるもの {len(ours)}")


def test_unmapped_needs_stand_apart_and_say_how_to_map_them():
    """With the two files that do it."""
    unmapped = [
        need["text"]
        for slug in plain_cases()
        for need in plain_file(slug, "value-map.yml")["needs"]
        if "shared" not in need
    ]
    section = body()[body().index('id="unmapped"') :]
    assert all(text in html.unescape(section) for text in unmapped)
    assert "casebook.yml" in section and "value-map.yml" in section and "shared:" in section
    assert rows_behind(pages()["gaps/"], "needs/?need=-", pages()) == len(unmapped)


def test_slices_hold_every_case_once():
    """What is computed in the browser adds up to what the page shows of all cases."""
    found = gaps(samples())
    cases = slices()["cases"]
    assert len(cases) == len(found.cases)
    needs = [entry for case in cases for entry in case[1]]
    assert len(needs) == len(found.heard)
    for place, need in enumerate(found.needs):
        inside = [entry for entry in needs if entry[0] == place]
        assert len(inside) == len(need.heard)
        assert sum(entry[1] for entry in inside) == need.total_weight
        for number, zone in enumerate(WANTED_ZONES):
            assert sum(entry[2] == number for entry in inside) == len(need.zone(zone))
    assert sum(case[2] for case in cases) == sum(item.unwanted.competitor is None for item in found.unwanted)
    assert sum(entry[0] == -1 for entry in needs) == len(found.unmapped)


def test_slices_carry_product_competitor_segment_and_year():
    """The four by which the page is cut, as case.yml has them."""
    assert slices()["names"] == ["product", "competitor", "segment", "year"]
    for facts, case in zip(plain_cases().values(), slices()["cases"], strict=True):
        told = [[slices()["values"][place][at] for at in marks] for place, marks in enumerate(case[0])]
        segment = facts["segment"]
        assert sorted(told[0]) == sorted(facts["products"])
        assert sorted(told[1]) == sorted(facts["competitors"])
        assert sorted(told[2]) == sorted([segment["kind"], f"{segment['kind']}-{segment['preference']}"])
        assert told[3] == [str(facts["dates"]["interview"].year)]


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_dots_stand_at_the_height_of_their_weight(sheet: Sheet):
    """And in the column of who meets them; names do not overlap."""
    marks = [
        Mark(number, "名前", "#x", WANTED_ZONES[number % 4], 1 + number % 5, number, {})
        for number in range(1, DRAWN + 1)
    ]
    heights = {mark.number: label_height(2) if sheet.label else 0.0 for mark in marks}
    places = placed(marks, heights, sheet, DRAWN)
    for mark in marks:
        place = places[mark.number]
        assert place.y == sheet.top + (5 - mark.weight) * sheet.level
        column = WANTED_ZONES.index(mark.zone)
        assert sheet.left + column * sheet.column < place.x < sheet.left + (column + 1) * sheet.column
        assert sheet.smallest <= place.radius <= sheet.largest
    if sheet.label:
        for zone in WANTED_ZONES:
            tops = sorted(places[mark.number].label_y for mark in marks if mark.zone is zone)
            assert all(after - before >= label_height(2) - 0.01 for before, after in pairwise(tops))


def test_all_names_in_one_column_are_squeezed_into_it():
    """A slice may put every need into one column: names then stand closer, none outside."""
    marks = [Mark(number, "名前", "#x", Zone.BOTH, 3, 1, {}) for number in range(1, DRAWN + 1)]
    places = placed(marks, {mark.number: label_height(2) for mark in marks}, WIDE, 1)
    tops = [places[mark.number].label_y for mark in marks]
    assert tops == sorted(tops)
    assert tops[0] >= WIDE.top - 17
    assert tops[-1] <= WIDE.floor


def test_drawing_has_its_table_and_links_into_it():
    """Every need of the drawing leads to its row."""
    drawing = re.search(r'<svg class="cb-drawing cb-gaps-drawing".*?</svg>', body(), re.DOTALL)
    assert drawing
    ids = set(Outline(body()).ids)
    links = re.findall(r'<a href="#([^"]+)"', drawing[0])
    assert len(links) == len(gaps(samples()).needs) + 1
    assert set(links) <= ids


@pytest.mark.parametrize("language", ["ja", "en"])
def test_texts_of_editors_are_text(language: str):
    """Names of needs, offers and customers never become markup."""
    case = CORPUS.cases[0]
    assert case.value_map is not None
    needs = tuple(need.model_copy(update={"text": need.text + HOSTILE}) for need in case.value_map.needs)
    offers = tuple(offer.model_copy(update={"text": offer.text + HOSTILE}) for offer in case.value_map.offers)
    shared = tuple(term.model_copy(update={"name": term.name + HOSTILE}) for term in CORPUS.casebook.needs)
    hostile = type(case)(
        case.slug,
        case.facts,
        case.language,
        transcript=case.transcript,
        value_map=case.value_map.model_copy(update={"needs": needs, "offers": offers}),
    )
    corpus = type(CORPUS)(CORPUS.casebook.model_copy(update={"needs": shared}), (hostile,))
    for page in only_pages(gaps_pages(library(corpus, language))).values():
        outline = Outline(page.body)
        assert (outline.unclosed, outline.misplaced) == ([], [])
        assert "script" not in outline.tags and "onerror" not in outline.attributes
        assert "&lt;script&gt;" in page.body


def test_long_lists_stay_light():
    """Of four hundred cases the page shows some, and the lists have pages."""
    made = only_pages(gaps_pages(library(many(400))))
    assert all(len(page.body.encode()) <= 300_000 for page in made.values())
    assert "gaps/needs/page-2/" in made


def test_before_the_first_map_the_pages_teach():
    """Which file makes them."""
    for page in only_pages(gaps_pages(library(EMPTY))).values():
        assert "cb-teach" in page.body and "value-map.yml" in page.body
