"""Which lines of a transcript something else in the knowledge base points at, so that they must stay as they are.

Looked for in the text of the files, not in the checked model: a file with a mistake in it cites lines all the same.
What only looks like an identifier counts too; the worst that follows is that a line keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*"
_CITED: Final = re.compile(rf"({_NAME})(?:\s*\.\.\s*({_NAME}))?")
"""One cue or a run of cues, as `generator.model.evidence` reads them."""


def cited_in(texts: Iterable[str], ids: Sequence[str]) -> frozenset[str]:
    """The `ids` (in the transcript's order) that stand in `texts`, alone or within a run such as `q042..q045`.

    >>> sorted(cited_in(["cues: q2..q3"], ["q1", "q2", "q3"]))
    ['q2', 'q3']
    """
    places = {cue_id: place for place, cue_id in enumerate(ids)}
    cited: set[str] = set()
    for text in texts:
        for match in _CITED.finditer(text):
            first = places.get(match[1])
            last = places.get(match[2] or match[1])
            if first is not None and last is not None and first <= last:
                cited.update(ids[first : last + 1])
            else:
                cited.update(name for name in match.groups() if name in places)
    return frozenset(cited)


def citing_texts(cases: Path, slug: str) -> tuple[str, ...]:
    """The text of every file that may cite lines of the case `slug`: its own, and those of others that name it.

    Reads files; one that cannot be read is taken for one that cites nothing.
    """
    texts = []
    for file in sorted(cases.glob("*/*.yml")) + sorted(cases.glob("*/*.md")):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if file.parent.name == slug or slug in text:
            texts.append(text)
    return tuple(texts)
