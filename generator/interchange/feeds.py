"""Feeds by which people follow the knowledge base in the reader of their choice: Atom (RFC 4287), JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree

from generator.interchange.entries import NAMESPACE, Entry

ATOM: Final = "http://www.w3.org/2005/Atom"
XML: Final = "http://www.w3.org/XML/1998/namespace"
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Letters that an XML 1.0 document cannot hold (its production 2)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in every format."""

    name: str
    """Folder of the feed below `data/`, empty for the one of everything: `sales`."""
    title: str
    subtitle: str
    author: str
    language: str
    site_url: str
    """Where the site is, ending in a slash; empty when it does not know: links are then relative to the feed."""
    built_on: dt.date
    entries: Sequence[Entry]

    @property
    def folder(self) -> str:
        """Where its files lie, relative to the site's root."""
        return f"data/{self.name}/" if self.name else "data/"

    def link(self, address: str) -> str:
        """An address of the site as the feed gives it."""
        root = self.site_url or "../" * self.folder.count("/")
        return urljoin(root, address) if self.site_url else root + address


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_atom("feed"), {f"{{{XML}}}lang": feed.language})
    _text(root, "id", uuid.uuid5(NAMESPACE, f"{feed.author} {feed.name}").urn)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=feed.built_on)))
    _text(ElementTree.SubElement(root, _atom("author")), "name", feed.author)
    _link(root, "self", feed.link(f"{feed.folder}atom.xml"), "application/atom+xml")
    _link(root, "alternate", feed.link(""), "text/html")
    for entry in feed.entries:
        item = ElementTree.SubElement(root, _atom("entry"), {f"{{{XML}}}lang": entry.language})
        _text(item, "id", entry.id)
        _text(item, "title", entry.title)
        _text(item, "published", _moment(entry.published))
        _text(item, "updated", _moment(entry.updated))
        _link(item, "alternate", feed.link(entry.address), "text/html")
        for category in entry.categories:
            ElementTree.SubElement(item, _atom("category"), {"term": _clean(category)})
        _text(item, "summary", entry.summary)
        _text(item, "content", entry.html).set("type", "html")
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed."""
    written = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.subtitle,
        "language": feed.language,
        "home_page_url": feed.link(""),
        "feed_url": feed.link(f"{feed.folder}feed.json"),
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.id,
                "url": feed.link(entry.address),
                "title": entry.title,
                "summary": entry.summary,
                "content_html": entry.html,
                "date_published": _moment(entry.published),
                "date_modified": _moment(entry.updated),
                "language": entry.language,
                "tags": list(entry.categories),
            }
            for entry in feed.entries
        ],
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()


def _moment(day: dt.date) -> str:
    """A day as RFC 3339 wants it, at its beginning: our dates have no time."""
    return f"{day.isoformat()}T00:00:00Z"


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, _atom(name))
    element.text = _clean(text)
    return element


def _link(parent: ElementTree.Element, relation: str, target: str, media: str) -> None:
    ElementTree.SubElement(parent, _atom("link"), {"rel": relation, "href": _clean(target), "type": media})


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
