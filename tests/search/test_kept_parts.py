"""What is kept of the index between builds."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from generator.search import KeptParts, forget_audiences, index_site
from generator.search.kept_parts import ABANDONED_AFTER_S
from tests.search.test_bundle import a_case, everything, many_cases


@pytest.fixture
def kept(tmp_path: Path) -> KeptParts:
    """An empty folder of parts."""
    return KeptParts.of(tmp_path / "cache", None)


def test_what_did_not_change_is_not_made_again(tmp_path: Path, kept: KeptParts) -> None:
    """One case of a thousand changes: so does one part, and nothing of the index when none does."""
    pages = many_cases()
    first = index_site(pages, tmp_path / "site", kept=kept)
    assert first.made == len(first.parts)
    assert len(first.slices) > 2
    assert index_site(pages, tmp_path / "site", kept=kept).made == 0
    pages[0] = a_case("c2020", "別の話", sort_date="2020-03-01")
    assert index_site(pages, tmp_path / "site", kept=kept).made == 1
    index_site(pages, tmp_path / "fresh")
    assert everything(tmp_path / "site") == everything(tmp_path / "fresh")


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "added"])
def test_a_damaged_part_is_noticed_and_made_again(tmp_path: Path, kept: KeptParts, damage: str) -> None:
    """Half a file would be searched for ever: its name never changes."""
    (digest,) = index_site([a_case("a", "手袋")], tmp_path / "site", kept=kept).slices
    before = everything(tmp_path / "site")
    file = kept.folder / digest / "files" / "lines" / "0-0.json.gz"
    content = file.read_bytes()
    file.unlink()  # The site's file is the same one.
    if damage == "added":
        file.write_bytes(content)
        file.with_name("1-0.json.gz").write_bytes(content)
    elif damage != "gone":
        file.write_bytes(content[:-1] if damage == "cut" else content[:-1] + b"x")
    assert not kept.has(digest)
    assert index_site([a_case("a", "手袋")], tmp_path / "site", kept=kept).made == 1
    assert everything(tmp_path / "site") == before


def test_words_that_were_withdrawn_do_not_live_on(tmp_path: Path, kept: KeptParts) -> None:
    """What the newest site does not say is taken out, in the folders of audiences that are no more as well."""
    gone = KeptParts.of(tmp_path / "cache", "partners")
    other = KeptParts.of(tmp_path / "cache", "sales")
    index_site([a_case("a", "手袋")], tmp_path / "site", kept=gone)
    index_site([a_case("a", "手袋")], tmp_path / "site", kept=other)
    index_site([a_case("a", "手袋の話")], tmp_path / "site", kept=kept)
    facts = index_site([a_case("a", "価格")], tmp_path / "site", kept=kept)
    assert kept.keep_only((*facts.parts, *facts.slices)) == ()
    forget_audiences(kept.folder.parent, ["sales"])
    assert {path.name for path in kept.folder.iterdir()} == {*facts.parts, *facts.slices}
    assert sorted(path.name for path in kept.folder.parent.iterdir()) == ["audience-sales", "everybody"]


def test_what_a_killed_build_began_goes_after_an_hour(tmp_path: Path, kept: KeptParts) -> None:
    """Another build may be at work on it until then."""
    facts = index_site([a_case("a", "手袋")], tmp_path / "site", kept=kept)
    old, new = kept.folder / ".new-1-dead", kept.folder / ".new-2-alive"
    old.mkdir()
    new.mkdir()
    long_ago = time.time() - ABANDONED_AFTER_S - 60
    os.utime(old, (long_ago, long_ago))
    kept.keep_only((*facts.parts, *facts.slices))
    assert {path.name for path in kept.folder.iterdir()} == {new.name, *facts.parts, *facts.slices}


def test_files_of_a_site_are_links_to_what_is_kept(tmp_path: Path, kept: KeptParts) -> None:
    """The words of a thousand cases lie on the disk once."""
    facts = index_site([a_case("a", "手袋")], tmp_path / "site", kept=kept)
    for digest, name in ((facts.parts[0], "catalogue.json.gz"), (facts.slices[0], "lines/0-0.json.gz")):
        assert (tmp_path / "site" / "pagefind" / digest / name).samefile(kept.files(digest) / name)


def test_a_site_is_indexed_where_nothing_can_be_kept(tmp_path: Path) -> None:
    """It takes longer, and nothing else."""
    (tmp_path / "cache").write_text("a file where the folder should be")
    facts = index_site([a_case("a", "手袋")], tmp_path / "site", kept=KeptParts.of(tmp_path / "cache", None))
    assert (facts.records, facts.made) == (1, 1)


def test_a_part_that_another_build_takes_away_is_made_again(tmp_path: Path, kept: KeptParts) -> None:
    """Two builds of different cases may share a cache: each takes out what it does not need."""
    pages = [a_case("a", "手袋")]
    facts = index_site(pages, tmp_path / "site", kept=kept)
    (digest,) = facts.parts
    for left in ([], facts.parts, facts.slices):
        kept.keep_only(left)
        assert [kept.has(name) for name in (*facts.parts, *facts.slices)] == [
            bool(left == facts.parts),
            bool(left == facts.slices),
        ]
        assert index_site(pages, tmp_path / "site", kept=kept).made == 1
    kept.keep_only([])
    with pytest.raises(FileNotFoundError):
        kept.place(digest, tmp_path / "elsewhere")
