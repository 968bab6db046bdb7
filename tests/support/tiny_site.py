"""A site of a few pages made by hand: what the frame needs, and nothing of what the cases hold."""

from __future__ import annotations

from pathlib import Path

from generator.pages.page import Heading, Page, SiteFile
from generator.site.engine import Built, build_site
from generator.site.source import FinishedPages

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"

TALK = f"<p>{'手袋のまま使えないと、現場では使えません。' * 120}</p>"


def page(address: str, title: str, kind: str, **more: object) -> Page:
    """A page with a heading and enough text to scroll."""
    body = f'<div class="cb-page"><h1>{title}</h1>{more.pop("body", TALK)}</div>'
    return Page(address, title, body, kind, **more)  # type: ignore[arg-type]


def tiny_pages() -> tuple[Page, ...]:
    """Home, one page for each tab, a case with headings, and a page that is not listed."""
    parts = "".join(f'<h2 id="part{n}">第{n}部</h2>{TALK}' for n in range(1, 4))
    return (
        page("", "お客様の声", "home"),
        page("cases/", "事例の一覧", "cases"),
        page("insights/", "インサイトの一覧", "insights"),
        page("search/", "検索", "search"),
        page("about/", "このサイトについて", "about"),
        page("patterns/", "部品", "patterns", listed=False),
        page(
            "cases/2025-07-rugged-laptop/",
            "「壊れない」では選ばれない & <理由>",
            "case",
            body=parts,
            description='一行で: "誰のせいにもならない"',
            headings=(Heading("part1", "第1部", 2), Heading("part2", "第2部 <概要>", 2), Heading("part3", "細部", 3)),
            crumbs=(("事例", "cases/"),),
        ),
    )


def build_tiny_site(
    site: Path, *, config: Path = CONFIG, pages: tuple[Page, ...] | None = None, files: tuple[SiteFile, ...] = ()
) -> Built:
    """Build the tiny site, or `pages` with the `files` beside them, into the folder `site` through MkDocs, without a
    search index.
    """
    return build_site(config, site=site, search=False, source=FinishedPages(pages or tiny_pages(), files=files))
