"""notes.md as HTML. Raw HTML in it is shown as text, never passed through."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@cache
def _parser() -> MarkdownIt:
    # "js-default" is CommonMark with tables and without raw HTML; links to scripts are refused by its validator.
    # Images would let a page call another host, which no page may do.
    return MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


def render_markdown(text: str) -> Markup:
    """`text` (CommonMark with tables) as HTML; headings are moved two levels down, beneath the page's own.

    Empty for empty text.
    """
    if not text.strip():
        return Markup()
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        elif token.type == "table_open":
            token.attrSet("class", "cb-table")
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - escaped by the parser, html is off
