"""Where words stand, as bytes and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.postings import packed, places_in
from generator.search.word_files import BYTES, Word, file_of, in_stretches, words_in

TOKENS = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)


def steps(places: list[int]) -> list[int]:
    """What leads from each of places that rise to the next."""
    return [place - before for before, place in pairwise([-1, *places])]


@given(st.sets(st.integers(0, 2**30)))
def test_places_come_back_as_they_were(places: set[int]) -> None:
    """Near or far, one or many."""
    rising = sorted(places)
    assert places_in(packed(steps(rising))) == rising


def test_places_that_lie_close_take_less_than_a_byte_each() -> None:
    """A word that stands everywhere is what costs."""
    assert len(packed([4] * 8000)) < 4100
    assert packed([]) == b""


@pytest.mark.parametrize("wrong", [[0], [3, -25, 4]])
def test_what_does_not_rise_is_refused(wrong: list[int]) -> None:
    """Another version of Pagefind might write something else where we read places."""
    with pytest.raises(ValueError, match=str(min(wrong))):
        packed(wrong)


@given(st.lists(st.integers(1, 2**20), min_size=1, max_size=50), st.data())
def test_places_that_are_cut_off_are_no_others(told: list[int], data: st.DataObject) -> None:
    """What is left of a file tells the first places or nothing, never wrong ones."""
    content = packed(told)
    cut = content[: data.draw(st.integers(1, len(content)))]
    try:
        found = places_in(cut)
    except ValueError:
        return
    assert found == places_in(content)[: len(found)]


@given(st.dictionaries(TOKENS, st.lists(st.binary(max_size=40), min_size=3, max_size=3), min_size=1))
def test_a_file_holds_the_words_it_was_given(places: dict[str, list[bytes]]) -> None:
    """Slice by slice."""
    words = [Word(token, of) for token, of in sorted(places.items())]
    assert list(words_in(file_of(words))) == words


@given(st.lists(st.integers(0, 2 * BYTES), max_size=30))
def test_words_lie_in_files_in_their_order(sizes: list[int]) -> None:
    """No file is larger than it should be, unless one word is."""
    words = [Word(f"w{number:02}", [b"x" * size]) for number, size in enumerate(sizes)]
    files = list(in_stretches(words))
    assert [word for file in files for word in file] == words
    assert all(len(file) == 1 or sum(word.bytes for word in file) <= BYTES for file in files)
    assert all(file for file in files)


@pytest.mark.parametrize("damage", [b"", b"xx", b"\0\0\0\x05hello", b"cut", b"longer"])
def test_a_damaged_file_is_said_to_be_one(damage: bytes) -> None:
    """Places from the wrong end of a file would be found in the wrong lines."""
    whole = file_of([Word("one", [b"abc", b""]), Word("two", [b"", b"de"])])
    content = {b"cut": whole[:-1], b"longer": whole + b"x"}.get(damage, damage)
    with pytest.raises(ValueError, match="file of the index"):
        list(words_in(content))
