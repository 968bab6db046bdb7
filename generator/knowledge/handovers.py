"""Where in the customer's journey departments hand a lead over, read from the words of its stages.

Stages are written freely (MQL, 試用, Won ...), so a few stems tell the phase; what comes after a deal was won
belongs to use, whatever it is called: renewals, requests, a rep who leaves, the end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.case import HandOver
from generator.model.vocabulary import Phase
from generator.publication import PublicCase

STEMS: Mapping[Phase, tuple[str, ...]] = {
    Phase.AWARENESS: ("認知", "展示会", "awareness", "exhibition"),
    Phase.INTEREST: ("mql", "問い合わせ", "資料", "リード", "inquiry", "enquiry", "lead"),
    Phase.USE: ("更新", "導入", "納品", "解約", "renew", "deliver", "onboard", "cancel"),
    Phase.PURCHASE: ("受注", "契約", "発注", "成約", "失注", "won", "lost", "order", "contract"),
    Phase.COMPARISON: ("sql", "商談", "試用", "見積", "提案", "trial", "demo", "quot", "proposal"),
}
"""Beginnings and parts of a stage's name, without regard to case and width. The first phase that knows one has it."""
WON = ("受注", "成約", "won")
"""Stages after which the customer uses what was bought."""


@dataclass(frozen=True, slots=True)
class PlacedHandOver:
    """One step of a lead, its phase, and how long it took."""

    case: PublicCase
    step: HandOver
    phase: Phase
    days: int | None
    """Days since the step before; None for the first one."""


def placed_handovers(case: PublicCase) -> tuple[PlacedHandOver, ...]:
    """The steps of a case's lead in the order of their days."""
    placed: list[PlacedHandOver] = []
    is_won = False
    for step in sorted(case.facts.lead, key=lambda step: step.on):
        before = placed[-1].step.on if placed else None
        phase = Phase.USE if is_won else phase_of_stage(step.stage)
        placed.append(PlacedHandOver(case, step, phase, (step.on - before).days if before else None))
        is_won = is_won or _says(step.stage, WON)
    return tuple(placed)


def phase_of_stage(stage: str) -> Phase:
    """The phase in which a stage lies; what no stem tells is part of the comparison, where leads spend their time."""
    return next((phase for phase, stems in STEMS.items() if _says(stage, stems)), Phase.COMPARISON)


def _says(stage: str, stems: tuple[str, ...]) -> bool:
    folded = unicodedata.normalize("NFKC", stage).casefold()
    return any(stem in folded for stem in stems)
