"""Of very many sentences each one that stands in a text is found, and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.publication.needles import _AT_ONCE, LATIN_WINDOW, WINDOW, Needles, needle

LETTERS = st.text(st.sampled_from("あいうabc"), min_size=WINDOW, max_size=WINDOW + 4)


@given(st.lists(LETTERS, max_size=8), st.text(st.sampled_from("あいうabc"), max_size=80))
def test_what_is_found_is_what_stands_there(needles: list[str], text: str) -> None:
    """The numbers by which stretches are compared leave out nothing, and what they confuse is compared in full."""
    text = text + "".join(needles[::2])
    wanted = {(sought, at) for sought in needles for at in range(len(text)) if text.startswith(sought, at)}
    assert set(Needles(needles).find(text)) == wanted


def test_a_needle_of_a_long_text_stands_anywhere() -> None:
    """Also where two of the stretches meet by which long texts are looked through, and there only once."""
    sought = "あいう" * 5
    for place in (_AT_ONCE - 20, _AT_ONCE - 7, _AT_ONCE, 2 * _AT_ONCE - 1):
        text = "か" * place + sought + "か" * _AT_ONCE
        assert list(Needles([sought]).find(text)) == [(sought, place)]


def test_a_short_sentence_is_no_needle() -> None:
    """It would stand in many talks; Latin words need twice as many letters."""
    assert needle("あ" * (WINDOW - 1)) is None
    assert needle("あ" * 40) == "あ" * WINDOW
    assert needle("a" * (LATIN_WINDOW - 1)) is None
    assert needle("a" * 40) == "a" * LATIN_WINDOW
