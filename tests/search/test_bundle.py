"""The index as it lies on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.pages.page import Page, Passage, SearchFacts
from generator.search import SearchIndexError, index_site


def a_case(slug: str, *words: str, listed: bool = True, **facts: object) -> Page:
    """A case page that says `words`, one line each."""
    lines = tuple(Passage(f"q{number:03}", "cue", said, "顧客", number * 3.0) for number, said in enumerate(words, 1))
    search = SearchFacts("case", "ja", lines, **facts)  # type: ignore[arg-type]
    return Page(f"cases/{slug}/", f"事例 {slug}", "", "case", listed=listed, search=search)


def catalogue(folder: Path) -> dict[str, object]:
    """The catalogue of the index in `folder`."""
    read: dict[str, object] = json.loads((folder / "pagefind" / "catalogue.json").read_text(encoding="utf-8"))
    return read


def everything(folder: Path) -> dict[str, bytes]:
    """All files of the index in `folder`."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_page_with_facts_has_its_lines_under_the_name_it_has_in_the_index(tmp_path: Path) -> None:
    """The browser goes from a hit to the lines of its page without any list of pages."""
    facts = index_site([a_case("a", "手袋のまま"), Page("", "入口", "", "home"), a_case("b", "価格")], tmp_path)
    names = catalogue(tmp_path)["ids"]
    assert isinstance(names, list)
    shown = [json.loads((tmp_path / "pagefind" / "lines" / f"{name}.json").read_text()) for name in names]
    assert facts.records == 2
    assert [(page["case"], page["lines"]) for page in shown] == [
        ("a", [["q001", "cue", "手袋のまま", "顧客", 3.0, ""]]),
        ("b", [["q001", "cue", "価格", "顧客", 3.0, ""]]),
    ]


def test_facets_hold_the_values_of_each_page_in_the_pages_order(tmp_path: Path) -> None:
    """Counts and filters in the browser need no other file."""
    pages = [a_case("a", "あ", filters={"type": ("失注",)}), a_case("b", "い", filters={"type": ("受注", "失注")})]
    index_site(pages, tmp_path)
    assert catalogue(tmp_path)["facets"] == {"type": {"values": ["受注", "失注"], "of": [[1], [0, 1]]}}


def test_an_unlisted_page_leaves_no_trace(tmp_path: Path) -> None:
    """What is not listed is not found, and not in any file of the index either."""
    index_site([a_case("a", "手袋"), a_case("secret", "秘密の言葉", listed=False)], tmp_path)
    assert not any("秘密".encode() in content or b"secret" in content for content in everything(tmp_path).values())


def test_the_same_pages_give_the_same_files(tmp_path: Path) -> None:
    """A site that did not change is not deployed again."""
    pages = [a_case(f"c{number}", f"{number}番の手袋", "画面が濡れる") for number in range(30)]
    for name in ("one", "other"):
        index_site(pages, tmp_path / name)
    assert everything(tmp_path / "one") == everything(tmp_path / "other")


def test_a_new_index_takes_the_place_of_the_old_one_and_nothing_else_is_left(tmp_path: Path) -> None:
    """No file of a page that is gone stays in the site, and no scratch folder."""
    index_site([a_case("old", "古い話")], tmp_path)
    facts = index_site([a_case("new", "新しい話")], tmp_path)
    files = everything(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["pagefind"]
    assert not any("古い話".encode() in content for content in files.values())
    assert facts.bytes == sum(map(len, files.values()))


@pytest.mark.parametrize("pages", [[], [a_case("mute", "……")]], ids=["no page", "a page without a letter"])
def test_a_site_with_nothing_to_find_has_an_index_that_says_so(tmp_path: Path, pages: list[Page]) -> None:
    """An empty knowledge base is a beginning, not an error."""
    assert index_site(pages, tmp_path).records == len(pages)
    assert len(catalogue(tmp_path)["ids"]) == len(pages)  # type: ignore[arg-type]


def test_what_a_program_that_fails_has_said_is_told_and_the_old_index_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One clear error, and search goes on working with what there was."""
    index_site([a_case("a", "手袋")], tmp_path)
    before = everything(tmp_path)
    broken = tmp_path.parent / "broken-pagefind"
    broken.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 3\n")
    broken.chmod(0o755)
    for program, said in ((broken, "code 3 .* no space left"), (tmp_path / "absent", "could not be started")):
        monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
        with pytest.raises(SearchIndexError, match=said):
            index_site([a_case("b", "価格")], tmp_path)
    assert everything(tmp_path) == before
