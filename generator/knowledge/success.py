"""The success scenario: which department does what from first contact to the customer's success.

Nothing of it is written down as such. What departments do comes from the measures of journeys and the actions of
insights, each at its phase; what they know from the notes they made on the lines of a phase; how they work together
from the hand-overs of leads; how customers feel meanwhile from the journeys.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from generator.knowledge.claim_phases import claim_phases, phases_by_line
from generator.knowledge.handovers import PlacedHandOver, placed_handovers
from generator.knowledge.journeys import PhaseFeeling, case_journey, phase_feelings
from generator.knowledge.links import LinkedInsight
from generator.model.insight import Action
from generator.model.journey import JourneyStep, Measure
from generator.model.vocabulary import ActionState, Phase
from generator.publication import PublicCase, PublicCorpus

Place = tuple[str, Phase]
"""A department and a phase: a box of the swim lanes."""
ACTS = frozenset({ActionState.DOING, ActionState.DONE})
"""States in which a department really moves; a plan alone moves nobody."""
LOW = -1
"""A feeling (-2 to +2) from which downwards a step asks for a measure."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a department does: a measure of a journey, or an action of an insight."""

    case: PublicCase
    doing: Measure | Action
    state: ActionState
    """How far it has come."""
    address: str
    """Relative to the site's root."""

    @property
    def text(self) -> str:
        """What is done."""
        return self.doing.text if isinstance(self.doing, Measure) else self.doing.change


@dataclass(frozen=True, slots=True)
class LowStep:
    """A step at which a customer felt bad and against which nothing is under way."""

    case: PublicCase
    step: JourneyStep

    @property
    def address(self) -> str:
        """Relative to the site's root: `cases/<slug>/#step-j3`."""
        return f"cases/{self.case.slug}/#step-{self.step.id}"


@dataclass(slots=True)
class Box:
    """What a department does and knows in a phase."""

    deeds: list[Deed] = field(default_factory=list)
    """Newest case first, those that were dropped left out."""
    notes: int = 0
    """Notes that it made on lines of this phase."""
    counts: Counter[ActionState] = field(default_factory=Counter)
    """Deeds by how far they have come."""

    def add(self, deed: Deed) -> None:
        """Put a deed into the box."""
        self.deeds.append(deed)
        self.counts[deed.state] += 1

    @property
    def acts(self) -> int:
        """How many things are done or being done."""
        return sum(self.counts[state] for state in ACTS)


@dataclass(frozen=True, slots=True)
class Passing:
    """Hand-overs of one phase from one department to another."""

    phase: Phase
    from_department: str
    to_department: str
    steps: tuple[PlacedHandOver, ...]
    """Newest case first."""

    @property
    def median_days(self) -> float | None:
        """Days since the step before, in the median; None when all were first steps."""
        days = [item.days for item in self.steps if item.days is not None]
        return median(days) if days else None


@dataclass(frozen=True, slots=True)
class PhaseScene:
    """A phase of the scenario."""

    feeling: PhaseFeeling
    falls: bool
    """Whether customers feel bad here, or worse than in the phase before."""
    acting: tuple[str, ...]
    """Departments that do something, those that do most first."""
    insights: tuple[LinkedInsight, ...]
    """Insights true of this phase, newest first."""
    unheld: tuple[LowStep, ...]
    """Low moments against which nothing is under way, the deepest first."""

    @property
    def phase(self) -> Phase:
        """Which one."""
        return self.feeling.phase

    @property
    def is_gap(self) -> bool:
        """Whether feelings fall and no department acts."""
        return self.falls and not self.acting


@dataclass(frozen=True, slots=True)
class Scenario:
    """The whole of it, for some of the cases."""

    cases: tuple[PublicCase, ...]
    scenes: tuple[PhaseScene, ...]
    """The five phases in their order."""
    boxes: Mapping[Place, Box]
    passings: tuple[Passing, ...]
    """In the order of the phases, the most frequent first."""

    def box(self, department: str, phase: Phase) -> Box:
        """What the department does there: nothing when there is nothing."""
        return self.boxes.get((department, phase)) or Box()


