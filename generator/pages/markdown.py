"""notes.md as HTML: CommonMark with tables, in a subset that can only be read, not run or load anything.

Two walls, each of which would do: raw HTML is shown as text, and what the renderer gives is sanitised by nh3 to the
elements and attributes below.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ELEMENTS: Final = frozenset(
    {
        *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li"),
        *("strong", "em", "s", "code", "pre", "a"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
)
"""What notes can be made of. No picture: it would call another host, or show a file that nobody looked through."""
SCHEMES: Final = frozenset({"http", "https", "mailto"})
"""Where links may lead, besides places on the same site."""
ALIGNMENTS: Final = {"right": "cb-right", "center": "cb-center"}
"""How a column of a table stands, as a class: the site's policy knows no style that stands in a page."""

_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
_CLASSES: Final = {"table": {"cb-table"}, "th": set(ALIGNMENTS.values()), "td": set(ALIGNMENTS.values())}
_ALIGNED = re.compile(r"text-align:(right|center)")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
"""What browsers leave out of an address, or take for a slash."""


@cache
def _parser() -> MarkdownIt:
    # "js-default" is CommonMark with tables and without raw HTML. It refuses links to scripts; nh3 does so once more.
    return MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ELEMENTS),
        attributes={name: set(names) for name, names in _ATTRIBUTES.items()},
        allowed_classes={name: set(names) for name, names in _CLASSES.items()},
        attribute_filter=_filtered,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )


def render_markdown(text: str) -> Markup:
    """`text` as HTML; headings are moved two levels down, beneath the page's own. Empty for empty text."""
    if not text.strip():
        return Markup()
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        elif token.type == "table_open":
            token.attrSet("class", "cb-table")
        elif token.type in ("th_open", "td_open") and (found := _ALIGNED.fullmatch(str(token.attrGet("style")))):
            token.attrs = {"class": ALIGNMENTS[found[1]]}
    return Markup(_cleaner().clean(parser.renderer.render(tokens, parser.options, {})))  # noqa: S704 - sanitised


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: to a place on this site, or by one of `SCHEMES`.

    `//host/page` looks like a place on this site and leads to another one; it is refused, as is what browsers read
    like it.
    """
    plain = _INVISIBLE.sub(lambda sign: "/" if sign[0] == "\\" else "", address)
    if plain.startswith("//"):
        return False
    try:
        scheme = urlsplit(plain).scheme
    except ValueError:
        return False
    # What stands before the first colon is a scheme to a browser, unless a path, query or fragment began earlier.
    return scheme in SCHEMES if scheme else ":" not in re.split(r"[/?#]", plain, maxsplit=1)[0]


def _filtered(element: str, attribute: str, value: str) -> str | None:
    if element == "a" and attribute == "href":
        return value if is_safe_address(value) else None
    return value
