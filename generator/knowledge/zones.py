"""The zones of the 3C value map: what is wanted, what we meet, what a competitor meets.

A need met by an offer of ours and by none of a competitor is ours alone - the value proposition; and so on through the
four combinations. An offer that meets no need is offered and not wanted. (3C after Ohmae, The Mind of the Strategist,
1982; the zones are those of the value-proposition map in the practice's step 3.)
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.value_map import Need, Offer, ValueMap
from generator.model.vocabulary import Zone


@dataclass(frozen=True, slots=True)
class ZonedNeed:
    """A need, its zone, and the offers that put it there."""

    need: Need
    zone: Zone
    ours: tuple[Offer, ...]
    theirs: tuple[tuple[str, Offer], ...]
    """Competitor identifier and offer."""


@dataclass(frozen=True, slots=True)
class UnwantedOffer:
    """An offer that met no need of this customer."""

    offer: Offer
    competitor: str | None
    """Competitor identifier, or None for an offer of ours."""


@dataclass(frozen=True, slots=True)
class ZonedMap:
    """A value map with its zones computed."""

    needs: tuple[ZonedNeed, ...]
    """Heaviest first; equal weights in the order of the file."""
    unwanted: tuple[UnwantedOffer, ...]

    def zone(self, zone: Zone) -> tuple[ZonedNeed, ...]:
        """The needs that lie in `zone`, heaviest first."""
        return tuple(item for item in self.needs if item.zone is zone)


def zones(value_map: ValueMap) -> ZonedMap:
    """Put every need and every unwanted offer into its zone."""
    rivals = [(rival.competitor, offer) for rival in value_map.rivals for offer in rival.offers]
    needs = []
    for need in sorted(value_map.needs, key=lambda need: -need.weight):
        ours = tuple(offer for offer in value_map.offers if need.id in offer.meets)
        theirs = tuple((competitor, offer) for competitor, offer in rivals if need.id in offer.meets)
        needs.append(ZonedNeed(need, zone_of(bool(ours), bool(theirs)), ours, theirs))
    unwanted = [UnwantedOffer(offer, None) for offer in value_map.offers if not offer.meets]
    unwanted += [UnwantedOffer(offer, competitor) for competitor, offer in rivals if not offer.meets]
    return ZonedMap(tuple(needs), tuple(unwanted))


def zone_of(ours: bool, theirs: bool) -> Zone:
    """The zone of a wanted thing, by who meets it."""
    if ours:
        return Zone.BOTH if theirs else Zone.OURS_ALONE
    return Zone.THEIRS_ALONE if theirs else Zone.NOBODY
