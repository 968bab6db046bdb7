"""The overview of what all cases say together."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator.build import read_cases
from generator.interchange import exports
from generator.pages.across import ADDRESS, BELOW, across_page
from generator.pages.page import Page
from generator.pages.render import render_site
from generator.texts import load_texts
from tests.interchange.given import CASES, library, samples, written
from tests.pages.knowledge import EMPTY, texts_in


def doors(body: str) -> dict[str, str]:
    """Address of each door, from the site's root -> the figure beside it."""
    cards = re.findall(r'<li class="cb-across-door">(.*?)</li>', body, re.DOTALL)
    found = (
        (re.search(r'href="\.\./([^"]*)"', card), re.search(r'cb-across-figure">([^<]*)<', card)) for card in cards
    )
    return {link[1]: figure[1] if figure else "" for link, figure in found if link}


def figure(address: str) -> int:
    """The first number beside the door of the sample site."""
    found = re.search(r"\d+", doors(across_page(library()).body)[address])
    assert found, address
    return int(found[0])


def all_of(name: str, key: str) -> Iterator[dict]:
    """Every entry of that list in that file of the samples."""
    for _, content in written(name):
        yield from content.get(key, ())


def test_every_door_leads_to_a_page(tmp_path: Path):
    """None is a dead end, before the first case either."""
    for corpus in (samples(), EMPTY):
        made = render_site(corpus, {}, load_texts("ja"), beside=(partial(exports, site=tmp_path),), jobs=1)
        addresses = {page.address for page in made}
        assert set(doors(across_page(library(corpus)).body)) <= addresses


def test_the_pages_behind_the_doors_lead_back(tmp_path: Path):
    """A page without a tab of its own says where it belongs."""
    pages = list(render_site(samples(), {}, load_texts("ja"), beside=(partial(exports, site=tmp_path),), jobs=1))
    below = [page for page in pages if page.address.split("/")[0] in BELOW]
    assert {page.address.split("/")[0] for page in below} == BELOW
    assert all(page.crumbs[0][1] == ADDRESS for page in below)
    assert all(isinstance(page, Page) for page in pages)


def test_figures_are_those_of_the_files():
    """Counted from the YAML of the samples."""
    assert figure("insights/") == len(list(all_of("insights.yml", "insights")))
    assert f"うち裏づけあり{sum(i.get('state') == 'holds' for i in all_of('insights.yml', 'insights'))}件" in (
        across_page(library()).body
    )
    assert figure("journeys/") == len(list(written("journey.yml")))
    people = list(all_of("case.yml", "people"))
    assert figure("decisions/") == sum(bool(person.get("part")) for person in people)
    cases = [content for _, content in written("case.yml")]
    assert figure("leads/") == sum(bool(case.get("lead")) for case in cases)
    # One account is limited to an audience: everybody's site does not count it.
    for_all = [case for case in cases if "account" not in (case.get("limits") or {})]
    assert figure("accounts/") == sum(bool(case.get("account")) for case in for_all)
    changed = [any(a["state"] == "done" for a in i.get("actions", ())) for i in all_of("insights.yml", "insights")]
    assert figure("actions/") == round(100 * sum(changed) / len(changed))


def test_calls_that_are_due_are_counted():
    """Deals lost at least six months ago whose customer was not interviewed since, read with csv and PyYAML alone."""
    on = dt.date(2026, 11, 22)
    interviewed = {content["customer"]["name"]: content["dates"]["interview"] for _, content in written("case.yml")}
    due = []
    with (CASES / "deals.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            decided = dt.date.fromisoformat(row["決定日"])
            months = (on.year - decided.year) * 12 + on.month - decided.month - (on.day < decided.day)
            asked = interviewed.get(row["社名"], dt.date.min) >= decided
            if row["結果"] != "受注" and months >= 6 and not asked:
                due.append(row["取引ID"])
    corpus = read_cases(CASES, language="ja", on=on).public
    assert due
    assert doors(across_page(library(corpus)).body)["whom-next/"] == f"いま聞きに行ける相手{len(due)}件"


def test_heard_cells_are_counted():
    """Nine cells, and those in which a sample case stands."""
    segments = [content.get("segment") for _, content in written("case.yml")]
    heard = {
        (s["kind"], s.get("preference")) for s in segments if s and (s.get("preference") or s["kind"] == "unaware")
    }
    assert doors(across_page(library()).body)["segments/"] == f"9マス中{len(heard)}マス"


def test_the_first_day_promises_nothing():
    """Without cases there are doors and questions, and no figure that means nothing."""
    body = across_page(library(EMPTY)).body
    assert len(texts_in(body, "cb-across-door")) == len(doors(body))
    assert not [text for text in doors(body).values() if text.startswith("0")]
