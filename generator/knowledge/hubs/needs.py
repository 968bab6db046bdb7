"""Who wins which shared need, where a product is offered or a competitor is in the room. From the zones of 3C maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from generator.knowledge.hubs.words import Hub, WordKind
from generator.knowledge.zones import zone_of
from generator.model.value_map import Need
from generator.model.vocabulary import Zone
from generator.publication import PublicCase


class Standing(StrEnum):
    """Who meets a need, seen from us."""

    WON = "won"
    """We alone meet it."""
    EVEN = "even"
    """Both meet it: the price of entry."""
    LOST = "lost"
    """The other side alone meets it."""
    OPEN = "open"
    """Nobody meets it."""


_STANDINGS = {
    Zone.OURS_ALONE: Standing.WON,
    Zone.BOTH: Standing.EVEN,
    Zone.THEIRS_ALONE: Standing.LOST,
    Zone.NOBODY: Standing.OPEN,
}


@dataclass(frozen=True, slots=True)
class NeedCase:
    """A customer's need and who met it."""

    case: PublicCase
    need: Need
    standing: Standing

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#need-n1`."""
        return f"cases/{self.case.slug}/#need-{self.need.id}"


@dataclass(slots=True)
class NeedBalance:
    """A need that customers share, and how it went in each case."""

    shared: str
    """Identifier of the shared need in casebook.yml."""
    needs: list[NeedCase] = field(default_factory=list)
    """Newest case first."""

    def on(self, standing: Standing) -> tuple[NeedCase, ...]:
        """The customers with whom it went that way."""
        return tuple(item for item in self.needs if item.standing is standing)

    @property
    def weight(self) -> int:
        """Sum of the weights that customers gave it, 1 to 5 each."""
        return sum(item.need.weight for item in self.needs)


def need_balances(hub: Hub) -> tuple[NeedBalance, ...]:
    """The shared needs of a product's or a competitor's cases, the heaviest first.

    For a competitor only its own offers count as the other side's; for every other word those of all competitors.
    Needs that no editor has mapped to a shared one stay out.
    """
    found: dict[str, NeedBalance] = {}
    for case in hub.cases:
        for need, standing in _standings(hub, case):
            if need.shared:
                balance = found.setdefault(need.shared, NeedBalance(need.shared))
                balance.needs.append(NeedCase(case, need, standing))
    return tuple(sorted(found.values(), key=lambda balance: (-balance.weight, balance.shared)))


def _standings(hub: Hub, case: PublicCase) -> Iterator[tuple[Need, Standing]]:
    if case.value_map is None:
        return
    one = hub.word.id if hub.word.kind is WordKind.COMPETITOR else None
    ours = {need for offer in case.value_map.offers for need in offer.meets}
    rivals = (rival for rival in case.value_map.rivals if one in (None, rival.competitor))
    theirs = {need for rival in rivals for offer in rival.offers for need in offer.meets}
    for need in case.value_map.needs:
        yield need, _STANDINGS[zone_of(need.id in ours, need.id in theirs)]
