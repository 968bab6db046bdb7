"""What is done the fast way, in stretches or for small letters only, comes out as if it were done the plain way."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.audit.audit import _folded
from generator.audit.views import _BOXES, _INSIDE_WORDS, _MARKS, _Decoded, unescaped, views
from generator.spellings import fold_with_places
from generator.spellings.fold import decoded

_INSIDE = rf"(?:/?(?:{_MARKS})\b[^<>]*>|r[tp]\b[^<>]*>[^<>]*</r[tp]>|!--.*?-->)"
PLAIN = re.compile(
    rf"(<(?<=[^\s>]<)(?:{_INSIDE}(?:<{_INSIDE})*|/?(?:{_BOXES})\b[^<>]*>))(?=[^\s<])", re.IGNORECASE | re.DOTALL
)
"""The same rule for all letters alike."""

NAMES = st.sampled_from(
    ["b", "B", "em", "bdI", "a", "SPAN", "spanx", "ſpan", "strOng", "rt", "RP", "p", "br", "i", "İ"]
)
TAGS = st.builds("<{}{}{}>".format, st.sampled_from(["", "/"]), NAMES, st.sampled_from(["", " id=x", "/", "-x"]))
PAGES = st.lists(TAGS | NAMES | st.sampled_from(["北", "辰", " ", "<", ">", "</rt>", "<!--", "-->"]), max_size=12)


@given(PAGES.map("".join))
def test_marks_are_found_in_any_letter_case(page: str) -> None:
    """Names of tags in small letters are compared first, and all others without regard to case."""
    assert _INSIDE_WORDS.split(page) == PLAIN.split(page)


LETTERS = st.sampled_from('かが\u3099﨑😀a- ,"<>、&%\\;\ufeff\n')
ESCAPES = st.sampled_from(
    ["&amp", "lt;", "&#x5317;", "%E5", "%8C", "\\u", "5317 ", "\\ud83d", "\\u{5317}", "x41", "\\d83d"]
)
BROKEN = st.sampled_from([b"\xe5", b"\x8c\x97", b"\xf0\x9f", b"\xff", b"\xed\xa0\xbd", b"\x80", b"\0"])


@given(st.lists((LETTERS | ESCAPES).map(str.encode) | BROKEN, max_size=30).map(b"".join), st.integers(0, 6))
def test_a_file_is_decoded_in_stretches_as_if_at_once(content: bytes, at_once: int) -> None:
    """No cut goes through a character or an escape, be they whole or not, nor between what a fold joins."""
    stretches, whole = _Decoded(content, at_once), unescaped(content.decode("utf-8", "replace"))
    assert "".join(stretches) == whole
    coded = b""
    for folded, place in _folded(stretches, 3):
        assert coded[2 * place :] == folded[: len(coded) - 2 * place]
        coded = coded[: 2 * place] + folded
    assert decoded(coded) == fold_with_places(whole)[0]


@given(st.text(st.sampled_from('北辰"&amp;,\n\\u5317'), max_size=20))
def test_a_file_of_words_is_read_by_the_mark_that_it_begins_with(text: str) -> None:
    """UTF-16 has no signs of one byte to cut behind, and comes in one piece."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (view,) = views("data/lines.csv", text.encode(encoding))
        assert view.text.removeprefix("\ufeff") == unescaped(text)
