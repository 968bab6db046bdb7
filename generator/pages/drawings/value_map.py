"""The 3C drawing: three overlapping regions - wanted, ours, theirs - with every need in its zone.

        +------------ wanted ------------+
        |            nobody              |
     +--|------------+---+---------------|--+
     |  | ours alone |both| theirs alone |  |
     |  +------------+---+---------------+  |
     |   not wanted  |   |  not wanted      |
     +--- ours ----------+---- theirs ------+

The regions are rectangles with round corners, because words fit those; their outlines differ in line as well as in ink
(thick, thin, dashed), so that the drawing holds in black and white.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.knowledge.zones import UnwantedOffer, ZonedMap, ZonedNeed
from generator.model.vocabulary import Zone
from generator.pages.drawings import svg
from generator.pages.drawings.wrapping import wrap, wrap_evenly
from generator.pages.environment import Words

WIDTH = 1000
_COLUMNS_X = (88, 376, 676)
_COLUMN_WIDTH = 250
_PAD = 22
_NEED_SIZES = {1: 13.0, 2: 14.0, 3: 15.0, 4: 16.5, 5: 18.0}
"""Size of type by weight: what weighed more is written larger."""
_OFFER_SIZE = 12.0

ZONE_MEANINGS = {
    Zone.OURS_ALONE: "Why we are chosen",
    Zone.THEIRS_ALONE: "Why we are not chosen",
    Zone.BOTH: "The price of entry",
    Zone.NOBODY: "The opening",
    Zone.NOT_WANTED: "More than was asked for",
}
"""What a zone means for us, as msgids."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of a cell: draws itself at a place and knows its height."""

    height: float
    draw: Callable[[float, float], str]


def value_map_drawing(
    zoned: ZonedMap, words: Words, competitor_name: Callable[[str], str], language: str = "ja"
) -> Markup:
    """The drawing of a value map whose zones are computed. Needs link to `#need-<id>`, offers to `#offer-<id>`.

    `language` is that of the needs and offers.
    """
    lang = words.lang(language)
    need = _need_blocks(words, competitor_name, lang)
    heads = {zone: _head(words, zone) for zone in Zone}
    cells = {zone: [need(item) for item in zoned.zone(zone)] or [_nothing(words)] for zone in Zone}
    ours_unwanted = [_unwanted(item, "", lang) for item in zoned.unwanted if item.competitor is None]
    theirs_unwanted = [
        _unwanted(item, competitor_name(item.competitor), lang)
        for item in zoned.unwanted
        if item.competitor is not None
    ]

    top_columns = _spread(cells[Zone.NOBODY])
    top_y = 46.0
    head_height = heads[Zone.NOBODY].height
    middle_y = top_y + head_height + max(map(_height, top_columns)) + _PAD + 24
    middle_zones = (Zone.OURS_ALONE, Zone.BOTH, Zone.THEIRS_ALONE)
    wanted_bottom = middle_y + head_height + max(_height(cells[zone]) for zone in middle_zones) + _PAD
    bottom_y = wanted_bottom + 30
    bottom = bottom_y + head_height + max(_height(ours_unwanted), _height(theirs_unwanted), 24) + 40
    both_left, both_right = _COLUMNS_X[1] - _PAD, _COLUMNS_X[1] + _COLUMN_WIDTH + _PAD

    parts = [
        _region("theirs", both_left, middle_y - 30, WIDTH - 16 - both_left, bottom - middle_y + 14),
        _region("ours", 16, middle_y - 30, both_right - 16, bottom - middle_y + 14),
        _region("wanted", 56, 14, WIDTH - 112, wanted_bottom - 14),
        _name(words.say("What the customer wanted"), 88, 14, "wanted"),
        _name(words.say("What we offer"), 48, bottom - 16, "ours"),
        _name(words.say("What competitors offer"), WIDTH - 48, bottom - 16, "theirs", end=True),
        heads[Zone.NOBODY].draw(_COLUMNS_X[0], top_y),
    ]
    for x, blocks in zip(_COLUMNS_X, top_columns, strict=True):
        parts += _column(blocks, x, top_y + head_height)
    for x, zone in zip(_COLUMNS_X, middle_zones, strict=True):
        parts.append(heads[zone].draw(x, middle_y))
        parts += _column(cells[zone], x, middle_y + head_height)
    for x, blocks in ((_COLUMNS_X[0], ours_unwanted), (_COLUMNS_X[2], theirs_unwanted)):
        if blocks:
            parts.append(heads[Zone.NOT_WANTED].draw(x, bottom_y))
            parts += _column(blocks, x, bottom_y + head_height)
    return svg.drawing(parts, WIDTH, bottom, "cb-value-map-drawing", words.say("Value map with its zones"))