class CaseWork:
    """What one case tells of departments; read once, however many scenarios it belongs to."""

    def __init__(self, case: PublicCase) -> None:
        """Read `case`."""
        self.case = case
        self.journey = case_journey(case)
        self.deeds: list[tuple[Place, Deed]] = []
        self.notes: Counter[Place] = Counter()
        self.insights: list[tuple[Phase, LinkedInsight]] = []
        self.unheld: list[tuple[Phase, LowStep]] = []
        self.handovers = tuple(
            item for item in placed_handovers(case) if item.step.from_department and item.step.to_department
        )
        by_line = phases_by_line(case)
        self._read_journey()
        self._read_notes(by_line)
        self._read_insights(by_line)

    def _read_journey(self) -> None:
        case = self.case
        for step in case.journey.steps if case.journey else ():
            for measure in step.measures:
                if measure.department and measure.state is not ActionState.DROPPED:
                    deed = Deed(case, measure, measure.state, f"cases/{case.slug}/#step-{step.id}")
                    self.deeds.append(((measure.department, step.phase), deed))
            if step.feeling <= LOW and not any(measure.state in ACTS for measure in step.measures):
                self.unheld.append((step.phase, LowStep(case, step)))

    def _read_notes(self, by_line: Mapping[int, Sequence[Phase]]) -> None:
        case = self.case
        if case.review is None or case.transcript is None:
            return
        for note in case.review.notes:
            lines = case.transcript.positions(note.first_cue, note.last_cue)
            for phase in dict.fromkeys([phase for line in lines for phase in by_line.get(line, ())]):
                self.notes[note.department, phase] += 1

    def _read_insights(self, by_line: Mapping[int, Sequence[Phase]]) -> None:
        case = self.case
        phases = claim_phases(case, by_line)
        for insight in case.insights:
            for phase in phases[insight.id]:
                self.insights.append((phase, LinkedInsight(case, insight)))
                for action in insight.actions:
                    if action.state is not ActionState.DROPPED:
                        deed = Deed(case, action, action.state, f"cases/{case.slug}/#action-{action.id}")
                        self.deeds.append(((action.department, phase), deed))


def case_works(corpus: PublicCorpus) -> Mapping[str, CaseWork]:
    """Slug -> what that case tells of departments."""
    return {case.slug: CaseWork(case) for case in corpus.cases}


def scenario(works: Iterable[CaseWork]) -> Scenario:
    """The scenario of some cases, newest first.

    An action whose insight is true of two phases stands in both.
    """
    chosen = tuple(works)
    feelings = phase_feelings([work.journey for work in chosen if work.journey is not None])
    boxes: defaultdict[Place, Box] = defaultdict(Box)
    insights: defaultdict[Phase, list[LinkedInsight]] = defaultdict(list)
    unheld: defaultdict[Phase, list[LowStep]] = defaultdict(list)
    handed: defaultdict[tuple[Phase, str, str], list[PlacedHandOver]] = defaultdict(list)
    for work in chosen:
        for place, deed in work.deeds:
            boxes[place].add(deed)
        for place, count in work.notes.items():
            boxes[place].notes += count
        for phase, item in work.insights:
            insights[phase].append(item)
        for phase, low in work.unheld:
            unheld[phase].append(low)
        for step in work.handovers:
            giver, taker = step.step.from_department or "", step.step.to_department or ""
            handed[step.phase, giver, taker].append(step)
    order = list(Phase)
    passings = (Passing(phase, giver, taker, tuple(steps)) for (phase, giver, taker), steps in handed.items())
    return Scenario(
        cases=tuple(work.case for work in chosen),
        scenes=_scenes(feelings, boxes, insights, unheld),
        boxes=boxes,
        passings=tuple(sorted(passings, key=lambda item: (order.index(item.phase), -len(item.steps)))),
    )


def _scenes(
    feelings: Sequence[PhaseFeeling],
    boxes: Mapping[Place, Box],
    insights: Mapping[Phase, list[LinkedInsight]],
    unheld: Mapping[Phase, list[LowStep]],
) -> tuple[PhaseScene, ...]:
    before: float | None = None
    scenes = []
    for feeling in feelings:
        here = feeling.median
        acting = Counter(
            {department: box.acts for (department, phase), box in boxes.items() if phase is feeling.phase and box.acts}
        )
        scenes.append(
            PhaseScene(
                feeling=feeling,
                falls=here is not None and (here < 0 or (before is not None and here < before)),
                acting=tuple(department for department, _ in acting.most_common()),
                insights=tuple(insights.get(feeling.phase, ())),
                unheld=tuple(sorted(unheld.get(feeling.phase, ()), key=lambda low: low.step.feeling)),
            )
        )
        before = here if here is not None else before
    return tuple(scenes)
