"""What a share means for competition, by the market-share theory that grew out of Lanchester's laws.

F. W. Lanchester (Aircraft in Warfare, 1916) put losses in combat into equations; B. O. Koopman carried them over to
whole campaigns for the US Navy (P. M. Morse and G. E. Kimball, Methods of Operations Research, 1951, chapter 4). From
his model 田岡信夫 and 斧田大公望 derived three shares of markets in the 1960s: 73.88 %, 41.70 % and 26.12 % (田岡信夫,
ランチェスター販売戦略). The four below them are products with 26.12 %. In Japan all seven go by Koopman's name
(クープマン目標値), though they are not his. They are a rule of thumb from a model of combat, made for markets; nobody
has shown that accounts follow them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ShareLevel(StrEnum):
    """What a share is worth, from the one that nobody can take away to none worth the name."""

    MONOPOLY = "monopoly"
    STABLE = "stable"
    INFLUENCE = "influence"
    PARALLEL = "parallel"
    RECOGNITION = "recognition"
    PRESENCE = "presence"
    BRIDGEHEAD = "bridgehead"
    NONE = "none"


THRESHOLDS: Final[tuple[tuple[ShareLevel, float], ...]] = (
    (ShareLevel.MONOPOLY, 73.9),
    (ShareLevel.STABLE, 41.7),
    (ShareLevel.INFLUENCE, 26.1),
    (ShareLevel.PARALLEL, 19.3),
    (ShareLevel.RECOGNITION, 10.9),
    (ShareLevel.PRESENCE, 6.8),
    (ShareLevel.BRIDGEHEAD, 2.8),
)
"""Each level with the share in percent from which on it is reached."""

IN_A_MARKET: Final = math.sqrt(3)
"""射程距離: beyond 1.73 times the next rival's share a leader is out of reach in a market of many (Lanchester's square
law)."""
ONE_TO_ONE: Final = 3.0
"""The same between two, or within one customer, where the linear law holds."""


class Reach(StrEnum):
    """How the larger of two shares stands to the smaller."""

    OUT = "out"
    """Three times and more: out of reach even one to one."""
    FAR = "far"
    """Between 1.73 and three times: out of reach in a market, still in reach within one customer."""
    IN = "in"
    """Below 1.73 times: in reach."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Our share against that of the strongest competitor."""

    ahead: bool
    """Ours is the larger one, or they are equal."""
    ratio: float | None
    """The larger share divided by the smaller; None when the smaller is nothing."""
    reach: Reach


def level(share_percent: float) -> ShareLevel:
    """The highest level that a share reaches."""
    return next((name for name, least in THRESHOLDS if share_percent >= least), ShareLevel.NONE)


def standing(ours_percent: float, theirs_percent: float) -> Standing | None:
    """How two shares stand to each other; None when both are nothing."""
    larger, smaller = max(ours_percent, theirs_percent), min(ours_percent, theirs_percent)
    if larger == 0:
        return None
    ratio = larger / smaller if smaller else None
    return Standing(ours_percent >= theirs_percent, ratio, _reach(ratio))


def _reach(ratio: float | None) -> Reach:
    if ratio is None or ratio >= ONE_TO_ONE:
        return Reach.OUT
    return Reach.FAR if ratio >= IN_A_MARKET else Reach.IN
