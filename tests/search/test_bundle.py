"""The index as it lies on disk."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.pages.page import Page, Passage, SearchFacts
from generator.search import SearchIndexError, index_site
from generator.search.parts import CHARACTERS


def a_case(slug: str, *words: str, listed: bool = True, **facts: object) -> Page:
    """A case page that says `words`, one line each."""
    lines = tuple(Passage(f"q{number:03}", "cue", said, "顧客", number * 3.0) for number, said in enumerate(words, 1))
    search = SearchFacts("case", "ja", lines, **facts)  # type: ignore[arg-type]
    return Page(f"cases/{slug}/", f"事例 {slug}", "", "case", listed=listed, search=search)


def listed(folder: Path) -> dict[str, Any]:
    """The list of the parts of the index in `folder`."""
    read: dict[str, Any] = json.loads((folder / "pagefind" / "parts.json").read_text(encoding="utf-8"))
    return read


def unpacked(file: Path) -> Any:
    """What a packed file of the index says."""
    return json.loads(gzip.decompress(file.read_bytes()))


def part(folder: Path, number: int = 0) -> Path:
    """The folder of a part of the index in `folder`."""
    return folder / "pagefind" / str(listed(folder)["parts"][number]["at"])


def lines_of(folder: Path, number: int, block: int = 0) -> Any:
    """What is shown of the n-th record of the first slice."""
    (digest, *_) = listed(folder)["parts"][0]["slices"]
    return unpacked(folder / "pagefind" / digest / "lines" / f"{number}-{block}.json.gz")


def everything(folder: Path) -> dict[str, bytes]:
    """All files of the index in `folder`, unpacked."""
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {
        name: gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        for name, content in files.items()
    }


def many_cases() -> list[Page]:
    """Six cases, one a year, too much for one slice."""
    long = "手袋のまま押せる画面が要る。" * (CHARACTERS // 14 // 3)
    return [a_case(f"c{year}", long, f"{year}年の話", sort_date=f"{year}-03-01") for year in range(2020, 2026)]


def test_every_page_with_facts_has_its_lines_under_the_number_it_has_in_the_part(tmp_path: Path) -> None:
    """The browser goes from a hit to the lines of its page without any list of pages."""
    pages = [a_case("a", "手袋のまま", sort_date="2025-01-01"), Page("", "入口", "", "home"), a_case("b", "価格")]
    facts = index_site(pages, tmp_path)
    dates = unpacked(part(tmp_path) / "catalogue.json.gz")[0]["dates"]
    shown = [lines_of(tmp_path, number) for number in range(2)]
    assert facts.records == 2
    assert [page["date"] for page in shown] == dates
    assert sorted((page["case"], page["lines"]) for page in shown) == [
        ("a", [["q001", "cue", "手袋のまま", "顧客", 3.0, ""]]),
        ("b", [["q001", "cue", "価格", "顧客", 3.0, ""]]),
    ]


def test_facets_hold_the_values_of_each_page_and_of_its_lines(tmp_path: Path) -> None:
    """Counts and filters in the browser need no other file."""
    line = Passage("n1", "note", "手袋", filters={"department": ("開発",)})
    pages = [
        a_case("a", "あ", filters={"type": ("失注",)}, sort_date="2025-01-02"),
        a_case("b", "い", filters={"type": ("受注", "失注")}, sort_date="2025-01-01"),
    ]
    facts = pages[1].search
    assert facts is not None
    pages[1] = replace(pages[1], search=replace(facts, passages=(*facts.passages, line)))
    index_site(pages, tmp_path)
    (catalogue,) = unpacked(part(tmp_path) / "catalogue.json.gz")
    newer = catalogue["dates"].index("2025-01-02")
    assert catalogue["facets"]["type"]["values"] == ["受注", "失注"]
    assert catalogue["facets"]["type"]["of"][newer] == [1]
    assert catalogue["facets"]["type"]["of"][1 - newer] == [0, 1]
    assert catalogue["facets"]["department"]["of"][1 - newer] == [0]
    assert catalogue["signatures"] == [{}, {"department": [0]}]


def test_lines_with_the_same_facets_stand_together_and_are_shown_in_the_pages_order(tmp_path: Path) -> None:
    """A place in the index tells which facets a word's line has; readers see the page as it is."""
    sides = ("customer", "own", "customer", "own")
    lines = tuple(Passage(f"q{n}", "cue", "手袋のまま", filters={"side": (side,)}) for n, side in enumerate(sides))
    page = replace(a_case("a"), title="", search=SearchFacts("case", "ja", lines))
    index_site([page], tmp_path)
    # 手袋, 袋の, のま, まま, the end of the run, its gap, the gap behind the line: seven places each.
    # An empty title and description take none.
    assert unpacked(part(tmp_path) / "catalogue.json.gz")[0]["groups"] == [[0, 0, 1, 2]]
    (places,) = unpacked(part(tmp_path) / "places.json.gz")["slices"]
    assert places == {"lengths": [[0, 0, 14, 14]], "blocks": [[0, 0, 0, 0]], "weights": [[6, 2, 1, 1]]}
    assert [line[0] for line in lines_of(tmp_path, 0)["lines"]] == ["q0", "q1", "q2", "q3"]


