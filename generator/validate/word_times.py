"""When the words of a cue are spoken, where a transcriber has said so within the cue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.sources.webvtt import VttCue, VttNode, VttText, VttTimestamp, cue_nodes

_TIMED = re.compile(r"<[0-9]")


def word_times(cue: VttCue, text: str) -> tuple[tuple[int, float], ...]:
    """Place in `text`, the cue's plain words, and time in seconds of each timestamp; none when they are no help.

    Times that run backwards or out of the cue say nothing, and neither do those of a cue whose lines were joined.
    """
    if not _TIMED.search(cue.text):
        return ()
    words, times = "", []
    for node in _flat(cue_nodes(cue.text)):
        if isinstance(node, VttText):
            words += node.value
        else:
            times.append((len(words), node.time_s))
    indent = len(words) - len(words.lstrip())
    moments = [cue.start_s, *(time_s for _, time_s in times), cue.end_s]
    if words.strip() != text or moments != sorted(moments):
        return ()
    return tuple((max(0, place - indent), time_s) for place, time_s in times)


def _flat(nodes: Iterable[VttNode]) -> Iterator[VttText | VttTimestamp]:
    for node in nodes:
        if isinstance(node, VttText | VttTimestamp):
            yield node
        else:
            yield from _flat(node.children)
