"""Marks inside of words are found in any letter case, as fast as pages of ours allow."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.audit.views import _BOXES, _INSIDE_WORDS, _MARKS

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
