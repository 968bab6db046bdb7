"""What the built folder holds: every page framed, nothing of the theme that readers would load in vain."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import NotBuildableError
from generator.pages.page import Page, SiteFile, SitePages
from generator.publication.secrets import Secret, SecretKind
from generator.site.engine import SiteError, build_site
from generator.site.source import FinishedPages
from tests.support.tiny_site import CONFIG, build_tiny_site, tiny_pages


def html(site: Path, address: str) -> str:
    """The page at an address."""
    return (site / address / "index.html").read_text(encoding="utf-8")


def files(site: Path) -> dict[str, str]:
    """Every file of a site with the digest of its content."""
    return {
        str(file.relative_to(site)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def test_every_page_lies_at_its_address(tiny_site: Path) -> None:
    """A page's address is its folder, and there is no page that nobody made."""
    made = {file.parent.relative_to(tiny_site).as_posix() for file in tiny_site.rglob("index.html")}
    assert made == {page.address.rstrip("/") or "." for page in tiny_pages()}


def test_body_is_handed_over_as_it_is(tmp_path: Path) -> None:
    """Finished HTML does not pass through Markdown or a template engine: not a byte of it changes."""
    body = (
        '<div class="cb-page"><p>*not* {{ a }} {% b %} [link](x.md)\n\n    code &amp; <b>bold</b></p>\n\n- item</div>'
    )
    build_tiny_site(tmp_path / "site", pages=(Page("cases/a/", "A", body, "case"),))
    assert body in html(tmp_path / "site", "cases/a")


def test_files_beside_pages_are_written_as_they_are(tmp_path: Path) -> None:
    """A calendar or an export stands in the site at its address, byte for byte, below folders that it needs."""
    calendar, table = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "名前,件数\r\n".encode("utf-8-sig")
    beside = (SiteFile("insights/days.ics", calendar), SiteFile("data/tables/needs.csv", table))
    source = FinishedPages(tiny_pages(), files=beside)
    built = build_site(CONFIG, site=tmp_path / "site", search=False, source=source)
    assert (tmp_path / "site/insights/days.ics").read_bytes() == calendar
    assert (tmp_path / "site/data/tables/needs.csv").read_bytes() == table
    assert built.pages == len(tiny_pages())


def test_nothing_goes_beside_the_pages_unseen(tmp_path: Path) -> None:
    """The audit looks through files beside the pages like through pages: a site that would leak is not made."""
    source = FinishedPages(
        tiny_pages(), [Secret("北辰電設", SecretKind.NAME, "a")], [SiteFile("data/a.csv", "株式会社北辰電設".encode())]
    )
    with pytest.raises(SiteError, match=r"data/a\.csv"):
        build_site(CONFIG, site=tmp_path / "site", search=False, source=source)
    assert not (tmp_path / "site").exists()


def test_titles_and_descriptions_are_escaped(tiny_site: Path) -> None:
    """What a customer said may hold any character."""
    text = html(tiny_site, "cases/2025-07-rugged-laptop")
    assert "<title>「壊れない」では選ばれない &amp; &lt;理由&gt; - " in text
    assert '<meta name="description" content="一行で: &#34;誰のせいにもならない&#34;">' in text
    assert '<a href="#part2">第2部 &lt;概要&gt;</a>' in text


def test_crumbs_lead_from_home_to_the_page(tiny_site: Path) -> None:
    """The way back is on every page below the first level, by relative links."""
    path = re.search(r'<nav class="cb-path".*?</nav>', html(tiny_site, "cases/2025-07-rugged-laptop"), re.S)
    assert path is not None
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', path[0]) == [("../../", "ホーム"), ("../../cases/", "事例")]
    assert 'class="cb-path"' not in html(tiny_site, "")


def test_tabs_name_the_pages_that_are_there(tiny_site: Path) -> None:
    """`nav` lists more pages than this site has: those it has are tabs, in that order, by their short names."""
    tabs = re.findall(r'class="cb-tab" href="(.*?)".*?>(.*?)</a>', html(tiny_site, "insights"))
    assert tabs == [("../", "ホーム"), ("../cases/", "事例"), ("../insights/", "インサイト")]


