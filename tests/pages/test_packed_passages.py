"""Passages in a few strings."""

from __future__ import annotations

import pickle
import sys

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.packed_passages import PackedPassages
from generator.pages.page import Passage

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
FILTERS = st.dictionaries(WORDS, st.lists(WORDS, max_size=2).map(tuple), max_size=2)
PASSAGES = st.lists(
    st.builds(Passage, WORDS, WORDS, WORDS, WORDS, st.none() | st.floats(0, 1e5), WORDS, FILTERS), max_size=8
)


@given(PASSAGES)
def test_what_was_packed_is_unpacked_as_it_was(passages: list[Passage]) -> None:
    """However often it is walked through."""
    packed = PackedPassages.of(passages)
    assert len(packed) == len(passages)
    assert list(packed) == list(packed) == passages
    assert list(pickle.loads(pickle.dumps(packed))) == passages  # noqa: S301 - our own
    assert PackedPassages.of(packed) is packed
    if passages:
        assert (packed[0], packed[-1], packed[1:]) == (passages[0], passages[-1], tuple(passages[1:]))


def test_many_lines_take_little_memory() -> None:
    """What all cases of a build take goes by it."""
    lines = [
        Passage(f"q{n:03}", "cue", f"手袋のままで、{n}回押しました。", "顧客", n * 3.0, "customer") for n in range(300)
    ]
    packed = PackedPassages.of(lines)
    plain_bytes = sum(sys.getsizeof(each) for line in lines for each in (line, line.anchor, line.text, line.filters))
    packed_bytes = sum(map(sys.getsizeof, (*packed.texts, packed.starts, packed.filters_of)))
    assert packed_bytes < plain_bytes / 4
