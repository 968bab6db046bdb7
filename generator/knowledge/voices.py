"""Customers' words at the three moments - just before buying, after use, on leaving - that may leave the company.

Nobody writes them down twice: every piece of evidence that names its moment is a voice, wherever it stands in a case.
Only words of the customer's side count; what an interviewer said is no voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.knowledge.lines import lines_of
from generator.model.evidence import Evidence
from generator.model.insight import Insight
from generator.model.value_map import Need, Offer
from generator.model.vocabulary import Moment, Side
from generator.publication import PublicCase, PublicCorpus
from generator.publication.hidden import MASK

_REMARK = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
"""What stands in brackets behind a position tells colleagues more than strangers need to know."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Words that were said at one of the three moments."""

    case: PublicCase
    """Where they were said."""
    evidence: Evidence
    """With its `moment`; `quote` is never empty."""
    role: str
    """The speaker's position, without remarks in brackets; empty where nobody has confirmed who spoke. Never a name."""
    insights: tuple[Insight, ...]
    """Insights of the same case that lean on these words."""

    @property
    def moment(self) -> Moment:
        """When it was said."""
        assert self.evidence.moment is not None  # noqa: S101 - `voices` takes no others
        return self.evidence.moment

    @property
    def words(self) -> str:
        """Exactly as said."""
        return self.evidence.quote or ""


@dataclass(frozen=True, slots=True)
class Voices:
    """What may leave the company, and how much may not."""

    allowed: tuple[Voice, ...]
    """By moment, newest interview first, in the order of the talk."""
    inside: dict[Moment, int]
    """Voices of each moment that may be read here and not be used outside."""


def voices(corpus: PublicCorpus) -> Voices:
    """The voices of all cases."""
    allowed: list[Voice] = []
    inside = dict.fromkeys(Moment, 0)
    for case in corpus.cases:
        for voice in _of_case(case):
            if _may_leave(voice):
                allowed.append(voice)
            else:
                inside[voice.moment] += 1
    order = list(Moment)
    return Voices(tuple(sorted(allowed, key=lambda voice: order.index(voice.moment))), inside)


def _may_leave(voice: Voice) -> bool:
    """Allowed, and whole: words in which something is hidden say to outsiders that there was something to hide."""
    return voice.evidence.copy_allowed and MASK not in voice.words


def _of_case(case: PublicCase) -> list[Voice]:
    """The voices of a case in the order of its talk, each once: of words within longer words only the longer stay."""
    found: dict[tuple[int, int, str], tuple[Evidence, list[Insight]]] = {}
    for evidence, insight in _evidence(case):
        if evidence.moment is None or not evidence.quote:
            continue
        lines = lines_of(case, evidence)
        if not lines:
            continue
        key = (lines[0], lines[-1], evidence.quote)
        held, insights = found.setdefault(key, (evidence, []))
        if insight is not None and insight not in insights:
            insights.append(insight)
        if evidence.copy_allowed and not held.copy_allowed:
            found[key] = evidence, insights
    voices = []
    for first, last, words in sorted(found):
        evidence, insights = found[first, last, words]
        role = _customers_role(case, first)
        is_part = any(
            words in other and words != other and first <= stop and start <= last
            and found[start, stop, other][0].copy_allowed >= evidence.copy_allowed
            for start, stop, other in found
        )  # fmt: skip
        if role is not None and not is_part:
            voices.append(Voice(case, evidence, role, tuple(insights)))
    return voices


def _evidence(case: PublicCase) -> Iterator[tuple[Evidence, Insight | None]]:
    """Every piece of evidence of a case that leans on its own talk, with the insight that it carries."""
    facts = case.facts
    groups = (
        *(((insight.evidence + insight.against), insight) for insight in case.insights),
        *((person.evidence, None) for person in facts.people),
        (facts.template.words if facts.template else (), None),
        *((step.evidence, None) for step in (case.journey.steps if case.journey else ())),
        *((thing.evidence, None) for thing in _on_value_map(case)),
    )
    for evidence, insight in groups:
        for item in evidence:
            if item.case in (None, case.slug):
                yield item, insight


def _on_value_map(case: PublicCase) -> Iterator[Need | Offer]:
    if case.value_map is not None:
        yield from case.value_map.needs
        yield from case.value_map.offers
        for rival in case.value_map.rivals:
            yield from rival.offers


def _customers_role(case: PublicCase, position: int) -> str | None:
    """The position of whoever speaks there; empty when it is not known for sure, None when it is no customer.

    Where some person of the customer claims a voice, voices that nobody claims are those who ask.
    """
    transcript = case.transcript
    voice = transcript.cues[position].voice if transcript else ""
    people = {person.voice: person for person in case.facts.people if person.voice}
    if transcript is not None and voice in transcript.unconfirmed:
        return ""
    if voice in people:
        return None if people[voice].side is Side.OWN else _REMARK.sub("", people[voice].role)
    is_told = any(person.side is Side.CUSTOMER for person in people.values())
    return None if is_told else ""
