"""Notes become HTML that can only be read."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from generator.pages.markdown import ELEMENTS, SCHEMES, is_safe_address, render_markdown
from tests.support.flaws import DATA
from tests.support.hostile import naughty_strings

LINKS = (
    "[a]({})", "[a](<{}>)", '[a]({} "title")', "[a][b]\n\n[b]: {}", "<{}>", "![a]({})", "> - [a]({})",
    "| a |\n|---|\n| [a]({}) |",
)  # fmt: skip
"""Ways to write a link in Markdown."""
UNSAFE = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)", "\x01javascript:alert(1)", "%0ajavascript:alert(1)", "vbscript:x", "file:///etc/passwd",
    "data:text/html,<script>alert(1)</script>", "data:image/png;base64,AAAA", "blob:x", "about:blank",
    "view-source:http://a.example", "//elsewhere.example/", "\\\\elsewhere.example", "/\\elsewhere.example",
    "///elsewhere.example", "/\t/elsewhere.example", "intent://x", "tel:117", "ftp://elsewhere.example/",
)  # fmt: skip
SAFE = (
    "https://elsewhere.example/a?b=c#d", "http://intranet/", "mailto:desk@elsewhere.example", "../2025-07-other/",
    "#q042", "?q=a:b", "page/a:b", "", "/kb/", "a/../b",
)  # fmt: skip


class _Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(markdown: str) -> list[tuple[str, dict[str, str]]]:
    """What a note is made of, once it is HTML."""
    return _Elements(render_markdown(markdown)).found


def test_notes_are_commonmark_with_tables() -> None:
    """Headings stand beneath the page's own; columns of a table keep their side without a style in the page."""
    assert render_markdown("# 題\n\n1. **太** *斜*\n2. `x`\n\n---\n\n> 引用") == (
        "<h3>題</h3>\n<ol>\n<li><strong>太</strong> <em>斜</em></li>\n<li><code>x</code></li>\n</ol>\n<hr>\n"
        "<blockquote>\n<p>引用</p>\n</blockquote>\n"
    )
    assert '<table class="cb-table">' in render_markdown("|a|b|\n|--:|:-:|\n|1|2|")
    assert '<td class="cb-right">1</td>\n<td class="cb-center">2</td>' in render_markdown("|a|b|\n|--:|:-:|\n|1|2|")
    assert '<ol start="3">' in render_markdown("3. a")
    assert render_markdown(" \n") == ""


def test_html_in_notes_is_shown_as_text() -> None:
    """Whoever writes a tag reads a tag."""
    for text in ("<b>a</b>", "<script>alert(1)</script>", "<!-- a -->", "<svg onload=alert(1)>", "<style>a{}</style>"):
        assert {tag for tag, _ in elements(text)} <= {"p"}
        assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in render_markdown(text)


@pytest.mark.parametrize("form", LINKS)
def test_links_lead_to_safe_places_only(form: str) -> None:
    """Scripts, data, files and addresses that only look like a place on this site lead nowhere, however written."""
    for address in UNSAFE:
        for tag, attributes in elements(form.format(address)):
            assert "src" not in attributes, (tag, address)
            target = attributes.get("href", "")
            assert is_safe_address(target), (target, address)
            assert not re.match(r"(?i)[\s\x00]*(javascript|data|vbscript|file|//|\\)", target), (target, address)


@pytest.mark.parametrize("address", SAFE)
def test_links_of_a_note_work(address: str) -> None:
    """To other pages of the site, to other sites, and to mail; a page that opens learns nothing of this one."""
    ((_, _), (tag, attributes)) = elements(f"[a](<{address}>)")
    assert tag == "a"
    assert attributes["href"] == address
    assert attributes["rel"] == "noopener noreferrer"
    assert is_safe_address(address)


@pytest.mark.parametrize("address", UNSAFE)
def test_addresses_that_run_or_leave_are_known(address: str) -> None:
    """The rule by itself, without the renderer in front; entities are the renderer's business."""
    assert not is_safe_address(address.replace("&#106;", "j").replace("&#10;", "\n").replace("%0a", "\n"))


def test_pictures_are_not_shown() -> None:
    """A picture would call another host, or show a file that nobody looked through: its address is a link at most."""
    assert "img" not in {tag for tag, _ in elements("![a](https://elsewhere.example/a.png) ![b](attachments/b.png)")}


def test_naughty_notes_hold_nothing_but_words() -> None:
    """Each naughty string alone, and all of them at once."""
    listed = json.loads((DATA / "hostile-text" / "blns.json").read_text(encoding="utf-8"))
    for text in (*listed, *naughty_strings(), "\n\n".join(naughty_strings()), " ".join(naughty_strings())):
        for tag, attributes in elements(text):
            assert tag in ELEMENTS
            assert set(attributes) <= {"href", "title", "rel", "start", "class"}
            assert is_safe_address(attributes.get("href", ""))
    assert {"http", "https", "mailto"} == SCHEMES


@pytest.mark.parametrize(
    "sign", ["[", "![", "*a ", "**a *b", "_a_", "`", "<", "&", "~~a ", "[a](", "a[a]: b\n", "|a\n|-\n"]
)
def test_a_paragraph_at_its_limit_is_no_work(sign: str) -> None:
    """As much of one sign as a paragraph may hold, in as many paragraphs as a page of notes has."""
    from generator.sources.markdown import MAX_PARAGRAPH_CHARACTERS, read_markdown

    text = "\n\n".join([sign * ((MAX_PARAGRAPH_CHARACTERS - 10) // len(sign))] * 3)
    assert read_markdown(text.encode()).flaw is None
    assert render_markdown(text)
