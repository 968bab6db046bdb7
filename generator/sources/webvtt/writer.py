"""Values to the text of a WebVTT file, and spoken words to a cue.

What is written reads back as the same: `parse(write(file)) == file` for every file that came from `parse`.
"""

from __future__ import annotations

import re

from generator.sources.webvtt.cue_text import one_space
from generator.sources.webvtt.references import REPLACEMENT, escape
from generator.sources.webvtt.settings import write_region, write_settings
from generator.sources.webvtt.timings import ARROW, write_timestamp
from generator.sources.webvtt.values import VttBlock, VttCue, VttFile, VttNote, VttRegion, VttStylesheet

# A line break before another one, at the start or at the end would make an empty line, which ends a cue.
_BREAK_THAT_ENDS_A_CUE = re.compile(r"\A\n|\n(?=\n|\Z)")
_NO_BLANK_LINE = re.compile(r"\A\n|\n\n|\n\Z|\r|\0")


def spoken_cue(id: str, start_s: float, end_s: float, voice: str | None, text: str) -> VttCue:
    """A cue in which one voice says a plain text; `spoken` reads both back.

    `&`, `<` and `>` become references, so the words may hold `-->` or `<`. Empty lines, which a cue cannot have, keep
    their place as references too. White space in the voice's name becomes single spaces.

    >>> spoken_cue("q042", 0.0, 5.0, "佐藤", "R&D --> 現場").text
    '<v 佐藤>R&amp;D --&gt; 現場'
    """
    payload = escape(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", REPLACEMENT))
    name = one_space(voice.replace("\0", REPLACEMENT)) if voice else ""
    if name:
        payload = f"<v {escape(name)}>{payload}"
    return VttCue(id, start_s, end_s, _BREAK_THAT_ENDS_A_CUE.sub("&#10;", payload))


def write(file: VttFile) -> str:
    """The text of a file, with LF line ends and without byte order mark.

    Raises ValueError, which names the block, when a value cannot be written so that it reads back: an identifier or
    text with `-->`, a line break that ends a block, a time below zero, a region or style sheet after the first cue, a
    cue in a region that the file does not define.
    """
    if file.header and not file.header.startswith((" ", "\t", "\n")):
        raise ValueError(f"the header {file.header!r} must begin with a space, a tab or a line break")
    opening = f"WEBVTT{file.header}"
    _refuse_blank_lines(opening, "the header")
    _refuse_arrow(opening.partition("\n")[2], "the header")
    parts = [opening + "\n"]
    regions: dict[str, VttRegion] = {}
    seen_cue = False
    for block in file.blocks:
        match block:
            case VttCue():
                region = block.settings.region
                if region is not None and (not region.id or regions.get(region.id) != region):
                    raise ValueError(
                        f"cue {block.id!r} is in the region {region.id!r}, which no block before it defines"
                    )
                seen_cue = True
            case VttRegion() | VttStylesheet() if seen_cue:
                raise ValueError(f"{type(block).__name__} after the first cue would not be read")
            case VttRegion():
                regions[block.id] = block
        parts.append(_block(block))
    return "\n".join(parts)


def _block(block: VttBlock) -> str:
    match block:
        case VttCue():
            return _cue(block)
        case VttNote():
            separator = "\n" if "\n" in block.text else " "
            written, what = f"NOTE{separator}{block.text}".rstrip(" "), f"the note {block.text[:40]!r}"
        case VttStylesheet():
            written, what = f"STYLE\n{block.css}", f"the style sheet {block.css[:40]!r}"
        case VttRegion():
            written, what = write_region(block), f"the region {block.id!r}"
    _refuse_blank_lines(written, what)
    _refuse_arrow(written, what)
    return written + "\n"


def _cue(cue: VttCue) -> str:
    what = f"cue {cue.id!r}"
    timings = f"{write_timestamp(cue.start_s)} {ARROW} {write_timestamp(cue.end_s)} {write_settings(cue.settings)}"
    if "\n" in cue.id:
        raise ValueError(f"the identifier of {what} has more than one line")
    for text in (cue.id, cue.text):
        _refuse_blank_lines(text, what)
        _refuse_arrow(text, what)
    id_line = f"{cue.id}\n" if cue.id else ""
    text_lines = f"{cue.text}\n" if cue.text else ""
    return f"{id_line}{timings.rstrip(' ')}\n{text_lines}"


def _refuse_blank_lines(text: str, what: str) -> None:
    if _NO_BLANK_LINE.search(text):
        raise ValueError(f"{what} has an empty line, a carriage return or a null character, which WebVTT cannot hold")


def _refuse_arrow(text: str, what: str) -> None:
    if ARROW in text:
        raise ValueError(f'{what} has "{ARROW}" in it, which begins a new cue; write "--&gt;"')
