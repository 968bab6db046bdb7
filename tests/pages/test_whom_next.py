"""Whom next: every figure is counted here another way, from the sample's deals.csv and case.yml files."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import re
from functools import cache
from typing import Any

from icalendar import Calendar

from generator.model.vocabulary import DealOutcome
from generator.pages.page import Page, SiteFile
from generator.pages.whom_next import ANSWERED_SHOWN, CALLS_SHOWN, STALE_SHOWN, whom_next_pages
from generator.publication import PublicCorpus, PublicDeal
from tests.pages.figures import CASES, DAY, plain_cases, samples
from tests.pages.knowledge import (
    CORPUS,
    EMPTY,
    HOSTILE,
    assert_matches_snapshot,
    changed,
    library,
    many,
    texts_in,
    whole_site,
)
from tests.pages.rendering import Outline, words_of

UNTIL_MONTHS, STALE_MONTHS = 18, 18
"""As the samples' casebook.yml says."""


def made(corpus: PublicCorpus, language: str = "ja") -> tuple[Page, SiteFile | None]:
    """The page and the calendar."""
    page, *files = whom_next_pages(library(corpus, language))
    assert isinstance(page, Page)
    assert all(isinstance(file, SiteFile) for file in files)
    return page, files[0] if files else None  # type: ignore[return-value]


@cache
def body() -> str:
    """The samples' page."""
    return made(samples())[0].body


