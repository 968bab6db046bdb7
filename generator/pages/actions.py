"""What changed because of a customer, at `actions/`: from the claim over the change to what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.knowledge.actions import OPEN_STATES, ActionRow, actions
from generator.knowledge.links import LinkedInsight
from generator.model.casebook import Department
from generator.model.vocabulary import ActionState, Artefact
from generator.pages.environment import Words, environment
from generator.pages.insights import first_quote
from generator.pages.library import Library
from generator.pages.listing import Facet, Leaf, Marks, facet, leaves
from generator.pages.page import Heading, Page
from generator.pages.quotes import Quote

ADDRESS = "actions/"
ROWS_ON_A_PAGE = 100
GROUPS = ("overdue", "open", "done", "dropped")
"""In the order of the page: what is late comes first."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An action with the words it goes back to."""

    row: ActionRow
    department: Department
    href: str
    insight_href: str
    case_href: str
    quote: Quote | None
    marks: Marks


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The actions of one page that have come equally far."""

    id: str
    """One of `GROUPS`."""
    title: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many insights changed something."""

    insights: int
    changed: int
    """Insights with at least one action that is done."""
    working: int
    """Insights without a done action, but with an open one."""

    @property
    def percent(self) -> int:
        """Insights that changed something, in percent of all; 0 when there are none."""
        return round(100 * self.changed / self.insights) if self.insights else 0


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """How many actions of a department have come how far, in the order of `GROUPS`."""

    department: Department
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """The view behind `actions.html.j2`."""

    leaf: Leaf[ActionRow]
    groups: tuple[ChangeGroup, ...]
    total: int
    share: Share
    departments: tuple[DepartmentRow, ...]
    group_titles: tuple[str, ...]
    facets: tuple[Facet, ...]


def actions_pages(library: Library) -> Iterator[Page]:
    """The list, cut into pages."""
    words = library.words
    rows = actions(library.corpus)
    titles = group_titles(words)
    facets = _facets(library, [_marks(row) for row in rows])
    departments = _by_department(library, rows)
    share = share_changed(library)
    template = environment(library.texts).get_template("actions.html.j2")
    for leaf in leaves(rows, ADDRESS, ROWS_ON_A_PAGE):
        root = "../" * leaf.address.count("/")
        groups = tuple(
            ChangeGroup(group, titles[group], tuple(change_row(library, row, root) for row in group_rows))
            for group, group_rows in groupby(leaf.items, key=group_of)
        )
        view = ActionsView(
            leaf=leaf,
            groups=groups,
            total=len(rows),
            share=share,
            departments=departments,
            group_titles=tuple(titles[group] for group in GROUPS),
            facets=facets,
        )
        yield Page(
            address=leaf.address,
            title=words.say("Actions"),
            body=template.render(v=view),
            kind="actions",
            description=words.say("What each department changed because of a customer, and what came of it."),
            headings=(
                *((Heading("by-department", words.say("By department"), 2),) if rows and leaf.number == 1 else ()),
                *(Heading(f"group-{group.id}", group.title, 2) for group in groups),
            ),
            crumbs=((words.say("Actions"), ADDRESS),) if leaf.number > 1 else (),
        )


def group_of(row: ActionRow) -> str:
    """The group of the page in which an action stands."""
    if row.overdue:
        return "overdue"
    return "open" if row.action.state in OPEN_STATES else row.action.state.value


def group_titles(words: Words) -> Mapping[str, str]:
    """Group -> its heading."""
    return {
        "overdue": words.say("Overdue"),
        "open": words.say("Under way or planned"),
        "done": words.say("Done"),
        "dropped": words.say("Dropped"),
    }


def share_changed(library: Library) -> Share:
    """How many of the published insights changed something."""
    states = [
        {action.state for action in insight.actions} for case in library.corpus.cases for insight in case.insights
    ]
    return Share(
        insights=len(states),
        changed=sum(ActionState.DONE in those for those in states),
        working=sum(ActionState.DONE not in those and bool(those & OPEN_STATES) for those in states),
    )


def change_row(library: Library, row: ActionRow, root: str) -> ChangeRow:
    """The row of an action on a page from which `root` leads to the site's root."""
    source = LinkedInsight(row.case, row.insight)
    return ChangeRow(
        row=row,
        department=library.department(row.action.department),
        href=root + row.address,
        insight_href=root + source.address,
        case_href=f"{root}cases/{row.case.slug}/",
        quote=first_quote(library, source, root),
        marks=_marks(row),
    )


def _marks(row: ActionRow) -> Marks:
    return {
        "department": (row.action.department,),
        "state": (group_of(row),),
        "artefact": (row.action.artefact.value,),
    }


def _facets(library: Library, marks: Sequence[Marks]) -> tuple[Facet, ...]:
    words, departments = library.words, library.corpus.casebook.departments
    titles = group_titles(words)
    candidates = (
        facet(
            "department",
            words.say("Department"),
            [(term.id, term.name) for term in departments],
            marks,
            {department.id: department.hue for department in departments},
        ),
        facet("state", words.say("State"), [(group, titles[group]) for group in GROUPS], marks),
        facet("artefact", words.say("What changes"), [(word.value, words.label(word)) for word in Artefact], marks),
    )
    return tuple(candidate for candidate in candidates if candidate.options)


def _by_department(library: Library, rows: Sequence[ActionRow]) -> tuple[DepartmentRow, ...]:
    counts = Counter((row.action.department, group_of(row)) for row in rows)
    known = dict.fromkeys(department.id for department in library.corpus.casebook.departments)
    others = dict.fromkeys(row.action.department for row in rows)
    return tuple(
        DepartmentRow(library.department(identifier), tuple((group, counts[identifier, group]) for group in GROUPS))
        for identifier in (known | others)
        if any(counts[identifier, group] for group in GROUPS)
    )
