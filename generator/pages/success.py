"""The success scenario at `success/`: who does what from first contact to the customer's success.

A product or an industry has one of its own (`success/product-tf14/`), made of its cases alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from generator.knowledge.hubs import Word, WordKind
from generator.knowledge.hubs.sentences import STANDS_ALONE
from generator.knowledge.links import LinkedInsight
from generator.knowledge.success import CaseWork, Deed, LowStep, Passing, PhaseScene, Scenario, case_works, scenario
from generator.model.casebook import Department
from generator.model.evidence import Evidence
from generator.model.insight import Action
from generator.model.journey import Measure
from generator.model.vocabulary import ActionState, Phase
from generator.pages.drawings.swimlanes import Arrow, Lane, LaneBox, PhaseHead, Picture, swimlanes
from generator.pages.environment import environment
from generator.pages.hubs.view import BY_STATE
from generator.pages.library import Library
from generator.pages.page import Heading, Page
from generator.pages.quotes import Quote, said_in_case
from generator.publication import PublicCase

ADDRESS = "success/"
DEEDS_SHOWN = 1
"""Of one department in one phase: what is done before what is planned, in the language of the knowledge base before
another one, the newest."""
INSIGHTS_SHOWN = 4
UNHELD_SHOWN = 3
PASSINGS_SHOWN = 30
STATES = (ActionState.DONE, ActionState.DOING, ActionState.PLANNED)
"""In the order in which they are told; what was dropped is no part of a scenario."""


Said: TypeAlias = Mapping[Phase, Sequence[tuple[PublicCase, Evidence]]]
"""What was said at the steps of each phase, over all cases."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A choice of cases: all, a product's, an industry's."""

    word: Word | None
    """None for all cases."""
    name: str
    address: str
    works: tuple[CaseWork, ...]


@dataclass(frozen=True, slots=True)
class SliceLink:
    """A choice as the page offers it."""

    kind: WordKind | None
    name: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class DeedView:
    """Something that a department does."""

    deed: Deed
    href: str


@dataclass(frozen=True, slots=True)
class PartView:
    """What a department does in a phase."""

    department: Department
    counts: tuple[tuple[ActionState, int], ...]
    """States without a deed are left out."""
    deeds: tuple[DeedView, ...]
    notes: int
    measures_href: str
    """The list of the department's measures in this phase; empty when it has none."""
    actions_href: str
    """The list of the department's actions; empty when it has none in this phase."""


@dataclass(frozen=True, slots=True)
class PassingView:
    """Hand-overs between two departments."""

    passing: Passing
    phase: str
    giver: Department
    taker: Department
    newest_href: str


@dataclass(frozen=True, slots=True)
class SceneView:
    """A phase: how customers feel, who acts, what insights say, what nobody takes up."""

    scene: PhaseScene
    anchor: str
    """`phase-use`"""
    name: str
    quote: Quote | None
    parts: tuple[PartView, ...]
    insights: tuple[tuple[LinkedInsight, str], ...]
    insights_href: str
    """The list of insights of this phase, and of the product where there is one."""
    unheld: tuple[tuple[LowStep, str], ...]
    passings: tuple[PassingView, ...]

    @property
    def feeling(self) -> int:
        """The face that stands for the median."""
        return round(self.scene.feeling.median or 0)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A department's row of the table: done, under way and planned deeds, and notes, for each phase."""

    department: Department
    cells: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class SuccessView:
    """The view behind `success.html.j2`."""

    slices: tuple[SliceLink, ...]
    current: str
    """Name of the choice; empty for all cases."""
    case_count: int
    wide: Markup
    small: Markup
    phases: tuple[str, ...]
    rows: tuple[TableRow, ...]
    scenes: tuple[SceneView, ...]
    passings: tuple[PassingView, ...]
    passing_count: int
    gaps: tuple[SceneView, ...]
    """Phases in which feelings fall and nobody acts."""
    root: str


def success_pages(library: Library) -> Iterator[Page]:
    """The scenario of all cases, then of each product and industry that has some."""
    works = case_works(library.corpus)
    slices = tuple(_slices(library, works.values()))
    said = _said(library)
    for chosen in slices:
        yield _page(library, chosen, slices, said)


def _slices(library: Library, works: Iterable[CaseWork]) -> Iterator[Slice]:
    all_works = tuple(works)
    chosen: dict[Word, list[CaseWork]] = {}
    for work in all_works:
        facts = work.case.facts
        products = (Word(WordKind.PRODUCT, product) for product in facts.products)
        for word in (*products, Word(WordKind.INDUSTRY, facts.customer.industry)):
            chosen.setdefault(word, []).append(work)
    yield Slice(None, library.words.say("All cases"), ADDRESS, all_works)
    casebook = library.corpus.casebook
    for kind, terms in ((WordKind.PRODUCT, casebook.products), (WordKind.INDUSTRY, casebook.industries)):
        for term in terms:
            if found := chosen.get(Word(kind, term.id)):
                yield Slice(Word(kind, term.id), term.name, f"{ADDRESS}{kind.value}-{term.id}/", tuple(found))