def test_tab_of_the_part_is_marked_on_pages_below_it(tiny_site: Path) -> None:
    """On a case the tab of the cases says where the reader is; on the list of cases it is the page itself."""
    assert 'href="../../cases/" aria-current="true">事例' in html(tiny_site, "cases/2025-07-rugged-laptop")
    assert 'href="../cases/" aria-current="page">事例' in html(tiny_site, "cases")


def test_names_in_nav_win(tmp_path: Path) -> None:
    """A company calls its tabs as it likes, and adds pages of its own in Markdown."""
    config = tmp_path / "mkdocs.yml"
    own = tmp_path / "own"
    own.mkdir()
    (own / "rules.md").write_text("# 使い方\n\n**太字**です。\n", encoding="utf-8")
    text = CONFIG.read_text(encoding="utf-8")
    for folder in ("overrides", "generator"):
        (tmp_path / folder).symlink_to(CONFIG.parent / folder)
    (tmp_path / "cases").mkdir()
    config.write_text(
        text.replace("docs_dir: overrides/public", "docs_dir: own").replace(
            "- cases/index.md", "- お客様: cases/index.md\n  - 社内: \n    - rules.md"
        ),
        encoding="utf-8",
    )
    build_tiny_site(tmp_path / "site", config=config)
    tabs = re.findall(r'class="cb-tab" href="(.*?)".*?>(.*?)</a>', html(tmp_path / "site", ""))
    assert tabs == [("./", "ホーム"), ("cases/", "お客様"), ("rules/", "社内"), ("insights/", "インサイト")]
    assert "<strong>太字</strong>" in html(tmp_path / "site", "rules")


def test_nothing_points_to_another_host(tiny_site: Path) -> None:
    """No file of the frame names another host, other than as the name of a format."""
    for file in tiny_site.rglob("*"):
        if file.suffix in {".html", ".css", ".js", ".svg"}:
            found = re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}", file.read_text(encoding="utf-8"))
            assert set(found) <= {"http://www.w3.org"}, file


def test_no_script_stands_in_a_page(tiny_site: Path) -> None:
    """Scripts are files; what stands in a page is data. A policy can then forbid the rest."""
    for file in tiny_site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        for script in re.findall(r"<script\b([^>]*)>", text):
            assert "src=" in script or 'type="application/json"' in script, file
        assert not re.search(r"\son[a-z]+=\"|<style\b|javascript:", text), file


def test_texts_for_scripts_are_data_in_the_page(tiny_site: Path) -> None:
    """Scripts find their words in the page, in the reader's language."""
    data = re.search(r'id="cb-texts">(.*?)</script>', html(tiny_site, ""), re.S)
    assert data is not None
    assert json.loads(data[1])["Close"] == "閉じる"


def test_unlisted_pages_ask_not_to_be_found(tiny_site: Path) -> None:
    """The page of all components is for those who work on them."""
    assert '<meta name="robots" content="noindex">' in html(tiny_site, "patterns")
    assert "noindex" not in html(tiny_site, "cases")


def test_only_what_is_used_is_served(tiny_site: Path) -> None:
    """The theme's own scripts, styles and search workers stay out; the styles are one file."""
    other = {name for name in files(tiny_site) if not name.endswith("index.html")}
    assert {name for name in other if not name.startswith("assets/casebook/")} == {
        "404.html",
        "_headers",
        "favicon.svg",
        "logo.svg",
    }
    assert [name for name in other if name.endswith(".css")] == ["assets/casebook/styles/casebook.css"]


def test_same_pages_give_the_same_bytes(tiny_site: Path, tmp_path: Path) -> None:
    """Nothing in a site tells when or where it was built."""
    build_tiny_site(tmp_path / "again")
    assert files(tmp_path / "again") == files(tiny_site)