def plain_deals() -> list[dict[str, Any]]:
    """Rows of the samples' deals.csv that call for an interview, with the day to ask."""
    with (CASES / "deals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        decided = dt.date.fromisoformat(row["決定日"])
        month0 = decided.month - 1 + 6
        asked = decided.replace(year=decided.year + month0 // 12, month=month0 % 12 + 1)
        age_months = (DAY.year - decided.year) * 12 + DAY.month - decided.month - (DAY.day < decided.day)
        interviewed = any(
            facts["customer"]["name"] == row["社名"] and facts["dates"]["interview"] >= decided
            for facts in plain_cases().values()
        )
        if row["結果"] != "受注" and age_months < UNTIL_MONTHS:
            found.append({**row, "ask_on": asked, "interviewed": interviewed})
    return found


def deal(number: int, **changes: Any) -> PublicDeal:
    """A deal as the gate lets it through."""
    facts = {"uid": f"{number:016x}", "decided_on": dt.date(2025, 5, 1), "outcome": DealOutcome.LOST, **changes}
    return PublicDeal(**facts)  # type: ignore[arg-type]


def test_snapshot() -> None:
    """The page changes only on purpose."""
    shown = changed(deals=(deal(1, alias="北の工場", products=("tf14",)), deal(2, decided_on=dt.date(2025, 10, 1))))
    assert_matches_snapshot(made(shown)[0])


def test_deals_are_due_or_to_come() -> None:
    """Counted in the file: lost or left, not too long ago, nobody interviewed since."""
    waiting = [row for row in plain_deals() if not row["interviewed"]]
    due = [row for row in waiting if row["ask_on"] <= DAY]
    words = " ".join(words_of(body()).split())
    assert f"{len(due)} 件は、いま聞きに行けます" in words
    assert f"{len(waiting) - len(due)} 件が、これから時期を迎えます" in words
    assert len(re.findall(r'<tr id="deal-', body())) == len(waiting)
    assert f"そのあとインタビューできた取引が{sum(row['interviewed'] for row in plain_deals())}件" in words


def test_each_deal_says_when_to_ask() -> None:
    """The day six months after the decision, and how far it is from today."""
    for row in plain_deals():
        if row["interviewed"]:
            continue
        day, days = row["ask_on"], (row["ask_on"] - DAY).days
        shown = f"{day.year}年{day.month}月{day.day}日"
        cell = re.search(rf'<time datetime="{day}">{shown}</time><small>(.*?)</small>', body())
        assert cell and cell[1] == (f"{days}日後" if days > 0 else f"{-days}日前から")


def test_rows_come_earliest_first() -> None:
    """What has waited longest stands on top."""
    days = re.findall(r'<td class="cb-call-day"><time datetime="(.*?)"', body())
    assert days == sorted(days)


def test_neither_names_nor_numbers_are_on_the_page() -> None:
    """A deal goes by its alias, or by industry and product; also in the calendar."""
    _, calendar = made(samples())
    assert calendar is not None
    text = body() + Calendar.from_ical(calendar.content).to_ical().decode().replace("\r\n ", "")
    for row in plain_deals():
        assert row["社名"] not in text
        assert row["取引ID"] not in text
        if row["仮名"]:
            assert row["仮名"] in text
    assert "お客様（ガス, フィールドノート TF14）" in text


def test_customers_we_know_are_marked() -> None:
    """A deal of a customer who talked to us before the decision leads to that case."""
    known = [
        (row, slug)
        for row in plain_deals()
        for slug, facts in plain_cases().items()
        if facts["customer"]["name"] == row["社名"] and not row["interviewed"]
    ]
    assert known
    for _, slug in known:
        assert f'以前のインタビュー: <a href="../cases/{slug}/">' in words_but_links(body())


def words_but_links(markup: str) -> str:
    """The text of a piece of HTML with its links."""
    return re.sub(r"<(?!/?a\b)[^>]*>", "", markup)


def test_lacking_voices_are_what_no_case_has() -> None:
    """Cells, products, competitors and industries, counted from the files."""
    casebook = samples().casebook
    cases = plain_cases().values()
    cells = {(facts["segment"]["kind"], facts["segment"].get("preference")) for facts in cases}
    expected = {
        "segments": 9 - len(cells),
        "products": len(
            {term.id for term in casebook.products} - {one for facts in cases for one in facts["products"]}
        ),
        "competitors": len(
            {term.id for term in casebook.competitors} - {one for facts in cases for one in facts["competitors"]}
        ),
        "industries": len(
            {term.id for term in casebook.industries} - {facts["customer"]["industry"] for facts in cases}
        ),
    }
    for name, count in expected.items():
        section = body()[body().index(f'id="gap-{name}"') :]
        section = section[: section.index("</section>")]
        assert section.count("<li>") == count


def test_deals_stand_where_they_would_fill_a_gap() -> None:
    """マルセン情報 has no case; the deals that it won are named beside it, and lead to their rows."""
    rows = [row for row in plain_deals() if row["競合"] == "マルセン情報"]
    section = body()[body().index('id="gap-competitors"') :]
    section = section[: section.index("</section>")]
    anchors = re.findall(r'href="#(deal-[0-9a-f]{16})"', section)
    assert len(anchors) == len(rows)
    assert all(f'<tr id="{anchor}"' in body() for anchor in anchors)


def test_old_cases_are_listed_by_age() -> None:
    """Those whose interview lies eighteen months back or more, oldest first."""
    ages = []
    for facts in plain_cases().values():
        day = facts["dates"]["interview"]
        ages.append((DAY.year - day.year) * 12 + DAY.month - day.month - (DAY.day < day.day))
    section = body()[body().index('id="stale"') :]
    shown = [int(months) for months in re.findall(r'<td class="cb-number">(\d+)か月</td>', section)]
    assert shown == sorted((age for age in ages if age >= STALE_MONTHS), reverse=True)


def test_calendar_has_an_event_for_each_deal() -> None:
    """All-day, on the day to ask, by an identifier of its own, read back by a parser."""
    _, file = made(samples())
    assert file is not None
    assert file.address == "whom-next/interviews.ics"
    calendar = Calendar.from_ical(file.content)
    events = calendar.walk("VEVENT")
    waiting = [row for row in plain_deals() if not row["interviewed"]]
    assert sorted(event.decoded("dtstart") for event in events) == sorted(row["ask_on"] for row in waiting)
    for event in events:
        assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(days=1)
        assert type(event.decoded("dtstart")) is dt.date
        assert event.decoded("dtstamp") == dt.datetime(DAY.year, DAY.month, DAY.day, tzinfo=dt.UTC)
        assert re.fullmatch(r"deal-[0-9a-f]{16}@casebook", str(event["uid"]))
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_calendar_keeps_the_form_of_the_standard() -> None:
    """RFC 5545: lines end in CR LF and have 75 octets at most, whole characters; commas and line ends are escaped."""
    hostile = changed(deals=(deal(1, alias='一,二;三\\四"五\n六' + "長" * 80),))
    _, file = made(hostile)
    assert file is not None
    assert file.content.endswith(b"END:VCALENDAR\r\n")
    for line in file.content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode("utf-8")
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert '一,二;三\\四"五' in str(event["summary"])
    assert str(event["summary"]).endswith("長" * 80)


def test_calendar_has_the_same_bytes_for_the_same_day() -> None:
    """Nobody's calendar tells of changes that are none; identifiers stay when other deals come and go."""
    first, again = made(samples())[1], made(samples())[1]
    assert first and again and first.content == again.content
    one = made(changed(deals=(deal(1),)))[1]
    two = made(changed(deals=(deal(2, decided_on=dt.date(2025, 4, 1)), deal(1))))[1]
    assert one and two
    uid = str(Calendar.from_ical(one.content).walk("VEVENT")[0]["uid"])
    assert uid in [str(event["uid"]) for event in Calendar.from_ical(two.content).walk("VEVENT")]


def test_calendar_stays_when_nobody_is_to_be_asked() -> None:
    """A subscription does not break on the day on which the list is empty."""
    _, file = made(EMPTY)
    assert file is not None
    assert Calendar.from_ical(file.content).walk("VEVENT") == []


def test_limited_deals_leave_no_trace() -> None:
    """Where deals are for others there is no calendar, no link to it, and a word that says so."""
    page, file = made(dataclasses.replace(CORPUS, deals_limited=True))
    assert file is None
    assert "interviews.ics" not in page.body
    assert "ほかの閲覧対象にだけ表示" in page.body


def test_empty_page_teaches() -> None:
    """How a deals.csv begins, in words that the check understands."""
    page = whole_site(EMPTY)["whom-next/"]
    example = re.search(r"cases/deals\.csv\n\n(.*?)</code>", page.body, re.S)
    assert example
    from generator.validate.deals import read_deals

    for language in ("ja", "en"):
        shown = re.search(r"cases/deals\.csv\n\n(.*?)</code>", made(EMPTY, language)[0].body, re.S)
        assert shown
        deals, problems = read_deals(shown[1].encode(), "deals.csv", None, ())
        assert (len(deals), problems) == (1, ())


def test_many_deals_and_cases_stay_light() -> None:
    """A thousand deals and a thousand old cases: below 300 KB, the rest told by number; the calendar has all."""
    deals = tuple(
        deal(number, alias=f"{number}番目の会社", decided_on=dt.date(2025, 1, 1) + dt.timedelta(days=number % 320),
             products=("tf14",), competitors=("orban",))
        for number in range(1000)
    )  # fmt: skip
    corpus = dataclasses.replace(many(1000), deals=deals, built_on=dt.date(2028, 1, 1))
    page, file = made(corpus)
    assert len(page.body.encode()) < 300_000
    assert len(re.findall(r'<tr id="deal-', page.body)) == CALLS_SHOWN
    assert len(re.findall(r'<td class="cb-number">\d+か月</td>', page.body)) == STALE_SHOWN
    assert ANSWERED_SHOWN < 1000
    assert file is not None
    assert file.content.count(b"BEGIN:VEVENT") == 1000


def test_text_is_escaped_everywhere() -> None:
    """An alias may hold any character, in the drawing too."""
    page, _ = made(changed(deals=(deal(1, alias=HOSTILE), deal(2, alias=HOSTILE))))
    outline = Outline(page.body)
    assert not {"script", "img"} & set(outline.tags)
    assert not outline.unclosed
    assert not outline.misplaced
    assert texts_in(page.body, "cb-call-whom")