def _page(library: Library, chosen: Slice, slices: Sequence[Slice], said: Said) -> Page:
    words, root = library.words, "../" * chosen.address.count("/")
    told = scenario(chosen.works)
    departments = _departments(library, told)
    scenes = tuple(_scene_view(library, told, scene, chosen, said) for scene in told.scenes)
    passings = tuple(_passing_view(library, passing, root) for passing in told.passings)
    wide, small = swimlanes(_picture(library, told, departments, scenes))
    view = SuccessView(
        slices=tuple(
            SliceLink(
                item.word.kind if item.word else None, item.name, root + item.address, len(item.works), item == chosen
            )
            for item in slices
        ),
        current=chosen.name if chosen.word else "",
        case_count=len(chosen.works),
        wide=wide,
        small=small,
        phases=tuple(scene.name for scene in scenes),
        rows=tuple(_table_row(told, department) for department in departments),
        scenes=scenes,
        passings=passings[:PASSINGS_SHOWN],
        passing_count=len(passings),
        gaps=tuple(scene for scene in scenes if scene.scene.is_gap),
        root=root,
    )
    title = words.say("Success scenario")
    return Page(
        address=chosen.address,
        title=words.say("{name}: success scenario", name=chosen.name) if chosen.word else title,
        body=environment(library.texts).get_template("success.html.j2").render(v=view),
        kind="success",
        description=words.say("Which department does what from first contact to the customer's success."),
        headings=tuple(_headings(library, view)),
        crumbs=((title, ADDRESS),) if chosen.word else (),
    )


def _headings(library: Library, view: SuccessView) -> Iterator[Heading]:
    if not view.case_count:
        return
    yield Heading("lanes", library.words.say("The way of a customer"), 2)
    yield Heading("phases", library.words.say("Phase by phase"), 2)
    yield from (Heading(scene.anchor, scene.name, 3) for scene in view.scenes)
    if view.passings:
        yield Heading("handovers", library.words.say("Hand-overs"), 2)


def _departments(library: Library, told: Scenario) -> tuple[Department, ...]:
    """Those of the casebook in its order, and any other that a case names."""
    known = dict.fromkeys(department.id for department in library.corpus.casebook.departments)
    others = dict.fromkeys(department for department, _ in told.boxes)
    return tuple(map(library.department, known | others))


def _scene_view(library: Library, told: Scenario, scene: PhaseScene, chosen: Slice, said: Said) -> SceneView:
    root, phase = "../" * chosen.address.count("/"), scene.phase
    insights = f"{root}insights/?phase={phase.value}{_product(chosen)}"
    return SceneView(
        scene=scene,
        anchor=f"phase-{phase.value}",
        name=library.phase(phase),
        quote=_quote(library, said.get(phase, ()), told.cases, root),
        parts=tuple(
            _part_view(library, told, department, phase, chosen) for department in _involved(library, told, scene)
        ),
        insights=tuple((item, root + item.address) for item in sorted(scene.insights, key=_certainty)[:INSIGHTS_SHOWN]),
        # No list is narrowed down by an industry's insights.
        insights_href="" if chosen.word and chosen.word.kind is WordKind.INDUSTRY else insights,
        unheld=tuple((low, root + low.address) for low in scene.unheld[:UNHELD_SHOWN]),
        passings=tuple(_passing_view(library, item, root) for item in told.passings if item.phase is phase),
    )


def _certainty(item: LinkedInsight) -> int:
    return BY_STATE.index(item.insight.state)


def _involved(library: Library, told: Scenario, scene: PhaseScene) -> Iterator[str]:
    """Departments that do, plan or know something in a phase: those that do most first."""
    yield from scene.acting
    for department in _departments(library, told):
        if department.id not in scene.acting and (department.id, scene.phase) in told.boxes:
            yield department.id


