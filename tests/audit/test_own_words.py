"""What every site says, whatever the cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audit.own_words import own_words
from generator.spellings import fold

PACKAGE = Path(__file__).parents[2] / "generator"
SAYING = sorted(
    path.relative_to(PACKAGE).as_posix()
    for folder, suffix in (("pages/templates", ".j2"), ("pages", ".py"), ("texts", ".po"), ("site", ".py"))
    for path in (PACKAGE / folder).rglob(f"*{suffix}")
)


@pytest.mark.parametrize("name", SAYING)
def test_what_the_program_says_is_known(name: str):
    """A customer who is called like a word of a template does not end every build."""
    longest = max((PACKAGE / name).read_text(encoding="utf-8").splitlines(), key=len, default="")
    assert fold(longest) in own_words()