def test_the_list_tells_what_parts_there_are_and_what_they_are_bound_from(tmp_path: Path) -> None:
    """Cases first, then other pages."""
    facts = index_site([*many_cases(), replace(a_case("x", "用語"), address="glossary/")], tmp_path)
    cases, others = listed(tmp_path)["parts"]
    assert (cases["records"], cases["from"], cases["to"]) == (6, "2020-03-01", "2025-03-01")
    assert len(cases["slices"]) > 2
    assert others == {"at": facts.parts[1], "slices": [facts.slices[-1]], "records": 1, "from": "", "to": ""}
    dates = [
        date for of in unpacked(part(tmp_path) / "catalogue.json.gz") for date in sorted(of["dates"], reverse=True)
    ]
    assert dates == sorted(dates, reverse=True)


def test_a_change_in_one_case_changes_one_slice(tmp_path: Path) -> None:
    """What a browser has of the others stays good, and they need not be indexed again."""
    pages = many_cases()
    index_site(pages, tmp_path / "before")
    facts = pages[2].search
    assert facts is not None
    more = (*facts.passages, Passage("q003", "cue", "別の話"))
    pages[2] = replace(pages[2], search=replace(facts, passages=more))
    index_site(pages, tmp_path / "after")
    before, after = (set(listed(tmp_path / name)["parts"][0]["slices"]) for name in ("before", "after"))
    assert len(before - after) == 1
    assert len(after - before) == 1
    assert part(tmp_path / "before").name != part(tmp_path / "after").name


def test_words_that_mean_the_same_are_told(tmp_path: Path) -> None:
    """The list of parts is what a browser asks for each time: a new synonym is there at once."""
    index_site([a_case("a", "手袋")], tmp_path, synonyms=[("堅牢", "頑丈")])
    assert listed(tmp_path)["synonyms"] == [["堅牢", "頑丈"]]


def test_an_unlisted_page_leaves_no_trace(tmp_path: Path) -> None:
    """What is not listed is not found, and not in any file of the index either."""
    index_site([a_case("a", "手袋"), a_case("secret", "秘密の言葉", listed=False)], tmp_path)
    assert not any("秘密".encode() in content or b"secret" in content for content in everything(tmp_path).values())


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_same_pages_give_the_same_files(tmp_path: Path, jobs: int) -> None:
    """A site that did not change is not deployed again, however many processes made it and in whatever order."""
    pages = many_cases() + [a_case(f"c{number}", f"{number}番の手袋", "画面が濡れる") for number in range(30)]
    index_site(pages, tmp_path / "one")
    index_site(pages[::-1], tmp_path / "other", jobs=jobs)
    assert everything(tmp_path / "one") == everything(tmp_path / "other")


def test_a_new_index_takes_the_place_of_the_old_one_and_nothing_else_is_left(tmp_path: Path) -> None:
    """No file of a page that is gone stays in the site, and no scratch folder."""
    index_site([a_case("old", "古い話")], tmp_path)
    facts = index_site([a_case("new", "新しい話")], tmp_path)
    files = everything(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["pagefind"]
    assert not any("古い話".encode() in content for content in files.values())
    assert facts.bytes == sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.parametrize("pages", [[], [replace(a_case("mute", "……"), title="…")]], ids=["no page", "no letter"])
def test_a_site_with_nothing_to_find_has_an_index_that_says_so(tmp_path: Path, pages: list[Page]) -> None:
    """An empty knowledge base is a beginning, not an error."""
    assert index_site(pages, tmp_path).records == len(pages)
    assert sum(part["records"] for part in listed(tmp_path)["parts"]) == len(pages)


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
