"""What cannot stay when something else is withheld: answers to a note, offers that met nothing but a need."""

from __future__ import annotations

from collections.abc import Collection

from generator.model.review import Note
from generator.model.value_map import Offer, ValueMap
from generator.publication.changes import changed, kept
from generator.publication.public import Withheld, WithholdingReason


def depends(slug: str, part: str, on: str, file: str, *key: str | int) -> Withheld:
    """That `part` of a case is withheld because it depends `on` something that is."""
    return Withheld(slug, part, WithholdingReason.DEPENDS, on, file, key)


def answers_to_withheld(notes: Collection[Note], shown: Collection[Note]) -> dict[str, str]:
    """Those `shown` of all `notes` that answer a withheld one, directly or by way of others: note -> the withheld one.

    An answer tells what it answers.
    """
    open_ids = {note.id for note in shown}
    if len(open_ids) == len(notes):
        return {}
    answered = {note.id: note.reply_to for note in notes}
    found: dict[str, str] = {}
    for note in shown:
        way = {note.id}
        at = answered.get(note.id)
        while at is not None and at in answered and at not in way:
            if at not in open_ids:
                found[note.id] = at
                break
            way.add(at)
            at = answered[at]
    return found


def without_needs(value_map: ValueMap, closed: Collection[str]) -> tuple[ValueMap, dict[str, str]]:
    """The map without the needs `closed`, and the offers that go with them: offer -> the first need it met.

    An offer that met nothing else goes: left alone it would count as one that nobody wanted.
    """
    if not closed:
        return value_map, {}
    lost: dict[str, str] = {}

    def offer(offered: Offer) -> Offer | None:
        meets = tuple(need for need in offered.meets if need not in closed)
        if offered.meets and not meets:
            lost[offered.id] = offered.meets[0]
            return None
        return offered if len(meets) == len(offered.meets) else changed(offered, meets=meets)

    left = changed(
        value_map,
        needs=kept(value_map.needs, lambda need: None if need.id in closed else need),
        offers=kept(value_map.offers, offer),
        rivals=kept(value_map.rivals, lambda rival: changed(rival, offers=kept(rival.offers, offer))),
    )
    return left, lost
