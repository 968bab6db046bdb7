"""Many terms are found at once, each where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.publication.matching import Matcher

LETTERS = "あい䈀䈰到北"
"""The bytes of some of them begin in the middle of others."""


@given(st.lists(st.text(LETTERS, min_size=1, max_size=3), max_size=4, unique=True), st.text(LETTERS, max_size=20))
def test_what_is_found_is_what_stands_there(terms: list[str], text: str) -> None:
    """Overlapping ones too, and none between two letters."""
    wanted = {
        (number, start, start + len(term))
        for number, term in enumerate(terms)
        for start in range(len(text))
        if text.startswith(term, start)
    }
    assert set(Matcher(terms).in_folded(text)) == wanted


def test_half_of_a_letter_is_no_letter() -> None:
    """Letters are two bytes to the automaton, and a term does not begin with the second of them."""
    assert "ああ".encode("utf-16-le") in "䈀䈰到".encode("utf-16-le")
    assert Matcher(["ああ"]).in_folded("䈀䈰到") == []
