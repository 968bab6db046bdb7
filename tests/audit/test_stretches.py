"""Long texts are looked through in stretches, as if they were looked through at once."""

from __future__ import annotations

from generator.audit.audit import _folded
from generator.spellings import fold
from generator.spellings.fold import coded, decoded

LONG = "".join(f'{{"id": "q{number}", "text": "ホクシン電設、{number}の声"}},' for number in range(20_000))


def test_stretches_are_pieces_of_the_whole() -> None:
    """Each stands at its place, and together with its neighbour holds whatever lies across the cut."""
    whole, overlap = fold(LONG), 30
    stretches = [(decoded(folded), place) for folded, place in _folded([LONG], overlap)]
    assert len(stretches) > 3
    assert all(whole[place : place + len(folded)] == folded for folded, place in stretches)
    ends = [place + len(folded) for folded, place in stretches]
    assert [place for _, place in stretches[1:]] == [end - overlap for end in ends[:-1]]
    assert ends[-1] == len(whole)


def test_a_short_text_is_one_stretch() -> None:
    """Also an empty one: every file is looked at."""
    assert list(_folded(["ホクシン 電設"], 30)) == [(coded("ほくしん電設"), 0)]
    assert list(_folded([""], 30)) == [(b"", 0)]
