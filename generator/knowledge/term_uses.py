"""Where customers themselves used the words of the glossary: the lines, and in how many talks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from generator.knowledge.term_finder import TermFinder
from generator.model.transcript import Cue
from generator.model.vocabulary import Side
from generator.publication import PublicCase, PublicCorpus


@dataclass(slots=True)
class TermUse:
    """What customers said with a word in it."""

    lines: list[tuple[PublicCase, Cue, str]] = field(default_factory=list)
    """The newest, one of each talk: case, line, and the word as it was said there."""
    talks: int = 0
    """Talks in which a customer used it."""


def term_uses(corpus: PublicCorpus, finder: TermFinder, limit: int) -> Mapping[str, TermUse]:
    """Term -> its use by customers, with at most `limit` lines. Words that no customer used are left out."""
    uses: dict[str, TermUse] = {}
    for case in corpus.cases:
        cues = customers_cues(case)
        # One search through the whole talk: a thousand of them would take too long line by line.
        talk = "\n".join([cue.text for cue in cues])
        said: dict[str, tuple[int, str]] = {}
        for start, spelling, term in finder.found_in(talk):
            said.setdefault(term, (start, spelling))
        ends = list(accumulate([len(cue.text) + 1 for cue in cues], initial=0)) if said else []
        for term, (start, spelling) in said.items():
            use = uses.setdefault(term, TermUse())
            use.talks += 1
            if len(use.lines) < limit:
                use.lines.append((case, cues[bisect_right(ends, start) - 1], spelling))
    return uses


def customers_cues(case: PublicCase) -> tuple[Cue, ...]:
    """The lines that the customers say; all lines where nobody is named as a customer."""
    if case.transcript is None:
        return ()
    customers = {person.voice for person in case.facts.people if person.voice and person.side is Side.CUSTOMER}
    cues = case.transcript.cues
    return tuple([cue for cue in cues if cue.voice in customers]) if customers else cues