def _part_view(library: Library, told: Scenario, department: str, phase: Phase, chosen: Slice) -> PartView:
    root, box = "../" * chosen.address.count("/"), told.box(department, phase)
    own = library.corpus.casebook.language
    ranked = sorted(box.deeds, key=lambda deed: (STATES.index(deed.state), deed.case.language != own))
    kinds = {type(deed.doing) for deed in box.deeds}
    by = f"department={department}{_product(chosen)}"
    return PartView(
        department=library.department(department),
        counts=tuple((state, count) for state in STATES if (count := box.counts[state])),
        deeds=tuple(DeedView(deed, root + deed.address) for deed in ranked[:DEEDS_SHOWN]),
        notes=box.notes,
        measures_href=f"{root}journeys/measures/?phase={phase.value}&{by}" if Measure in kinds else "",
        actions_href=f"{root}actions/?{by}" if Action in kinds else "",
    )


def _product(chosen: Slice) -> str:
    """What narrows a list down to the product of a choice. Lists know products; few know industries."""
    return f"&product={chosen.word.id}" if chosen.word and chosen.word.kind is WordKind.PRODUCT else ""


def _passing_view(library: Library, passing: Passing, root: str) -> PassingView:
    return PassingView(
        passing=passing,
        phase=library.phase(passing.phase),
        giver=library.department(passing.from_department),
        taker=library.department(passing.to_department),
        newest_href=f"{root}cases/{passing.steps[0].case.slug}/#lead",
    )


def _table_row(told: Scenario, department: Department) -> TableRow:
    cells = []
    for phase in Phase:
        box = told.box(department.id, phase)
        done, doing, planned = (box.counts[state] for state in STATES)
        cells.append((done, doing, planned, box.notes))
    return TableRow(department, tuple(cells))


def _said(library: Library) -> Said:
    """The words that tell most of a phase come first: short, from a step at which much was felt, of the newest case."""
    own_language = library.corpus.casebook.language
    found: defaultdict[Phase, list[tuple[int, PublicCase, Evidence]]] = defaultdict(list)
    for case in library.corpus.cases:
        known = 2 * (case.language == own_language) + (case.recording is not None)
        for step in case.journey.steps if case.journey else ():
            points = known + 2 * abs(step.feeling)
            found[step.phase] += [(points + 4 * _stands_alone(case, item), case, item) for item in step.evidence]
    return {
        phase: [(case, item) for _, case, item in sorted(items, key=lambda entry: -entry[0])]
        for phase, items in found.items()
    }


def _quote(
    library: Library, said: Iterable[tuple[PublicCase, Evidence]], cases: Iterable[PublicCase], root: str
) -> Quote | None:
    """The first of these words that `cases` tell and readers may see."""
    told = {case.slug for case in cases}
    shown = (said_in_case(library, case, (item,), root, under_title=True) for case, item in said if case.slug in told)
    return next((quote for quote in shown if quote is not None), None)


def _stands_alone(case: PublicCase, evidence: Evidence) -> bool:
    return len(evidence.quote or "") in STANDS_ALONE.get(case.language, ())


def _picture(
    library: Library, told: Scenario, departments: Sequence[Department], scenes: Sequence[SceneView]
) -> Picture:
    words = library.words
    rows = {department.id: row for row, department in enumerate(departments)}
    phases = list(Phase)
    return Picture(
        label=words.say("Departments by phase, with the customer's feeling and the hand-overs"),
        customer=words.say("The customer"),
        phases=tuple(
            PhaseHead(
                name=scene.name,
                href=f"#{scene.anchor}",
                feeling=scene.scene.feeling.median,
                feeling_label=words.say(
                    "Feeling in the median: {feeling}", feeling=words.number(scene.scene.feeling.median or 0)
                ),
                is_gap=scene.scene.is_gap,
            )
            for scene in scenes
        ),
        lanes=tuple(
            Lane(
                department.name,
                department.hue,
                tuple(_lane_box(library, told, department, scene.scene.phase, f"#{scene.anchor}") for scene in scenes),
            )
            for department in departments
        ),
        arrows=tuple(
            Arrow(
                phases.index(passing.phase),
                rows[passing.from_department],
                rows[passing.to_department],
                len(passing.steps),
                words.say(
                    "{giver} to {taker}: {count}",
                    giver=library.department(passing.from_department).name,
                    taker=library.department(passing.to_department).name,
                    count=len(passing.steps),
                ),
            )
            for passing in told.passings
            if passing.from_department in rows and passing.to_department in rows
        ),
    )


def _lane_box(library: Library, told: Scenario, department: Department, phase: Phase, href: str) -> LaneBox:
    words, box = library.words, told.box(department.id, phase)
    done, doing, planned = (box.counts[state] for state in STATES)
    figures = [(words.label(state), count) for state, count in zip(STATES, (done, doing, planned), strict=True)]
    lines = [f"{label} {count}" for label, count in figures if count]
    if box.notes:
        lines.append(words.say("Notes {count}", count=box.notes))
    return LaneBox(done, doing, planned, box.notes, tuple(lines), href)
