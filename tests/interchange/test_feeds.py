"""Feeds: what is new, for everybody and for each department."""

from __future__ import annotations

import datetime as dt
import json
import re
from xml.etree import ElementTree

import pytest

from generator.interchange.entries import MOST, entries
from generator.interchange.feeds import ATOM
from generator.publication import PublicCorpus
from tests.interchange.given import CASES, files, library, retitled, samples, written
from tests.pages.figures import plain_book
from tests.pages.knowledge import EMPTY, HOSTILE

SITE = "https://intranet.example/voices/"
DEPARTMENTS = [department["id"] for department in plain_book("casebook.yml")["departments"]]


def atom(
    address: str = "data/atom.xml", *, corpus: PublicCorpus | None = None, site_url: str = ""
) -> ElementTree.Element:
    """A feed, read back."""
    return ElementTree.fromstring(files(corpus, site_url=site_url)[address])  # noqa: S314 - written a moment ago


def texts(element: ElementTree.Element, name: str) -> list[str]:
    """The texts of all elements of that name below `element`."""
    return [found.text or "" for found in element.iter(f"{{{ATOM}}}{name}")]


@pytest.mark.parametrize("folder", ["data/", *(f"data/{department}/" for department in DEPARTMENTS)])
def test_each_feed_has_what_the_standards_demand(folder: str):
    """Atom (RFC 4287, 4.1): id, title, updated, author; JSON Feed 1.1 likewise."""
    feed = atom(f"{folder}atom.xml")
    for element in (feed, *feed.iter(f"{{{ATOM}}}entry")):
        for name in ("id", "title", "updated"):
            assert element.find(f"{{{ATOM}}}{name}").text, name
    assert feed.find(f"{{{ATOM}}}author/{{{ATOM}}}name").text
    stamps = texts(feed, "updated") + texts(feed, "published")
    assert all(dt.datetime.fromisoformat(stamp).tzinfo for stamp in stamps)
    told = json.loads(files()[f"{folder}feed.json"])
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == texts(feed, "id")[1:]
    assert all(item["content_html"] and item["url"] for item in told["items"])


def test_everything_new_is_in_the_feed_of_everything():
    """Each case and each insight once, newest interview first; counted from the files."""
    ids = texts(atom(), "id")[1:]
    insights = sum(len(content["insights"]) for _, content in written("insights.yml"))
    assert len(ids) == len(set(ids)) == min(MOST, len(list(written("case.yml"))) + insights)
    days = texts(atom(), "published")
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_department_gets_its_own(department: str):
    """Its insights are those that name it or let it act, counted from the files."""
    expected = {
        f"cases/{slug}/#insight-{insight['id']}"
        for slug, content in written("insights.yml")
        for insight in content["insights"]
        if department in insight.get("departments", ())
        or department in [action["department"] for action in insight.get("actions", ())]
    }
    told = {entry.address for entry in entries(library(), department) if "#" in entry.address}
    assert told == expected


def test_links_lead_to_pages_wherever_the_site_lies():
    """From the feed's own address when the site does not know its own, and whole where it does."""
    relative = [link.get("href") for link in atom("data/sales/atom.xml").iter(f"{{{ATOM}}}link")]
    assert relative[1] == "../../"
    assert all(href.startswith("../../") for href in relative)
    whole = [link.get("href") for link in atom("data/sales/atom.xml", site_url=SITE).iter(f"{{{ATOM}}}link")]
    assert whole[:2] == [f"{SITE}data/sales/atom.xml", SITE]
    assert [href.removeprefix("../../") for href in relative[2:]] == [href.removeprefix(SITE) for href in whole[2:]]
    slugs = {re.search(r"cases/([^/]+)/", href)[1] for href in whole[2:]}
    assert slugs <= {folder.name for folder in CASES.iterdir()}


def test_an_entry_keeps_its_identity_when_the_site_moves():
    """Readers of feeds know an entry by its id: another address must not make all of them new."""
    assert texts(atom(), "id") == texts(atom(site_url=SITE), "id")


def test_an_entry_is_never_newer_than_the_build():
    """A change planned for next year is no news from the future."""
    latest = max(samples().built_on, *(case.facts.dates.interview for case in samples().cases))
    assert all(entry.published <= entry.updated <= latest for entry in entries(library()))


def test_hostile_words_stay_words():
    """No markup of an editor's reaches a feed reader, and letters that XML cannot hold do not break the feed."""
    corpus = retitled(f"{HOSTILE}\x08\uffff")
    feed = atom(corpus=corpus)
    content = " ".join(texts(feed, "content"))
    assert "<script" not in content
    assert "<img" not in content
    assert HOSTILE in " ".join(texts(feed, "title"))
    assert "<script" not in json.loads(files(corpus)["data/feed.json"])["items"][0]["content_html"]


def test_a_feed_of_nothing_is_a_feed():
    """Whoever subscribes on the first day is told of the first case."""
    assert texts(atom(corpus=EMPTY), "entry") == []
    assert json.loads(files(EMPTY)["data/feed.json"])["items"] == []


def test_the_same_day_gives_the_same_bytes():
    """Feeds and tables hold no clock."""
    assert files() == files()