def _need_blocks(words: Words, competitor_name: Callable[[str], str], lang: str) -> Callable[[ZonedNeed], _Block]:
    we = words.say("We")

    def block(item: ZonedNeed) -> _Block:
        size = _NEED_SIZES[item.need.weight]
        lines = wrap_evenly(item.need.text, int(_COLUMN_WIDTH / size * 2))
        leading = size * 1.45
        offers = [f"{we}: {offer.text}" for offer in item.ours]
        offers += [f"{competitor_name(competitor)}: {offer.text}" for competitor, offer in item.theirs]
        small = [line for offer in offers for line in wrap(offer, int(_COLUMN_WIDTH / _OFFER_SIZE * 2), 2)]

        def draw(x: float, y: float) -> str:
            strong = " cb-d-strong" if item.need.weight >= 4 else ""
            first = y + 16 + size
            body = _pips(item.need.weight, x, y + 5)
            body += svg.text(lines, x, first, leading, f"cb-d-need cb-d-need-{item.need.weight}{strong}")
            body += svg.text(small, x, first + (len(lines) - 1) * leading + 20, 17, "cb-d-offer")
            return svg.link(f"#need-{item.need.id}", body, lang)

        return _Block(16 + len(lines) * leading + len(small) * 17 + 20, draw)

    return block


def _unwanted(item: UnwantedOffer, competitor: str, lang: str) -> _Block:
    label = f"{competitor}: {item.offer.text}" if competitor else item.offer.text
    lines = wrap_evenly(label, int(_COLUMN_WIDTH / 13 * 2), 3)

    def draw(x: float, y: float) -> str:
        return svg.link(f"#offer-{item.offer.id}", svg.text(lines, x, y + 13, 19, "cb-d-unwanted"), lang)

    return _Block(len(lines) * 19 + 6, draw)


def _nothing(words: Words) -> _Block:
    said = words.say("Nothing here")
    return _Block(24, lambda x, y: svg.text([said], x, y + 14, 0, "cb-d-nothing"))


def _head(words: Words, zone: Zone) -> _Block:
    label, meaning = words.label(zone), words.say(ZONE_MEANINGS[zone])

    def draw(x: float, y: float) -> str:
        css = "cb-d-zone cb-d-zone-core" if zone is Zone.OURS_ALONE else "cb-d-zone"
        return svg.text([label], x, y + 12, 0, css) + svg.text([meaning], x, y + 29, 0, "cb-d-meaning")

    return _Block(44, draw)


def _pips(weight: int, x: float, y: float) -> str:
    """Five marks, as many filled as the need weighed."""
    return "".join(
        f'<rect class="cb-d-pip{"" if place < weight else " cb-d-pip-empty"}" x="{svg.coordinate(x + place * 9)}" '
        f'y="{svg.coordinate(y)}" width="6" height="6"/>'
        for place in range(5)
    )


def _region(name: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="cb-d-region cb-d-{name}" x="{svg.coordinate(x)}" y="{svg.coordinate(y)}" '
        f'width="{svg.coordinate(width)}" height="{svg.coordinate(height)}" rx="28"/>'
    )


def _name(label: str, x: float, y: float, css: str, *, end: bool = False) -> str:
    """The name of a region, set into its outline."""
    anchored = " cb-d-end" if end else ""
    return svg.text([label], x, y + 5, 0, f"cb-d-name cb-d-name-{css}{anchored}")


def _height(blocks: Sequence[_Block]) -> float:
    return sum(block.height for block in blocks)


def _spread(blocks: Sequence[_Block]) -> tuple[list[_Block], list[_Block], list[_Block]]:
    """Blocks over three columns, each to the shortest one so far."""
    columns: tuple[list[_Block], list[_Block], list[_Block]] = ([], [], [])
    for block in blocks:
        min(columns, key=_height).append(block)
    return columns


def _column(blocks: Sequence[_Block], x: float, y: float) -> list[str]:
    drawn = []
    for block in blocks:
        drawn.append(block.draw(x, y))
        y += block.height
    return drawn
