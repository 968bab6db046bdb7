"""The page of feeds and data."""

from __future__ import annotations

import re

from tests.interchange.given import made, samples
from tests.pages.knowledge import EMPTY


def test_every_file_is_handed_out_and_every_link_leads_to_one():
    """What is written stands on the page, and nothing else does."""
    page, files = made()
    hrefs = {f"data/{href}" for href in re.findall(r'href="([^".#][^"]*)"', page.body)}
    assert hrefs == set(files)


def test_rows_and_entries_are_counted():
    """The figure beside a table is the number of its rows, counted from the file; that of a feed, of its entries."""
    page, files = made()
    rows = len(samples().cases)
    assert f"{rows}行" in page.body
    assert f"{files['data/atom.xml'].count(b'<entry ')}件" in page.body


def test_the_page_is_whole_on_the_first_day_and_in_english():
    """Without any case, and in the other language."""
    assert "0行" in made(EMPTY)[0].body
    page, _ = made(language="en")
    assert "Follow what is new" in page.body
    assert not re.search(r"[ぁ-ん]", re.sub(r'<span class="cb-chip".*?</span>', "", page.body))