def test_order_of_the_pages_changes_nothing(tiny_site: Path, tmp_path: Path) -> None:
    """Pages are framed as they come, whichever comes first."""
    build_tiny_site(tmp_path / "again", pages=tiny_pages()[::-1])
    assert files(tmp_path / "again") == files(tiny_site)


def test_mkdocs_builds_the_same_site(tmp_path: Path) -> None:
    """People who know MkDocs call it directly, and get what the casebook command gives them."""
    config = tmp_path / "mkdocs.yml"
    for folder in ("overrides", "generator", "cases"):
        (tmp_path / folder).symlink_to(CONFIG.parent / folder)
    text = CONFIG.read_text(encoding="utf-8")
    cache = f"search: false\n    cache: {CONFIG.parent / '.cache/casebook'}"
    config.write_text(text.replace("search: true", cache), encoding="utf-8")
    build_site(config, site=tmp_path / "ours")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(tmp_path / "theirs")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert files(tmp_path / "theirs") == files(tmp_path / "ours")


class FailsAt:
    """Pages that cannot be made: at the check, or when half of the work is done."""

    def __init__(self, step: str) -> None:
        self.step = step

    def check(self) -> None:
        """Find a mistake, when this is the step."""
        if self.step == "check":
            raise NotBuildableError("cases/a/case.yml:3:1 unknown-key")

    def pages(self, site: Path) -> SitePages:
        """Write something, and then fail."""
        (site / "half.txt").write_text("half", encoding="utf-8")
        if self.step == "sounds":
            raise NotBuildableError("cases/a/audio.m4a cannot be read")
        return SitePages(SitePages.of(tiny_pages()).announced, self._some_pages())

    def _some_pages(self) -> Iterator[Page]:
        yield from tiny_pages()[:3]
        raise RuntimeError("a fault in the program")


@pytest.mark.parametrize(
    ("step", "kind", "words"),
    [
        ("check", SiteError, "unknown-key"),
        ("sounds", SiteError, "cannot be read"),
        ("pages", RuntimeError, "a fault in the program"),
    ],
)
def test_failure_leaves_the_old_site_whole(tmp_path: Path, step: str, kind: type[Exception], words: str) -> None:
    """Whatever goes wrong, readers keep the last good site, and nothing half lies beside it."""
    site = tmp_path / "site"
    build_tiny_site(site)
    before = files(site)
    with pytest.raises(kind, match=words):
        build_site(CONFIG, site=site, search=False, source=FailsAt(step))
    assert files(site) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_pages_that_are_gone_are_gone_from_the_site(tmp_path: Path) -> None:
    """A withdrawn case leaves no file behind."""
    site = tmp_path / "site"
    build_tiny_site(site)
    build_tiny_site(site, pages=tiny_pages()[:2])
    assert not (site / "insights").exists()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("site_name: [", "mkdocs.yml"),
        ("theme: {name: material, language: fr}", "theme.language is 'fr'"),
        ("extra: {casebook: {case: x}}", "no key 'case' - did you mean 'cases'?"),
        ("extra: {casebook: {search: 'no'}}", "extra.casebook.search is 'no' - write true or false"),
        ("extra: {casebook: 3}", "extra.casebook"),
    ],
)
def test_mistakes_in_mkdocs_yml_are_told_in_one_text(tmp_path: Path, written: str, words: str) -> None:
    """The file a company edits can be wrong like any other; nobody has to read a traceback."""
    config = tmp_path / "mkdocs.yml"
    base = f"""
        site_name: x
        docs_dir: {CONFIG.parent}/overrides/public
        theme: {{name: material, custom_dir: {CONFIG.parent}/overrides, language: ja}}
        hooks: [{CONFIG.parent}/generator/site/hook.py]
        """
    lines = [line.strip() for line in base.strip().splitlines()]
    key = written.partition(":")[0]
    config.write_text("\n".join([*(line for line in lines if not line.startswith(key)), written]), encoding="utf-8")
    with pytest.raises(SiteError, match=re.escape(words)):
        build_site(config, site=tmp_path / "site", source=FinishedPages(tiny_pages()))
